#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/book_lease.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/book_ask.h"

/* What kiosks may book offline, as the book sees it. */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define DAY_S 86400
#define SLOTS 12

struct kiosk {
    uint8_t key[SIGN_PUBLIC_BYTES];
    const char *name;
};

static const struct kiosk first = {{1}, "linde-1"}, second = {{2}, "linde-2"};

static int
set_up(void **state)
{
    struct book_setup *setup = test_calloc(1, sizeof(*setup));

    book_setup_clock = NOW;
    book_setup_begin_leasing(setup, SLOTS, 14);
    *state = setup;
    return 0;
}

static int
tear_down(void **state)
{
    book_setup_check(*state);
    book_setup_end(*state);
    test_free(*state);
    return 0;
}

static struct book_lease
settle(const struct book_setup *setup, const struct kiosk *kiosk,
       const struct book_hand_in *given, size_t given_count,
       uint8_t (*returned)[BOOK_ID_BYTES], size_t returned_count)
{
    const struct book_settlement settlement = {.kiosk = kiosk->key,
                                               .name = kiosk->name,
                                               .location = "linde",
                                               .given = given,
                                               .given_count = given_count,
                                               .returned = returned,
                                               .returned_count = returned_count};
    struct book_lease lease;
    struct error error;

    if (!book_settle(setup->book, &settlement, &lease, &error)) {
        fail_msg("%s", error.message);
    }
    return lease;
}

static struct book_lease
lease_of(const struct book_setup *setup, const struct kiosk *kiosk)
{
    return settle(setup, kiosk, NULL, 0, NULL, 0);
}

static struct book_hand_in
hand_in(const struct book_slot *slot, const char *letter, const char *product)
{
    struct book_hand_in given = {.item_count = 1, .items[0].persons = 1};

    memcpy(given.slot, slot->id, sizeof(given.slot));
    ask_key(letter, given.key);
    text_copy(given.items[0].product, sizeof(given.items[0].product), product);
    return given;
}

/* Hands it in, and forgets the lease that comes back. */
static void
settle_one(const struct book_setup *setup, const struct kiosk *kiosk,
           const struct book_hand_in *given)
{
    struct book_lease lease = settle(setup, kiosk, given, 1, NULL, 0);

    free(lease.slots);
}

static size_t
conflicts(const struct book_setup *setup, struct book_conflict *one)
{
    struct book_conflict *list;
    struct error error;
    size_t count;

    assert_true(book_lease_conflicts(setup->book, &list, &count, &error));
    if (count > 0 && one != NULL) {
        *one = list[0];
    }
    free(list);
    return count;
}

static int64_t
booked(const struct book_setup *setup)
{
    return book_setup_number(setup, "SELECT count(*) FROM booking WHERE state = 1");
}

static enum booking_state
state_of(const struct book_setup *setup, const struct book_slot *slot)
{
    struct booking booking;
    struct error error;

    assert_true(book_find(setup->book, slot->id, &booking, &error));
    assert_string_equal(booking.code, slot->code);
    assert_int_equal(booking.start, slot->start);
    return booking.state;
}

static bool
is_free(const struct book_setup *setup, const struct book_slot *slot)
{
    const struct zone *zone =
        book_zone(setup->book, &book_setup_catalogue()->locations[0]);
    const struct book_wish wish = ask_wish(setup, "linde", "rijbewijs", 1);
    struct book_time *times;
    struct error error;
    bool found = false;
    size_t count;

    assert_true(book_times(setup->book, &wish, zone_civil(zone, slot->start).date,
                           &times, &count, &error));
    for (size_t i = 0; i < count; i++) {
        found |= times[i].start == slot->start;
    }
    free(times);
    return found;
}

/* --- leasing ------------------------------------------------------------------- */

static void
test_slots_are_spread_and_nobody_else_can_have_them(void **state)
{
    const struct book_setup *setup = *state;
    struct book_lease lease = lease_of(setup, &first), again, other;
    int64_t days = 0, cells = 0;

    assert_int_equal(lease.now, NOW);
    assert_int_equal(lease.ends, NOW + BOOK_LEASE_S);
    assert_int_equal(lease.slot_count, SLOTS);
    assert_int_equal(lease.product_count, 4); /* what is by appointment there */
    for (size_t i = 0; i < lease.slot_count; i++) {
        const struct book_slot *slot = &lease.slots[i];

        assert_true(slot->start >= NOW + BOOK_LEASE_LEAD_S);
        assert_true(slot->start < NOW + 14 * DAY_S);
        assert_int_equal(strlen(slot->code), TICKET_CODE_LENGTH);
        assert_true(slot->end - slot->start == 20 * 60 ||
                    slot->end - slot->start == 45 * 60);
        days += i == 0 || slot->start / DAY_S != lease.slots[i - 1].start / DAY_S;
        cells += (slot->end - slot->start) / 300;
    }
    assert_true(days >= SLOTS - 2);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), cells);
    /* Asked again they are the same, and another kiosk has others. */
    again = lease_of(setup, &first);
    assert_int_equal(again.slot_count, SLOTS);
    assert_memory_equal(again.slots, lease.slots, SLOTS * sizeof(*lease.slots));
    other = lease_of(setup, &second);
    assert_int_equal(other.slot_count, SLOTS);
    for (size_t i = 0; i < SLOTS * SLOTS; i++) {
        const struct book_slot *a = &lease.slots[i / SLOTS],
                               *b = &other.slots[i % SLOTS];

        assert_true(memcmp(a->id, b->id, BOOK_ID_BYTES) != 0);
        assert_true(a->desk != b->desk || a->end <= b->start || b->end <= a->start);
    }
    free(lease.slots);
    free(again.slots);
    free(other.slots);
}

static void
test_cells_stay_taken_when_the_lease_is_over(void **state)
{
    const struct book_setup *setup = *state;
    struct book_lease lease = lease_of(setup, &first);
    const struct book_slot last = lease.slots[SLOTS - 1];
    const int64_t cells = book_setup_number(setup, "SELECT count(*) FROM cell");

    free(lease.slots);
    book_setup_clock = NOW + BOOK_LEASE_S + DAY_S;
    assert_true(last.start > book_setup_clock);
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), cells);
    book_setup_clock = last.end + 11 * DAY_S; /* 10 are kept */
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 0);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM lease_slot"),
                     SLOTS);
    book_setup_clock = last.end + 71 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM lease_slot"), 0);
}

static void
test_without_slots_nothing_is_leased(void **state)
{
    struct book_setup *setup = *state;
    struct book_lease lease;

    book_setup_lease(setup, 0, 14);
    lease = lease_of(setup, &first);
    assert_int_equal(lease.slot_count, 0);
    assert_int_equal(lease.product_count, 0);
    free(lease.slots);
}

/* A book of other settings on the same database. */
static struct book *
book_that_leases(const struct book_setup *setup, const char *products,
                 struct error *error)
{
    const struct book_options options = {
        .store = setup->store,
        .catalogue = book_setup_catalogue(),
        .ticket_key = setup->ticket_key,
        .ticket_address = BOOK_SETUP_ADDRESS,
        .desks = "1 linde=2",
        .lease_slots = SLOTS,
        .lease_days = 14,
        .lease_products = products,
    };

    return book_open(&options, error);
}

static void
test_a_municipality_says_what_may_be_booked_offline(void **state)
{
    const struct book_setup *setup = *state;
    const struct book_settlement settlement = {
        .kiosk = first.key, .name = first.name, .location = "linde"};
    struct book_lease lease;
    struct error error;
    struct book *book = book_that_leases(setup, "rijbewijs  lang", &error);

    assert_non_null(book);
    assert_true(book_settle(book, &settlement, &lease, &error));
    assert_int_equal(lease.product_count, 2);
    assert_string_equal(lease.products[0]->id, "lang");
    assert_string_equal(lease.products[1]->id, "rijbewijs");
    assert_int_equal(lease.slot_count, SLOTS);
    for (size_t i = 0; i < lease.slot_count; i++) {
        assert_true(lease.slots[i].end - lease.slots[i].start <= 25 * 60);
    }
    free(lease.slots);
    book_close(book);
    assert_null(book_that_leases(setup, "paspoort visum", &error));
    assert_string_equal(error.message,
                        "book: lease_products: there is no product \"visum\"");
}

/* --- handing in ---------------------------------------------------------------- */

static void
test_what_was_given_out_is_booked_once_with_its_code_and_id(void **state)
{
    const struct book_setup *setup = *state;
    struct book_lease lease = lease_of(setup, &first), after;
    const struct book_slot slot = lease.slots[3];
    struct book_hand_in given = hand_in(&slot, "a", "rijbewijs");
    struct booking booking;
    struct error error;

    free(lease.slots);
    for (int i = 0; i < 3; i++) {
        after = settle(setup, &first, &given, 1, NULL, 0);
        assert_int_equal(after.slot_count, SLOTS); /* another in its place */
        free(after.slots);
        assert_int_equal(booked(setup), 1);
    }
    assert_int_equal(state_of(setup, &slot), BOOKING_BOOKED);
    assert_true(book_find_key(setup->book, given.key, &booking, &error));
    assert_int_equal(booking.end, slot.start + 10 * 60); /* no more than it takes */
    assert_string_equal(booking.items[0].product, "rijbewijs");
    assert_int_equal(conflicts(setup, NULL), 0);
    given.cancelled = true;
    settle_one(setup, &first, &given);
    assert_int_equal(state_of(setup, &slot), BOOKING_CANCELLED);
    assert_true(is_free(setup, &slot));
}

static void
test_what_is_returned_or_never_had_a_ticket_is_free_again(void **state)
{
    const struct book_setup *setup = *state;
    struct book_lease lease = lease_of(setup, &first), after;
    struct book_hand_in given = hand_in(&lease.slots[0], "a", "paspoort");
    uint8_t returned[1][BOOK_ID_BYTES];

    given.cancelled = true;
    memcpy(returned[0], lease.slots[1].id, BOOK_ID_BYTES);
    after = settle(setup, &first, &given, 1, returned, 1);
    for (size_t i = 0; i < after.slot_count; i++) {
        assert_true(memcmp(after.slots[i].id, given.slot, BOOK_ID_BYTES) != 0);
        assert_true(memcmp(after.slots[i].id, returned[0], BOOK_ID_BYTES) != 0);
    }
    assert_int_equal(booked(setup), 0);
    assert_int_equal(
        book_setup_number(setup, "SELECT count(*) FROM lease_slot WHERE state = 2"), 2);
    /* Another copy of the card does not know that it was cancelled. */
    given.cancelled = false;
    settle_one(setup, &first, &given);
    assert_int_equal(booked(setup), 0);
    assert_int_equal(conflicts(setup, NULL), 0);
    free(after.slots);
    free(lease.slots);
}

static void
test_a_hold_from_before_the_line_was_cut_goes_into_the_booking(void **state)
{
    const struct book_setup *setup = *state;
    struct book_lease lease = lease_of(setup, &first);
    const struct book_hand_in held = hand_in(&lease.slots[0], "e", "paspoort");
    const struct book_hand_in spent = hand_in(&lease.slots[1], "f", "paspoort");

    assert_int_equal(ask_hold(setup, "e", NOW + 3600 * 5), ERROR_NONE);
    settle_one(setup, &first, &held);
    assert_int_equal(
        book_setup_number(setup, "SELECT count(*) FROM booking WHERE state = 0"), 0);
    assert_int_equal(ask_give_up(setup, "f"), ERROR_NONE);
    settle_one(setup, &first, &spent);
    assert_int_equal(state_of(setup, &lease.slots[0]), BOOKING_BOOKED);
    assert_int_equal(state_of(setup, &lease.slots[1]), BOOKING_BOOKED);
    free(lease.slots);
}

static void
test_the_second_hand_in_of_a_slot_is_kept_for_staff(void **state)
{
    const struct book_setup *setup = *state;
    struct book_lease lease = lease_of(setup, &first);
    const struct book_slot slot = lease.slots[0];
    const struct book_hand_in one = hand_in(&slot, "a", "paspoort");
    const struct book_hand_in two = hand_in(&slot, "b", "rijbewijs");
    struct book_conflict conflict;

    free(lease.slots);
    settle_one(setup, &first, &one);
    for (int i = 0; i < 2; i++) {
        settle_one(setup, &first, &two);
        assert_int_equal(conflicts(setup, &conflict), 1);
    }
    assert_int_equal(conflict.reason, BOOK_CONFLICT_TWICE);
    assert_string_equal(conflict.code, slot.code);
    assert_string_equal(conflict.kiosk, "linde-1");
    assert_int_equal(conflict.start, slot.start);
    assert_string_equal(conflict.items[0].product, "rijbewijs");
    assert_int_equal(booked(setup), 1);
    /* What no such kiosk was ever leased is a ticket too that somebody holds. */
    settle_one(setup, &second, &two);
    assert_int_equal(conflicts(setup, NULL), 1); /* the same ticket */
    settle_one(setup, &second, &one);
    assert_int_equal(conflicts(setup, NULL), 2);
    book_setup_clock = slot.end + 11 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(conflicts(setup, NULL), 0); /* persons stand in them */
}

static void
test_a_kiosk_that_was_lost_and_is_not_gets_a_free_desk_or_a_conflict(void **state)
{
    const struct book_setup *setup = *state;
    struct book_lease lease = lease_of(setup, &first);
    const struct book_slot slot = lease.slots[0], other = lease.slots[1];
    const struct book_hand_in given = hand_in(&slot, "a", "rijbewijs");
    const struct book_hand_in late = hand_in(&other, "b", "rijbewijs");
    struct book_conflict conflict;
    struct error error;
    int64_t freed;

    free(lease.slots);
    assert_false(book_lease_lost(setup->book, "linde-9", &freed, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(book_lease_lost(setup->book, "linde-1", &freed, &error));
    assert_int_equal(freed, SLOTS);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 0);
    settle_one(setup, &first, &given);
    assert_int_equal(state_of(setup, &slot), BOOKING_BOOKED);
    assert_int_equal(conflicts(setup, NULL), 0);
    /* Both desks are somebody else's at the other time, or leased anew. */
    ask_confirm(setup, "d", other.start);
    ask_confirm(setup, "e", other.start);
    settle_one(setup, &first, &late);
    assert_int_equal(conflicts(setup, &conflict), 1);
    assert_int_equal(conflict.reason, BOOK_CONFLICT_TAKEN);
    assert_string_equal(conflict.code, other.code);
}

/* --- the person ---------------------------------------------------------------- */

static void
seal(const struct book_setup *setup, struct book_hand_in *given, const char *text)
{
    struct error error;

    given->sealed_length = strlen(text) + SEAL_OVERHEAD_BYTES;
    assert_true(seal_message(setup->seal_key.public_key, text, strlen(text),
                             given->sealed, &error));
}

static void
test_a_person_is_told_sealed_and_opened_in_the_book_only(void **state)
{
    static const char person[] =
        "{\"lastName\":\"Jansen\",\"phoneNumber\":\"0612345678\"}";
    const struct book_setup *setup = *state;
    struct book_lease lease = lease_of(setup, &first);
    struct book_hand_in given = hand_in(&lease.slots[0], "a", "paspoort");
    struct book_hand_in again = hand_in(&lease.slots[0], "b", "paspoort");
    struct book_hand_in broken = hand_in(&lease.slots[1], "c", "paspoort");
    struct book_conflict conflict;

    seal(setup, &given, person);
    seal(setup, &again, person);
    seal(setup, &broken, person);
    broken.sealed[60] ^= 1;
    settle_one(setup, &first, &given);
    settle_one(setup, &first, &again);
    settle_one(setup, &first, &broken);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking_value"
                                              " WHERE value IN ('Jansen',"
                                              " '0612345678')"),
                     2);
    assert_int_equal(conflicts(setup, &conflict), 1);
    assert_int_equal(conflict.value_count, 2);
    assert_string_equal(conflict.values[0].value, "Jansen");
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM lease_conflict"
                                              " WHERE sealed LIKE '%Jansen%'"),
                     0);
    /* Who can't be read has an appointment nevertheless. */
    assert_int_equal(state_of(setup, &lease.slots[1]), BOOKING_BOOKED);
    free(lease.slots);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
        TEST(test_slots_are_spread_and_nobody_else_can_have_them),
        TEST(test_cells_stay_taken_when_the_lease_is_over),
        TEST(test_without_slots_nothing_is_leased),
        TEST(test_a_municipality_says_what_may_be_booked_offline),
        TEST(test_what_was_given_out_is_booked_once_with_its_code_and_id),
        TEST(test_what_is_returned_or_never_had_a_ticket_is_free_again),
        TEST(test_a_hold_from_before_the_line_was_cut_goes_into_the_booking),
        TEST(test_the_second_hand_in_of_a_slot_is_kept_for_staff),
        TEST(test_a_kiosk_that_was_lost_and_is_not_gets_a_free_desk_or_a_conflict),
        TEST(test_a_person_is_told_sealed_and_opened_in_the_book_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
