#include "jcc_call.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/http_client.h"
#include "base/memory.h"
#include "jcc_read.h"
#include "jcc_token.h"

#define BASE_BYTES 400
#define URL_BYTES (BASE_BYTES + JCC_TARGET_BYTES)
#define ZONE "Europe/Amsterdam" /* what JCC means when it says nothing */

struct jcc_call {
    pthread_mutex_t lock; /* the HTTP client serves one at a time; the token too */
    struct http_client *http;
    char base[BASE_BYTES]; /* with a slash at the end */
    struct jcc_credentials credentials;
    struct jcc_token token;
    struct zone *zone;
    int timeout_ms;
};

/* --- what is kept ----------------------------------------------------------------- */

/* "https://host/path/", whether the last slash is there or not. */
static bool
read_base(const char *url, char base[BASE_BYTES], struct error *error)
{
    const char *host = url != NULL ? strstr(url, "://") : NULL;
    struct text text = text_begin(base, BASE_BYTES);

    if (host == NULL || strspn(host + 3, "/?#@") > 0 || host[3] == '\0' ||
        strpbrk(url, "?#@ \t\r\n") != NULL)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "JCC's url must be like https://host/G-Plan/api/api/warp/v1/");
    }
    if (!http_client_allows(url, error)) {
        return error_prefix(error, "JCC's url");
    }
    text_add(&text, url);
    while (text.length > 0 && base[text.length - 1] == '/') {
        base[--text.length] = '\0';
    }
    text_add(&text, "/");
    return !text.truncated ||
           error_set(error, ERROR_BAD_INPUT, "JCC's url must be shorter than %d bytes",
                     BASE_BYTES);
}

static bool
has_text(const char *text)
{
    return text != NULL && text[0] != '\0';
}

struct jcc_call *
jcc_call_create(const struct jcc_options *options, struct error *error)
{
    struct jcc_call *call = memory_allocate(1, sizeof(*call));
    char token_url[URL_BYTES];

    pthread_mutex_init(&call->lock, NULL);
    if (!read_base(options->url, call->base, error)) {
        goto fail;
    }
    if (!has_text(options->client_id) || !has_text(options->client_secret)) {
        error_set(error, ERROR_BAD_INPUT, "JCC needs a client id and its secret");
        goto fail;
    }
    call->zone =
        zone_open(has_text(options->time_zone) ? options->time_zone : ZONE, error);
    if (call->zone == NULL) {
        error->kind = ERROR_BAD_INPUT; /* a name without a file is a wrong name */
        goto fail;
    }
    snprintf(token_url, sizeof(token_url), "%sconnect/token", call->base);
    jcc_credentials_init(&call->credentials, token_url, options->client_id,
                         options->client_secret);
    call->http = http_client_create();
    http_client_trust(call->http, options->ca_file);
    call->timeout_ms = options->timeout_ms;
    return call;

fail:
    jcc_call_destroy(call);
    return NULL;
}

void
jcc_call_destroy(struct jcc_call *call)
{
    if (call == NULL) {
        return;
    }
    http_client_destroy(call->http);
    zone_close(call->zone);
    jcc_token_forget(&call->token);
    jcc_credentials_finish(&call->credentials);
    pthread_mutex_destroy(&call->lock);
    free(call);
}

const struct zone *
jcc_call_zone(const struct jcc_call *call)
{
    return call->zone;
}

/* --- targets ---------------------------------------------------------------------- */

struct text
jcc_target(char target[JCC_TARGET_BYTES], const char *path)
{
    struct text text = text_begin(target, JCC_TARGET_BYTES);

    text_add(&text, path);
    return text;
}

void
jcc_target_add(struct text *target, const char *name, const char *value)
{
    text_format(target, "%s%s=", strchr(target->data, '?') == NULL ? "?" : "&", name);
    text_add_escaped(target, value);
}

void
jcc_target_add_products(struct text *target, const char *name,
                        const struct appointment_wish *wish)
{
    for (size_t i = 0; i < wish->item_count; i++) {
        jcc_target_add(target, name, wish->items[i].product);
    }
}

void
jcc_target_add_amounts(struct text *target, const struct appointment_wish *wish)
{
    for (size_t i = 0; i < wish->item_count; i++) {
        char amount[16];

        snprintf(amount, sizeof(amount), "%d", wish->items[i].persons);
        jcc_target_add(target, "amount", amount);
    }
}

void
jcc_target_add_date(struct text *target, const char *name, struct date date)
{
    char text[TIME_TEXT_BYTES];

    date_format(date, text);
    jcc_target_add(target, name, text);
}

/* --- answers ---------------------------------------------------------------------- */

/* What JCC itself says, and no machine in front of it. */
static bool
is_its_own(const struct json *problem)
{
    char code[JCC_CODE_BYTES];

    jcc_copy_code(code, problem);
    return code[0] != '\0' ||
           text_starts_with(jcc_text(problem, "type"), "http://www.jccsoftware.nl/");
}

/* JCC's own 500 is how it says that it knows no such id: no dead line. But to what
 * changes something it may also be what failed when that was done. */
static enum error_kind
kind_of(int status, bool changes, bool own)
{
    switch (status) {
    case 400:
    case 401:
    case 403:
    case 422:
        return ERROR_REFUSED;
    case 404:
    case 410:
        return ERROR_NOT_FOUND;
    case 409:
        return ERROR_TAKEN;
    case 429:
        return ERROR_OFFLINE; /* said before anything is done */
    default:
        if (status == 500 && own && !changes) {
            return ERROR_REFUSED;
        }
        if (status >= 500 && status <= 599) {
            return changes ? ERROR_UNCERTAIN : ERROR_OFFLINE;
        }
        return ERROR_BAD_INPUT;
    }
}

static const char *
sentence_of(enum error_kind kind)
{
    switch ((int)kind) {
    case ERROR_REFUSED:
        return "JCC refused";
    case ERROR_NOT_FOUND:
        return "JCC knows nothing at";
    case ERROR_TAKEN:
        return "JCC has given away what was asked for by";
    case ERROR_OFFLINE:
        return "JCC could not answer";
    case ERROR_UNCERTAIN:
        return "JCC broke down during";
    default:
        return "JCC answered in an unknown way to";
    }
}

/* The target without its query: an id is nobody's business. */
static int
path_length(const char *target)
{
    return (int)strcspn(target, "?");
}

static bool
read_answer(const struct http_answer *answer, const char *target, bool changes,
            struct json **root, struct error *error)
{
    *root = NULL;
    if (answer->status < 200 || answer->status > 299) {
        struct json *problem = json_parse(answer->body, answer->body_length, error);
        enum error_kind kind = kind_of(answer->status, changes, is_its_own(problem));
        char code[JCC_CODE_BYTES];

        jcc_copy_code(code, problem);
        json_destroy(problem);
        return error_set(error, kind, "%s %.*s (HTTP %d%s)", sentence_of(kind),
                         path_length(target), target, answer->status, code);
    }
    if (strspn(answer->body, " \t\r\n") == answer->body_length) {
        return true;
    }
    *root = json_parse(answer->body, answer->body_length, error);
    return *root != NULL ||
           error_set(error, changes ? ERROR_UNCERTAIN : ERROR_BAD_INPUT,
                     "JCC's answer to %.*s is no JSON", path_length(target), target);
}

/* --- the exchange ----------------------------------------------------------------- */

static bool
send_once(struct jcc_call *call, const char *method, const char *url, const char *body,
          struct http_answer *answer, struct error *error)
{
    static const char name[] = "Authorization: Bearer ";
    size_t size = sizeof(name) + strlen(call->token.text);
    char *authorization = memory_allocate(size, 1);
    const char *const headers[] = {authorization, "language: nl",
                                   body != NULL ? "Content-Type: application/json"
                                   : text_equal(method, "DELETE") ? "Content-Length: 0"
                                                                  : NULL,
                                   NULL};
    const struct http_request request = {
        .method = method,
        .url = url,
        .headers = headers,
        .body = body,
        .body_length = body != NULL ? strlen(body) : 0,
        .timeout_ms = call->timeout_ms,
    };
    bool good;

    snprintf(authorization, size, "%s%s", name, call->token.text);
    good = http_client_send(call->http, &request, answer, error);
    memory_wipe(authorization, size);
    free(authorization);
    return good;
}

/* With a token that is refused it is sent once more with a new one: 401 is said before
 * anything is done. */
static bool
send_authorised(struct jcc_call *call, const char *method, const char *url,
                const char *body, struct http_answer *answer, struct error *error)
{
    for (int tries = 0;; tries++) {
        int64_t now_ms = time_steady_ms();

        if (!jcc_token_is_good(&call->token, now_ms) &&
            !jcc_token_renew(&call->token, call->http, &call->credentials,
                             call->timeout_ms, now_ms, error))
        {
            return false;
        }
        if (!send_once(call, method, url, body, answer, error)) {
            if (error->kind == ERROR_UNCERTAIN && text_equal(method, "GET")) {
                error->kind = ERROR_OFFLINE; /* asking changes nothing */
            }
            return error_prefix(error, "JCC: %.*s",
                                path_length(url + strlen(call->base)),
                                url + strlen(call->base));
        }
        if (answer->status != 401) {
            return true;
        }
        jcc_token_forget(&call->token);
        if (tries > 0) {
            return true;
        }
        http_answer_finish(answer);
    }
}

bool
jcc_call_send(struct jcc_call *call, const char *method, const char *target,
              const char *body, struct json **root, struct error *error)
{
    char url[URL_BYTES];
    struct text text = text_begin(url, sizeof(url));
    struct http_answer answer = {0};
    bool good;

    *root = NULL;
    text_add(&text, call->base);
    text_add(&text, target);
    if (text.truncated) {
        return error_set(error, ERROR_BAD_INPUT, "JCC: the question is too long");
    }
    pthread_mutex_lock(&call->lock);
    good = send_authorised(call, method, url, body, &answer, error);
    pthread_mutex_unlock(&call->lock);
    if (!good) {
        return false;
    }
    good = read_answer(&answer, target, !text_equal(method, "GET"), root, error);
    memory_wipe(answer.body, answer.body_length); /* a person may stand in it */
    http_answer_finish(&answer);
    return good;
}

bool
jcc_call_get(struct jcc_call *call, const char *target, struct json **answer,
             struct error *error)
{
    return jcc_call_send(call, "GET", target, NULL, answer, error);
}
