#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/office.h"
#include "ticket/ticket_list.h"

/* A kiosk's list of keys, with a real back office behind it. */

#define ADDRESS "HTTPS://LOKET.VOORBEELD.NL/T/"

struct place {
    struct test_office office;
    struct sign_key kiosk;
    char file[128];
};

static int
set_up(void **state)
{
    struct place *place = test_calloc(1, sizeof(*place));

    test_office_start(&place->office);
    test_office_claim(&place->office, "linde-01", &place->kiosk);
    snprintf(place->file, sizeof(place->file), "%s/ticket-keys.json",
             place->office.folder);
    *state = place;
    return 0;
}

static int
tear_down(void **state)
{
    struct place *place = *state;

    test_office_stop(&place->office);
    test_free(place);
    return 0;
}

static struct ticket_list *
open_list(const struct place *place)
{
    const struct ticket_list_options options = {place->file, place->office.url,
                                                &place->kiosk, NULL};
    struct error error = {0};
    struct ticket_list *list = ticket_list_open(&options, &error);

    assert_non_null(list);
    return list;
}

static void
make_ticket(const struct sign_key *key, char text[TICKET_TEXT_BYTES])
{
    static const uint8_t appointment[TICKET_ID_BYTES] = {4, 2};

    ticket_sign(key, ADDRESS, appointment, TEST_NOW + 86400, "linde", text);
}

static void
test_a_ticket_is_known_once_the_keys_are_and_without_network_after(void **state)
{
    struct place *place = *state;
    struct ticket_list *list = open_list(place);
    struct ticket_claim claim;
    struct error error = {0};
    char text[TICKET_TEXT_BYTES];

    make_ticket(&place->kiosk, text);
    assert_false(ticket_list_verify(list, text, &claim, &error));
    assert_true(ticket_list_renew(list, &error));
    assert_true(ticket_list_verify(list, text, &claim, &error));
    assert_int_equal(claim.start, TEST_NOW + 86400);
    ticket_list_close(list);
    test_office_down(&place->office);
    list = open_list(place);
    assert_true(ticket_list_verify(list, text, &claim, &error));
    assert_false(ticket_list_renew(list, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    assert_true(ticket_list_verify(list, text, &claim, &error));
    ticket_list_close(list);
    test_office_up(&place->office);
}

static void
test_what_a_stranger_signed_or_somebody_changed_is_not(void **state)
{
    struct place *place = *state;
    struct ticket_list *list = open_list(place);
    struct sign_key stranger;
    struct ticket_claim claim;
    struct error error = {0};
    char text[TICKET_TEXT_BYTES];

    assert_true(ticket_list_renew(list, &error));
    sign_key_generate(&stranger);
    make_ticket(&stranger, text);
    assert_false(ticket_list_verify(list, text, &claim, &error));
    make_ticket(&place->kiosk, text);
    text[sizeof(ADDRESS) + 20] = text[sizeof(ADDRESS) + 20] == 'A' ? 'B' : 'A';
    assert_false(ticket_list_verify(list, text, &claim, &error));
    ticket_list_close(list);
}

static void
test_a_list_is_asked_for_once_a_day(void **state)
{
    struct place *place = *state;
    struct ticket_list *list = open_list(place);
    struct error error = {0};

    assert_true(ticket_list_renew(list, &error));
    test_office_down(&place->office);
    assert_true(ticket_list_renew(list, &error)); /* nobody is asked */
    ticket_list_close(list);
    test_office_up(&place->office);
}

static void
test_a_file_that_is_damaged_is_asked_for_anew(void **state)
{
    struct place *place = *state;
    struct ticket_list *list;
    struct ticket_claim claim;
    struct error error = {0};
    char text[TICKET_TEXT_BYTES];
    FILE *file = fopen(place->file, "w");

    assert_non_null(file);
    fputs("{\"keys\": [{\"public_key\": \"12", file);
    fclose(file);
    list = open_list(place);
    make_ticket(&place->kiosk, text);
    assert_false(ticket_list_verify(list, text, &claim, &error));
    assert_true(ticket_list_renew(list, &error));
    assert_true(ticket_list_verify(list, text, &claim, &error));
    ticket_list_close(list);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_a_ticket_is_known_once_the_keys_are_and_without_network_after),
        TEST(test_what_a_stranger_signed_or_somebody_changed_is_not),
        TEST(test_a_list_is_asked_for_once_a_day),
        TEST(test_a_file_that_is_damaged_is_asked_for_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
