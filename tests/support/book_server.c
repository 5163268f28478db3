#include "book_server.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "backoffice/http_server.h"
#include "backoffice/store_fleet.h"
#include "base/text.h"
#include "base/time.h"

static bool
claim(struct store_session *session, void *data, struct error *error)
{
    return store_kiosk_claim(session, data, error);
}

void
book_server_claim(const struct book_setup *setup, const char *name,
                  struct sign_key *key)
{
    struct fleet_kiosk kiosk = {.location = "linde", .revoked_at = TIME_NONE};
    struct error error;

    sign_key_generate(key);
    memcpy(kiosk.public_key, key->public_key, sizeof(kiosk.public_key));
    text_copy(kiosk.name, sizeof(kiosk.name), name);
    assert_true(store_write(setup->store, claim, &kiosk, &error));
}

/* --- in the process of its own
 * --------------------------------------------------------- */

static http_server_handler handle_booking;
static atomic_int bookings_to_live;

/* Dies with the booking on disk and its answer not yet on the line. */
static void
handle_booking_and_die(void *data, const struct http_server_request *request,
                       struct http_server_answer *answer)
{
    handle_booking(data, request, answer);
    if (answer->status == 201 && atomic_fetch_sub(&bookings_to_live, 1) == 1) {
        raise(SIGKILL);
    }
}

static void
serve(const struct book_setup *setup, int port, int deaths, int told)
{
    static struct http_route routes[48];
    const struct http_server_options options = {.address = "127.0.0.1", .port = port};
    struct http_server *server = http_server_create();
    struct error error = {0};
    struct store *store = store_open(setup->path, book_setup_now, &error);
    size_t count;
    const struct http_route *known = book_routes(&count);

    if (store == NULL || count > sizeof(routes) / sizeof(routes[0])) {
        _exit(2);
    }
    memcpy(routes, known, count * sizeof(routes[0]));
    bookings_to_live = deaths;
    for (size_t i = 0; i < count && deaths > 0; i++) {
        if (text_equal(routes[i].pattern, "/v1/appointments")) {
            handle_booking = routes[i].handle;
            routes[i].handle = handle_booking_and_die;
        }
    }
    http_server_add(server, routes, count, book_setup_open(setup, store));
    if (!http_server_start(server, &options, &error)) {
        fprintf(stderr, "%s\n", error.message);
        _exit(3);
    }
    port = http_server_port(server);
    if (write(told, &port, sizeof(port)) != sizeof(port)) {
        _exit(4);
    }
    while (true) {
        pause();
    }
}

/*
 * Starts one server after another: the first `lives` die, the last stays. A process of
 * its own, without threads, since fork() with threads may leave locks taken.
 */
static void
supervise(const struct book_setup *setup, int port, int deaths, int lives, int told)
{
    for (int life = 0; life <= lives; life++) {
        int status, ends[2];
        pid_t process;

        if (pipe(ends) != 0 || (process = fork()) < 0) {
            _exit(5);
        }
        if (process == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            close(ends[0]);
            serve(setup, port, life < lives ? deaths : 0, ends[1]);
        }
        close(ends[1]);
        if (read(ends[0], &port, sizeof(port)) != sizeof(port) ||
            write(told, &port, sizeof(port)) != sizeof(port))
        {
            _exit(6);
        }
        close(ends[0]);
        waitpid(process, &status, 0);
    }
    _exit(7);
}

void
book_server_wait(struct book_server *server)
{
    assert_int_equal(read(server->told, &server->port, sizeof(server->port)),
                     sizeof(server->port));
    snprintf(server->url, sizeof(server->url), "http://127.0.0.1:%d", server->port);
}

void
book_server_start(struct book_server *server, struct book_setup *setup, int deaths,
                  int lives)
{
    int ends[2];

    book_close(setup->book);
    store_close(setup->store);
    setup->book = NULL;
    setup->store = NULL;
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    server->process = fork();
    assert_true(server->process >= 0);
    if (server->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        supervise(setup, server->port, deaths, lives, ends[1]);
    }
    close(ends[1]);
    server->told = ends[0];
    book_server_wait(server);
}

void
book_server_kill(struct book_server *server)
{
    int status;
    char rest[16];

    kill(server->process, SIGKILL);
    assert_int_equal(waitpid(server->process, &status, 0), server->process);
    assert_true(WIFSIGNALED(status));
    server->process = 0;
    /* The server below it goes with it; the pipe ends when it has gone. */
    while (read(server->told, rest, sizeof(rest)) > 0) {
    }
    close(server->told);
}
