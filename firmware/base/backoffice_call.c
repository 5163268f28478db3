#include "base/backoffice_call.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/http_client.h"
#include "base/memory.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "base/time.h"

#define URL_BYTES 1200
#define BASE_BYTES 200

struct backoffice_call {
    pthread_mutex_t lock; /* the HTTP client serves one at a time */
    struct http_client *http;
    char base[BASE_BYTES]; /* without a slash at the end */
    struct sign_key key;
    int timeout_ms;
};

/* "https://host:port", with perhaps a slash. */
static bool
read_base(const char *url, char *base, struct error *error)
{
    const char *host = strstr(url, "://");
    size_t length = strlen(url);

    if (length > 0 && url[length - 1] == '/') {
        length--;
    }
    if (host == NULL || host[3] == '\0' || length >= BASE_BYTES ||
        strcspn(host + 3, "/?#@") + (size_t)(host + 3 - url) < length)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "the back office's url must be like https://host:port");
    }
    memcpy(base, url, length);
    base[length] = '\0';
    return true;
}

struct backoffice_call *
backoffice_call_create(const struct backoffice_options *options, struct error *error)
{
    struct backoffice_call *call = memory_allocate(1, sizeof(*call));

    pthread_mutex_init(&call->lock, NULL);
    if (!read_base(options->url, call->base, error)) {
        backoffice_call_destroy(call);
        return NULL;
    }
    call->http = http_client_create();
    http_client_trust(call->http, options->ca_file);
    call->key = *options->key;
    call->timeout_ms = options->timeout_ms;
    return call;
}

void
backoffice_call_destroy(struct backoffice_call *call)
{
    if (call == NULL) {
        return;
    }
    if (call->http != NULL) {
        http_client_destroy(call->http);
    }
    pthread_mutex_destroy(&call->lock);
    memory_wipe(&call->key, sizeof(call->key));
    free(call);
}

/* The sentence of a problem; "" when there is none that can be read. */
static void
read_detail(const struct http_answer *answer, char *detail, size_t size)
{
    struct error ignored;
    struct json *problem = NULL;

    detail[0] = '\0';
    if (text_equal(answer->content_type, "application/problem+json")) {
        problem = json_parse(answer->body, answer->body_length, &ignored);
    }
    if (problem != NULL) {
        const struct json *member = json_member(problem, "detail");

        if (member != NULL && json_type(member) == JSON_STRING &&
            text_is_clean(json_string(member)))
        {
            text_copy(detail, size, json_string(member));
        }
        json_destroy(problem);
    }
}

static enum error_kind
kind_of(int status, bool changes)
{
    switch (status) {
    case 400:
    case 401:
    case 403:
    case 422:
        return ERROR_REFUSED;
    case 404:
        return ERROR_NOT_FOUND;
    case 409:
        return ERROR_TAKEN;
    case 429: /* both are said before anything is done */
    case 503:
        return ERROR_OFFLINE;
    default:
        if (status >= 500 && status <= 599) {
            return changes ? ERROR_UNCERTAIN : ERROR_OFFLINE;
        }
        return ERROR_BAD_INPUT;
    }
}

/* A yes that can't be read is a yes to a request that changes something. */
static bool
read_answer(const struct http_answer *answer, bool changes, struct json **root,
            struct error *error)
{
    enum error_kind unreadable = changes ? ERROR_UNCERTAIN : ERROR_BAD_INPUT;

    if (answer->status < 200 || answer->status > 299) {
        char detail[200];

        read_detail(answer, detail, sizeof(detail));
        /* The book itself had enough of this kiosk, and not a crowd before it. */
        return error_set(error,
                         answer->status == 429 && detail[0] != '\0'
                             ? ERROR_REFUSED
                             : kind_of(answer->status, changes),
                         "back office: %d %s", answer->status, detail);
    }
    if (root == NULL) {
        return true;
    }
    if (!text_equal(answer->content_type, "application/json")) {
        return error_set(error, unreadable, "back office: %d is not in JSON",
                         answer->status);
    }
    *root = json_parse(answer->body, answer->body_length, error);
    if (*root == NULL) {
        error->kind = unreadable;
        return error_prefix(error, "back office");
    }
    return true;
}

bool
backoffice_call_send(struct backoffice_call *call, const char *method,
                     const char *target, const char *body, struct json **answer,
                     struct error *error)
{
    size_t length = body != NULL ? strlen(body) : 0;
    struct signed_request signature;
    char url[URL_BYTES];
    struct text text = text_begin(url, sizeof(url));
    const char *const headers[] = {
        signature.digest, signature.input, signature.signature,
        body != NULL ? "Content-Type: application/json" : NULL, NULL};
    const struct http_request request = {
        .method = method,
        .url = url,
        .headers = headers,
        .body = body,
        .body_length = length,
        .timeout_ms = call->timeout_ms,
    };
    struct http_answer got = {0};
    bool good;

    text_add(&text, call->base);
    text_add(&text, target);
    if (text.truncated) {
        return error_set(error, ERROR_BAD_INPUT,
                         "back office: the question is too long");
    }
    signed_request_make(&signature, &call->key, method, target, body, length,
                        time_now_s());
    pthread_mutex_lock(&call->lock);
    good = http_client_send(call->http, &request, &got, error);
    pthread_mutex_unlock(&call->lock);
    if (!good) {
        /* Asking changes nothing, so an answer that is lost is only a dead line. */
        if (error->kind == ERROR_UNCERTAIN && text_equal(method, "GET")) {
            error->kind = ERROR_OFFLINE;
        }
        return error_prefix(error, "back office");
    }
    good = read_answer(&got, !text_equal(method, "GET"), answer, error);
    http_answer_finish(&got);
    return good;
}
