#include "base/http_client.h"

#include <arpa/inet.h>
#include <assert.h>
#include <curl/curl.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define DEFAULT_TIMEOUT_MS 10000
#define DEFAULT_ANSWER_BYTES_MAX (1u << 20)

struct http_client {
    CURL *curl;
    char *ca_file; /* NULL: the system's authorities */
    char reason[CURL_ERROR_SIZE];
};

/* The answer while it comes in. */
struct intake {
    struct http_answer *answer;
    size_t size, bytes_max;
    bool may_repeat; /* the request changes nothing */
    bool too_long;
    bool head_ended; /* curl takes an answer that breaks off in its headers for whole */
};

static void
start_curl(void)
{
    CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);

    assert(started == CURLE_OK);
    (void)started;
}

struct http_client *
http_client_create(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct http_client *client = memory_allocate(1, sizeof(*client));

    pthread_once(&once, start_curl);
    client->curl = curl_easy_init();
    assert(client->curl != NULL);
    return client;
}

void
http_client_destroy(struct http_client *client)
{
    if (client == NULL) {
        return;
    }
    curl_easy_cleanup(client->curl);
    free(client->ca_file);
    free(client);
}

void
http_client_trust(struct http_client *client, const char *ca_file)
{
    free(client->ca_file);
    client->ca_file =
        ca_file != NULL && ca_file[0] != '\0' ? memory_copy_text(ca_file) : NULL;
}

static bool
host_is_loopback(const char *host)
{
    struct in_addr address;

    if (inet_pton(AF_INET, host, &address) == 1) {
        return ntohl(address.s_addr) >> 24 == 127;
    }
    return strcasecmp(host, "localhost") == 0 || text_equal(host, "[::1]");
}

/* Whether the URL may be used at all, and whether it is plain http. */
static bool
check_url(const char *text, bool *is_plain, struct error *error)
{
    CURLU *url = curl_url();
    char *scheme = NULL, *host = NULL;
    bool allowed;

    assert(url != NULL);
    if (curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK)
    {
        allowed = error_set(error, ERROR_BAD_INPUT, "is no web address");
    } else if (text_equal(scheme, "https")) {
        *is_plain = false;
        allowed = true;
    } else if (text_equal(scheme, "http") && host_is_loopback(host)) {
        *is_plain = true;
        allowed = true;
    } else {
        allowed = error_set(error, ERROR_BAD_INPUT,
                            "%s: must be https, or http to this machine itself", host);
    }
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(url);
    return allowed;
}

bool
http_client_allows(const char *url, struct error *error)
{
    bool is_plain;

    return check_url(url, &is_plain, error);
}

static size_t
take_body(char *bytes, size_t size, size_t count, void *data)
{
    struct intake *intake = data;
    struct http_answer *answer = intake->answer;
    size_t length = size * count;

    if (length > intake->bytes_max - answer->body_length) {
        intake->too_long = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (intake->size - answer->body_length <= length) {
        intake->size = 2 * (intake->size + length);
        answer->body = memory_resize(answer->body, 1, intake->size);
    }
    memcpy(answer->body + answer->body_length, bytes, length);
    answer->body_length += length;
    return length;
}

/* As curl does itself, but no program that is started meanwhile inherits it. */
static curl_socket_t
open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)data;
    (void)purpose;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* curl's own headers that nobody asked for are taken out by their bare name. */
static struct curl_slist *
make_headers(const struct http_request *request)
{
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    bool has_type = false;

    for (const char *const *header = request->headers;
         header != NULL && *header != NULL; header++)
    {
        assert(strpbrk(*header, "\r\n") == NULL);
        has_type = has_type || strncasecmp(*header, "Content-Type:", 13) == 0;
        list = curl_slist_append(list, *header);
        assert(list != NULL);
    }
    if (!has_type) {
        list = curl_slist_append(list, "Content-Type:");
    }
    assert(list != NULL);
    return list;
}

static bool
method_has_body(const char *method)
{
    return text_equal(method, "POST") || text_equal(method, "PUT") ||
           text_equal(method, "PATCH");
}

/* Line by line: from the last status line to the empty one; trailers may follow. */
static size_t
take_header(char *line, size_t size, size_t count, void *data)
{
    struct intake *intake = data;
    size_t length = size * count;

    if (length >= 5 && memcmp(line, "HTTP/", 5) == 0) {
        intake->head_ended = false;
    } else if (length > 0 && (line[0] == '\r' || line[0] == '\n')) {
        intake->head_ended = true;
    }
    return length;
}

static void
prepare(struct http_client *client, const struct http_request *request, bool is_plain,
        struct curl_slist *headers, struct intake *intake)
{
    CURL *curl = client->curl;

    curl_easy_reset(curl);
    client->reason[0] = '\0';
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Loketzuil");
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, client->reason);
    curl_easy_setopt(
        curl, CURLOPT_TIMEOUT_MS,
        (long)(request->timeout_ms > 0 ? request->timeout_ms : DEFAULT_TIMEOUT_MS));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, intake);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, intake);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    if (client->ca_file != NULL) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, client->ca_file);
        curl_easy_setopt(curl, CURLOPT_CAPATH, NULL); /* and not the system's too */
    }
    if (is_plain) {
        curl_easy_setopt(curl, CURLOPT_PROXY,
                         ""); /* nothing plain leaves this machine */
    }
    /*
     * On a kept connection that turns out to be dead, curl sends a request again.
     * What changes something is never sent twice by us: it gets its own connection.
     */
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, intake->may_repeat ? 0L : 1L);
    if (text_equal(request->method, "HEAD")) {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else if (request->body_length > 0 || method_has_body(request->method)) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS,
                         request->body_length > 0 ? request->body : "");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)request->body_length);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
}

/* Seconds from now, by either form of RFC 9110 §10.2.3; -1 when there is none. */
static int
read_retry_after(CURL *curl)
{
    struct curl_header *header;
    int64_t seconds = 0;
    const char *at;

    if (curl_easy_header(curl, "Retry-After", 0, CURLH_HEADER, -1, &header) !=
        CURLHE_OK) {
        return -1;
    }
    for (at = header->value; *at >= '0' && *at <= '9'; at++) {
        if (seconds < INT_MAX) {
            seconds = seconds * 10 + (*at - '0');
        }
    }
    if (at == header->value || *at != '\0') {
        time_t date = curl_getdate(header->value, NULL);

        if (date < 0) {
            return -1;
        }
        seconds = (int64_t)date - time_now_s();
    }
    return seconds < 0 ? 0 : seconds > INT_MAX ? INT_MAX : (int)seconds;
}

static void
read_content_type(CURL *curl, struct http_answer *answer)
{
    char *type = NULL;
    struct text text = text_begin(answer->content_type, sizeof(answer->content_type));

    if (curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type) != CURLE_OK ||
        type == NULL) {
        return;
    }
    text_add_bytes(&text, type, strcspn(type, "; \t"));
    for (char *c = answer->content_type; *c != '\0'; c++) {
        if (*c >= 'A' && *c <= 'Z') {
            *c = (char)(*c + ('a' - 'A'));
        }
    }
}

static void
read_wanted_header(CURL *curl, const char *name, struct http_answer *answer)
{
    struct curl_header *header;

    if (name != NULL &&
        curl_easy_header(curl, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK &&
        strlen(header->value) < sizeof(answer->wanted_header))
    {
        text_copy(answer->wanted_header, sizeof(answer->wanted_header), header->value);
    }
}

/* Until the connection stood (TLS too), not a byte of the request was sent. */
static bool
nothing_was_sent(CURL *curl)
{
    curl_off_t ready_us = 0;

    curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
    return ready_us == 0;
}

static bool
exchange(struct http_client *client, const struct http_request *request,
         struct intake *intake, struct error *error)
{
    CURLcode result = curl_easy_perform(client->curl);
    struct http_answer *answer = intake->answer;
    long status = 0;

    if (intake->too_long) {
        return error_set(error, intake->may_repeat ? ERROR_BAD_INPUT : ERROR_UNCERTAIN,
                         "answer is longer than %zu bytes", intake->bytes_max);
    }
    if (result != CURLE_OK) {
        const char *reason =
            client->reason[0] != '\0' ? client->reason : curl_easy_strerror(result);

        return nothing_was_sent(client->curl)
                   ? error_set(error, ERROR_OFFLINE, "cannot connect: %s", reason)
                   : error_set(error, ERROR_UNCERTAIN, "no answer: %s", reason);
    }
    if (!intake->head_ended) {
        return error_set(error, ERROR_UNCERTAIN, "no answer: it broke off");
    }
    curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
    answer->status = (int)status;
    answer->retry_after_s = read_retry_after(client->curl);
    read_content_type(client->curl, answer);
    read_wanted_header(client->curl, request->wanted_header, answer);
    answer->body[answer->body_length] = '\0';
    return true;
}

bool
http_client_send(struct http_client *client, const struct http_request *request,
                 struct http_answer *answer, struct error *error)
{
    struct intake intake = {.answer = answer,
                            .size = 256,
                            .may_repeat = text_equal(request->method, "GET") ||
                                          text_equal(request->method, "HEAD"),
                            .bytes_max = request->answer_bytes_max > 0
                                             ? request->answer_bytes_max
                                             : DEFAULT_ANSWER_BYTES_MAX};
    struct curl_slist *headers;
    bool is_plain = false, answered;

    *answer = (struct http_answer){.retry_after_s = -1};
    if (!check_url(request->url, &is_plain, error)) {
        return false;
    }
    answer->body = memory_allocate(1, intake.size);
    headers = make_headers(request);
    prepare(client, request, is_plain, headers, &intake);
    answered = exchange(client, request, &intake, error);
    curl_easy_reset(client->curl); /* it points at what is about to go */
    curl_slist_free_all(headers);
    if (!answered) {
        http_answer_finish(answer);
    }
    return answered;
}

void
http_answer_finish(struct http_answer *answer)
{
    free(answer->body);
    *answer = (struct http_answer){.retry_after_s = -1};
}
