#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/none.h"
#include "appointment/scripted.h"
#include "appointment/switched.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NOW 1796130300 /* 2026-12-01 14:05, a Tuesday */

static int64_t
now(void *data)
{
    (void)data;
    return NOW;
}

static struct appointment_client *
make_scripted(void)
{
    static const struct scripted_product product = {"paspoort", "Paspoort", 15, 15};
    static const struct scripted_location location = {
        .id = "linde",
        .name = "Linde",
        .street = "Lindeplein 4",
        .postcode = "1234 AB",
        .city = "Voorbeeld",
        .zone = "Europe/Amsterdam",
        .week = {[0] = {{540, 1020}}, [1] = {{540, 1020}}, [2] = {{540, 1020}}},
    };
    struct error error = {0};
    struct appointment_client *client =
        appointment_scripted_create(&(struct scripted_options){.products = &product,
                                                               .product_count = 1,
                                                               .locations = &location,
                                                               .location_count = 1,
                                                               .now = now},
                                    &error);

    assert_non_null(client);
    return client;
}

/* Every call of the contract, told apart by its number. */
enum call {
    PRODUCTS,
    LOCATIONS,
    DAYS,
    TIMES,
    MINUTES,
    FIELDS,
    HOLD,
    RELEASE,
    BOOK,
    SHOW,
    FIND_KEY,
    CANCEL,
    CALL_COUNT
};

static bool
call(struct appointment_client *client, enum call call, struct error *error)
{
    const struct appointment_operations *operations = client->operations;
    void *maker = client->maker;
    const struct appointment_wish wish = {
        .location = "linde", .items = {{"paspoort", 1}}, .item_count = 1};
    const struct date date = {2026, 12, 2};
    struct appointment_booking booking = {
        .key = "k", .wish = wish, .start = NOW + 86400};
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct appointment appointment;
    void *list = NULL;
    size_t count = 0;
    int minutes;
    bool good = false;

    switch (call) {
    case PRODUCTS:
        good = operations->products(maker, &wish, (struct appointment_product **)&list,
                                    &count, error);
        break;
    case LOCATIONS:
        good = operations->locations(
            maker, &wish, (struct appointment_location **)&list, &count, error);
        break;
    case DAYS:
        good = operations->days(maker, &wish, date, date,
                                (struct appointment_day **)&list, &count, error);
        break;
    case TIMES:
        good = operations->times(maker, &wish, date, (struct appointment_time **)&list,
                                 &count, error);
        break;
    case MINUTES:
        good = operations->minutes(maker, &wish, date, &minutes, error);
        break;
    case FIELDS:
        good = operations->fields(maker, &wish, fields, &count, error);
        break;
    case HOLD:
        good = operations->hold(maker, &booking, error);
        break;
    case RELEASE:
        good = operations->release(maker, "k", error);
        break;
    case BOOK:
        good = operations->book(maker, &booking, &appointment, error);
        break;
    case SHOW:
        good = operations->show(maker, "x", &appointment, error);
        break;
    case FIND_KEY:
        good = operations->find_key(maker, "k", &appointment, error);
        break;
    case CANCEL:
        good = operations->cancel(maker, "x", error);
        break;
    case CALL_COUNT:
        break;
    }
    free(list);
    return good;
}

static void
test_unplugged_nothing_reaches_the_other_side(void **state)
{
    struct appointment_client *scripted = make_scripted();
    struct appointment_client *client = appointment_switched_create(scripted);

    (void)state;
    appointment_switched_set(client, false);
    for (int i = 0; i < CALL_COUNT; i++) {
        struct error error = {0};

        assert_false(call(client, (enum call)i, &error));
        assert_int_equal(error.kind, ERROR_OFFLINE);
    }
    assert_int_equal(scripted_count_booked(scripted), 0);
    assert_int_equal(scripted_count_held(scripted), 0);
    appointment_client_destroy(client);
}

static void
test_plugged_in_it_answers_as_the_client_itself(void **state)
{
    struct appointment_client *alone = make_scripted();
    struct appointment_client *client = appointment_switched_create(make_scripted());

    (void)state;
    assert_string_equal(client->name, alone->name);
    appointment_switched_set(client, false);
    appointment_switched_set(client, true);
    for (int i = 0; i < CALL_COUNT; i++) {
        struct error error = {0}, expected = {0};

        assert_int_equal(call(client, (enum call)i, &error),
                         call(alone, (enum call)i, &expected));
        assert_int_equal(error.kind, expected.kind);
        assert_int_not_equal(error.kind, ERROR_OFFLINE);
        assert_string_equal(error.message, expected.message);
    }
    appointment_client_destroy(client);
    appointment_client_destroy(alone);
}

static void
test_what_the_client_cannot_do_the_plug_cannot_either(void **state)
{
    struct appointment_client *none = appointment_none_create();
    bool holds = none->operations->hold != NULL;
    bool knows_keys = none->operations->find_key != NULL;
    struct appointment_client *client = appointment_switched_create(none);

    (void)state;
    assert_int_equal(client->operations->hold != NULL, holds);
    assert_int_equal(client->operations->find_key != NULL, knows_keys);
    appointment_client_destroy(client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unplugged_nothing_reaches_the_other_side),
        cmocka_unit_test(test_plugged_in_it_answers_as_the_client_itself),
        cmocka_unit_test(test_what_the_client_cannot_do_the_plug_cannot_either),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
