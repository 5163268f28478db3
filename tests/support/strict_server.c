#include "strict_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/text.h"

#define LINES_MAX 200
#define STEPS_MAX 16

struct strict_server {
    struct scripted_server *http;
    char base[200], url[240];
    strict_answer answer;
    void *data;
    struct strict_step steps[STEPS_MAX];
    size_t step_count;
    char lines[LINES_MAX][STRICT_TARGET_BYTES + 8];
    int line_count;
    char *bodies[LINES_MAX]; /* NULL but for a POST */
    char fault[2600], taken[2600];
};

char *
strict_fault(struct strict_server *server, const char *format, ...)
{
    if (server->fault[0] == '\0') {
        struct text text = text_begin(server->fault, sizeof(server->fault));
        char what[300];
        va_list arguments;

        va_start(arguments, format);
        vsnprintf(what, sizeof(what), format, arguments);
        va_end(arguments);
        text_format(&text, "%s, in %s", what, server->lines[server->line_count - 1]);
    }
    return scripted_text(400, "", "fault");
}

static bool
read_line(struct strict_server *server, const struct scripted_request *http,
          struct strict_request *request)
{
    char path[STRICT_TARGET_BYTES];
    size_t length = strlen(server->base);

    request->http = http;
    if (server->line_count == LINES_MAX ||
        sscanf(http->head, "%7s %1999s HTTP/1.1\r\n", request->method, path) != 2)
    {
        return false;
    }
    snprintf(server->lines[server->line_count++], sizeof(server->lines[0]), "%s %s",
             request->method, path);
    if (strncmp(path, server->base, length) != 0) {
        return false;
    }
    text_copy(request->target, sizeof(request->target), path + length);
    snprintf(server->lines[server->line_count - 1], sizeof(server->lines[0]), "%s %s",
             request->method, request->target);
    return true;
}

/* What changes something is never sent twice. */
static bool
is_repeated(struct strict_server *server, const char *body)
{
    int last = server->line_count - 1;

    for (int i = 0; i < last; i++) {
        if (server->bodies[i] != NULL && text_equal(server->bodies[i], body) &&
            text_equal(server->lines[i], server->lines[last]))
        {
            return true;
        }
    }
    server->bodies[last] = memory_copy_text(body);
    return false;
}

static bool
take_step(struct strict_server *server, const struct strict_request *request,
          struct strict_step *step)
{
    for (size_t i = 0; i < server->step_count; i++) {
        if (text_equal(server->steps[i].method, request->method) &&
            strstr(request->target, server->steps[i].part) != NULL)
        {
            *step = server->steps[i];
            server->step_count--;
            memmove(&server->steps[i], &server->steps[i + 1],
                    (server->step_count - i) * sizeof(*step));
            return true;
        }
    }
    return false;
}

static char *
answer(void *data, const struct scripted_request *http)
{
    struct strict_server *server = data;
    struct strict_request request;
    struct strict_step step;

    if (!read_line(server, http, &request)) {
        return strict_fault(server, "this is no request to %s", server->base);
    }
    if (text_equal(request.method, "POST") && is_repeated(server, http->body)) {
        return strict_fault(server, "the same POST came twice");
    }
    if (!take_step(server, &request, &step)) {
        return server->answer(server->data, server, &request);
    }
    if (step.trap == STRICT_CUTS_AFTER || step.trap == STRICT_DOES_AND_ANSWERS) {
        free(server->answer(server->data, server, &request));
    }
    if (step.trap == STRICT_CUTS_AFTER || step.trap == STRICT_CUTS_BEFORE) {
        return NULL;
    }
    return scripted_text(step.status, step.headers != NULL ? step.headers : "",
                         step.body != NULL ? step.body : "");
}

struct strict_server *
strict_server_start(const char *base, strict_answer answers, void *data)
{
    struct strict_server *server = memory_allocate(1, sizeof(*server));

    text_copy(server->base, sizeof(server->base), base);
    server->answer = answers;
    server->data = data;
    server->http = scripted_server_start(answer, server);
    snprintf(server->url, sizeof(server->url), "http://127.0.0.1:%d%s",
             scripted_server_port(server->http), base);
    return server;
}

void
strict_server_stop(struct strict_server *server)
{
    char fault[sizeof(server->fault)];
    size_t unmet = server->step_count;

    scripted_server_stop(server->http);
    text_copy(fault, sizeof(fault), server->fault);
    for (int i = 0; i < LINES_MAX; i++) {
        free(server->bodies[i]);
    }
    free(server);
    if (fault[0] != '\0') {
        fail_msg("%s", fault);
    }
    assert_int_equal(unmet, 0);
}

const char *
strict_server_url(const struct strict_server *server)
{
    return server->url;
}

void
strict_server_trap(struct strict_server *server, struct strict_step step)
{
    scripted_server_lock(server->http);
    assert_true(server->step_count < STEPS_MAX);
    server->steps[server->step_count++] = step;
    scripted_server_unlock(server->http);
}

int
strict_server_count(struct strict_server *server, const char *method, const char *part)
{
    size_t length = strlen(method);
    int count = 0;

    scripted_server_lock(server->http);
    for (int i = 0; i < server->line_count; i++) {
        const char *line = server->lines[i];

        if (strncmp(line, method, length) == 0 && line[length] == ' ' &&
            strstr(line + length + 1, part) != NULL)
        {
            count++;
        }
    }
    scripted_server_unlock(server->http);
    return count;
}

const char *
strict_server_line(struct strict_server *server, int n)
{
    const char *line;

    scripted_server_lock(server->http);
    line = n < server->line_count ? server->lines[n] : "";
    scripted_server_unlock(server->http);
    return line;
}

const char *
strict_server_posted(struct strict_server *server)
{
    const char *posted = "";

    scripted_server_lock(server->http);
    for (int i = 0; i < server->line_count; i++) {
        posted = server->bodies[i] != NULL ? server->bodies[i] : posted;
    }
    scripted_server_unlock(server->http);
    return posted;
}

const char *
strict_server_take_fault(struct strict_server *server)
{
    scripted_server_lock(server->http);
    memcpy(server->taken, server->fault, sizeof(server->taken));
    server->fault[0] = '\0';
    scripted_server_unlock(server->http);
    return server->taken;
}
