#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/store_fleet.h"
#include "support/book_ask.h"

/* An appointment by what a citizen holds. */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define AT(hour, minute) (NOW + ((hour)-9) * 3600 + (minute)*60)
#define DAY_S 86400

static int
set_up(void **state)
{
    struct book_setup *setup = test_calloc(1, sizeof(*setup));

    book_setup_clock = NOW;
    book_setup_begin(setup);
    *state = setup;
    return 0;
}

static int
tear_down(void **state)
{
    book_setup_end(*state);
    test_free(*state);
    return 0;
}

static struct booking
booked(const struct book_setup *setup, const char *product)
{
    struct booking booking;

    assert_int_equal(ask_confirm_as(setup, "a", AT(10, 0), "linde", product, &booking),
                     ERROR_NONE);
    return booking;
}

/* What came of it, and whether it was by code. */
static enum error_kind
search_at(const struct book_setup *setup, const char *kiosk, const char *text,
          struct booking *found, bool *by_code)
{
    struct error error = {.kind = ERROR_NONE};

    return book_search(setup->book, text, kiosk, found, by_code, &error) ? ERROR_NONE
                                                                         : error.kind;
}

static enum error_kind
search(const struct book_setup *setup, const char *text)
{
    struct booking found;
    bool by_code;

    return search_at(setup, "linde-1", text, &found, &by_code);
}

static void
test_a_code_is_found_however_it_is_typed(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "paspoort");
    struct booking found;
    char typed[32];
    bool by_code;

    snprintf(typed, sizeof(typed), " %.3s %.3s ", booking.code, booking.code + 3);
    for (char *c = typed; *c != '\0'; c++) {
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    }
    assert_int_equal(search_at(setup, "linde-1", typed, &found, &by_code), ERROR_NONE);
    assert_true(by_code);
    assert_memory_equal(found.id, booking.id, BOOK_ID_BYTES);
    assert_int_equal(found.item_count, 1);
}

static void
test_a_ticket_is_found_and_so_is_the_one_of_before_a_move(void **state)
{
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "paspoort");
    struct booking after, found;
    bool by_code;

    assert_int_equal(ask_move(setup, before.id, "e", AT(11, 0), &after), ERROR_NONE);
    assert_int_equal(search_at(setup, "linde-1", before.ticket, &found, &by_code),
                     ERROR_NONE);
    assert_false(by_code);
    assert_int_equal(found.start, AT(11, 0));
    assert_int_equal(search_at(setup, "linde-1", after.ticket, &found, &by_code),
                     ERROR_NONE);
    assert_memory_equal(found.id, before.id, BOOK_ID_BYTES);
}

static void
test_a_code_tells_all_while_its_ticket_was_just_not_printed(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "paspoort");
    struct error error = {.kind = ERROR_NONE};
    uint8_t unknown[BOOK_ID_BYTES] = {1};
    struct booking found;
    bool by_code;

    assert_true(book_unprinted(setup->book, booking.id, &error));
    book_setup_clock = NOW + BOOK_REPRINT_S - 1;
    assert_int_equal(search_at(setup, "linde-2", booking.code, &found, &by_code),
                     ERROR_NONE);
    assert_false(by_code);
    assert_string_equal(found.ticket, booking.ticket);
    book_setup_clock = NOW + BOOK_REPRINT_S;
    assert_int_equal(search_at(setup, "linde-2", booking.code, &found, &by_code),
                     ERROR_NONE);
    assert_true(by_code);
    assert_false(book_unprinted(setup->book, unknown, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(book_cancel(setup->book, booking.id, &error));
    assert_false(book_unprinted(setup->book, booking.id, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_what_nobody_of_ours_made_is_not_found(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "paspoort");
    char text[TICKET_TEXT_BYTES];
    struct sign_key stranger;
    size_t length = strlen(booking.ticket);

    for (size_t i = 0; i < length; i++) {
        memcpy(text, booking.ticket, length + 1);
        text[i] = text[i] == 'A' ? 'B' : 'A';
        assert_int_equal(search(setup, text), ERROR_NOT_FOUND);
    }
    sign_key_generate(&stranger);
    ticket_sign(&stranger, BOOK_SETUP_ADDRESS, booking.id, booking.start, "linde",
                text);
    assert_int_equal(search(setup, text), ERROR_NOT_FOUND);
    ticket_sign(&setup->ticket_key, "HTTPS://VROEGER.VOORBEELD.NL/T/", booking.id,
                booking.start, "linde", text);
    assert_int_equal(search(setup, text),
                     ERROR_NONE); /* of before the address changed */
    assert_int_equal(search(setup, ""), ERROR_NOT_FOUND);
    assert_int_equal(search(setup, "https://voorbeeld.nl/"), ERROR_NOT_FOUND);
    assert_int_equal(search(setup, "12345"), ERROR_NOT_FOUND);
    /* None of these was a guess at a code. */
    assert_int_equal(search(setup, booking.code), ERROR_NONE);
}

/* A code that is not `code`. */
static const char *
wrong(const char *code, char text[8])
{
    snprintf(text, 8, "%s", code);
    text[0] = text[0] == 'A' ? 'B' : 'A';
    return text;
}

static void
test_a_kiosk_that_guesses_waits_for_the_minute_to_end(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "paspoort");
    struct booking found;
    char text[8];
    bool by_code;

    for (int i = 0; i < BOOK_WRONG_CODES; i++) {
        assert_int_equal(search(setup, booking.code), ERROR_NONE);
        assert_int_equal(search(setup, wrong(booking.code, text)), ERROR_NOT_FOUND);
    }
    assert_int_equal(search(setup, booking.code), ERROR_REFUSED);
    assert_int_equal(search(setup, wrong(booking.code, text)), ERROR_REFUSED);
    /* A ticket can't be guessed, and another kiosk did not. */
    assert_int_equal(search(setup, booking.ticket), ERROR_NONE);
    assert_int_equal(search_at(setup, "linde-2", booking.code, &found, &by_code),
                     ERROR_NONE);
    book_setup_clock = NOW + 60;
    assert_int_equal(search(setup, booking.code), ERROR_NONE);
}

static void
test_many_kiosks_that_guess_wait_together(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "paspoort");
    struct booking found;
    char text[8], kiosk[24];
    bool by_code;

    for (int i = 0; i < BOOK_WRONG_CODES_OF_ALL; i++) {
        snprintf(kiosk, sizeof(kiosk), "kiosk-%d", i / 4);
        assert_int_equal(
            search_at(setup, kiosk, wrong(booking.code, text), &found, &by_code),
            ERROR_NOT_FOUND);
    }
    assert_int_equal(search_at(setup, "fresh", booking.code, &found, &by_code),
                     ERROR_REFUSED);
    book_setup_clock = NOW + 60;
    assert_int_equal(search_at(setup, "fresh", booking.code, &found, &by_code),
                     ERROR_NONE);
}

static void
test_a_code_lives_as_long_as_the_person_is_known(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "paspoort");

    book_setup_clock = booking.end + 10 * DAY_S - 1;
    ask_tidy(setup);
    assert_int_equal(search(setup, booking.code), ERROR_NONE);
    book_setup_clock = booking.end + 10 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(search(setup, booking.code), ERROR_NOT_FOUND);
}

static void
test_the_name_that_anybody_may_see_is_neutral(void **state)
{
    struct book_setup *setup = *state;
    struct booking booking = booked(setup, "lang");
    char name[BOOK_NAME_BYTES];

    book_public_name(setup->book, &booking, name);
    assert_string_equal(name, "Afspraak");
    snprintf(booking.items[1].product, sizeof(booking.items[1].product), "paspoort");
    booking.item_count = 2;
    book_public_name(setup->book, &booking, name);
    assert_string_equal(name, "Afspraak + paspoort");
    snprintf(booking.items[0].product, sizeof(booking.items[0].product), "verdwenen");
    book_public_name(setup->book, &booking, name);
    assert_string_equal(name, "paspoort");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_a_code_is_found_however_it_is_typed),
        TEST(test_a_ticket_is_found_and_so_is_the_one_of_before_a_move),
        TEST(test_a_code_tells_all_while_its_ticket_was_just_not_printed),
        TEST(test_what_nobody_of_ours_made_is_not_found),
        TEST(test_a_kiosk_that_guesses_waits_for_the_minute_to_end),
        TEST(test_many_kiosks_that_guess_wait_together),
        TEST(test_a_code_lives_as_long_as_the_person_is_known),
        TEST(test_the_name_that_anybody_may_see_is_neutral),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
