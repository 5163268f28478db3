#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "backoffice/http_route.h"
#include "backoffice/http_server.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "support/office.h"
#include "support/usage_stream.h"

#define BODY_MAX 100

/* What the handler saw last, and how often it was called. */
static struct {
    int calls;
    char body[BODY_MAX + 1];
    char parameter[HTTP_SERVER_PARAMETER_BYTES];
    char query[64];
} seen;

static struct test_office office;

static void
take_note(void *data, const struct http_server_request *request,
          struct http_server_answer *answer)
{
    const char *query = http_server_query(request, "q");

    assert_ptr_equal(data, &seen);
    seen.calls++;
    text_copy(seen.body, sizeof(seen.body), request->body);
    text_copy(seen.parameter, sizeof(seen.parameter), request->parameters[0]);
    text_copy(seen.query, sizeof(seen.query), query == NULL ? "(none)" : query);
    assert_string_equal(request->peer, "127.0.0.1");
    http_server_answer_text(answer, 200, "text/plain", "noted");
}

static void
fail_by_kind(void *data, const struct http_server_request *request,
             struct http_server_answer *answer)
{
    struct error error = {.kind = (enum error_kind)atoi(request->parameters[0]),
                          .message = "secret words"};

    (void)data;
    http_server_answer_error(answer, &error);
}

static const struct http_route routes[] = {
    {"POST", "/things", BODY_MAX, take_note},
    {"GET", "/things/{id}", 0, take_note},
    {"DELETE", "/things/{id}", 0, take_note},
    {"GET", "/errors/{kind}", 0, fail_by_kind},
};
#define ROUTE_COUNT (sizeof(routes) / sizeof(routes[0]))

static int
start(void **state)
{
    const struct http_server_options options = {.address = "127.0.0.1"};
    struct error error = {0};

    (void)state;
    memset(&seen, 0, sizeof(seen));
    office.server = http_server_create();
    http_server_add(office.server, routes, ROUTE_COUNT, &seen);
    assert_true(http_server_start(office.server, &options, &error));
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    http_server_destroy(office.server);
    return 0;
}

#define HOST "Host: localhost\r\n"

static char *
ask(const char *request)
{
    return test_office_raw(&office, request, strlen(request), LISTEN_ANSWER);
}

static void
test_a_whole_request_reaches_its_handler(void **state)
{
    char *answer =
        ask("POST /things?q=a%20b HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello");

    (void)state;
    assert_non_null(strstr(answer, "200 OK"));
    assert_non_null(strstr(answer, "API-Version: "));
    assert_non_null(strstr(answer, "\r\n\r\nnoted"));
    assert_string_equal(seen.body, "hello");
    assert_string_equal(seen.query, "a b");
    free(answer);
}

static void
test_a_parameter_is_decoded(void **state)
{
    char *answer = ask("GET /things/a%2Fb%c3%a9 HTTP/1.1\r\n" HOST "\r\n");

    (void)state;
    assert_non_null(strstr(answer, "200 OK"));
    assert_string_equal(seen.parameter, "a/bé");
    assert_string_equal(seen.query, "(none)");
    free(answer);
}

struct refusal {
    const char *request, *status, *words;
};

static const struct refusal refusals[] = {
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n"
     "hello",
     " 400 ", "content-length was sent twice"},
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 2\r\n\r\n"
     "hello",
     " 400 ", "content-length was sent twice"},
    {"POST /things HTTP/1.1\r\n" HOST
     "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
     " 400 ", "no Transfer-Encoding"},
    {"POST /things HTTP/1.1\r\n" HOST
     "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
     " 411 ", "no Transfer-Encoding"},
    {"POST /things HTTP/1.1\r\n" HOST
     "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello",
     " 400 ", "no Transfer-Encoding"},
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\nhello", " 400 ", ""},
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nhello", " 400 ", ""},
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length: 0x5\r\n\r\nhello", " 400 ", ""},
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length: -5\r\n\r\nhello", " 400 ", ""},
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length: \r\n\r\nhello", " 400 ", ""},
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length : 5\r\n\r\nhello", " 400 ", ""},
    {"POST /things HTTP/1.1\r\n" HOST "Host: other\r\nContent-Length: 5\r\n\r\nhello",
     " 400 ", "host was sent twice"},
    {"POST /things HTTP/1.1\r\n" HOST
     "Authorization: a\r\nauthorization: b\r\nContent-Length: 5\r\n\r\nhello",
     " 400 ", "authorization was sent twice"},
    {"POST /things HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", " 400 ", ""},
    {"GET /nothing HTTP/1.1\r\n" HOST "\r\n", " 404 ", "nothing at this address"},
    {"GET /things/ HTTP/1.1\r\n" HOST "\r\n", " 400 ", "cannot be read"},
    {"GET /things/a/b HTTP/1.1\r\n" HOST "\r\n", " 404 ", ""},
    {"GET /things/%zz HTTP/1.1\r\n" HOST "\r\n", " 400 ", "cannot be read"},
    {"GET /things/%00 HTTP/1.1\r\n" HOST "\r\n", " 400 ", "cannot be read"},
    {"GET /things/%4 HTTP/1.1\r\n" HOST "\r\n", " 400 ", "cannot be read"},
    {"PUT /things/a HTTP/1.1\r\n" HOST "\r\n", " 405 ", "Allow: GET, DELETE\r\n"},
    {"GET /things HTTP/1.1\r\n" HOST "\r\n", " 405 ", "Allow: POST\r\n"},
    {"GET /things/a HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx", " 413 ",
     "at most 0 are taken"},
    {"POST /things HTTP/1.1\r\n" HOST "Content-Length: 99999999999\r\n\r\nx", " 413 ",
     "at most 100 are taken"},
    {"POST /things HTTP/1.1\r\n" HOST
     "Expect: 100-continue\r\nContent-Length: 101\r\n\r\n",
     " 413 ", "at most 100 are taken"},
    {"complete nonsense\r\n\r\n", "400 ", ""},
    {"GET / HTTP/9.9\r\n\r\n", "50", ""},
};

static void
test_a_request_that_is_not_beyond_doubt_reaches_nobody(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        char *answer = ask(refusals[i].request);
        char first[64];

        snprintf(first, sizeof(first), "%s", answer);
        first[strcspn(first, "\r\n")] = '\0';
        if (strstr(first, refusals[i].status) == NULL ||
            strstr(answer, refusals[i].words) == NULL)
        {
            fail_msg("%s\ngave\n%s", refusals[i].request, answer);
        }
        if (refusals[i].words[0] != '\0') {
            assert_non_null(strstr(answer, "application/problem+json"));
        }
        free(answer);
    }
    assert_int_equal(seen.calls, 0);
}

static void
test_a_second_request_hidden_in_a_refused_one_is_not_served(void **state)
{
    static const char request[] = "POST /things HTTP/1.1\r\n" HOST
                                  "Content-Length: 0\r\nContent-Length: 40\r\n\r\n"
                                  "GET /things/hidden HTTP/1.1\r\n" HOST "\r\n";
    char *answer = test_office_raw(&office, request, sizeof(request) - 1, LISTEN_END);

    (void)state;
    assert_null(strstr(answer, "200 OK"));
    assert_int_equal(seen.calls, 0);
    free(answer);
}

static void
test_an_oversized_body_is_answered_after_it_came(void **state)
{
    size_t length = 2 << 20;
    char *request = memory_allocate(length + 200, 1);
    int head = snprintf(request, 200,
                        "POST /things HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n\r\n",
                        length);
    char *answer;

    (void)state;
    memset(request + head, 'x', length);
    answer = test_office_raw(&office, request, (size_t)head + length, LISTEN_ANSWER);
    assert_non_null(strstr(answer, " 413 "));
    assert_int_equal(seen.calls, 0);
    free(answer);
    free(request);
}

static void
test_a_body_cut_short_reaches_nobody_at_any_length(void **state)
{
    static const char request[] =
        "POST /things HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello";

    (void)state;
    for (size_t length = 0; length < sizeof(request) - 1; length++) {
        free(test_office_raw(&office, request, length, LISTEN_NOT));
    }
    assert_int_equal(seen.calls, 0);
    free(ask(request));
    assert_int_equal(seen.calls, 1);
}

static void
test_a_body_of_exactly_the_limit_is_taken(void **state)
{
    char request[400];
    int head = snprintf(request, sizeof(request),
                        "POST /things HTTP/1.1\r\n" HOST "Content-Length: %d\r\n\r\n",
                        BODY_MAX);
    char *answer;

    (void)state;
    memset(request + head, 'y', BODY_MAX);
    answer = test_office_raw(&office, request, (size_t)head + BODY_MAX, LISTEN_ANSWER);
    assert_non_null(strstr(answer, "200 OK"));
    assert_int_equal(strlen(seen.body), BODY_MAX);
    free(answer);
}

static void
test_two_requests_on_one_connection_are_both_answered(void **state)
{
    static const char requests[] =
        "POST /things HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\none"
        "GET /things/two HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n";
    char *answer = test_office_raw(&office, requests, sizeof(requests) - 1, LISTEN_END);

    (void)state;
    assert_int_equal(seen.calls, 2);
    assert_string_equal(seen.parameter, "two");
    assert_string_equal(seen.body, "");
    free(answer);
}

static void
test_head_is_a_get_without_its_body(void **state)
{
    static const char request[] =
        "HEAD /things/a HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n";
    char *answer = test_office_raw(&office, request, sizeof(request) - 1, LISTEN_END);

    (void)state;
    assert_non_null(strstr(answer, "200 OK"));
    assert_non_null(strstr(answer, "Content-Length: 5"));
    assert_null(strstr(answer, "noted"));
    free(answer);
}

static void
test_every_kind_of_error_has_its_status_and_ours_stay_inside(void **state)
{
    static const struct {
        enum error_kind kind;
        const char *status;
        bool told;
    } cases[] = {
        {ERROR_BAD_INPUT, " 400 ", true},  {ERROR_NOT_FOUND, " 404 ", true},
        {ERROR_REFUSED, " 403 ", true},    {ERROR_TAKEN, " 409 ", true},
        {ERROR_STORAGE, " 503 ", false},   {ERROR_OFFLINE, " 503 ", false},
        {ERROR_UNCERTAIN, " 503 ", false}, {ERROR_DEVICE, " 503 ", false},
        {ERROR_NONE, " 503 ", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char request[100];
        char *answer;

        snprintf(request, sizeof(request), "GET /errors/%d HTTP/1.1\r\n" HOST "\r\n",
                 (int)cases[i].kind);
        answer = ask(request);
        assert_non_null(strstr(answer, cases[i].status));
        assert_int_equal(strstr(answer, "secret words") != NULL, cases[i].told);
        assert_int_equal(strstr(answer, "Retry-After:") != NULL, !cases[i].told);
        free(answer);
    }
}

static void
test_outside_loopback_it_only_starts_with_a_certificate(void **state)
{
    static const struct {
        struct http_server_options options;
        enum error_kind kind;
    } cases[] = {
        {{.address = "0.0.0.0"}, ERROR_REFUSED},
        {{.address = "::"}, ERROR_REFUSED},
        {{.address = "localhost"}, ERROR_BAD_INPUT},
        {{.address = "0.0.0.0", .certificate_path = "/nowhere"}, ERROR_NOT_FOUND},
        {{.address = "0.0.0.0", .certificate_path = "Makefile"}, ERROR_BAD_INPUT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_server *server = http_server_create();
        struct error error = {0};

        assert_false(http_server_start(server, &cases[i].options, &error));
        assert_int_equal(error.kind, cases[i].kind);
        assert_string_not_equal(error.message, "");
        http_server_destroy(server);
    }
}

static void
test_a_certificate_that_is_none_is_said(void **state)
{
    struct http_server_options options = {
        .address = "127.0.0.1", .certificate_path = "Makefile", .key_path = "Makefile"};
    struct http_server *server = http_server_create();
    struct error error = {0};

    (void)state;
    assert_false(http_server_start(server, &options, &error));
    assert_non_null(strstr(error.message, "certificate"));
    http_server_destroy(server);
}

static void
test_a_port_in_use_is_said(void **state)
{
    struct http_server_options options = {.address = "127.0.0.1",
                                          .port = http_server_port(office.server)};
    struct http_server *server = http_server_create();
    struct error error = {0};

    (void)state;
    assert_false(http_server_start(server, &options, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    http_server_destroy(server);
}

/* --- TLS ------------------------------------------------------------------------- */

static void
make_certificate(const char *folder, const char *name)
{
    char command[600];

    snprintf(command, sizeof(command),
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
             "-days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 "
             "-out %s/%s.pem -keyout %s/%s.key 2>/dev/null",
             folder, name, folder, name);
    assert_int_equal(system(command), 0);
}

/* The status, or 0 when the certificate is not taken. */
static int
ask_trusting(int port, const char *ca_file)
{
    struct http_client *client = http_client_create();
    char url[64];
    const struct http_request request = {.method = "GET", .url = url};
    struct http_answer answer = {0};
    struct error error = {0};
    int status = 0;

    snprintf(url, sizeof(url), "https://127.0.0.1:%d/things/a", port);
    http_client_trust(client, ca_file);
    if (http_client_send(client, &request, &answer, &error)) {
        status = answer.status;
    } else {
        assert_int_equal(error.kind, ERROR_OFFLINE);
    }
    http_answer_finish(&answer);
    http_client_destroy(client);
    return status;
}

static void
test_with_a_certificate_it_speaks_tls_to_those_who_trust_it(void **state)
{
    static const char *const addresses[] = {"127.0.0.1", "0.0.0.0"};
    char folder[64], ours[100], key[100], other[100];

    (void)state;
    test_folder_make(folder);
    make_certificate(folder, "ours");
    make_certificate(folder, "other");
    snprintf(ours, sizeof(ours), "%s/ours.pem", folder);
    snprintf(key, sizeof(key), "%s/ours.key", folder);
    snprintf(other, sizeof(other), "%s/other.pem", folder);
    for (size_t i = 0; i < 2; i++) {
        const struct http_server_options options = {
            .address = addresses[i], .certificate_path = ours, .key_path = key};
        struct http_server *server = http_server_create();
        struct error error = {0};

        http_server_add(server, routes, ROUTE_COUNT, &seen);
        assert_true(http_server_start(server, &options, &error));
        assert_int_equal(ask_trusting(http_server_port(server), ours), 200);
        seen.calls = 0;
        assert_int_equal(ask_trusting(http_server_port(server), ""), 0);
        assert_int_equal(ask_trusting(http_server_port(server), other), 0);
        assert_int_equal(seen.calls, 0);
        http_server_destroy(server);
    }
    test_folder_remove(folder);
}

static void
test_a_key_of_another_certificate_is_said(void **state)
{
    char folder[64], ours[100], key[100];
    const struct http_server_options options = {
        .address = "127.0.0.1", .certificate_path = ours, .key_path = key};
    struct http_server *server = http_server_create();
    struct error error = {0};

    (void)state;
    test_folder_make(folder);
    make_certificate(folder, "ours");
    make_certificate(folder, "other");
    snprintf(ours, sizeof(ours), "%s/ours.pem", folder);
    snprintf(key, sizeof(key), "%s/other.key", folder);
    assert_false(http_server_start(server, &options, &error));
    assert_non_null(strstr(error.message, "do not fit"));
    http_server_destroy(server);
    test_folder_remove(folder);
}

/* --- slow clients ---------------------------------------------------------------- */

static void
start_hasty(void)
{
    const struct http_server_options options = {.address = "127.0.0.1", .request_s = 1};
    struct error error = {0};

    http_server_destroy(office.server);
    office.server = http_server_create();
    http_server_add(office.server, routes, ROUTE_COUNT, &seen);
    assert_true(http_server_start(office.server, &options, &error));
}

/* Sends a byte whenever the server has said nothing for a while, until it hangs up. */
static int64_t
dribble(const char *begin, const char *more)
{
    struct pollfd poll_of = {.fd = test_office_connect(&office), .events = POLLIN};
    int64_t start_ms = time_steady_ms();
    char byte;

    assert_int_equal(send(poll_of.fd, begin, strlen(begin), MSG_NOSIGNAL),
                     strlen(begin));
    for (size_t i = 0; poll(&poll_of, 1, 50) == 0; i++) {
        assert_true(time_steady_ms() - start_ms < 20 * 1000);
        send(poll_of.fd, &more[i % strlen(more)], 1, MSG_NOSIGNAL);
    }
    assert_true(recv(poll_of.fd, &byte, 1, 0) <= 0); /* hung up, without an answer */
    close(poll_of.fd);
    return time_steady_ms() - start_ms;
}

static void
test_who_sends_a_byte_now_and_then_is_hung_up_on(void **state)
{
    static const struct {
        const char *begin, *more;
    } cases[] = {
        {"", "GET"},                                      /* not even a first line */
        {"GET /things/a HTTP/1.1\r\n" HOST, "X-Long: y"}, /* headers without end */
        {"GET /things/a HTTP/1.1\r\n" HOST, "A: b\r\n"},  /* ever more of them */
        {"POST /things HTTP/1.1\r\n" HOST "Content-Length: 99\r\n\r\n", "z"},
    };

    (void)state;
    start_hasty();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        /* Its second began when it took the connection, a moment before we look. */
        assert_true(dribble(cases[i].begin, cases[i].more) >= 900);
    }
    assert_int_equal(seen.calls, 0);
}

static void
test_others_are_served_while_some_dribble(void **state)
{
    enum { SLOW = 40 };
    int slow[SLOW];
    char *answer;

    (void)state;
    for (int i = 0; i < SLOW; i++) { /* more than there are threads */
        slow[i] = test_office_connect(&office);
        assert_int_equal(send(slow[i], "GET /thi", 8, MSG_NOSIGNAL), 8);
    }
    answer = ask("GET /things/a HTTP/1.1\r\n" HOST "\r\n");
    assert_non_null(strstr(answer, "200 OK"));
    free(answer);
    for (int i = 0; i < SLOW; i++) {
        close(slow[i]);
    }
}

static void
test_the_time_for_a_request_begins_anew_after_an_answer(void **state)
{
    static const char request[] = "GET /things/a HTTP/1.1\r\n" HOST "\r\n";
    int64_t start_ms = time_steady_ms();
    int fd;

    (void)state;
    start_hasty();
    fd = test_office_connect(&office);
    while (time_steady_ms() - start_ms < 1500) {
        struct pollfd poll_of = {.fd = fd, .events = POLLIN};
        char answer[1000];

        assert_int_equal(send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL),
                         sizeof(request) - 1);
        assert_int_equal(poll(&poll_of, 1, 5000), 1);
        assert_true(recv(fd, answer, sizeof(answer), 0) > 0);
        assert_int_equal(poll(NULL, 0, 100), 0);
    }
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_request_reaches_its_handler),
        cmocka_unit_test(test_a_parameter_is_decoded),
        cmocka_unit_test(test_a_request_that_is_not_beyond_doubt_reaches_nobody),
        cmocka_unit_test(test_a_second_request_hidden_in_a_refused_one_is_not_served),
        cmocka_unit_test(test_an_oversized_body_is_answered_after_it_came),
        cmocka_unit_test(test_a_body_cut_short_reaches_nobody_at_any_length),
        cmocka_unit_test(test_a_body_of_exactly_the_limit_is_taken),
        cmocka_unit_test(test_two_requests_on_one_connection_are_both_answered),
        cmocka_unit_test(test_head_is_a_get_without_its_body),
        cmocka_unit_test(test_every_kind_of_error_has_its_status_and_ours_stay_inside),
        cmocka_unit_test(test_outside_loopback_it_only_starts_with_a_certificate),
        cmocka_unit_test(test_a_certificate_that_is_none_is_said),
        cmocka_unit_test(test_a_port_in_use_is_said),
        cmocka_unit_test(test_with_a_certificate_it_speaks_tls_to_those_who_trust_it),
        cmocka_unit_test(test_a_key_of_another_certificate_is_said),
        cmocka_unit_test(test_who_sends_a_byte_now_and_then_is_hung_up_on),
        cmocka_unit_test(test_others_are_served_while_some_dribble),
        cmocka_unit_test(test_the_time_for_a_request_begins_anew_after_an_answer),
    };
    struct CMUnitTest each[sizeof(tests) / sizeof(tests[0])];

    memcpy(each, tests, sizeof(each));
    for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++) {
        each[i].setup_func = start;
        each[i].teardown_func = stop;
    }
    return cmocka_run_group_tests(each, NULL, NULL);
}
