#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "backoffice/http_server.h"
#include "base/memory.h"
#include "base/text.h"

#define LOG_MODULE "http"
#include "base/log.h"

/* How long a kiosk waits after a 503: a moment for the database, not a stampede. */
#define RETRY_AFTER_S "5"

static const char *
status_title(int status)
{
    static const struct {
        int status;
        const char *title;
    } titles[] = {
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
    };

    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
        if (titles[i].status == status) {
            return titles[i].title;
        }
    }
    return "Error";
}

void
http_server_answer_bytes(struct http_server_answer *answer, int status,
                         const char *content_type, const void *bytes, size_t length)
{
    free(answer->body);
    answer->status = status;
    text_copy(answer->content_type, sizeof(answer->content_type), content_type);
    answer->body = memory_allocate(length + 1, 1);
    memcpy(answer->body, bytes, length);
    answer->body_length = length;
}

void
http_server_answer_text(struct http_server_answer *answer, int status,
                        const char *content_type, const char *text)
{
    http_server_answer_bytes(answer, status, content_type, text, strlen(text));
}

static void
answer_writer(struct http_server_answer *answer, int status, const char *content_type,
              struct json_writer *writer)
{
    size_t length;

    http_server_answer_text(answer, status, content_type,
                            json_writer_text(writer, &length));
    json_writer_destroy(writer);
}

void
http_server_answer_json(struct http_server_answer *answer, int status,
                        struct json_writer *writer)
{
    answer_writer(answer, status, "application/json", writer);
}

struct json_writer *
http_server_problem_begin(int status, const char *detail)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    json_write_name(writer, "type");
    json_write_text(writer, "about:blank");
    json_write_name(writer, "title");
    json_write_text(writer, status_title(status));
    json_write_name(writer, "status");
    json_write_integer(writer, status);
    json_write_name(writer, "detail");
    json_write_text(writer, detail);
    return writer;
}

void
http_server_problem_end(struct http_server_answer *answer, int status,
                        struct json_writer *writer)
{
    json_write_end(writer);
    answer_writer(answer, status, "application/problem+json", writer);
}

/* What came from outside may stand in a message: the answer stays clean UTF-8. */
static void
make_clean(char *message)
{
    if (text_is_clean(message)) {
        return;
    }
    for (char *c = message; *c != '\0'; c++) {
        if (*c < ' ' || *c > '~') {
            *c = '?';
        }
    }
}

void
http_server_answer_problem(struct http_server_answer *answer, int status,
                           const char *format, ...)
{
    char detail[ERROR_MESSAGE_BYTES + 100];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(detail, sizeof(detail), format, arguments);
    va_end(arguments);
    make_clean(detail);
    http_server_problem_end(answer, status, http_server_problem_begin(status, detail));
}

void
http_server_answer_error(struct http_server_answer *answer, const struct error *error)
{
    int status;

    switch (error->kind) {
    case ERROR_BAD_INPUT:
        status = 400;
        break;
    case ERROR_NOT_FOUND:
        status = 404;
        break;
    case ERROR_REFUSED:
        status = 403;
        break;
    case ERROR_TAKEN:
        status = 409;
        break;
    case ERROR_NONE:
    case ERROR_OFFLINE:
    case ERROR_UNCERTAIN:
    case ERROR_STORAGE:
    case ERROR_DEVICE:
    case ERROR_KIND_COUNT:
    default:
        log_error("%s", error->message);
        http_server_answer_problem(answer, 503,
                                   "The back office cannot do this at the moment; "
                                   "nothing was changed.");
        http_server_answer_header(answer, "Retry-After", RETRY_AFTER_S);
        return;
    }
    http_server_answer_problem(answer, status, "%s", error->message);
}

void
http_server_answer_header(struct http_server_answer *answer, const char *name,
                          const char *value)
{
    if (answer->header_count < HTTP_SERVER_HEADERS_MAX) {
        text_copy(answer->headers[answer->header_count].name,
                  sizeof(answer->headers[0].name), name);
        text_copy(answer->headers[answer->header_count].value,
                  sizeof(answer->headers[0].value), value);
        answer->header_count++;
    }
}

bool
http_server_has_type(const struct http_server_request *request, const char *wanted,
                     struct http_server_answer *answer)
{
    const char *type = http_server_header(request, "Content-Type");
    size_t length = strlen(wanted);

    if (type != NULL && strncasecmp(type, wanted, length) == 0 &&
        (type[length] == '\0' || type[length] == ';' || type[length] == ' '))
    {
        return true;
    }
    http_server_answer_problem(answer, 415, "The Content-Type must be %s.", wanted);
    return false;
}
