#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/journal.h"
#include "backoffice/book_lease.h"
#include "backoffice/book_staff.h"
#include "backoffice/store_fleet.h"
#include "base/file.h"
#include "base/text.h"
#include "support/book_ask.h"
#include "support/lease_rig.h"
#include "ticket/ticket.h"

/* A kiosk that books on while nobody can be reached. */

#define NOW LEASE_RIG_NOW
#define DAY_S 86400
#define SLOTS 12

struct test {
    struct lease_rig rig;
    struct lease_kiosk kiosk;
};

#define ASK(kiosk, operation, ...)                                                     \
    ((kiosk)->client->operations->operation((kiosk)->client->maker, __VA_ARGS__))

static const struct appointment_wish passport = {
    .location = "linde", .items = {{"paspoort", 1}}, .item_count = 1};

static int
set_up(void **state)
{
    struct test *test = test_calloc(1, sizeof(*test));

    lease_rig_begin(&test->rig, SLOTS, 14);
    lease_kiosk_make(&test->kiosk, &test->rig, "linde-1");
    assert_int_equal(lease_kiosk_renew(&test->kiosk), ERROR_NONE);
    *state = test;
    return 0;
}

static int
tear_down(void **state)
{
    struct test *test = *state;

    lease_kiosk_stop(&test->kiosk);
    lease_rig_end(&test->rig);
    test_free(test);
    return 0;
}

/* The n-th time that the kiosk has by itself; TIME_NONE when it has none. */
static int64_t
nth_time(struct lease_kiosk *kiosk, const struct appointment_wish *wish, size_t n)
{
    struct appointment_day *days;
    int64_t found = TIME_NONE;
    struct error error;
    size_t count;

    if (!ASK(kiosk, days, wish, (struct date){0}, (struct date){0}, &days, &count,
             &error)) {
        assert_int_equal(error.kind, ERROR_OFFLINE);
        return TIME_NONE;
    }
    for (size_t i = 0; i < count && found == TIME_NONE; i++) {
        struct appointment_time *times;
        size_t time_count;

        if (days[i].free == 0) {
            continue;
        }
        assert_true(ASK(kiosk, times, wish, days[i].date, &times, &time_count, &error));
        assert_int_equal(time_count, days[i].free);
        if (n < time_count) {
            found = times[n].start;
        }
        n -= n < time_count ? 0 : time_count;
        free(times);
    }
    free(days);
    return found;
}

static struct appointment_booking
booking_at(int64_t start)
{
    struct appointment_booking booking = {
        .wish = passport,
        .start = start,
        .values = {{"lastName", "de Ünver"}, {"phoneNumber", "0612345678"}},
        .value_count = 2,
    };

    appointment_key_make(booking.key);
    return booking;
}

static enum error_kind
book(struct lease_kiosk *kiosk, const struct appointment_booking *booking,
     struct appointment *appointment)
{
    struct error error = {.kind = ERROR_NONE};

    return ASK(kiosk, book, booking, appointment, &error) ? ERROR_NONE : error.kind;
}

/* Offline, at the first time there is. */
static struct appointment
given_out(struct lease_kiosk *kiosk, struct appointment_booking *booking)
{
    struct appointment appointment;
    struct error error;

    lease_kiosk_plug(kiosk, false);
    *booking = booking_at(nth_time(kiosk, &passport, 0));
    assert_true(ASK(kiosk, hold, booking, &error));
    assert_int_equal(book(kiosk, booking, &appointment), ERROR_NONE);
    return appointment;
}

static int64_t
number(const struct test *test, const char *sql)
{
    return book_setup_number(&test->rig.book, sql);
}

static int64_t
booked(const struct test *test)
{
    return number(test, "SELECT count(*) FROM booking WHERE state = 1");
}

static bool
can_give(struct lease_kiosk *kiosk)
{
    lease_kiosk_plug(kiosk, false);
    return nth_time(kiosk, &passport, 0) != TIME_NONE;
}

/* --- giving out ---------------------------------------------------------------- */

static void
test_offline_it_has_its_own_times_and_no_others(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    const struct appointment_wish wedding = {
        .location = "linde", .items = {{"trouwen", 2}}, .item_count = 1};
    const struct appointment_wish elsewhere = {
        .location = "curacao", .items = {{"paspoort", 1}}, .item_count = 1};
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct appointment_location *places;
    struct appointment_product *products;
    const struct appointment_wish nothing = {0};
    struct error error;
    size_t count, times = 0, long_times = 0;
    int minutes;

    lease_kiosk_plug(kiosk, false);
    while (nth_time(kiosk, &passport, times) != TIME_NONE) {
        times++;
    }
    while (nth_time(kiosk, &wedding, long_times) != TIME_NONE) {
        long_times++;
    }
    assert_in_range(times, SLOTS - 1, SLOTS); /* two may begin at one time */
    assert_int_equal(long_times, SLOTS / 3);
    assert_int_equal(nth_time(kiosk, &elsewhere, 0), TIME_NONE);
    assert_true(ASK(kiosk, locations, &passport, &places, &count, &error));
    assert_int_equal(count, 1);
    assert_string_equal(places[0].street, "Lindeplein 4");
    assert_int_equal(places[0].earliest, nth_time(kiosk, &passport, 0));
    free(places);
    assert_true(ASK(kiosk, minutes, &wedding, (struct date){0}, &minutes, &error));
    assert_int_equal(minutes, 45);
    assert_true(ASK(kiosk, fields, &passport, fields, &count, &error));
    assert_int_equal(count, 3);
    assert_string_equal(fields[1].name, "phoneNumber");
    assert_int_equal(fields[1].state, APPOINTMENT_FIELD_REQUIRED);
    assert_true(ASK(kiosk, products, &nothing, &products, &count, &error));
    assert_int_equal(count, 4);
    free(products);
}

static void
test_what_is_given_out_is_in_the_book_once_with_its_ticket(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct appointment_booking booking;
    const struct appointment given = given_out(kiosk, &booking);
    struct ticket_key key = {.valid_to = TICKET_KEY_NO_END};
    struct ticket_claim claim;
    struct appointment again, found;
    struct error error;

    assert_int_equal(given.start, booking.start);
    assert_int_equal(given.end, booking.start + 15 * 60);
    assert_int_equal(strlen(given.code), 6);
    assert_string_equal(given.name, "paspoort");
    memcpy(key.public_key, kiosk->key.public_key, sizeof(key.public_key));
    assert_true(ticket_verify(given.check_in, &key, 1, &claim, &error));
    assert_int_equal(claim.start, given.start);
    assert_int_equal(book(kiosk, &booking, &again), ERROR_NONE);
    assert_memory_equal(&again, &given, sizeof(given));
    assert_true(ASK(kiosk, find, given.check_in, &found, &error));
    assert_string_equal(found.id, given.id);
    assert_true(ASK(kiosk, find, given.code, &found, &error));
    assert_string_equal(found.check_in, ""); /* who has the code only */
    assert_int_equal(booked(test), 0);
    lease_kiosk_plug(kiosk, true);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
        assert_int_equal(booked(test), 1);
    }
    assert_true(ASK(kiosk, find, given.check_in, &found, &error));
    assert_string_equal(found.code, given.code);
    assert_int_equal(found.start, given.start);
    assert_int_equal(number(test, "SELECT count(*) FROM booking_value WHERE value IN"
                                  " ('de Ünver', '0612345678')"),
                     2);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_slot WHERE state = 0"),
                     SLOTS);
}

static void
test_no_person_is_on_the_card(void **state)
{
    static const char *const names[] = {"lease.db", "lease.db-wal"};
    struct test *test = *state;
    struct appointment_booking booking;

    given_out(&test->kiosk, &booking);
    for (size_t i = 0; i < 2; i++) {
        char path[160];
        struct error error;
        size_t length;
        char *bytes;

        lease_kiosk_file(&test->kiosk, names[i], path);
        bytes = file_read(path, 1 << 24, &length, &error);
        assert_non_null(bytes);
        assert_null(memmem(bytes, length, "nver", 4));
        assert_null(memmem(bytes, length, "12345678", 8));
        free(bytes);
    }
}

static void
test_a_slot_is_given_out_once_by_its_kiosk(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct appointment_booking booking = {0};
    int64_t given = 0;

    lease_kiosk_plug(kiosk, false);
    while (can_give(kiosk)) {
        given_out(kiosk, &booking);
        given++;
        lease_kiosk_cut(kiosk);
        lease_kiosk_start(kiosk);
    }
    assert_int_equal(given, SLOTS);
    lease_kiosk_plug(kiosk, true);
    lease_rig_lose(&test->rig, 1);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_UNCERTAIN);
    assert_int_equal(booked(test), SLOTS);
    lease_kiosk_cut(kiosk);
    lease_kiosk_start(kiosk);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(booked(test), SLOTS);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_conflict"), 0);
    assert_true(can_give(kiosk)); /* anew */
}

static void
test_online_the_book_itself_is_asked(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct appointment_booking booking = booking_at(NOW + 26 * 3600);
    struct appointment appointment;
    struct error error;

    assert_true(ASK(kiosk, hold, &booking, &error));
    lease_kiosk_plug(kiosk, false);
    /* Held there, and no slot of its own at that time: it can't be promised. */
    assert_int_equal(book(kiosk, &booking, &appointment), ERROR_OFFLINE);
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(book(kiosk, &booking, &appointment), ERROR_NONE);
    assert_int_equal(booked(test), 1);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_slot WHERE state = 0"),
                     SLOTS);
    /* Chosen offline, and the line is back: the slot is still its own. */
    lease_kiosk_plug(kiosk, false);
    booking = booking_at(nth_time(kiosk, &passport, 0));
    book_setup_clock = NOW + 60;
    lease_kiosk_plug(kiosk, true);
    assert_true(ASK(kiosk, hold, &booking, &error));
    assert_int_equal(book(kiosk, &booking, &appointment), ERROR_NONE);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(booked(test), 2);
}

static void
test_what_may_have_been_booked_is_not_given_out_as_well(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct appointment_booking booking;
    struct appointment appointment;
    struct error error;

    lease_kiosk_plug(kiosk, false);
    booking = booking_at(nth_time(kiosk, &passport, 0));
    book_setup_clock = NOW + 60;
    lease_kiosk_plug(kiosk, true);
    lease_rig_break(&test->rig, true);
    assert_int_equal(book(kiosk, &booking, &appointment), ERROR_UNCERTAIN);
    lease_rig_break(&test->rig, false);
    lease_kiosk_plug(kiosk, false);
    assert_int_equal(book(kiosk, &booking, &appointment), ERROR_OFFLINE);
    booking.start = nth_time(kiosk, &passport, 1); /* another time is no way round */
    assert_false(ASK(kiosk, hold, &booking, &error));
    assert_int_equal(book(kiosk, &booking, &appointment), ERROR_OFFLINE);
    booking = booking_at(booking.start); /* another citizen */
    assert_int_equal(book(kiosk, &booking, &appointment), ERROR_NONE);
}

/* --- the end, and what time it is ---------------------------------------------- */

static void
test_the_end_stops_the_giving_out_and_frees_nothing(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct appointment_booking booking;
    const int64_t cells = number(test, "SELECT count(*) FROM cell");

    given_out(kiosk, &booking);
    book_setup_clock = NOW + BOOK_LEASE_S - 60;
    assert_true(can_give(kiosk));
    book_setup_clock = NOW + BOOK_LEASE_S;
    assert_false(can_give(kiosk));
    ask_tidy(&test->rig.book);
    assert_int_equal(number(test, "SELECT count(*) FROM cell"), cells);
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(booked(test), 1); /* though its time may be past */
    assert_true(can_give(kiosk));
}

static void
test_without_trusted_time_nothing_is_given_out(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;

    /* The program anew, in the same boot. */
    lease_kiosk_stop(kiosk);
    lease_kiosk_start(kiosk);
    assert_true(can_give(kiosk));
    /* The machine anew. */
    lease_kiosk_stop(kiosk);
    lease_kiosk_boot(kiosk);
    lease_kiosk_start(kiosk);
    assert_false(can_give(kiosk));
    book_setup_clock = NOW + 3600;
    assert_false(can_give(kiosk));
    /* Its clock was set; but one that is behind what the back office said is wrong. */
    kiosk->vouched = true;
    assert_true(can_give(kiosk));
    kiosk->wall_off = -3700;
    assert_false(can_give(kiosk));
    kiosk->wall_off = BOOK_LEASE_S;
    assert_false(can_give(kiosk));
    kiosk->vouched = false;
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_true(can_give(kiosk));
}

static void
test_what_is_too_soon_is_returned(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    int64_t first;

    lease_kiosk_plug(kiosk, false);
    first = nth_time(kiosk, &passport, 0);
    book_setup_clock = first - 300;
    assert_true(nth_time(kiosk, &passport, 0) > first);
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_slot WHERE state = 2"),
                     1);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_slot WHERE state = 0"),
                     SLOTS);
}

/* --- what goes wrong ----------------------------------------------------------- */

static void
test_a_ticket_that_was_not_shown_is_cancelled_at_the_next_start(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct appointment_booking booking;
    struct appointment appointment;
    struct journal *journal;
    struct error error;
    size_t cancelled;
    char path[160];

    lease_kiosk_file(kiosk, "journal.db", path);
    journal = journal_open(path, &error);
    lease_kiosk_plug(kiosk, false);
    booking = booking_at(nth_time(kiosk, &passport, 0));
    assert_true(journal_begin(journal, booking.key, NOW, &error));
    assert_int_equal(book(kiosk, &booking, &appointment), ERROR_NONE);
    journal_close(journal); /* before a word of it was on the screen */
    lease_kiosk_cut(kiosk);
    lease_kiosk_boot(kiosk);
    lease_kiosk_start(kiosk);
    lease_kiosk_plug(kiosk, false);
    lease_kiosk_file(kiosk, "journal.db", path);
    journal = journal_open(path, &error);
    assert_true(journal_settle(journal, kiosk->client, NOW, &cancelled, &error));
    assert_int_equal(cancelled, 1);
    assert_true(journal_settle(journal, kiosk->client, NOW, &cancelled, &error));
    assert_int_equal(cancelled, 0);
    journal_close(journal);
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(booked(test), 0);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_slot WHERE state = 2"),
                     1);
}

static void
test_what_was_cancelled_offline_is_cancelled_in_the_book(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct appointment_booking booking;
    struct appointment given = given_out(kiosk, &booking), found;
    struct error error;

    /* The book has it, and the kiosk does not know. */
    lease_kiosk_plug(kiosk, true);
    lease_rig_lose(&test->rig, 1);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_UNCERTAIN);
    assert_int_equal(booked(test), 1);
    lease_kiosk_plug(kiosk, false);
    assert_true(ASK(kiosk, cancel, given.id, &error));
    assert_true(ASK(kiosk, show, given.id, &found, &error));
    assert_int_equal(found.state, APPOINTMENT_CANCELLED);
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(booked(test), 0);
    assert_int_equal(number(test, "SELECT count(*) FROM booking WHERE state = 3"), 1);
}

static void
test_two_copies_of_a_card_end_as_a_conflict(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk, copy;
    struct appointment_booking booking, other;
    struct appointment one, two;

    lease_kiosk_copy(&copy, kiosk);
    lease_kiosk_start(&copy);
    assert_false(can_give(&copy)); /* what time is it? */
    lease_kiosk_plug(&copy, true);
    assert_int_equal(lease_kiosk_renew(&copy), ERROR_NONE);
    one = given_out(kiosk, &booking);
    two = given_out(&copy, &other);
    assert_string_equal(one.id, two.id);
    lease_kiosk_plug(kiosk, true);
    lease_kiosk_plug(&copy, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(lease_kiosk_renew(&copy), ERROR_NONE);
    assert_int_equal(booked(test), 1);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_conflict"
                                  " WHERE reason = 0"),
                     1);
    lease_kiosk_stop(&copy);
}

static void
test_a_broken_file_is_set_aside(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    char path[160];
    struct error error;

    lease_kiosk_stop(kiosk);
    lease_kiosk_file(kiosk, "lease.db", path);
    assert_true(
        file_write(path, "no database at all, but long enough", 35, 0600, &error));
    lease_kiosk_start(kiosk);
    assert_false(can_give(kiosk));
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_true(can_give(kiosk));
}

static void
test_when_nobody_is_there_a_slot_is_returned(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct book_closure closure = {.location = "linde", .reason = "Verhuizing"};
    struct error error;

    lease_kiosk_plug(kiosk, false);
    closure.start = nth_time(kiosk, &passport, 0);
    closure.end = closure.start + 300;
    assert_true(book_add_closure(test->rig.book.book, &closure, &error));
    assert_int_equal(nth_time(kiosk, &passport, 0), closure.start); /* who knows? */
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    lease_kiosk_plug(kiosk, false);
    assert_true(nth_time(kiosk, &passport, 0) > closure.start);
    lease_kiosk_plug(kiosk, true);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_slot WHERE state = 2"),
                     1);
    assert_int_equal(number(test, "SELECT count(*) FROM lease_slot WHERE state = 0"),
                     SLOTS);
}

static void
test_a_desk_that_does_one_thing_is_given_out_for_that_only(void **state)
{
    static const char *const licences[] = {"rijbewijs"};
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    const struct appointment_wish licence = {
        .location = "linde", .items = {{"rijbewijs", 1}}, .item_count = 1};
    struct error error;

    for (int number_of_desk = 1; number_of_desk <= 2; number_of_desk++) {
        assert_true(book_set_desk_products(test->rig.book.book, "linde", number_of_desk,
                                           licences, 1, &error));
    }
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_false(can_give(kiosk));
    assert_true(nth_time(kiosk, &licence, 0) != TIME_NONE);
}

static bool
move_to_curacao(struct store_session *session, void *data, struct error *error)
{
    const struct lease_kiosk *kiosk = data;
    struct fleet_kiosk moved = {
        .name = "linde-1", .location = "curacao", .revoked_at = TIME_NONE};

    memcpy(moved.public_key, kiosk->key.public_key, sizeof(moved.public_key));
    return store_kiosk_claim(session, &moved, error);
}

static void
test_a_kiosk_that_moved_returns_what_it_had_there(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;
    struct error error;

    assert_true(
        store_write(test->rig.book.store, move_to_curacao, &test->kiosk, &error));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    }
    assert_false(can_give(kiosk));
    assert_int_equal(number(test, "SELECT count(*) FROM lease_slot WHERE state = 0"
                                  " AND location = 'linde'"),
                     0);
    assert_true(number(test, "SELECT count(*) FROM lease_slot WHERE state = 0"
                             " AND location = 'curacao'") > 0);
}

static void
test_of_a_kiosk_that_may_have_nothing_all_is_returned(void **state)
{
    struct test *test = *state;
    struct lease_kiosk *kiosk = &test->kiosk;

    lease_rig_lease(&test->rig, 0);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(lease_kiosk_renew(kiosk), ERROR_NONE);
    assert_int_equal(number(test, "SELECT count(*) FROM cell"), 0);
    assert_false(can_give(kiosk));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
        TEST(test_offline_it_has_its_own_times_and_no_others),
        TEST(test_what_is_given_out_is_in_the_book_once_with_its_ticket),
        TEST(test_no_person_is_on_the_card),
        TEST(test_a_slot_is_given_out_once_by_its_kiosk),
        TEST(test_online_the_book_itself_is_asked),
        TEST(test_what_may_have_been_booked_is_not_given_out_as_well),
        TEST(test_the_end_stops_the_giving_out_and_frees_nothing),
        TEST(test_without_trusted_time_nothing_is_given_out),
        TEST(test_what_is_too_soon_is_returned),
        TEST(test_a_ticket_that_was_not_shown_is_cancelled_at_the_next_start),
        TEST(test_what_was_cancelled_offline_is_cancelled_in_the_book),
        TEST(test_two_copies_of_a_card_end_as_a_conflict),
        TEST(test_a_broken_file_is_set_aside),
        TEST(test_when_nobody_is_there_a_slot_is_returned),
        TEST(test_a_desk_that_does_one_thing_is_given_out_for_that_only),
        TEST(test_a_kiosk_that_moved_returns_what_it_had_there),
        TEST(test_of_a_kiosk_that_may_have_nothing_all_is_returned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
