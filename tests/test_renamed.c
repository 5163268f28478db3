#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/none.h"
#include "appointment/renamed.h"
#include "appointment/scripted.h"
#include "base/sign.h"
#include "base/text.h"
#include "visit/client_names.h"

/* A system whose own ids are not the catalogue's. */

#define NOW 1796130300 /* 2026-12-01 14:05, a Tuesday */

static const struct date wednesday = {2026, 12, 2};

static int64_t
now(void *data)
{
    (void)data;
    return NOW;
}

static struct appointment_client *
make_scripted(void)
{
    static const struct scripted_product products[] = {{"a/1=", "Paspoort", 15, 15},
                                                       {"kaart", "Kaart", 10, 0}};
    static const struct scripted_location location = {
        .id = "L 9",
        .name = "Linde",
        .street = "Lindeplein 4",
        .postcode = "1234 AB",
        .city = "Voorbeeld",
        .zone = "America/Curacao",
        .week = {[2] = {{540, 1020}}},
    };
    struct error error = {0};
    struct appointment_client *client =
        appointment_scripted_create(&(struct scripted_options){.products = products,
                                                               .product_count = 2,
                                                               .locations = &location,
                                                               .location_count = 1,
                                                               .now = now},
                                    &error);

    assert_non_null(client);
    return client;
}

static const struct appointment_name products[] = {{"paspoort", "a/1="},
                                                   {"spoedpaspoort", "a/1="}};
static const struct appointment_name locations[] = {{"linde", "L 9"}};
static const struct appointment_names names = {products, 2, locations, 1};

static struct appointment_wish
wish_of(const char *product)
{
    struct appointment_wish wish = {.location = "linde", .item_count = 1};

    text_copy(wish.items[0].product, sizeof(wish.items[0].product), product);
    wish.items[0].persons = 2;
    return wish;
}

#define ASK(client, operation, ...)                                                    \
    ((client)->operations->operation((client)->maker, __VA_ARGS__))

static void
test_lists_come_back_by_the_catalogues_names(void **state)
{
    struct appointment_client *client =
        appointment_renamed_create(make_scripted(), &names);
    const struct appointment_wish anything = {.location = "linde"};
    const struct appointment_wish wish = wish_of("spoedpaspoort");
    struct appointment_product *list;
    struct appointment_location *places;
    struct appointment_day *days;
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct error error = {0};
    size_t count;
    int minutes;

    (void)state;
    assert_true(ASK(client, products, &anything, &list, &count, &error));
    assert_int_equal(count, 2);
    assert_string_equal(list[0].id, "paspoort"); /* the first of the two */
    assert_string_equal(list[1].id, "kaart");    /* the same on both sides */
    free(list);
    assert_true(ASK(client, products, &wish, &list, &count, &error));
    assert_int_equal(count, 1);
    free(list);
    assert_true(ASK(client, locations, &wish, &places, &count, &error));
    assert_int_equal(count, 1);
    assert_string_equal(places[0].id, "linde");
    free(places);
    assert_true(ASK(client, minutes, &wish, wednesday, &minutes, &error));
    assert_int_equal(minutes, 30);
    assert_true(ASK(client, fields, &wish, fields, &count, &error));
    assert_true(ASK(client, days, &wish, wednesday, wednesday, &days, &count, &error));
    assert_int_equal(count, 1);
    free(days);
    assert_string_equal(zone_name(ASK(client, zone, "linde")), "America/Curacao");
    appointment_client_destroy(client);
}

static void
test_an_appointment_is_made_there_and_shown_here(void **state)
{
    struct appointment_client *scripted = make_scripted();
    struct appointment_client *client = appointment_renamed_create(scripted, &names);
    struct appointment_booking booking = {
        .wish = wish_of("paspoort"),
        .values = {{"lastName", "Jansen"}, {"phoneNumber", "0612345678"}},
        .value_count = 2,
    };
    struct appointment made, found;
    struct appointment_time *times;
    struct error error = {0};
    size_t count;

    (void)state;
    assert_true(ASK(client, times, &booking.wish, wednesday, &times, &count, &error));
    assert_true(count > 0);
    booking.start = times[0].start;
    free(times);
    appointment_key_make(booking.key);
    assert_true(ASK(client, hold, &booking, &error));
    assert_true(ASK(client, book, &booking, &made, &error));
    assert_string_equal(made.location, "linde");
    assert_int_equal(scripted_count_booked(scripted), 1);
    assert_true(ASK(client, find_key, booking.key, &found, &error));
    assert_string_equal(found.location, "linde");
    assert_true(ASK(client, show, made.id, &found, &error));
    assert_string_equal(found.location, "linde");
    assert_true(ASK(scripted, show, made.id, &found, &error));
    assert_string_equal(found.location, "L 9");
    assert_true(ASK(client, release, booking.key, &error));
    assert_true(ASK(client, cancel, made.id, &error));
    assert_int_equal(scripted_count_booked(scripted), 0);
    appointment_client_destroy(client);
}

static void
test_names_of_another_catalogue_hold_from_then_on(void **state)
{
    static const struct product known = {.id = "reisdocument",
                                         .appointment_id = "a/1="};
    static const struct location here = {.id = "linde", .appointment_id = ""};
    static const struct catalogue catalogue = {.products = &known,
                                               .product_count = 1,
                                               .locations = &here,
                                               .location_count = 1};
    struct appointment_client *client = client_names_create(make_scripted(), NULL);
    const struct appointment_wish anywhere = {.location = ""};
    struct appointment_product *list;
    struct appointment_location *places;
    struct error error = {0};
    size_t count;

    (void)state;
    assert_true(ASK(client, products, &anywhere, &list, &count, &error));
    assert_string_equal(list[0].id, "a/1=");
    free(list);
    client_names_set(client, &catalogue);
    assert_true(ASK(client, products, &anywhere, &list, &count, &error));
    assert_string_equal(list[0].id, "reisdocument");
    free(list);
    assert_true(ASK(client, locations, &anywhere, &places, &count, &error));
    assert_string_equal(places[0].id, "L 9");
    free(places);
    appointment_client_destroy(client);
}

static void
test_what_the_client_cannot_do_it_cannot_either(void **state)
{
    struct appointment_client *client =
        appointment_renamed_create(appointment_none_create(), &names);

    (void)state;
    assert_string_equal(client->name, "none");
    assert_null(client->operations->move);
    assert_null(client->operations->zone);
    appointment_client_destroy(client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_come_back_by_the_catalogues_names),
        cmocka_unit_test(test_an_appointment_is_made_there_and_shown_here),
        cmocka_unit_test(test_names_of_another_catalogue_hold_from_then_on),
        cmocka_unit_test(test_what_the_client_cannot_do_it_cannot_either),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
