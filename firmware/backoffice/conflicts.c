#include "backoffice/conflicts.h"

#include <string.h>

#include "backoffice/identity.h"
#include "backoffice/office.h"
#include "backoffice/store_usage.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "usage/wire.h"

/* --- POST /v1/conflicts --------------------------------------------------------- */

#define CONFLICT_BYTES_MAX (256 * 1024)
/* The last so many are shown: who has more has one cause for them all. */
#define TROUBLES_MAX 1000

/* Reads one row of a report and writes it again, with nothing else in it. */
static bool
copy_count(const struct json *value, struct json_writer *writer, struct error *error)
{
    static const char *const names[] = {"type", "product", "channel"};
    char texts[3][USAGE_URI_BYTES];
    int64_t count;

    for (size_t i = 0; i < 3; i++) {
        if (!json_get_text(value, names[i], texts[i], sizeof(texts[i]), error)) {
            return false;
        }
    }
    if (!json_get_integer(value, "count", 1, INT32_MAX, &count, error)) {
        return false;
    }
    json_write_object(writer);
    for (size_t i = 0; i < 3; i++) {
        json_write_name(writer, names[i]);
        json_write_text(writer, texts[i]);
    }
    json_write_name(writer, "count");
    json_write_integer(writer, count);
    json_write_end(writer);
    return true;
}

static bool
copy_counts(const struct json *body, struct json_writer *writer, struct error *error)
{
    const struct json *list = json_member(body, "counts");

    if (list == NULL || json_type(list) != JSON_ARRAY) {
        return error_set(error, ERROR_BAD_INPUT, "counts: must be a list");
    }
    json_write_array(writer);
    for (const struct json *value = json_first(list); value != NULL;
         value = json_next(value))
    {
        if (!copy_count(value, writer, error)) {
            return false;
        }
    }
    json_write_end(writer);
    return true;
}

static bool
read_report(const struct json *body, const struct fleet_kiosk *kiosk,
            struct store_conflict *conflict, struct error *error)
{
    char stream[2 * USAGE_STREAM_BYTES + 1];

    if (!json_get_text(body, "stream", stream, sizeof(stream), error) ||
        !json_get_text(body, "kiosk", conflict->kiosk, sizeof(conflict->kiosk),
                       error) ||
        !json_get_integer(body, "first", 1, INT64_MAX - 1, &conflict->first, error) ||
        !json_get_integer(body, "last", conflict->first, INT64_MAX - 1, &conflict->last,
                          error))
    {
        return false;
    }
    if (!text_hex_decode(conflict->stream, USAGE_STREAM_BYTES, stream)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "stream: must have %d hexadecimal digits",
                         2 * USAGE_STREAM_BYTES);
    }
    return text_equal(conflict->kiosk, kiosk->name) ||
           error_set(error, ERROR_REFUSED,
                     "the report is of another kiosk than the one that signed");
}

static bool
keep_conflict(struct store_session *session, void *data, struct error *error)
{
    return store_conflict_add(session, data, error);
}

static void
post_conflicts(void *data, const struct http_server_request *request,
               struct http_server_answer *answer)
{
    struct office *office = data;
    struct fleet_kiosk kiosk;
    struct store_conflict conflict = {0};
    struct error error = {0};
    struct json_writer *writer;
    struct json *body;
    size_t length;

    if (!http_server_has_type(request, WIRE_JSON_CONTENT_TYPE, answer) ||
        !identity_kiosk(office->store, request, &kiosk, answer))
    {
        return;
    }
    writer = json_writer_create();
    body = json_parse(request->body, request->body_length, &error);
    if (body == NULL || !read_report(body, &kiosk, &conflict, &error) ||
        !copy_counts(body, writer, &error))
    {
        http_server_answer_error(answer, &error);
    } else {
        conflict.counts = json_writer_text(writer, &length);
        if (!store_write(office->store, keep_conflict, &conflict, &error)) {
            http_server_answer_error(answer, &error);
        }
    }
    json_destroy(body);
    json_writer_destroy(writer);
}

/* --- for staff ------------------------------------------------------------------ */

struct listing {
    struct json_writer *writer;
    const char *name;
    bool (*read)(struct store_session *session, int max, store_trouble_take take,
                 void *data, struct error *error);
    int count;
};

/* What the kiosk said, or nothing when the back office noticed it itself. */
static void
write_counts(struct json_writer *writer, const char *counts)
{
    struct error ignored = {0};
    struct json *list = json_parse(counts, strlen(counts), &ignored);

    json_write_name(writer, "counts");
    json_write_array(writer);
    if (list != NULL) {
        for (const struct json *row = json_first(list); row != NULL;
             row = json_next(row)) {
            copy_count(row, writer, &ignored);
        }
    }
    json_write_end(writer);
    json_destroy(list);
}

static bool
write_trouble(void *data, const struct store_trouble *trouble)
{
    struct listing *listing = data;
    struct json_writer *writer = listing->writer;
    char stream[2 * USAGE_STREAM_BYTES + 1], noted[TIME_TEXT_BYTES];

    if (++listing->count > TROUBLES_MAX) {
        return false;
    }
    text_hex_encode(stream, trouble->stream, USAGE_STREAM_BYTES);
    instant_format(NULL, trouble->noted_at, noted);
    json_write_object(writer);
    json_write_name(writer, "kiosk");
    json_write_text(writer, trouble->kiosk);
    json_write_name(writer, "stream");
    json_write_text(writer, stream);
    json_write_name(writer, "noted_at");
    json_write_text(writer, noted);
    json_write_name(writer, "first");
    json_write_integer(writer, trouble->first);
    json_write_name(writer, "last");
    json_write_integer(writer, trouble->last);
    if (trouble->counts != NULL) {
        json_write_name(writer, "noticed_by");
        json_write_text(writer, trouble->counts[0] == '\0' ? "backoffice" : "kiosk");
        write_counts(writer, trouble->counts);
    }
    json_write_end(writer);
    return true;
}

static bool
list_work(struct store_session *session, void *data, struct error *error)
{
    struct listing *listing = data;

    return listing->read(session, TROUBLES_MAX + 1, write_trouble, listing, error);
}

static void
answer_listing(struct office *office, const struct http_server_request *request,
               struct listing *listing, struct http_server_answer *answer)
{
    struct error error = {0};

    if (!identity_staff(office->store, request, ROLE_VIEWER, answer)) {
        return;
    }
    listing->writer = json_writer_create();
    json_write_object(listing->writer);
    json_write_name(listing->writer, listing->name);
    json_write_array(listing->writer);
    if (!store_read(office->store, list_work, listing, &error)) {
        json_writer_destroy(listing->writer);
        http_server_answer_error(answer, &error);
        return;
    }
    json_write_end(listing->writer);
    json_write_name(listing->writer, "more");
    json_write_boolean(listing->writer, listing->count > TROUBLES_MAX);
    json_write_end(listing->writer);
    http_server_answer_json(answer, 200, listing->writer);
}

static void
get_conflicts(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct listing listing = {.name = "conflicts", .read = store_conflicts_read};

    answer_listing(data, request, &listing, answer);
}

static void
get_gaps(void *data, const struct http_server_request *request,
         struct http_server_answer *answer)
{
    struct listing listing = {.name = "gaps", .read = store_gaps_read};

    answer_listing(data, request, &listing, answer);
}

const struct http_route conflicts_routes[] = {
    {"POST", WIRE_CONFLICTS_PATH, CONFLICT_BYTES_MAX, post_conflicts},
    {"GET", WIRE_CONFLICTS_PATH, 0, get_conflicts},
    {"GET", "/v1/gaps", 0, get_gaps},
};
const size_t conflicts_route_count =
    sizeof(conflicts_routes) / sizeof(conflicts_routes[0]);
