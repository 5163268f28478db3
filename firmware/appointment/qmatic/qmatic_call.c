#include "qmatic_call.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/http_client.h"
#include "base/memory.h"

#define BASE_BYTES 512
#define KEY_BYTES 512
#define CODE_BYTES 24
#define ANSWER_BYTES_MAX                                                               \
    (4u << 20) /* a service is ½ KiB, a municipality has a hundred */

struct qmatic_call {
    pthread_mutex_t lock; /* the HTTP client serves one at a time */
    struct http_client *http;
    char base[BASE_BYTES]; /* ends in a slash */
    char key_header[sizeof("X-Api-Key: ") + KEY_BYTES];
    int timeout_ms;
};

static bool
ends_in(const char *text, size_t length, const char *end)
{
    return length >= strlen(end) &&
           memcmp(text + length - strlen(end), end, strlen(end)) == 0;
}

/*
 * "https://host/calendar-backend/public/api", with perhaps a slash. An address that
 * goes on to a version is a usual way to write it down: the version is ours to choose.
 */
static bool
read_base(const char *url, char base[BASE_BYTES], struct error *error)
{
    const char *host = url != NULL ? strstr(url, "://") : NULL;
    size_t length = url != NULL ? strlen(url) : 0;

    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    if (ends_in(url, length, "/v1") || ends_in(url, length, "/v2")) {
        length -= strlen("/v1");
    }
    if (host == NULL || host + strlen("://") >= url + length ||
        host[strlen("://")] == '/' || length > BASE_BYTES - 2 ||
        strcspn(url, "?#@;\\ ") < length || !text_is_clean(url))
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "qmatic: url must be like "
                         "https://host/calendar-backend/public/api/");
    }
    memcpy(base, url, length);
    memcpy(base + length, "/", 2);
    return true;
}

/* As a header can carry it. What it is like is not told. */
static bool
read_key(const char *key, struct text *header, struct error *error)
{
    size_t length = key != NULL ? strlen(key) : 0;

    for (size_t i = 0; i < length; i++) {
        if (key[i] <= ' ' || key[i] > '~') {
            length = 0;
        }
    }
    if (length == 0 || length >= KEY_BYTES) {
        return error_set(error, ERROR_BAD_INPUT,
                         "qmatic: api_key must be 1 to %d letters, digits and signs "
                         "without spaces",
                         KEY_BYTES - 1);
    }
    text_add(header, "X-Api-Key: ");
    text_add(header, key);
    return true;
}

struct qmatic_call *
qmatic_call_create(const struct qmatic_options *options, struct error *error)
{
    struct qmatic_call *call = memory_allocate(1, sizeof(*call));
    struct text header = text_begin(call->key_header, sizeof(call->key_header));

    pthread_mutex_init(&call->lock, NULL);
    if (!read_base(options->url, call->base, error) ||
        !read_key(options->api_key, &header, error))
    {
        qmatic_call_destroy(call);
        return NULL;
    }
    call->http = http_client_create();
    http_client_trust(call->http, options->ca_file);
    call->timeout_ms = options->timeout_ms;
    return call;
}

void
qmatic_call_destroy(struct qmatic_call *call)
{
    if (call == NULL) {
        return;
    }
    http_client_destroy(call->http);
    pthread_mutex_destroy(&call->lock);
    memory_wipe(call->key_header, sizeof(call->key_header));
    free(call);
}

static enum error_kind
kind_of(int status, bool changes, bool has_code)
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
        return ERROR_OFFLINE;
    default:
        break;
    }
    if (status == 500 && has_code) {
        return ERROR_REFUSED;
    }
    if (status >= 500 && status <= 599) {
        return changes ? ERROR_UNCERTAIN : ERROR_OFFLINE;
    }
    return ERROR_BAD_INPUT;
}

static bool
code_is_plain(const char *code)
{
    return code[0] != '\0' && strlen(code) < CODE_BYTES &&
           code[strspn(code, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789._-")] == '\0';
}

static bool
refuse(const struct http_answer *answer, struct qmatic_exchange *exchange, bool changes,
       struct error *error)
{
    bool has_code = code_is_plain(answer->wanted_header);
    enum error_kind kind = kind_of(answer->status, changes, has_code);

    exchange->said_no = answer->status == 500 && has_code;
    if (answer->status == 401 || answer->status == 403) {
        return error_set(error, kind, "qmatic: %d: the API key is not accepted",
                         answer->status);
    }
    return has_code ? error_set(error, kind, "qmatic: %d with error_code %s",
                                answer->status, answer->wanted_header)
                    : error_set(error, kind, "qmatic: %d", answer->status);
}

/*
 * The type says application/text where JSON comes: only the bytes are looked at. A yes
 * that can't be read is a yes to a request that changes something.
 */
static bool
read_answer(const struct http_answer *answer, struct qmatic_exchange *exchange,
            bool changes, struct error *error)
{
    if (answer->status < 200 || answer->status > 299) {
        return refuse(answer, exchange, changes, error);
    }
    if (!exchange->wants_answer) {
        return true;
    }
    exchange->answer = json_parse(answer->body, answer->body_length, error);
    if (exchange->answer == NULL) {
        error->kind = changes ? ERROR_UNCERTAIN : ERROR_BAD_INPUT;
        return error_prefix(error, "qmatic: %d", answer->status);
    }
    return true;
}

bool
qmatic_call_send(struct qmatic_call *call, struct qmatic_exchange *exchange,
                 struct error *error)
{
    const char *const headers[] = {call->key_header, "Content-Type: application/json",
                                   NULL};
    char url[BASE_BYTES + QMATIC_TARGET_BYTES];
    struct text text = text_begin(url, sizeof(url));
    const struct http_request request = {
        .method = exchange->method,
        .url = url,
        .headers = headers,
        .body = exchange->body,
        .body_length = exchange->body != NULL ? strlen(exchange->body) : 0,
        .timeout_ms = call->timeout_ms,
        .answer_bytes_max = ANSWER_BYTES_MAX,
        .wanted_header = "error_code",
    };
    bool changes = !text_equal(exchange->method, "GET"), good;
    struct http_answer answer = {0};

    text_add(&text, call->base);
    text_add(&text, exchange->target->data);
    if (exchange->target->truncated) {
        return error_set(error, ERROR_BAD_INPUT, "qmatic: the question is too long");
    }
    pthread_mutex_lock(&call->lock);
    good = http_client_send(call->http, &request, &answer, error);
    pthread_mutex_unlock(&call->lock);
    if (!good) {
        /* Asking changes nothing, so an answer that is lost is only a dead line. */
        if (error->kind == ERROR_UNCERTAIN && !changes) {
            error->kind = ERROR_OFFLINE;
        }
        return error_prefix(error, "qmatic");
    }
    good = read_answer(&answer, exchange, changes, error);
    memory_wipe(answer.body, answer.body_length); /* a person may stand in it */
    http_answer_finish(&answer);
    return good;
}

struct json *
qmatic_call_get(struct qmatic_call *call, const struct text *target,
                struct error *error)
{
    struct qmatic_exchange exchange = {
        .method = "GET", .target = target, .wants_answer = true};

    return qmatic_call_send(call, &exchange, error) ? exchange.answer : NULL;
}
