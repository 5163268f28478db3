#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/store_usage.h"
#include "base/error.h"
#include "base/time.h"

/*
 * Counts as they are shown: rows of the store put together by the clock on the wall
 * and by what a table names, then written as CSV or JSON.
 */

enum count_view {
    VIEW_EXACT, /* everything, by the hour: for signed-in staff */
    VIEW_MONTH, /* month × product × channel × step, rounded */
    VIEW_WEEK   /* week × location × hour of the day, visits only, rounded */
};

/* What leaves the municipality is rounded to a multiple of this. */
#define COUNT_ROUNDED_TO 5

struct count_line {
    int64_t day; /* since 1970, on the wall: the first of a month or week */
    int hour;    /* -1: not in this table */
    struct count_row row;
};

struct count_list {
    enum count_view view;
    const struct zone *zone;
    int64_t before; /* the hour from which on nothing is shown */
    struct count_line *lines;
    size_t count, capacity;
    bool full; /* more lines than anybody should ask for at once */
};

/*
 * Starts an empty list. Published views have only the months or weeks that are over:
 * in one that is not, whoever asks every minute sees each step of a number, and with
 * it the visit that made it.
 */
struct count_list
count_list_begin(enum count_view view, const struct zone *zone, int64_t now_s);
/* For store_counts_read(). */
bool count_list_take(void *list, const struct count_row *row);
/* Sorts, sums and rounds. Lines that round to nothing are left out. */
void count_list_finish(struct count_list *list);
void count_list_destroy(struct count_list *list);

#define COUNT_CSV_HEADER                                                               \
    "date,hour,kiosk,location,product_uri,product,channel,step,count\n"

/* The caller frees the text. */
char *count_lists_csv(const struct count_list *lists, size_t count);
char *count_lists_json(const struct count_list *lists, size_t count);
