#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/book.h"

/*
 * The appointment book for those who run it: what became of appointments, and what
 * they decide about desks. Lists are the caller's, freed with free().
 */

/*
 * What became of appointments, for each day (on the location's calendar), location and
 * product. One with two products is in both lines. Exact, and kept for ever; without
 * anything of a person or of a single appointment.
 */
enum book_outcome {
    BOOK_TO_COME,
    BOOK_ARRIVED,
    BOOK_MISSED,
    BOOK_CANCELLED,
    BOOK_UNKNOWN, /* past, and nobody arrived at that place that day: is it used there?
                   */
    BOOK_OUTCOME_COUNT
};

const char *book_outcome_name(enum book_outcome outcome);          /* "to-come" */
#define BOOK_COUNTS_HEADER "date,location,product,outcome,count\n" /* of the CSV */

struct book_count {
    struct date date;
    char location[CATALOGUE_ID_BYTES], product[CATALOGUE_ID_BYTES];
    enum book_outcome outcome;
    int64_t count;
};

/* By date, location, product and outcome. */
bool book_counts(struct book *book, struct date from, struct date to,
                 struct book_count **list, size_t *count, struct error *error);

/*
 * What staff decide about desks. ERROR_NOT_FOUND: no such location, product or closure.
 * An appointment whose desk can't have it any more goes to another desk at the same
 * time where one is free; what is left of them is in book_affected(), and stays booked
 * until somebody moves or cancels it.
 */
#define BOOK_DESK_PRODUCTS_MAX 16
#define BOOK_REASON_BYTES 160

struct book_desk {
    char location[CATALOGUE_ID_BYTES];
    int number;                                                /* 1 and up */
    char products[BOOK_DESK_PRODUCTS_MAX][CATALOGUE_ID_BYTES]; /* none: all */
    size_t product_count;
};

bool book_desk_list(struct book *book, struct book_desk **list, size_t *count,
                    struct error *error);
bool
book_set_desks(struct book *book, const char *location, int count, struct error *error);
bool
book_set_desk_products(struct book *book, const char *location, int number,
                       const char *const *products, size_t count, struct error *error);

struct book_closure {
    int64_t id;
    char location[CATALOGUE_ID_BYTES];
    int desk; /* 0: the whole location */
    int64_t start, end;
    char reason[BOOK_REASON_BYTES]; /* for staff */
};

/* Those that are not past. */
bool book_closure_list(struct book *book, struct book_closure **list, size_t *count,
                       struct error *error);
/* Sets the id. */
bool
book_add_closure(struct book *book, struct book_closure *closure, struct error *error);
bool book_remove_closure(struct book *book, int64_t id, struct error *error);

enum book_trouble {
    BOOK_NO_TROUBLE,
    BOOK_LOCATION_GONE,   /* out of the catalogue */
    BOOK_NOT_OFFERED,     /* not by appointment there any more */
    BOOK_NOT_OPEN,        /* by the catalogue's hours and exceptions */
    BOOK_LOCATION_CLOSED, /* by a closure */
    BOOK_DESK_GONE,
    BOOK_DESK_CLOSED,
    BOOK_DESK_LIMITED, /* it doesn't do this any more */
    BOOK_TROUBLE_COUNT
};

const char *book_trouble_name(enum book_trouble trouble); /* "location-closed" */

/* With the person, so that somebody can call. */
struct book_affected {
    struct booking booking;
    int desk; /* its number */
    enum book_trouble trouble;
    struct book_value values[BOOK_FIELDS_MAX];
    size_t value_count;
};

/* Appointments to come that can't go on as they were booked, the first first; at most
 * BOOK_AFFECTED_MAX. The caller wipes and frees. */
#define BOOK_AFFECTED_MAX 500
bool book_affected(struct book *book, struct book_affected **list, size_t *count,
                   struct error *error);
