#include "backoffice/hand_over.h"

#include <stdlib.h>
#include <string.h>

#include "backoffice/http_server.h"
#include "backoffice/store_hand_over.h"
#include "backoffice/store_usage.h"
#include "backoffice/tally.h"
#include "backoffice/try_limit.h"
#include "base/memory.h"
#include "base/text.h"

#define LOG_MODULE "hand-over"
#include "base/log.h"

#define HOUR_S 3600
#define DAY_HOURS 24
/* Forms post what they like; it is not looked at. */
#define BODY_MAX 4096
/* A form's server may bring many tokens that came too late; a guesser needs 2^127. */
#define WRONG_TRIES_MAX 30

struct hand_overs {
    struct store *store;
    const struct zone *zone;
    int valid_days;
    struct try_limit *limit;
};

struct hand_overs *
hand_overs_create(const struct hand_over_options *options)
{
    struct hand_overs *hand_overs = memory_allocate(1, sizeof(*hand_overs));

    hand_overs->store = options->store;
    hand_overs->zone = options->zone;
    hand_overs->valid_days = options->valid_days;
    hand_overs->limit = try_limit_create(WRONG_TRIES_MAX);
    return hand_overs;
}

void
hand_overs_destroy(struct hand_overs *hand_overs)
{
    if (hand_overs == NULL) {
        return;
    }
    try_limit_destroy(hand_overs->limit);
    free(hand_overs);
}

/* The first hour of which a token is still valid. */
static int64_t
valid_since(const struct hand_overs *hand_overs, int64_t now_s)
{
    return now_s / HOUR_S - (int64_t)hand_overs->valid_days * DAY_HOURS;
}

static bool
forget_work(struct store_session *session, void *data, struct error *error)
{
    const struct hand_overs *hand_overs = data;

    return store_hand_over_forget(session, valid_since(hand_overs, store_now(session)),
                                  error);
}

bool
hand_overs_tidy(struct hand_overs *hand_overs, struct error *error)
{
    return store_write(hand_overs->store, forget_work, hand_overs, error);
}

/* --- completing ----------------------------------------------------------------- */

struct completion {
    const struct hand_overs *hand_overs;
    struct hand_over hand_over;
};

/* As if the kiosk had recorded it now. */
static bool
count_completed(struct store_session *session, const struct completion *completion,
                struct error *error)
{
    const struct hand_over *from = &completion->hand_over;
    const struct tally_place place = {.kiosk = from->kiosk,
                                      .location = from->location,
                                      .zone = completion->hand_overs->zone};
    struct usage_event event = {.kind = USAGE_STEP,
                                .step = USAGE_COMPLETED,
                                .time = store_now(session),
                                .channel = from->channel};
    struct tally tallies[TALLIES_OF_EVENT_MAX];

    text_copy(event.product_uri, sizeof(event.product_uri), from->product_uri);
    text_copy(event.product, sizeof(event.product), from->product);
    text_copy(event.variant, sizeof(event.variant), from->variant);
    return store_counts_add(session, tallies, tally_events(&event, 1, &place, tallies),
                            error);
}

/* In one transaction, so that of two that come together one counts. */
static bool
complete_work(struct store_session *session, void *data, struct error *error)
{
    struct completion *completion = data;
    struct hand_over *hand_over = &completion->hand_over;

    if (!store_hand_over_find(session,
                              valid_since(completion->hand_overs, store_now(session)),
                              hand_over, error))
    {
        return false;
    }
    return hand_over->completed ||
           (count_completed(session, completion, error) &&
            store_hand_over_complete(session, hand_over->hash, error));
}

/* 200, 404, 429 or 503; `counted` when this was the first time. */
static int
complete(struct hand_overs *hand_overs, const struct http_server_request *request,
         bool *counted, struct error *error)
{
    const char *token = request->parameters[0];
    struct completion completion = {.hand_overs = hand_overs};

    if (!try_limit_allows(hand_overs->limit, request->peer, request->now_s)) {
        error_set(error, ERROR_REFUSED,
                  "There were too many wrong codes: wait a "
                  "minute.");
        return 429;
    }
    hash_bytes(token, strlen(token), completion.hand_over.hash);
    if (store_write(hand_overs->store, complete_work, &completion, error)) {
        *counted = !completion.hand_over.completed;
        return 200;
    }
    if (error->kind != ERROR_NOT_FOUND) {
        return 503;
    }
    try_limit_note_wrong(hand_overs->limit, request->peer, request->now_s);
    return 404;
}

static void
add_retry_after(struct http_server_answer *answer)
{
    http_server_answer_header(answer, "Retry-After", "60");
}

static void
post_completed(void *data, const struct http_server_request *request,
               struct http_server_answer *answer)
{
    struct error error = {0};
    struct json_writer *writer;
    bool counted = false;
    int status = complete(data, request, &counted, &error);

    if (status == 200) {
        writer = json_writer_create();
        json_write_object(writer);
        json_write_name(writer, "counted");
        json_write_boolean(writer, counted);
        json_write_end(writer);
        http_server_answer_json(answer, 200, writer);
    } else if (status == 503) {
        http_server_answer_error(answer, &error);
    } else {
        http_server_answer_problem(answer, status, "%s", error.message);
        if (status == 429) {
            add_retry_after(answer);
        }
    }
    /* The page of a form may be at any address of the municipality's. */
    http_server_answer_header(answer, "Access-Control-Allow-Origin", "*");
}

/* --- the page ------------------------------------------------------------------- */

static const struct {
    int status;
    const char *title, *dutch, *english;
} pages[] = {
    {200, "Gelukt", "Bedankt. U kunt deze pagina sluiten.",
     "Thank you. You can close this page."},
    {404, "Deze link werkt niet meer",
     "U hoeft niets te doen. Met uw aanvraag is niets mis.",
     "This link no longer works. You need not do anything; all is well with your "
     "request."},
    {429, "Even geduld", "Open deze link over een minuut nog een keer.",
     "Please open this link again in a minute."},
    {503, "Even geduld", "Open deze link over een minuut nog een keer.",
     "Please open this link again in a minute."},
};

#define PAGE_BYTES 1024

static void
answer_page(struct http_server_answer *answer, int status)
{
    char html[PAGE_BYTES];
    struct text text = text_begin(html, sizeof(html));
    size_t i = 0;

    while (pages[i].status != status) {
        i++;
    }
    text_format(&text,
                "<!DOCTYPE html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width\">"
                "<title>%s</title><style>body{font:1.25rem/1.5 sans-serif;"
                "max-width:32rem;margin:3rem auto;padding:0 1rem}</style></head>"
                "<body><h1>%s</h1><p>%s</p><p lang=\"en\">%s</p></body></html>\n",
                pages[i].title, pages[i].title, pages[i].dutch, pages[i].english);
    http_server_answer_text(answer, status, "text/html; charset=utf-8", html);
    http_server_answer_header(answer, "Content-Security-Policy",
                              "default-src 'none'; style-src 'unsafe-inline'; "
                              "frame-ancestors 'none'");
    /* The address holds the token. */
    http_server_answer_header(answer, "Referrer-Policy", "no-referrer");
    if (status != 200 && status != 404) {
        add_retry_after(answer);
    }
}

/*
 * For a person who follows a link. Programs that only look ahead (HEAD, a browser that
 * loads what might be opened next) count nothing.
 */
static void
get_completed(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct error error = {0};
    bool counted;
    int status = 503;

    if (!request->is_head && http_server_header(request, "Sec-Purpose") == NULL) {
        status = complete(data, request, &counted, &error);
        if (status == 503) {
            log_error("%s", error.message);
        }
    }
    answer_page(answer, status);
}

static const struct http_route routes[] = {
    {"GET", "/v1/hand-overs/{token}/completed", 0, get_completed},
    {"POST", "/v1/hand-overs/{token}/completed", BODY_MAX, post_completed},
};

const struct http_route *
hand_over_routes(size_t *count)
{
    *count = sizeof(routes) / sizeof(routes[0]);
    return routes;
}
