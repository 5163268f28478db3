#include "jcc_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/sign.h"
#include "base/text.h"
#include "jcc_request.h"
#include "scripted_server.h"

#define LINE_BYTES 900
#define STEPS_MAX 16
#define JSON_TYPE "Content-Type: application/json; charset=utf-8\r\n"

struct jcc_server {
    struct scripted_server *http;
    struct town town;
    char url[120], token[64];
    int tokens, life_s;
    int64_t token_until_ms;
    struct jcc_step steps[STEPS_MAX];
    size_t step_count;
    char (*lines)[LINE_BYTES]; /* of every request */
    int line_count;
    char *posted;
    char fault[600], taken_fault[600];
};

/* --- answers ---------------------------------------------------------------------- */

static char *
answer_json(int status, char *body)
{
    char *answer = scripted_text(status, JSON_TYPE, body);

    free(body);
    return answer;
}

static char *
answer_problem(int status, int code, const char *name)
{
    char text[600];

    snprintf(text, sizeof(text),
             "{\"title\":\"%s\",\"detail\":\"%s: code %d, Jansen 0612345678\","
             "\"instance\":\"/api/warp/v1/appointment\",\"type\":"
             "\"http://www.jccsoftware.nl/rfc7807/internal-exception\",\"status\":%d,"
             "\"code\":%d,\"errors\":[{\"code\":%d,\"name\":\"%s\"}]}",
             name, name, code, status, code, code, name);
    return answer_json(status, town_print(text));
}

static char *
fault(struct jcc_server *server, const char *what)
{
    if (server->fault[0] == '\0') {
        snprintf(server->fault, sizeof(server->fault), "%s, in %.400s", what,
                 server->lines[server->line_count - 1]);
    }
    return answer_problem(400, 6001, "BadRequest");
}

/* --- who asks --------------------------------------------------------------------- */

static char *
give_token(struct jcc_server *server, const struct scripted_request *request)
{
    static const char form[] = "grant_type=client_credentials&scope=warp-api";
    static const char pair[] = "kiosk%20%26%20co:s3cr%2Bt%2F%3D%3A%C3%A9";
    char base64[200], expected[220], got[220] = "", type[80] = "", text[200];

    base64_encode(base64, sizeof(base64), pair, sizeof(pair) - 1);
    snprintf(expected, sizeof(expected), "Basic %s", base64);
    scripted_header(request, "Authorization", got, sizeof(got));
    scripted_header(request, "Content-Type", type, sizeof(type));
    if (!text_equal(type, "application/x-www-form-urlencoded")) {
        return fault(server, "the token's form has another type");
    }
    if (!text_equal(request->body, form)) {
        return fault(server, "the token's form is another");
    }
    if (!text_equal(got, expected)) {
        return answer_json(400, memory_copy_text("{\"error\":\"invalid_client\"}"));
    }
    snprintf(server->token, sizeof(server->token),
             "token-%d.of~this+test/==", ++server->tokens);
    server->token_until_ms =
        time_steady_ms() + (server->life_s > 0 ? server->life_s * 1000 : 1 << 30);
    if (server->life_s > 0) {
        snprintf(
            text, sizeof(text),
            "{\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}",
            server->token, server->life_s);
    } else {
        snprintf(text, sizeof(text), "{\"access_token\": \"%s\"}", server->token);
    }
    return answer_json(200, memory_copy_text(text));
}

static bool
is_authorised(const struct jcc_server *server, const struct scripted_request *request)
{
    char got[200] = "", expected[100];

    snprintf(expected, sizeof(expected), "Bearer %s", server->token);
    scripted_header(request, "Authorization", got, sizeof(got));
    return server->token[0] != '\0' && text_equal(got, expected) &&
           time_steady_ms() < server->token_until_ms;
}

/* --- what is asked ---------------------------------------------------------------- */

static char *
ask_times(struct jcc_server *server, const struct jcc_request *asked)
{
    struct date from, to;
    int64_t span;

    if (!date_parse(jcc_request_value(asked, "fromDate"), &from) ||
        !date_parse(jcc_request_value(asked, "toDate"), &to))
    {
        return fault(server, "a date is none");
    }
    span = date_to_days(to) - date_to_days(from);
    if (span > 50) {
        return fault(server, "more than 50 days are asked at once");
    }
    if (span < 1 || date_compare(from, server->town.min) < 0) {
        return fault(server, "the days are past, or none");
    }
    if (!town_has_location(jcc_request_value(asked, "locationId"))) {
        return fault(server, "free times of no location");
    }
    return answer_json(200,
                       town_times(&server->town, from, to, jcc_request_seconds(asked)));
}

static char *
ask_appointment(struct jcc_server *server, const struct jcc_request *asked, bool qr)
{
    const char *id = jcc_request_value(asked, "id");
    const struct town_appointment *appointment = town_find(&server->town, id);
    char text[40];

    if (appointment == NULL) {
        return answer_problem(500, -1, "InternalException");
    }
    if (!qr) {
        return answer_json(200, town_tell(&server->town, appointment));
    }
    snprintf(text, sizeof(text), "\"e4116a9131%.4s\"", id + strlen(id) - 4);
    return answer_json(200, memory_copy_text(text));
}

static char *
cancel(struct jcc_server *server, const struct jcc_request *asked)
{
    struct town_appointment *appointment =
        town_find(&server->town, jcc_request_value(asked, "id"));
    char text[100];

    if (appointment == NULL) {
        return answer_problem(500, -1, "InternalException");
    }
    appointment->cancelled = true;
    snprintf(text, sizeof(text), "{\"id\":\"%s\"}", appointment->id);
    return answer_json(200, town_print(text));
}

static char *
book(struct jcc_server *server, const struct scripted_request *request)
{
    struct town_appointment *appointment =
        &server->town.appointments[server->town.appointment_count];
    const char *wrong;
    char text[120];

    if (server->posted != NULL && text_equal(server->posted, request->body)) {
        return fault(server, "the same booking came twice");
    }
    free(server->posted);
    server->posted = memory_copy_text(request->body);
    if (server->town.appointment_count == TOWN_APPOINTMENTS_MAX) {
        return fault(server, "too many bookings for this test");
    }
    wrong = jcc_request_read_booking(&server->town, request, appointment);
    if (wrong != NULL) {
        return fault(server, wrong);
    }
    if (!town_is_free(&server->town, appointment->start)) {
        town_forget(appointment);
        return answer_json(
            200,
            memory_copy_text("{\"code\":31,\"message\":\"Jansen: het kan niet\"}"));
    }
    snprintf(appointment->id, sizeof(appointment->id), "22220000-aaaa-4bbb-8ccc-%012zu",
             ++server->town.appointment_count);
    snprintf(text, sizeof(text), "{\"id\":\"%s\",\"acknowledgeIsSuccess\":true}",
             appointment->id);
    return answer_json(200, town_print(text));
}

static char *
carry_out(struct jcc_server *server, const struct scripted_request *request,
          const struct jcc_request *asked)
{
    const struct town *town = &server->town;
    const char *ids[JCC_REQUEST_VALUES_MAX];
    size_t count = jcc_request_values(asked, "selectedActivityId", ids);
    char text[16];

    switch (asked->route) {
    case JCC_ROUTE_PRODUCTS:
        return answer_json(200, town_products(town, false, NULL, 0));
    case JCC_ROUTE_MORE_PRODUCTS:
        return answer_json(200, town_products(town, true, ids, count));
    case JCC_ROUTE_LOCATIONS:
    case JCC_ROUTE_SOME_LOCATIONS:
        return answer_json(200, town_locations(town, ids, count));
    case JCC_ROUTE_RANGE:
        return answer_json(200, town_range(town));
    case JCC_ROUTE_TIMES:
        return ask_times(server, asked);
    case JCC_ROUTE_DURATION:
        snprintf(text, sizeof(text), "%d", (jcc_request_seconds(asked) + 59) / 60);
        return answer_json(200, memory_copy_text(text));
    case JCC_ROUTE_REQUIRED:
        return answer_json(200, town_print(town->required));
    case JCC_ROUTE_SHOW:
        return ask_appointment(server, asked, false);
    case JCC_ROUTE_QR:
        return ask_appointment(server, asked, true);
    case JCC_ROUTE_CANCEL:
        return cancel(server, asked);
    case JCC_ROUTE_BOOK:
        return book(server, request);
    case JCC_ROUTE_TOKEN:
    case JCC_ROUTE_COUNT:
        break;
    }
    return fault(server, "no such call");
}

/* The first trap that waits for this path; it is taken out. */
static bool
take_step(struct jcc_server *server, const char *method, const char *path,
          struct jcc_step *step)
{
    for (size_t i = 0; i < server->step_count; i++) {
        if (text_equal(server->steps[i].method, method) &&
            text_equal(server->steps[i].path, path))
        {
            *step = server->steps[i];
            memmove(&server->steps[i], &server->steps[i + 1],
                    (--server->step_count - i) * sizeof(*step));
            return true;
        }
    }
    return false;
}

static char *
answer_authorised(struct jcc_server *server, const struct scripted_request *request,
                  const struct jcc_request *asked, const struct jcc_step *step)
{
    char *answer;

    if (step != NULL && step->trap == JCC_FORGETS) {
        server->token[0] = '\0';
    }
    if (!is_authorised(server, request)) {
        return answer_json(401, memory_copy_text(""));
    }
    if (step != NULL && step->trap == JCC_ANSWERS) {
        return answer_json(step->status, memory_copy_text(step->body));
    }
    answer = carry_out(server, request, asked);
    if (step != NULL && step->trap == JCC_CUTS_AFTER) {
        free(answer);
        return NULL;
    }
    return answer;
}

static char *
answer_request(void *data, const struct scripted_request *request)
{
    struct jcc_server *server = data;
    struct jcc_request asked;
    struct jcc_step step;
    const char *wrong;
    bool trapped;

    server->lines =
        memory_resize(server->lines, (size_t)server->line_count + 1, LINE_BYTES);
    snprintf(server->lines[server->line_count++], LINE_BYTES, "%.*s",
             (int)strcspn(request->head, "\r"), request->head);
    wrong = jcc_request_read(&asked, request, JCC_SERVER_PATH);
    if (wrong != NULL) {
        return fault(server, wrong);
    }
    trapped = take_step(server, asked.method, asked.path, &step);
    if (trapped && step.trap == JCC_CUTS_BEFORE) {
        return NULL;
    }
    if (asked.route == JCC_ROUTE_TOKEN) {
        return trapped ? answer_json(step.status, memory_copy_text(step.body))
                       : give_token(server, request);
    }
    return answer_authorised(server, request, &asked, trapped ? &step : NULL);
}

/* --- for the test ----------------------------------------------------------------- */

struct jcc_server *
jcc_server_start(void)
{
    struct jcc_server *server = memory_allocate(1, sizeof(*server));

    town_init(&server->town);
    server->http = scripted_server_start(answer_request, server);
    snprintf(server->url, sizeof(server->url), "http://127.0.0.1:%d%s",
             scripted_server_port(server->http), JCC_SERVER_PATH);
    return server;
}

void
jcc_server_stop(struct jcc_server *server)
{
    char text[600];
    size_t left = server->step_count;

    scripted_server_stop(server->http);
    snprintf(text, sizeof(text), "%s", server->fault);
    town_finish(&server->town);
    free(server->posted);
    free(server->lines);
    free(server);
    assert_string_equal(text, "");
    assert_int_equal(left, 0); /* a trap that nobody stepped in */
}

const char *
jcc_server_url(const struct jcc_server *server)
{
    return server->url;
}

struct town *
jcc_server_town(struct jcc_server *server)
{
    return &server->town;
}

void
jcc_server_trap(struct jcc_server *server, struct jcc_step step)
{
    scripted_server_lock(server->http);
    assert_true(server->step_count < STEPS_MAX);
    server->steps[server->step_count++] = step;
    scripted_server_unlock(server->http);
}

void
jcc_server_set_life(struct jcc_server *server, int seconds)
{
    server->life_s = seconds;
}

int
jcc_server_count(struct jcc_server *server, const char *method, const char *path)
{
    char start[LINE_BYTES];
    int count = 0;

    snprintf(start, sizeof(start), "%s %s%s", method, JCC_SERVER_PATH, path);
    scripted_server_lock(server->http);
    for (int i = 0; i < server->line_count; i++) {
        const char *line = server->lines[i];

        count +=
            text_starts_with(line, start) && strchr("? ", line[strlen(start)]) != NULL;
    }
    scripted_server_unlock(server->http);
    return count;
}

const char *
jcc_server_line(struct jcc_server *server, int n)
{
    return n < server->line_count ? server->lines[n] : "";
}

const char *
jcc_server_posted(struct jcc_server *server)
{
    return server->posted != NULL ? server->posted : "";
}

const char *
jcc_server_take_fault(struct jcc_server *server)
{
    scripted_server_lock(server->http);
    memcpy(server->taken_fault, server->fault, sizeof(server->fault));
    server->fault[0] = '\0';
    scripted_server_unlock(server->http);
    return server->taken_fault;
}
