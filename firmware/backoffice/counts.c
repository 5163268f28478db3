#include "backoffice/counts.h"

#include <stdlib.h>
#include <string.h>

#include "backoffice/count_table.h"
#include "backoffice/identity.h"
#include "backoffice/office.h"
#include "base/text.h"

#define HOUR_S 3600

struct counts {
    struct count_list lists[2];
    size_t list_count;
    int64_t from, to; /* hours */
};

static bool
read_lists(struct store_session *session, void *data, struct error *error)
{
    struct counts *counts = data;

    for (size_t i = 0; i < counts->list_count; i++) {
        struct count_list *list = &counts->lists[i];

        if (!store_counts_read(session, counts->from, counts->to, count_list_take, list,
                               error)) {
            return false;
        }
        if (list->full) {
            return error_set(error, ERROR_BAD_INPUT,
                             "these are too many rows at once: ask for a shorter "
                             "period with from and to");
        }
        count_list_finish(list);
    }
    return true;
}

/* The hour at which a day of the query begins; `add` days later. */
static bool
read_day(const struct http_server_request *request, const char *name, int add,
         const struct zone *zone, int64_t *hour, struct http_server_answer *answer)
{
    const char *text = http_server_query(request, name);
    struct civil civil = {0};

    if (text == NULL) {
        return true;
    }
    if (!date_parse(text, &civil.date)) {
        http_server_answer_problem(answer, 400, "%s must be a date like 2026-08-21.",
                                   name);
        return false;
    }
    civil.date = date_add(civil.date, add);
    *hour = zone_instant(zone, civil) / HOUR_S;
    return true;
}

static bool
read_flag(const struct http_server_request *request, const char *name, bool *flag,
          struct http_server_answer *answer)
{
    const char *text = http_server_query(request, name);

    *flag = text != NULL && text_equal(text, "1");
    if (text != NULL && !*flag && !text_equal(text, "0")) {
        http_server_answer_problem(answer, 400, "%s must be 0 or 1.", name);
        return false;
    }
    return true;
}

static void
add_list(const struct office *office, struct counts *counts, enum count_view view,
         int64_t now_s)
{
    counts->lists[counts->list_count++] = count_list_begin(view, office->zone, now_s);
}

static bool
read_query(const struct office *office, const struct http_server_request *request,
           struct counts *counts, bool *json, struct http_server_answer *answer)
{
    const char *format = http_server_query(request, "format");
    bool exact;

    *json = format != NULL && text_equal(format, "json");
    if (format != NULL && !*json && !text_equal(format, "csv")) {
        http_server_answer_problem(answer, 400, "format must be csv or json.");
        return false;
    }
    if (!read_flag(request, "exact", &exact, answer) ||
        !read_day(request, "from", 0, office->zone, &counts->from, answer) ||
        !read_day(request, "to", 1, office->zone, &counts->to, answer))
    {
        return false;
    }
    if (exact) {
        add_list(office, counts, VIEW_EXACT, request->now_s);
        return identity_staff(office->store, request, ROLE_VIEWER, answer);
    }
    if (counts->from != INT64_MIN || counts->to != INT64_MAX) {
        /* Two periods that differ by a day would give that day by subtracting. */
        http_server_answer_problem(
            answer, 400,
            "from and to go with exact=1; the published tables are fixed.");
        return false;
    }
    add_list(office, counts, VIEW_MONTH, request->now_s);
    add_list(office, counts, VIEW_WEEK, request->now_s);
    return true;
}

static void
answer_lists(const struct counts *counts, bool json, struct http_server_answer *answer)
{
    char *text = json ? count_lists_json(counts->lists, counts->list_count)
                      : count_lists_csv(counts->lists, counts->list_count);

    http_server_answer_text(
        answer, 200, json ? "application/json" : "text/csv; charset=utf-8", text);
    free(text);
}

static void
get_counts(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    struct office *office = data;
    struct counts counts = {.from = INT64_MIN, .to = INT64_MAX};
    struct error error = {0};
    bool json;

    if (!read_query(office, request, &counts, &json, answer)) {
        return;
    }
    if (store_read(office->store, read_lists, &counts, &error)) {
        answer_lists(&counts, json, answer);
    } else {
        http_server_answer_error(answer, &error);
    }
    for (size_t i = 0; i < counts.list_count; i++) {
        count_list_destroy(&counts.lists[i]);
    }
}

const struct http_route counts_routes[] = {
    {"GET", "/v1/counts", 0, get_counts},
};
const size_t counts_route_count = sizeof(counts_routes) / sizeof(counts_routes[0]);
