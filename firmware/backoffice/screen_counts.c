#include "backoffice/screen_counts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "backoffice/book_api.h"
#include "backoffice/identity.h"
#include "backoffice/office.h"
#include "backoffice/store_usage.h"

/* Rows go into one of the two as they are read. */
struct screen_counts {
    const struct office *office;
    int64_t from, to; /* days */
    FILE *csv;
    struct json_writer *json;
};

static void
take_row(void *data, const struct screen_count *row)
{
    struct screen_counts *counts = data;
    char date[TIME_TEXT_BYTES];

    date_format(date_from_days(row->day), date);
    if (counts->csv != NULL) {
        fprintf(counts->csv, "%s,%s,%" PRId64 ",%" PRId64 "\n", date, row->screen,
                row->ended, row->misses);
        return;
    }
    json_write_object(counts->json);
    book_api_text(counts->json, "date", date);
    book_api_text(counts->json, "screen", row->screen);
    book_api_integer(counts->json, "ended", row->ended);
    book_api_integer(counts->json, "misses", row->misses);
    json_write_end(counts->json);
}

static bool
read_rows(struct store_session *session, void *data, struct error *error)
{
    struct screen_counts *counts = data;

    return store_screens_read(session, counts->from, counts->to, take_row, counts,
                              error);
}

static bool
read_store(struct screen_counts *counts, struct http_server_answer *answer)
{
    struct error error = {0};

    if (store_read(counts->office->store, read_rows, counts, &error)) {
        return true;
    }
    http_server_answer_error(answer, &error);
    return false;
}

static void
answer_json(struct screen_counts *counts, struct http_server_answer *answer)
{
    counts->json = book_api_list_begin("rows");
    if (read_store(counts, answer)) {
        book_api_list_end(answer, counts->json);
    } else {
        json_writer_destroy(counts->json);
    }
}

static void
answer_csv(struct screen_counts *counts, struct http_server_answer *answer)
{
    char *text = NULL;
    size_t size;
    bool good;

    counts->csv = open_memstream(&text, &size);
    if (counts->csv == NULL) {
        abort(); /* only for want of memory */
    }
    fputs(SCREEN_COUNTS_HEADER, counts->csv);
    good = read_store(counts, answer);
    fclose(counts->csv);
    if (good) {
        http_server_answer_text(answer, 200, "text/csv; charset=utf-8", text);
    }
    free(text);
}

static void
get_screen_counts(void *data, const struct http_server_request *request,
                  struct http_server_answer *answer)
{
    const struct office *office = data;
    struct screen_counts counts = {.office = office};
    struct error error = {0};
    struct date from, to;
    bool json;

    if (!identity_staff(office->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (!book_api_format(request, &json, &error) ||
        !book_api_day(request, "from", (struct date){1970, 1, 2}, &from, &error) ||
        !book_api_day(request, "to", (struct date){9999, 12, 30}, &to, &error))
    {
        http_server_answer_error(answer, &error);
        return;
    }
    counts.from = date_to_days(from);
    counts.to = date_to_days(to);
    if (json) {
        answer_json(&counts, answer);
    } else {
        answer_csv(&counts, answer);
    }
}

const struct http_route screen_counts_routes[] = {
    {"GET", "/v1/screens/counts", 0, get_screen_counts},
};
const size_t screen_counts_route_count =
    sizeof(screen_counts_routes) / sizeof(screen_counts_routes[0]);
