#include "backoffice/errands.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/errand_routes.h"
#include "backoffice/identity.h"
#include "backoffice/office.h"
#include "backoffice/store_errand.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define LOG_MODULE "errands"
#include "base/log.h"

#define BODY_MAX (2 * ERRAND_SEALED_BYTES_MAX + 200) /* more than a slip needs */
#define LIST_MAX 1000
#define DAY_S 86400
#define KEY_DAYS 365 /* no kiosk is offline for longer */
#define CONTENT_TYPE "application/json"

/* --- from a kiosk ----------------------------------------------------------------- */

static bool
keep_work(struct store_session *session, void *data, struct error *error)
{
    struct store_errand *row = data;

    row->received_at = store_now(session);
    return store_errand_keep(session, row, error);
}

/* One that we can't open any more is not lost: staff see where and when it was asked.
 */
static bool
read_sealed(const struct office *office, const struct json *body,
            struct store_errand *row, struct error *error)
{
    char sealed[2 * ERRAND_SEALED_BYTES_MAX + 1], key[ERRAND_KEY_BYTES];

    if (!json_get_text(body, "key", key, sizeof(key), error) ||
        !json_get_text(body, "sealed", sealed, sizeof(sealed), error))
    {
        return false;
    }
    if (json_count(body) != 2 || !errand_key_is_right(key)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "key: must be 32 lower-case hexadecimal digits, and with "
                         "sealed all there is");
    }
    if (errand_unseal(sealed, &office->seal, &row->errand, error)) {
        return text_equal(row->errand.key, key) ||
               error_set(error, ERROR_BAD_INPUT, "key: is not the sealed one");
    }
    if (error->kind != ERROR_REFUSED) {
        return false;
    }
    log_error("what a kiosk sealed does not open: is this the key file of before?");
    row->unreadable = true;
    row->errand = (struct errand){.kind = ERRAND_CALL_BACK};
    text_copy(row->errand.key, sizeof(row->errand.key), key);
    return true;
}

static bool
read_body(const struct office *office, const struct http_server_request *request,
          struct store_errand *row, struct error *error)
{
    struct json *body = json_parse(request->body, request->body_length, error);
    bool good = body != NULL && (json_member(body, "sealed") != NULL
                                     ? read_sealed(office, body, row, error)
                                     : errand_read(body, &row->errand, error));

    json_destroy(body);
    return good;
}

static void
post_errand(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    const struct office *office = data;
    struct fleet_kiosk kiosk;
    struct store_errand row = {0};
    struct error error = {0};

    if (!http_server_has_type(request, CONTENT_TYPE, answer) ||
        !identity_kiosk(office->store, request, &kiosk, answer))
    {
        return;
    }
    text_copy(row.kiosk, sizeof(row.kiosk), kiosk.name);
    text_copy(row.location, sizeof(row.location), kiosk.location);
    if (!read_body(office, request, &row, &error) ||
        !store_write(office->store, keep_work, &row, &error))
    {
        http_server_answer_error(answer, &error);
    }
    memory_wipe(&row, sizeof(row));
}

/* --- ending ----------------------------------------------------------------------- */

struct ending {
    const char *key, *kiosk; /* kiosk NULL: staff say that it is done */
};

static bool
end_work(struct store_session *session, void *data, struct error *error)
{
    const struct ending *ending = data;

    return ending->kiosk == NULL
               ? store_errand_end(session, ending->key, error)
               : store_errand_withdraw(session, ending->key, ending->kiosk, error);
}

static bool
end(struct store *store, struct ending *ending, struct error *error)
{
    struct error ignored = {0};

    if (!errand_key_is_right(ending->key)) {
        return error_set(error, ERROR_NOT_FOUND, "There is nothing with this key.");
    }
    if (!store_write(store, end_work, ending, error)) {
        return false;
    }
    if (!store_scrub(store, &ignored)) {
        /* It is overwritten; an old copy lies in the log until the next tidying. */
        log_warning("%s", ignored.message);
    }
    return true;
}

bool
errand_done(struct store *store, const char *key, struct error *error)
{
    return end(store, &(struct ending){.key = key}, error);
}

static void
post_withdraw(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    const struct office *office = data;
    struct fleet_kiosk kiosk;

    struct error error = {0};

    if (identity_kiosk(office->store, request, &kiosk, answer) &&
        !end(office->store, &(struct ending){request->parameters[0], kiosk.name},
             &error))
    {
        http_server_answer_error(answer, &error);
    }
}

static void
post_done(void *data, const struct http_server_request *request,
          struct http_server_answer *answer)
{
    const struct office *office = data;

    struct error error = {0};

    if (identity_staff(office->store, request, ROLE_EDITOR, answer) &&
        !errand_done(office->store, request->parameters[0], &error))
    {
        http_server_answer_error(answer, &error);
    }
}

struct tidying {
    int keep_days;
    int64_t missed;
};

static bool
tidy_work(struct store_session *session, void *data, struct error *error)
{
    struct tidying *tidying = data;
    int64_t now = store_now(session);

    return store_errand_forget(session, now - (int64_t)tidying->keep_days * DAY_S,
                               now - (int64_t)KEY_DAYS * DAY_S, &tidying->missed,
                               error);
}

bool
errands_tidy(struct store *store, int keep_days, struct error *error)
{
    struct tidying tidying = {.keep_days = keep_days};

    if (!store_write(store, tidy_work, &tidying, error)) {
        return false;
    }
    if (tidying.missed > 0) {
        log_warning("%" PRId64
                    " citizens were not called back within %d days, and can't "
                    "be any more",
                    tidying.missed, keep_days);
    }
    return store_scrub(store, error) || error_prefix(error, "forgetting");
}

/* --- for staff -------------------------------------------------------------------- */

struct listing {
    const struct zone *zone;
    struct json_writer *writer;
    int count;
};

static void
write_text(struct json_writer *writer, const char *name, const char *text)
{
    json_write_name(writer, name);
    json_write_text(writer, text);
}

static void
write_instant(const struct listing *listing, const char *name, int64_t instant)
{
    char text[TIME_TEXT_BYTES];

    instant_format(listing->zone, instant, text);
    write_text(listing->writer, name, text);
}

static void
write_call_back(const struct listing *listing, const struct errand *errand)
{
    write_text(listing->writer, "product", errand->product);
    write_text(listing->writer, "phone", errand->phone);
    write_instant(listing, "from", errand->from);
    write_instant(listing, "until", errand->until);
}

static void
write_hand_over(const struct listing *listing, const struct errand *errand)
{
    struct json_writer *writer = listing->writer;

    write_text(writer, "code", errand->code);
    write_instant(listing, "until", errand->until);
    write_text(writer, "product", errand->product);
    write_text(writer, "step", errand_step_name(errand->step));
    write_text(writer, "question", errand->question);
    json_write_name(writer, "answers");
    json_write_array(writer);
    for (size_t i = 0; i < errand->answer_count; i++) {
        char answer[2 * ERRAND_PRODUCT_BYTES];

        snprintf(answer, sizeof(answer), "%s=%s", errand->answers[i].question,
                 errand->answers[i].option);
        json_write_text(writer, answer);
    }
    json_write_end(writer);
}

static bool
write_errand(void *data, const struct store_errand *row)
{
    struct listing *listing = data;
    struct json_writer *writer = listing->writer;
    const struct errand *errand = &row->errand;

    if (++listing->count > LIST_MAX) {
        return false;
    }
    json_write_object(writer);
    write_text(writer, "key", errand->key);
    write_text(writer, "kind", errand_kind_name(errand->kind));
    write_text(writer, "kiosk", row->kiosk);
    write_text(writer, "location", row->location);
    write_instant(listing, "received_at", row->received_at);
    json_write_name(writer, "unreadable");
    json_write_boolean(writer, row->unreadable);
    if (!row->unreadable) {
        write_instant(listing, "asked_at", errand->asked_at);
        write_text(writer, "language", language_code(errand->language));
    }
    if (errand->kind == ERRAND_HELP) {
        json_write_name(writer, "calls");
        json_write_integer(writer, errand->calls);
    } else if (errand->kind == ERRAND_HAND_OVER) {
        write_hand_over(listing, errand);
    } else if (!row->unreadable) {
        write_call_back(listing, errand);
    }
    json_write_end(writer);
    return true;
}

static bool
list_work(struct store_session *session, void *data, struct error *error)
{
    return store_errand_list(session, write_errand, data, error);
}

/* Numbers stand in it: for who does the calling, not for who looks at figures. */
static void
get_errands(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    const struct office *office = data;
    struct listing listing = {.zone = office->zone};
    struct error error = {0};

    if (!identity_staff(office->store, request, ROLE_EDITOR, answer)) {
        return;
    }
    listing.writer = json_writer_create();
    json_write_object(listing.writer);
    json_write_name(listing.writer, "errands");
    json_write_array(listing.writer);
    if (!store_read(office->store, list_work, &listing, &error)) {
        json_writer_destroy(listing.writer);
        http_server_answer_error(answer, &error);
        return;
    }
    json_write_end(listing.writer);
    json_write_name(listing.writer, "more");
    json_write_boolean(listing.writer, listing.count > LIST_MAX);
    json_write_end(listing.writer);
    http_server_answer_json(answer, 200, listing.writer);
}

const struct http_route errand_routes[] = {
    {"POST", "/v1/errands", BODY_MAX, post_errand},
    {"GET", "/v1/errands", 0, get_errands},
    {"POST", "/v1/errands/{key}/withdraw", 0, post_withdraw},
    {"POST", "/v1/errands/{key}/done", 0, post_done},
};
const size_t errand_route_count = sizeof(errand_routes) / sizeof(errand_routes[0]);
