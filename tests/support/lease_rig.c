#include "lease_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "appointment/backoffice.h"
#include "appointment/switched.h"
#include "base/file.h"
#include "base/text.h"
#include "book_server.h"
#include "ticket/ticket.h"

#define CARD_BYTES_MAX (64 * 1024 * 1024)

/* --- the back office ----------------------------------------------------------- */

static http_server_handler handle_settle, handle_booking;
static atomic_int to_lose;
static atomic_bool broken_bookings;

/* It is done, and whoever asked does not hear of it. */
static void
handle_and_lose(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    handle_settle(data, request, answer);
    if (atomic_load(&to_lose) > 0) {
        atomic_fetch_sub(&to_lose, 1);
        http_server_answer_problem(answer, 502, "The answer was lost on its way.");
    }
}

static void
handle_or_break(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    if (atomic_load(&broken_bookings)) {
        http_server_answer_problem(answer, 502, "The answer was lost on its way.");
    } else {
        handle_booking(data, request, answer);
    }
}

static void
serve(struct lease_rig *rig)
{
    const struct http_server_options options = {.address = "127.0.0.1",
                                                .port = rig->port};
    struct error error = {0};
    size_t count;
    const struct http_route *known = book_routes(&count);

    assert_true(count <= LEASE_RIG_ROUTES);
    memcpy(rig->routes, known, count * sizeof(*known));
    for (size_t i = 0; i < count; i++) {
        bool post = text_equal(known[i].method, "POST");

        if (post && text_equal(known[i].pattern, "/v1/leases")) {
            handle_settle = known[i].handle;
            rig->routes[i].handle = handle_and_lose;
        } else if (post && text_equal(known[i].pattern, "/v1/appointments")) {
            handle_booking = known[i].handle;
            rig->routes[i].handle = handle_or_break;
        }
    }
    rig->server = http_server_create();
    http_server_add(rig->server, rig->routes, count, rig->book.book);
    if (!http_server_start(rig->server, &options, &error)) {
        fail_msg("%s", error.message);
    }
    rig->port = http_server_port(rig->server);
    snprintf(rig->url, sizeof(rig->url), "http://127.0.0.1:%d", rig->port);
}

void
lease_rig_begin(struct lease_rig *rig, int slots, int days)
{
    memset(rig, 0, sizeof(*rig));
    atomic_store(&to_lose, 0);
    atomic_store(&broken_bookings, false);
    book_setup_clock = LEASE_RIG_NOW;
    book_setup_begin_leasing(&rig->book, slots, days);
    serve(rig);
}

void
lease_rig_end(struct lease_rig *rig)
{
    http_server_destroy(rig->server);
    book_setup_check(&rig->book);
    book_setup_end(&rig->book);
}

void
lease_rig_lease(struct lease_rig *rig, int slots)
{
    http_server_destroy(rig->server);
    book_setup_lease(&rig->book, slots, rig->book.lease_days);
    serve(rig);
}

void
lease_rig_break(struct lease_rig *rig, bool broken)
{
    (void)rig;
    atomic_store(&broken_bookings, broken);
}

void
lease_rig_lose(struct lease_rig *rig, int answers)
{
    (void)rig;
    atomic_store(&to_lose, answers);
}

/* --- a kiosk ------------------------------------------------------------------- */

static struct leased_clock
clock_of(void *data)
{
    const struct lease_kiosk *kiosk = data;
    struct leased_clock clock = {
        .steady_ms = (book_setup_clock - kiosk->booted) * 1000,
        .wall_s = kiosk->vouched ? book_setup_clock + kiosk->wall_off : TIME_NONE,
    };

    memcpy(clock.boot, kiosk->boot, sizeof(clock.boot));
    return clock;
}

static void
check_in(void *data, const uint8_t id[16], int64_t start, const char *location,
         char text[APPOINTMENT_CHECK_IN_BYTES])
{
    const struct lease_kiosk *kiosk = data;

    ticket_sign(&kiosk->key, BOOK_SETUP_ADDRESS, id, start, location, text);
}

void
lease_kiosk_file(const struct lease_kiosk *kiosk, const char *name, char path[160])
{
    snprintf(path, 160, "%.120s.%.30s", kiosk->card, name);
}

static void
new_card(struct lease_kiosk *kiosk)
{
    snprintf(kiosk->card, sizeof(kiosk->card), "%.60s/card%u", kiosk->rig->book.folder,
             ++kiosk->rig->cards);
}

void
lease_kiosk_boot(struct lease_kiosk *kiosk)
{
    snprintf(kiosk->boot, sizeof(kiosk->boot), "boot-%u", ++kiosk->rig->boots);
    kiosk->booted = book_setup_clock;
    kiosk->vouched = false;
    kiosk->wall_off = 0;
}

void
lease_kiosk_start(struct lease_kiosk *kiosk)
{
    const struct backoffice_options options = {.url = kiosk->rig->url,
                                               .key = &kiosk->key};
    char path[160];
    const struct leased_options leased = {
        .path = path, .now = clock_of, .check_in = check_in, .data = kiosk};
    struct error error;
    struct appointment_client *client = appointment_backoffice_create(&options, &error);

    assert_non_null(client);
    lease_kiosk_file(kiosk, "lease.db", path);
    kiosk->plug = appointment_switched_create(client);
    kiosk->client = appointment_leased_create(kiosk->plug, &leased, &error);
    if (kiosk->client == NULL) {
        fail_msg("%s", error.message);
    }
}

void
lease_kiosk_stop(struct lease_kiosk *kiosk)
{
    appointment_client_destroy(kiosk->client);
    kiosk->client = kiosk->plug = NULL;
}

void
lease_kiosk_make(struct lease_kiosk *kiosk, struct lease_rig *rig, const char *name)
{
    memset(kiosk, 0, sizeof(*kiosk));
    kiosk->rig = rig;
    book_server_claim(&rig->book, name, &kiosk->key);
    new_card(kiosk);
    lease_kiosk_boot(kiosk);
    lease_kiosk_start(kiosk);
}

/* A database with the log that belongs to it, as they are on disk at this moment. */
static void
copy_file(const struct lease_kiosk *from, const struct lease_kiosk *to,
          const char *name)
{
    char source[160], target[160];
    struct error error;
    size_t length;
    char *bytes;

    lease_kiosk_file(from, name, source);
    lease_kiosk_file(to, name, target);
    bytes = file_read(source, CARD_BYTES_MAX, &length, &error);
    if (bytes != NULL) {
        assert_true(file_write(target, bytes, length, 0600, &error));
    }
    free(bytes);
}

static void
copy_card(const struct lease_kiosk *from, const struct lease_kiosk *to)
{
    static const char *const names[] = {"lease.db", "lease.db-wal", "journal.db",
                                        "journal.db-wal"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        copy_file(from, to, names[i]);
    }
}

static void
remove_card(const struct lease_kiosk *kiosk)
{
    char path[160], command[200];

    lease_kiosk_file(kiosk, "", path);
    snprintf(command, sizeof(command), "rm -f '%s'*", path);
    assert_int_equal(system(command), 0);
}

void
lease_kiosk_copy(struct lease_kiosk *copy, const struct lease_kiosk *kiosk)
{
    *copy = *kiosk;
    copy->client = copy->plug = NULL;
    new_card(copy);
    copy_card(kiosk, copy);
    lease_kiosk_boot(copy);
}

/* What closing the files would still write is not on the card that goes on. */
void
lease_kiosk_cut(struct lease_kiosk *kiosk)
{
    const struct lease_kiosk before = *kiosk;

    new_card(kiosk);
    copy_card(&before, kiosk);
    lease_kiosk_stop(kiosk);
    remove_card(&before);
}

void
lease_kiosk_plug(struct lease_kiosk *kiosk, bool plugged_in)
{
    appointment_switched_set(kiosk->plug, plugged_in);
}

enum error_kind
lease_kiosk_renew(struct lease_kiosk *kiosk)
{
    struct error error = {.kind = ERROR_NONE};

    return kiosk->client->operations->renew(kiosk->client->maker, &error) ? ERROR_NONE
                                                                          : error.kind;
}
