#include "base/http_client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* tests/support/answer_http.py, which lives as long as its standard input. */
struct server {
    pid_t pid;
    int input;
    int port;
};

static struct server server;
static struct http_client *client;

static void
server_start(struct server *started, const char *certificate, const char *key)
{
    int input[2], output[2];
    FILE *printed;

    assert_int_equal(pipe(input), 0);
    assert_int_equal(pipe(output), 0);
    started->pid = fork();
    assert_true(started->pid >= 0);
    if (started->pid == 0) {
        dup2(input[0], STDIN_FILENO);
        dup2(output[1], STDOUT_FILENO);
        close(input[1]);
        execlp("python3", "python3", "tests/support/answer_http.py", certificate, key,
               (char *)NULL);
        _exit(127);
    }
    close(input[0]);
    close(output[1]);
    started->input = input[1];
    printed = fdopen(output[0], "r");
    assert_int_equal(fscanf(printed, "%d", &started->port), 1);
    fclose(printed);
}

static void
server_stop(struct server *started)
{
    close(started->input);
    kill(started->pid, SIGTERM);
    waitpid(started->pid, NULL, 0);
}

static int
begin(void **state)
{
    (void)state;
    server_start(&server, NULL, NULL);
    client = http_client_create();
    return 0;
}

static int
end(void **state)
{
    (void)state;
    http_client_destroy(client);
    http_client_destroy(NULL);
    server_stop(&server);
    return 0;
}

static const char *
url(const char *scheme, int port, const char *path)
{
    static char text[200];

    snprintf(text, sizeof(text), "%s://127.0.0.1:%d%s", scheme, port, path);
    return text;
}

static struct http_answer
get(const char *path)
{
    struct http_request request = {.method = "GET",
                                   .url = url("http", server.port, path)};
    struct http_answer answer;
    struct error error = {0};

    if (!http_client_send(client, &request, &answer, &error)) {
        fail_msg("%s: %s", path, error.message);
    }
    return answer;
}

static void
fails(const struct http_request *request, enum error_kind kind, const char *message)
{
    struct http_answer answer;
    struct error error = {0};

    assert_false(http_client_send(client, request, &answer, &error));
    if (error.kind != kind || strstr(error.message, message) == NULL) {
        fail_msg("%s: %s", error_kind_name(error.kind), error.message);
    }
    assert_null(answer.body);
}

static void
test_what_is_sent_is_what_was_asked(void **state)
{
    static const char *const headers[] = {"Content-Type: application/json",
                                          "X-Kiosk: a", NULL};
    static const char *const methods[] = {"POST", "PUT", "PATCH", "DELETE"};
    struct error error = {0};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct http_request request = {.method = methods[i],
                                       .url = url("http", server.port, "/echo"),
                                       .headers = headers,
                                       .body = "{\"a\":1}",
                                       .body_length = 7};
        struct http_answer answer;

        assert_true(http_client_send(client, &request, &answer, &error));
        assert_int_equal(answer.status, 200);
        assert_string_equal(answer.content_type, "text/plain");
        assert_int_equal(answer.retry_after_s, -1);
        assert_int_equal(strncmp(answer.body, methods[i], strlen(methods[i])), 0);
        assert_non_null(strstr(answer.body, "\r\nX-Kiosk: a\r\n"));
        assert_non_null(strstr(answer.body, "\r\nContent-Type: application/json\r\n"));
        assert_null(strstr(answer.body, "Expect"));
        assert_non_null(strstr(answer.body, "\r\n\r\n{\"a\":1}"));
        assert_int_equal(answer.body_length, strlen(answer.body));
        http_answer_finish(&answer);
    }
}

static void
test_a_request_without_a_body_has_none(void **state)
{
    struct http_request request = {.method = "POST",
                                   .url = url("http", server.port, "/echo")};
    struct http_answer answer = get("/echo");
    struct error error = {0};

    (void)state;
    assert_null(strstr(answer.body, "Content-"));
    http_answer_finish(&answer);
    assert_true(http_client_send(client, &request, &answer, &error));
    assert_non_null(strstr(answer.body, "Content-Length: 0"));
    assert_null(strstr(answer.body, "Content-Type"));
    http_answer_finish(&answer);
    request.method = "HEAD";
    assert_true(http_client_send(client, &request, &answer, &error));
    assert_int_equal(answer.body_length, 0);
    http_answer_finish(&answer);
}

static void
test_an_answer_is_an_answer_whatever_its_status(void **state)
{
    static const struct {
        const char *path;
        int status, retry_min, retry_max;
    } cases[] = {
        {"/busy", 503, 17, 17},          {"/busy-until", 429, 60, 120},
        {"/busy-nonsense", 429, -1, -1}, {"/busy-long", 429, 2147483647, 2147483647},
        {"/moved", 302, -1, -1}, /* and was not followed */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_answer answer = get(cases[i].path);

        assert_int_equal(answer.status, cases[i].status);
        assert_true(answer.retry_after_s >= cases[i].retry_min &&
                    answer.retry_after_s <= cases[i].retry_max);
        http_answer_finish(&answer);
    }
}

static void
test_a_header_that_is_wanted_comes_along(void **state)
{
    static const struct {
        const char *path, *name, *value;
    } cases[] = {
        {"/coded", "error_code", "8021"},
        {"/coded", "Error_Code", "8021"},
        {"/coded", NULL, ""},
        {"/coded", "Long", ""}, /* half of it would be another value */
        {"/once", "error_code", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_request request = {.method = "GET",
                                       .url = url("http", server.port, cases[i].path),
                                       .wanted_header = cases[i].name};
        struct http_answer answer;
        struct error error = {0};

        assert_true(http_client_send(client, &request, &answer, &error));
        assert_string_equal(answer.wanted_header, cases[i].value);
        http_answer_finish(&answer);
        assert_string_equal(answer.wanted_header, "");
    }
}

static void
test_a_packed_answer_is_unpacked(void **state)
{
    struct http_request request = {.method = "GET", .answer_bytes_max = 4999};
    struct http_answer answer = get("/packed");

    (void)state;
    assert_int_equal(answer.body_length, 5000);
    assert_int_equal(strspn(answer.body, "x"), 5000);
    http_answer_finish(&answer);
    answer = get("/packed-nothing");
    assert_int_equal(answer.status, 204);
    http_answer_finish(&answer);
    request.url = url("http", server.port, "/packed"); /* counted unpacked */
    fails(&request, ERROR_BAD_INPUT, "longer than 4999 bytes");
    request.url = url("http", server.port, "/badly-packed");
    fails(&request, ERROR_UNCERTAIN, "no answer: ");
}

static void
test_an_answer_too_long_is_bad_input(void **state)
{
    struct http_request request = {.method = "GET",
                                   .url = url("http", server.port, "/big"),
                                   .answer_bytes_max = 4999};
    struct http_answer answer;
    struct error error = {0};

    (void)state;
    fails(&request, ERROR_BAD_INPUT, "longer than 4999 bytes");
    request.method = "POST"; /* was done, whatever the answer says */
    fails(&request, ERROR_UNCERTAIN, "longer than 4999 bytes");
    request.method = "GET";
    request.answer_bytes_max = 5000;
    assert_true(http_client_send(client, &request, &answer, &error));
    assert_int_equal(answer.body_length, 5000);
    http_answer_finish(&answer);
}

static void
test_a_request_that_went_out_without_an_answer_is_uncertain(void **state)
{
    static const char *const paths[] = {"/drop", "/hang", "/half", "/half-head"};

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct http_request request = {.method = "POST",
                                       .url = url("http", server.port, paths[i]),
                                       .body = "x",
                                       .body_length = 1,
                                       .timeout_ms = 300};

        fails(&request, ERROR_UNCERTAIN, "no answer: ");
    }
}

static void
test_nobody_at_home_is_offline(void **state)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    int unheard = socket(AF_INET, SOCK_STREAM, 0); /* bound, but nobody listens */
    struct http_request request = {.method = "POST", .body = "x", .body_length = 1};

    (void)state;
    assert_int_equal(bind(unheard, (struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(unheard, (struct sockaddr *)&address, &length), 0);
    request.url = url("http", ntohs(address.sin_port), "/echo");
    fails(&request, ERROR_OFFLINE, "cannot connect: ");
    close(unheard);
    request.url = "https://nowhere.invalid/";
    fails(&request, ERROR_OFFLINE, "cannot connect: ");
    request.url = url("https", server.port, "/echo"); /* speaks no TLS */
    request.timeout_ms = 500;
    fails(&request, ERROR_OFFLINE, "cannot connect: ");
}

static void
test_only_a_certificate_that_somebody_trusted_vouches_for_is_taken(void **state)
{
    char folder[] = "/tmp/loketzuil-tls-XXXXXX";
    char command[400], certificate[100], key[100];
    struct http_request request = {.method = "GET"};
    struct http_answer answer;
    struct error error = {0};
    struct server secret;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(certificate, sizeof(certificate), "%s/certificate", folder);
    snprintf(key, sizeof(key), "%s/key", folder);
    snprintf(command, sizeof(command),
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
             "-days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 "
             "-out %s -keyout %s 2>/dev/null",
             certificate, key);
    assert_int_equal(system(command), 0);
    server_start(&secret, certificate, key);
    request.url = url("https", secret.port, "/echo");
    fails(&request, ERROR_OFFLINE, "certificate");
    http_client_trust(client, certificate); /* who is its own authority */
    assert_true(http_client_send(client, &request, &answer, &error));
    http_answer_finish(&answer);
    http_client_trust(client, key); /* no list of authorities at all */
    fails(&request, ERROR_OFFLINE, "cannot connect: ");
    http_client_trust(client, "/nowhere");
    fails(&request, ERROR_OFFLINE, "cannot connect: ");
    http_client_trust(client, "");
    fails(&request, ERROR_OFFLINE, "certificate");
    server_stop(&secret);
    unlink(certificate);
    unlink(key);
    rmdir(folder);
}

static void
test_plain_http_stays_on_this_machine(void **state)
{
    static const char *const refused[] = {
        "http://192.0.2.1/",
        "http://example.org/",
        "http://127.0.0.1.example.org/",
        "http://localhost.example/",
        "http://[::2]/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "",
        "http://128.0.0.1/",
    };
    struct http_request request = {.method = "GET"};
    struct http_answer answer;
    struct error error = {0};
    char local[100];

    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        request.url = refused[i];
        fails(&request, ERROR_BAD_INPUT, "");
    }
    setenv("http_proxy", "http://127.0.0.1:9", 1); /* must not be asked */
    snprintf(local, sizeof(local), "http://localhost:%d/echo", server.port);
    request.url = local;
    assert_true(http_client_send(client, &request, &answer, &error));
    http_answer_finish(&answer);
    unsetenv("http_proxy");
}

static void
test_a_kept_connection_that_died_is_no_trouble(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) { /* the server hangs up after each */
        struct http_answer answer = get("/once");

        assert_string_equal(answer.body, "once");
        http_answer_finish(&answer);
        http_answer_finish(&answer);
    }
}

/* The connection that is kept for the next question. */
static void
test_no_program_that_is_started_inherits_a_connection(void **state)
{
    struct http_answer answer = get("/echo");
    int connections = 0;

    (void)state;
    for (int fd = 3; fd < 256; fd++) {
        struct sockaddr_in address = {0};
        socklen_t size = sizeof(address);

        if (getpeername(fd, (struct sockaddr *)&address, &size) == 0 &&
            address.sin_family == AF_INET && ntohs(address.sin_port) == server.port)
        {
            connections++;
            assert_true((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
        }
    }
    assert_true(connections > 0);
    http_answer_finish(&answer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_sent_is_what_was_asked),
        cmocka_unit_test(test_a_request_without_a_body_has_none),
        cmocka_unit_test(test_an_answer_is_an_answer_whatever_its_status),
        cmocka_unit_test(test_a_header_that_is_wanted_comes_along),
        cmocka_unit_test(test_a_packed_answer_is_unpacked),
        cmocka_unit_test(test_an_answer_too_long_is_bad_input),
        cmocka_unit_test(test_a_request_that_went_out_without_an_answer_is_uncertain),
        cmocka_unit_test(test_nobody_at_home_is_offline),
        cmocka_unit_test(
            test_only_a_certificate_that_somebody_trusted_vouches_for_is_taken),
        cmocka_unit_test(test_plain_http_stays_on_this_machine),
        cmocka_unit_test(test_a_kept_connection_that_died_is_no_trouble),
        cmocka_unit_test(test_no_program_that_is_started_inherits_a_connection),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
