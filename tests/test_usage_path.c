#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <cmocka.h>

#include "backoffice/fleet.h"
#include "backoffice/http_server.h"
#include "backoffice/office.h"
#include "backoffice/store.h"
#include "backoffice/store_usage.h"
#include "base/claim_code.h"
#include "base/file.h"
#include "base/text.h"
#include "base/time.h"
#include "support/usage_stream.h"
#include "usage/exchange.h"

/*
 * From a kiosk's outbox to the counts in a real back office's database, over HTTP:
 * what was appended is counted exactly once, whatever is restored or copied.
 */

#define KIOSKS_MAX 2

struct kiosk {
    char path[96];
    struct outbox *outbox;
    struct exchange exchange;
};

static char folder[64];
static char database[96], url[64];
static struct sign_key key;
static struct office office;
static struct http_server *server;
static struct kiosk kiosks[KIOSKS_MAX];

static void
must(bool good, const struct error *error)
{
    if (!good) {
        fail_msg("%s", error->message);
    }
}

/* --- the back office -----------------------------------------------------------------
 */

static void
office_up(void)
{
    struct http_server_options options = {.address = "127.0.0.1"};
    struct error error = {0};

    office = (struct office){.openapi = "{}"};
    must((office.zone = zone_open("Europe/Amsterdam", &error)) != NULL, &error);
    must((office.store = store_open(database, NULL, &error)) != NULL, &error);
    must(office_open_keys(&office, database, &error), &error);
    server = http_server_create();
    office_add_routes(server, &office);
    must(http_server_start(server, &options, &error), &error);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d", http_server_port(server));
}

static void
office_down(void)
{
    http_server_destroy(server);
    store_close(office.store);
    zone_close((struct zone *)office.zone);
}

static void
copy_file(const char *from, const char *to)
{
    struct error error = {0};
    size_t length;
    char *data = file_read(from, 1 << 26, &length, &error);

    must(data != NULL, &error);
    must(file_write(to, data, length, 0600, &error), &error);
    free(data);
}

/* Steps alone: a visit that begins has a row of its own. */
static bool
add_count(void *data, const struct count_row *row)
{
    if (text_equal(row->product, "paspoort")) {
        *(int64_t *)data += row->count;
    }
    return true;
}

static bool
read_counts(struct store_session *session, void *data, struct error *error)
{
    return store_counts_read(session, INT64_MIN, INT64_MAX, add_count, data, error);
}

static int64_t
counted(void)
{
    struct error error = {0};
    int64_t sum = 0;

    must(store_read(office.store, read_counts, &sum, &error), &error);
    return sum;
}

/* --- the kiosk -----------------------------------------------------------------------
 */

static void
kiosk_named_up(struct kiosk *kiosk, const char *name)
{
    struct outbox_options options = {kiosk->path, name, 64 << 20};
    struct error error = {0};

    kiosk->outbox = outbox_open(&options, &error);
    must(kiosk->outbox != NULL, &error);
    kiosk->exchange =
        (struct exchange){.outbox = kiosk->outbox, .key = key, .url = url};
    kiosk->exchange.client = http_client_create();
}

static void
kiosk_up(struct kiosk *kiosk)
{
    kiosk_named_up(kiosk, "balie-1");
}

static void
kiosk_down(struct kiosk *kiosk)
{
    http_client_destroy(kiosk->exchange.client);
    outbox_close(kiosk->outbox);
    kiosk->outbox = NULL;
}

static void
append(struct kiosk *kiosk, enum usage_kind kind, int count)
{
    struct usage_event event = {
        .kind = kind,
        .time = 1795340000,
        .step = USAGE_STARTED,
        .product = "paspoort",
        .product_uri = "http://standaarden.overheid.nl/owms/terms/paspoort",
        .channel = CHANNEL_APPOINTMENT,
    };
    struct error error = {0};

    for (int i = 0; i < count; i++) {
        must(outbox_append(kiosk->outbox, &event, &error), &error);
    }
}

static void
send_all(struct kiosk *kiosk)
{
    do {
        exchange_run(&kiosk->exchange);
    } while (kiosk->exchange.result == EXCHANGE_DONE);
    if (kiosk->exchange.result != EXCHANGE_IDLE) {
        fail_msg("%s", kiosk->exchange.error.message);
    }
}

static struct outbox_state
state_of(struct kiosk *kiosk)
{
    struct outbox_state state;
    struct error error = {0};

    must(outbox_state(kiosk->outbox, &state, &error), &error);
    return state;
}

static void
claim_kiosk(void)
{
    struct fleet_kiosk claimed = {.name = "balie-1", .location = "linde"};
    struct error error = {0};

    memcpy(claimed.public_key, key.public_key, sizeof(claimed.public_key));
    must(fleet_claim(office.store, "", &claimed, &error), &error);
}

static int
begin(void **state)
{
    (void)state;
    test_folder_make(folder);
    snprintf(database, sizeof(database), "%s/office.db", folder);
    office_up();
    sign_key_generate(&key);
    claim_kiosk();
    for (int i = 0; i < KIOSKS_MAX; i++) {
        snprintf(kiosks[i].path, sizeof(kiosks[i].path), "%s/outbox-%d.db", folder, i);
    }
    kiosk_up(&kiosks[0]);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    for (int i = 0; i < KIOSKS_MAX; i++) {
        if (kiosks[i].outbox != NULL) {
            kiosk_down(&kiosks[i]);
        }
    }
    office_down();
    test_folder_remove(folder);
    return 0;
}

/* As a card is copied: the file and what is in its write-ahead log. */
static void
copy_card(const struct kiosk *from, struct kiosk *to)
{
    char log[2][112];

    copy_file(from->path, to->path);
    snprintf(log[0], sizeof(log[0]), "%s-wal", from->path);
    snprintf(log[1], sizeof(log[1]), "%s-wal", to->path);
    if (access(log[0], F_OK) == 0) {
        copy_file(log[0], log[1]);
    }
}

/* --- tests
 * ---------------------------------------------------------------------------- */

static void
test_every_appended_step_is_counted_once(void **state)
{
    (void)state;
    append(&kiosks[0], USAGE_VISIT_BEGUN, 1);
    append(&kiosks[0], USAGE_STEP, OUTBOX_BATCH_MAX + 7);
    append(&kiosks[0], USAGE_VISIT_ENDED, 1);
    send_all(&kiosks[0]);
    assert_int_equal(counted(), OUTBOX_BATCH_MAX + 7);
    assert_int_equal(state_of(&kiosks[0]).waiting, 0);
    send_all(&kiosks[0]);
    assert_int_equal(counted(), OUTBOX_BATCH_MAX + 7);
}

static void
test_a_back_office_from_an_older_copy_catches_up_exactly(void **state)
{
    char copy[112], log[112];

    (void)state;
    append(&kiosks[0], USAGE_STEP, 3);
    send_all(&kiosks[0]);
    office_down();
    snprintf(copy, sizeof(copy), "%s-copy", database);
    copy_file(database, copy);
    office_up();

    /* An hour of work: two more streams, of which one is over. */
    append(&kiosks[0], USAGE_STEP, 5);
    send_all(&kiosks[0]);
    kiosk_down(&kiosks[0]);
    kiosk_up(&kiosks[0]);
    append(&kiosks[0], USAGE_STEP, 7);
    send_all(&kiosks[0]);
    assert_int_equal(counted(), 15);

    office_down();
    copy_file(copy, database);
    snprintf(log, sizeof(log), "%s-wal", database);
    unlink(log);
    office_up();
    assert_int_equal(counted(), 3);
    append(&kiosks[0], USAGE_STEP, 1);
    send_all(&kiosks[0]);
    assert_int_equal(counted(), 16);
    assert_int_equal(state_of(&kiosks[0]).waiting, 0);
}

static void
test_what_nobody_has_any_more_does_not_stop_the_rest(void **state)
{
    struct error error = {0};
    char log[112];

    (void)state;
    append(&kiosks[0], USAGE_STEP, 3);
    send_all(&kiosks[0]);
    append(&kiosks[0], USAGE_STEP, 2);
    must(outbox_expire(kiosks[0].outbox, time_now_s() + 15 * 24 * 3600, &error),
         &error);
    office_down();
    unlink(database); /* lost with all that it had counted */
    snprintf(log, sizeof(log), "%s-wal", database);
    unlink(log);
    office_up();
    claim_kiosk();
    send_all(&kiosks[0]);
    assert_int_equal(counted(), 2);
    append(&kiosks[0], USAGE_STEP, 1);
    send_all(&kiosks[0]);
    assert_int_equal(counted(), 3);
}

static void
test_a_cloned_card_doubles_nothing(void **state)
{
    (void)state;
    append(&kiosks[0], USAGE_VISIT_BEGUN, 1);
    append(&kiosks[0], USAGE_STEP, 4);
    kiosk_down(&kiosks[0]);
    copy_card(&kiosks[0], &kiosks[1]);
    for (int i = 0; i < KIOSKS_MAX; i++) {
        kiosk_up(&kiosks[i]);
        append(&kiosks[i], USAGE_STEP, 2 + i);
    }
    for (int i = 0; i < KIOSKS_MAX; i++) {
        send_all(&kiosks[i]);
        assert_int_equal(state_of(&kiosks[i]).parked, 0);
        assert_int_equal(state_of(&kiosks[i]).waiting, 0);
    }
    assert_int_equal(counted(), 4 + 2 + 3);
}

/* A card that was copied while its kiosk was in a visit: the copy closes that visit,
 * the kiosk goes on with it. Whoever sends first is counted; the other is set aside. */
static void
live_together(int first)
{
    int second = 1 - first;

    append(&kiosks[0], USAGE_VISIT_BEGUN, 1);
    append(&kiosks[0], USAGE_STEP, 4);
    copy_card(&kiosks[0], &kiosks[1]);
    kiosk_up(&kiosks[1]);
    append(&kiosks[0], USAGE_STEP, 2);
    append(&kiosks[1], USAGE_STEP, 1); /* in a stream of its own */
    send_all(&kiosks[first]);
    send_all(&kiosks[second]);
    assert_int_equal(state_of(&kiosks[first]).parked, 0);
    assert_true(state_of(&kiosks[second]).parked > 0);
    assert_int_equal(state_of(&kiosks[second]).waiting, 0);
    assert_int_equal(counted(), first == 0 ? 4 + 2 + 1 : 4 + 1);
    append(&kiosks[0], USAGE_STEP, 10);
    append(&kiosks[1], USAGE_STEP, 10);
    send_all(&kiosks[0]);
    send_all(&kiosks[1]);
    assert_int_equal(counted(), (first == 0 ? 4 + 2 + 1 : 4 + 1) + 20);
}

static void
test_a_live_copy_that_sends_last_is_set_aside(void **state)
{
    (void)state;
    live_together(0);
}

static void
test_a_kiosk_whose_live_copy_sent_first_is_set_aside(void **state)
{
    (void)state;
    live_together(1);
}

/* A new kiosk is claimed by its code alone; what it counted meanwhile then counts. */
static void
claim_by_code(int steps)
{
    struct fleet_kiosk claimed = {.name = "balie-2", .location = "linde"};
    char code[CLAIM_CODE_BYTES];
    struct error error = {0};
    struct kiosk *kiosk = &kiosks[1];

    sign_key_generate(&key);
    claim_code_make(key.public_key, code);
    assert_false(fleet_claim(office.store, code, &claimed, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);

    kiosk_named_up(kiosk, "balie-2");
    if (steps > 0) {
        append(kiosk, USAGE_STEP, steps);
    }
    exchange_run(&kiosk->exchange);
    assert_int_equal(kiosk->exchange.result, EXCHANGE_FAILED);
    assert_int_equal(kiosk->exchange.error.kind, ERROR_REFUSED);
    assert_true(kiosk->exchange.is_unclaimed);
    assert_int_equal(counted(), 0);

    must(fleet_claim(office.store, code, &claimed, &error), &error);
    assert_memory_equal(claimed.public_key, key.public_key, SIGN_PUBLIC_BYTES);
    send_all(kiosk);
    assert_int_equal(counted(), steps);
    assert_int_equal(kiosk->exchange.result, EXCHANGE_IDLE);
    assert_false(kiosk->exchange.is_unclaimed);
}

static void
test_an_unknown_kiosk_announces_itself_and_is_claimed_by_its_code(void **state)
{
    (void)state;
    claim_by_code(3);
}

static void
test_a_kiosk_announces_itself_before_its_first_visit(void **state)
{
    (void)state;
    claim_by_code(0);
}

static void
test_a_kiosk_without_network_announces_itself_later(void **state)
{
    struct kiosk *kiosk = &kiosks[1];
    char code[CLAIM_CODE_BYTES];
    struct fleet_kiosk claimed = {.name = "balie-2", .location = "linde"};
    struct error error = {0};

    (void)state;
    sign_key_generate(&key);
    kiosk_named_up(kiosk, "balie-2");
    office_down();
    exchange_run(&kiosk->exchange);
    assert_int_equal(kiosk->exchange.result, EXCHANGE_FAILED);
    assert_int_equal(kiosk->exchange.error.kind, ERROR_OFFLINE);
    assert_false(kiosk->exchange.is_unclaimed);
    office_up();
    exchange_run(&kiosk->exchange);
    assert_int_equal(kiosk->exchange.error.kind, ERROR_REFUSED);
    claim_code_make(key.public_key, code);
    must(fleet_claim(office.store, code, &claimed, &error), &error);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_every_appended_step_is_counted_once),
        EACH(test_a_back_office_from_an_older_copy_catches_up_exactly),
        EACH(test_what_nobody_has_any_more_does_not_stop_the_rest),
        EACH(test_a_cloned_card_doubles_nothing),
        EACH(test_a_live_copy_that_sends_last_is_set_aside),
        EACH(test_a_kiosk_whose_live_copy_sent_first_is_set_aside),
        EACH(test_an_unknown_kiosk_announces_itself_and_is_claimed_by_its_code),
        EACH(test_a_kiosk_announces_itself_before_its_first_visit),
        EACH(test_a_kiosk_without_network_announces_itself_later),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
