#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/none.h"
#include "appointment/scripted.h"
#include "base/sign.h"
#include "base/text.h"

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */

static const struct date monday = {2027, 3, 22};

struct setup {
    struct appointment_client *client;
    const struct appointment_operations *operations;
    int64_t now;
};

static int64_t
setup_now(void *data)
{
    return ((struct setup *)data)->now;
}

static struct appointment_client *
create(struct setup *setup, const char *zone, struct error *error)
{
    static const struct scripted_product products[] = {{"paspoort", "Paspoort", 15, 10},
                                                       {"huwelijk", "Huwelijk", 45, 0}};
    struct scripted_location locations[] = {
        {.id = "linde",
         .name = "Bibliotheek De Linde",
         .street = "Lindeplein 4",
         .postcode = "1234 AB",
         .city = "Voorbeeld",
         .zone = zone},
    };
    const struct scripted_options options = {
        .products = products,
        .product_count = 2,
        .locations = locations,
        .location_count = 1,
        .now = setup_now,
        .data = setup,
    };

    for (size_t day = 0; day < 6; day++) {
        locations[0].week[day][0] = (struct scripted_hours){9 * 60, 12 * 60};
        locations[0].week[day][1] = (struct scripted_hours){13 * 60, 17 * 60};
    }
    return appointment_scripted_create(&options, error);
}

static int
set_up(void **state)
{
    struct setup *setup = test_calloc(1, sizeof(*setup));
    struct error error;

    setup->now = NOW;
    setup->client = create(setup, "Europe/Amsterdam", &error);
    assert_non_null(setup->client);
    setup->operations = setup->client->operations;
    *state = setup;
    return 0;
}

static int
tear_down(void **state)
{
    struct setup *setup = *state;

    appointment_client_destroy(setup->client);
    test_free(setup);
    return 0;
}

static const struct appointment_wish passport = {
    .location = "linde", .items = {{"paspoort", 1}}, .item_count = 1};

static size_t
times_of(struct setup *setup, struct appointment_time *first)
{
    struct appointment_time *list;
    struct error error;
    size_t count;

    assert_true(setup->operations->times(setup->client->maker, &passport, monday, &list,
                                         &count, &error));
    if (count > 0) {
        *first = list[0];
    } else {
        assert_null(list);
    }
    free(list);
    return count;
}

static struct appointment_booking
booking_of(const char *key, int64_t start)
{
    struct appointment_booking booking = {
        .wish = passport,
        .start = start,
        .values = {{"lastName", "Jansen"}, {"phoneNumber", "0612345678"}},
        .value_count = 2,
    };

    text_copy(booking.key, sizeof(booking.key), key);
    return booking;
}

static bool
book(struct setup *setup, const char *key, int64_t start,
     struct appointment *appointment, struct error *error)
{
    const struct appointment_booking booking = booking_of(key, start);

    return setup->operations->book(setup->client->maker, &booking, appointment, error);
}

static bool
hold(struct setup *setup, const char *key, int64_t start, struct error *error)
{
    const struct appointment_booking booking = booking_of(key, start);

    return setup->operations->hold(setup->client->maker, &booking, error);
}

static void
test_a_day_that_is_said_is_exactly_so(void **state)
{
    struct setup *setup = *state;
    struct appointment_time first;
    struct appointment_day *days;
    struct error error;
    size_t count;

    assert_true(
        scripted_set_day(setup->client, "linde", monday, "10:20* 9:40 13:00", &error));
    assert_true(
        scripted_set_day(setup->client, "linde", date_add(monday, 1), "", &error));
    assert_true(
        scripted_set_day(setup->client, "linde", date_add(monday, 2), NULL, &error));
    assert_int_equal(times_of(setup, &first), 3);
    assert_int_equal(first.start, NOW + 80 * 60);
    assert_true(first.quiet);
    assert_true(setup->operations->days(setup->client->maker, &passport, monday,
                                        date_add(monday, 2), &days, &count, &error));
    assert_int_equal(count, 3);
    assert_int_equal(days[0].free, 3);
    assert_false(days[0].closed);
    assert_int_equal(days[1].free, 0);
    assert_false(days[1].closed);
    assert_true(days[2].closed);
    free(days);
}

static void
test_days_go_from_today_as_far_as_it_looks(void **state)
{
    static const struct {
        struct date from, to;
        size_t count;
    } cases[] = {
        {{0, 0, 0}, {0, 0, 0}, 61},         {{0, 0, 0}, {2027, 3, 24}, 3},
        {{2027, 3, 1}, {2027, 3, 22}, 1},   {{2027, 5, 20}, {0, 0, 0}, 2},
        {{1, 1, 1}, {9999, 12, 31}, 61},    {{2027, 3, 1}, {2027, 3, 21}, 0},
        {{2027, 5, 22}, {9999, 12, 31}, 0},
    };
    struct setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_day *days;
        struct error error;
        size_t count;

        assert_true(setup->operations->days(setup->client->maker, &passport,
                                            cases[i].from, cases[i].to, &days, &count,
                                            &error));
        assert_int_equal(count, cases[i].count);
        assert_true((days == NULL) == (count == 0));
        free(days);
    }
}

static void
test_what_it_does_not_have_is_not_found(void **state)
{
    static const struct appointment_wish there = {
        .location = "nergens", .items = {{"paspoort", 1}}, .item_count = 1};
    static const struct appointment_wish visa = {
        .location = "linde", .items = {{"visum", 1}}, .item_count = 1};
    struct setup *setup = *state;
    void *maker = setup->client->maker;
    struct appointment_product *products;
    struct appointment_location *locations;
    struct appointment_day *days;
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    size_t count;

    for (size_t i = 0; i < 2; i++) {
        const struct appointment_wish *wish = i == 0 ? &there : &visa;
        struct error errors[4] = {{0}};

        assert_false(
            setup->operations->products(maker, wish, &products, &count, &errors[0]));
        assert_false(
            setup->operations->locations(maker, wish, &locations, &count, &errors[1]));
        assert_false(
            setup->operations->fields(maker, wish, fields, &count, &errors[2]));
        assert_false(setup->operations->days(maker, wish, monday, monday, &days, &count,
                                             &errors[3]));
        for (size_t j = 0; j < 4; j++) {
            assert_int_equal(errors[j].kind, ERROR_NOT_FOUND);
        }
    }
    assert_string_equal(zone_name(setup->operations->zone(maker, "linde")),
                        "Europe/Amsterdam");
    assert_null(setup->operations->zone(maker, "nergens"));
}

static void
test_nonsense_in_a_day_is_refused_and_changes_nothing(void **state)
{
    static const char *const cases[] = {"9",      "9:60",   "24:00",
                                        "9:20 x", "9:20**", "-1:00"};
    struct setup *setup = *state;
    struct appointment_time first;
    struct error error;

    assert_true(scripted_set_day(setup->client, "linde", monday, "10:20", &error));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_false(
            scripted_set_day(setup->client, "linde", monday, cases[i], &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
    assert_false(scripted_set_day(setup->client, "nowhere", monday, "10:20", &error));
    assert_int_equal(times_of(setup, &first), 1);
}

static void
test_the_pattern_is_the_same_in_every_run_and_inside_the_hours(void **state)
{
    struct setup *setup = *state;
    struct appointment_client *other;
    struct zone *zone;
    struct error error;
    size_t full = 0, open = 0;

    other = create(setup, "Europe/Amsterdam", &error);
    zone = zone_open("Europe/Amsterdam", &error);
    assert_non_null(zone);
    for (int day = 1; day < 60; day++) {
        struct date date = date_add(monday, day);
        struct appointment_time *a, *b;
        size_t a_count, b_count;

        assert_true(setup->operations->times(setup->client->maker, &passport, date, &a,
                                             &a_count, &error));
        assert_true(setup->operations->times(other->maker, &passport, date, &b,
                                             &b_count, &error));
        assert_int_equal(a_count, b_count);
        for (size_t i = 0; i < a_count; i++) {
            struct civil civil = zone_civil(zone, a[i].start);
            int minute = civil.hour * 60 + civil.minute;

            assert_int_equal(a[i].start, b[i].start);
            assert_int_equal(date_compare(civil.date, date), 0);
            assert_true((minute >= 540 && minute + 15 <= 720) ||
                        (minute >= 780 && minute + 15 <= 1020));
        }
        assert_true(date_weekday(date) != 6 || a_count == 0);
        full += date_weekday(date) != 6 && a_count == 0;
        open += a_count > 0;
        free(a);
        free(b);
    }
    assert_true(full > 0);
    assert_true(open > 30);
    zone_close(zone);
    appointment_client_destroy(other);
}

static void
test_minutes_are_the_sum_of_products_and_persons(void **state)
{
    static const struct {
        struct appointment_item items[2];
        size_t count;
        int minutes;
        enum error_kind kind;
    } cases[] = {
        {{{"paspoort", 1}}, 1, 15, ERROR_NONE},
        {{{"paspoort", 3}}, 1, 35, ERROR_NONE},
        {{{"paspoort", 2}, {"huwelijk", 2}}, 2, 70, ERROR_NONE},
        {{{"paspoort", 0}}, 1, 0, ERROR_REFUSED},
        {{{"paspoort", 21}}, 1, 0, ERROR_REFUSED},
        {{{"visum", 1}}, 1, 0, ERROR_NOT_FOUND},
        {{{"", 0}}, 0, 0, ERROR_REFUSED},
    };
    struct setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_wish wish = {.location = "linde",
                                        .item_count = cases[i].count};
        struct error error = {.kind = ERROR_NONE};
        int minutes = 0;
        bool good;

        memcpy(wish.items, cases[i].items, sizeof(cases[i].items));
        good = setup->operations->minutes(setup->client->maker, &wish, monday, &minutes,
                                          &error);
        assert_int_equal(good, cases[i].kind == ERROR_NONE);
        assert_int_equal(error.kind, cases[i].kind);
        assert_int_equal(minutes, cases[i].minutes);
    }
}

static void
test_a_booked_time_is_gone_and_a_cancelled_one_is_back(void **state)
{
    struct setup *setup = *state;
    struct appointment appointment, again;
    struct appointment_time first;
    struct error error;

    assert_true(
        scripted_set_day(setup->client, "linde", monday, "10:20 10:40", &error));
    assert_true(book(setup, "a", NOW + 4800, &appointment, &error));
    assert_int_equal(appointment.end - appointment.start, 15 * 60);
    assert_int_equal(strlen(appointment.code), 6);
    assert_true(appointment.check_in[0] != '\0');
    assert_int_equal(times_of(setup, &first), 1);
    assert_false(book(setup, "b", NOW + 4800, &again, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    assert_true(book(setup, "a", NOW + 4800, &again, &error));
    assert_memory_equal(&again, &appointment, sizeof(again));
    assert_true(setup->operations->find_key(setup->client->maker, "a", &again, &error));
    assert_string_equal(again.id, appointment.id);
    assert_true(
        setup->operations->cancel(setup->client->maker, appointment.id, &error));
    assert_true(
        setup->operations->show(setup->client->maker, appointment.id, &again, &error));
    assert_int_equal(again.state, APPOINTMENT_CANCELLED);
    assert_int_equal(times_of(setup, &first), 2);
    assert_false(setup->operations->cancel(setup->client->maker, "no id", &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_false(
        setup->operations->find_key(setup->client->maker, "z", &again, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void
test_a_hold_takes_the_time_until_it_expires(void **state)
{
    struct setup *setup = *state;
    struct appointment appointment;
    struct appointment_time first;
    struct error error;

    assert_true(
        scripted_set_day(setup->client, "linde", monday, "10:20 10:40", &error));
    assert_true(hold(setup, "a", NOW + 4800, &error));
    assert_int_equal(times_of(setup, &first), 1);
    assert_false(hold(setup, "b", NOW + 4800, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    assert_true(hold(setup, "a", NOW + 6000, &error)); /* changed their mind */
    assert_int_equal(scripted_count_held(setup->client), 1);
    assert_true(hold(setup, "b", NOW + 4800, &error));
    setup->now += SCRIPTED_HOLD_S;
    assert_int_equal(scripted_count_held(setup->client), 0);
    assert_true(book(setup, "c", NOW + 6000, &appointment, &error));
    assert_false(book(setup, "a", NOW + 6000, &appointment, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    assert_true(book(setup, "b", NOW + 4800, &appointment, &error));
}

static void
test_a_key_that_was_given_up_is_spent(void **state)
{
    struct setup *setup = *state;
    struct appointment appointment;
    struct error error;

    assert_true(scripted_set_day(setup->client, "linde", monday, "10:20", &error));
    assert_true(hold(setup, "a", NOW + 4800, &error));
    assert_true(setup->operations->release(setup->client->maker, "a", &error));
    assert_true(setup->operations->release(setup->client->maker, "a", &error));
    assert_false(hold(setup, "a", NOW + 4800, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_true(book(setup, "b", NOW + 4800, &appointment, &error));
    assert_true(setup->operations->release(setup->client->maker, "b", &error));
    assert_int_equal(scripted_count_booked(setup->client), 1);
}

static bool
move(struct setup *setup, const char *id, const char *key, int64_t start,
     struct appointment_moved *moved, struct error *error)
{
    return setup->operations->move(setup->client->maker, id, key, start, moved, error);
}

static void
test_a_move_frees_the_old_time_and_takes_the_new_one_once(void **state)
{
    struct setup *setup = *state;
    struct appointment before;
    struct appointment_moved moved;
    struct error error;

    assert_true(
        scripted_set_day(setup->client, "linde", monday, "10:00 11:00 12:00", &error));
    assert_true(book(setup, "k1", NOW + 3600, &before, &error));
    assert_true(hold(setup, "k2", NOW + 7200, &error));
    assert_true(move(setup, before.id, "k2", NOW + 7200, &moved, &error));
    assert_true(move(setup, before.id, "k2", NOW + 7200, &moved, &error));
    assert_int_equal(moved.appointment.start, NOW + 7200);
    assert_int_equal(moved.appointment.item_count, 1);
    assert_string_equal(moved.appointment.code, before.code);
    assert_int_equal(scripted_count_booked(setup->client), 1);
    assert_int_equal(scripted_count_held(setup->client), 0);
    assert_true(hold(setup, "k3", NOW + 3600, &error));
    assert_false(hold(setup, "k4", NOW + 7200, &error));
    assert_false(hold(setup, "k2", NOW + 10800, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_a_move_that_cannot_be_leaves_appointment_and_hold(void **state)
{
    struct setup *setup = *state;
    struct appointment before, found;
    struct appointment_moved moved;
    struct error error;

    assert_true(
        scripted_set_day(setup->client, "linde", monday, "10:00 11:00 12:00", &error));
    assert_true(book(setup, "k1", NOW + 3600, &before, &error));
    assert_true(hold(setup, "k2", NOW + 7200, &error));
    scripted_fail_next(setup->client, ERROR_TAKEN);
    assert_false(move(setup, before.id, "k2", NOW + 7200, &moved, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    assert_int_equal(scripted_count_held(setup->client), 1);
    assert_false(move(setup, "nobody", "k2", NOW + 10800, &moved, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(
        setup->operations->show(setup->client->maker, before.id, &found, &error));
    assert_int_equal(found.start, before.start);
    scripted_fail_next(setup->client, ERROR_UNCERTAIN);
    assert_false(move(setup, before.id, "k5", NOW + 10800, &moved, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_true(
        setup->operations->show(setup->client->maker, before.id, &found, &error));
    assert_int_equal(found.start, NOW + 10800);
    assert_true(setup->operations->cancel(setup->client->maker, before.id, &error));
    assert_false(move(setup, before.id, "k6", NOW + 3600, &moved, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_a_code_finds_little_and_a_ticket_finds_all(void **state)
{
    struct setup *setup = *state;
    const struct appointment_operations *operations = setup->operations;
    struct appointment before, found;
    struct appointment_moved moved;
    struct error error;
    char typed[20];

    assert_true(
        scripted_set_day(setup->client, "linde", monday, "10:00 11:00", &error));
    assert_true(book(setup, "k1", NOW + 3600, &before, &error));
    assert_true(move(setup, before.id, "k2", NOW + 7200, &moved, &error));
    assert_true(
        operations->find(setup->client->maker, before.check_in, &found, &error));
    assert_int_equal(found.start, NOW + 7200);
    assert_int_equal(found.item_count, 1);
    snprintf(typed, sizeof(typed), "%.3s %.3s", before.code, before.code + 3);
    assert_true(operations->find(setup->client->maker, typed, &found, &error));
    assert_string_equal(found.id, before.id);
    assert_string_equal(found.name, "Paspoort");
    assert_int_equal(found.item_count, 0);
    assert_string_equal(found.check_in, "");
    assert_false(operations->find(setup->client->maker, "", &found, &error));
    assert_false(operations->find(setup->client->maker, "7K4", &found, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void
test_an_arrival_has_its_hours_and_who_does_not_come_is_missed(void **state)
{
    struct setup *setup = *state;
    const struct appointment_operations *operations = setup->operations;
    struct appointment one, other, after;
    struct error error;

    assert_true(
        scripted_set_day(setup->client, "linde", monday, "10:00 11:00", &error));
    assert_true(book(setup, "k1", NOW + 3600, &one, &error));
    assert_true(book(setup, "k2", NOW + 7200, &other, &error));
    assert_int_equal(one.arrive_from, NOW + 1800);
    assert_int_equal(one.arrive_until, NOW + 4200);
    assert_false(operations->check_in(setup->client->maker, one.id, &after, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    setup->now = one.arrive_from;
    assert_true(operations->check_in(setup->client->maker, one.id, &after, &error));
    assert_int_equal(after.state, APPOINTMENT_ARRIVED);
    assert_true(operations->check_in(setup->client->maker, one.id, &after, &error));
    assert_false(operations->cancel(setup->client->maker, one.id, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    setup->now = other.arrive_until + 1;
    assert_true(operations->show(setup->client->maker, other.id, &after, &error));
    assert_int_equal(after.state, APPOINTMENT_MISSED);
    assert_false(operations->check_in(setup->client->maker, other.id, &after, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_true(operations->show(setup->client->maker, one.id, &after, &error));
    assert_int_equal(after.state, APPOINTMENT_ARRIVED);
}

static void
test_what_is_required_must_be_there(void **state)
{
    struct setup *setup = *state;
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct appointment_booking booking = booking_of("a", NOW + 4800);
    struct appointment appointment;
    struct error error;
    size_t count, required = 0;

    assert_true(scripted_set_day(setup->client, "linde", monday, "10:20", &error));
    assert_true(setup->operations->fields(setup->client->maker, &passport, fields,
                                          &count, &error));
    for (size_t i = 0; i < count; i++) {
        required += fields[i].state == APPOINTMENT_FIELD_REQUIRED;
        assert_true(fields[i].length_max > 0);
    }
    assert_int_equal(required, 2);
    booking.value_count = 1;
    assert_false(
        setup->operations->book(setup->client->maker, &booking, &appointment, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    booking.value_count = 2;
    booking.values[0].value[0] = '\0';
    assert_false(
        setup->operations->book(setup->client->maker, &booking, &appointment, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_each_error_can_be_had_once(void **state)
{
    struct setup *setup = *state;
    struct appointment appointment;
    struct appointment_time first;
    struct error error;

    assert_true(
        scripted_set_day(setup->client, "linde", monday, "10:20 10:40 11:00", &error));
    scripted_fail_next(setup->client, ERROR_OFFLINE);
    assert_false(book(setup, "a", NOW + 4800, &appointment, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    assert_int_equal(scripted_count_booked(setup->client), 0);

    scripted_fail_next(setup->client, ERROR_TAKEN);
    assert_int_equal(times_of(setup, &first), 3); /* asking can't be taken */
    assert_false(hold(setup, "a", NOW + 4800, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    assert_int_equal(times_of(setup, &first), 2);
    assert_int_equal(scripted_count_booked(setup->client), 0);

    scripted_fail_next(setup->client, ERROR_UNCERTAIN);
    assert_true(hold(setup, "a", NOW + 6000, &error));
    assert_false(book(setup, "a", NOW + 6000, &appointment, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_int_equal(scripted_count_booked(setup->client), 1);
    assert_true(
        setup->operations->find_key(setup->client->maker, "a", &appointment, &error));
    scripted_fail_next(setup->client, ERROR_UNCERTAIN);
    assert_false(
        setup->operations->cancel(setup->client->maker, appointment.id, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_int_equal(scripted_count_booked(setup->client), 0);
}

static void
test_unplugged_means_every_call_until_plugged_in(void **state)
{
    struct setup *setup = *state;
    struct appointment_location *locations;
    struct error error;
    size_t count;

    scripted_set_offline(setup->client, true);
    for (int i = 0; i < 3; i++) {
        assert_false(setup->operations->locations(setup->client->maker, &passport,
                                                  &locations, &count, &error));
        assert_int_equal(error.kind, ERROR_OFFLINE);
    }
    scripted_set_offline(setup->client, false);
    assert_true(setup->operations->locations(setup->client->maker, &passport,
                                             &locations, &count, &error));
    assert_int_equal(count, 1);
    assert_string_equal(locations[0].street, "Lindeplein 4");
    assert_true(locations[0].earliest > NOW);
    free(locations);
}

static void
test_unknown_places_and_zones_are_errors(void **state)
{
    static const struct appointment_wish nowhere = {
        .location = "nowhere", .items = {{"paspoort", 1}}, .item_count = 1};
    struct setup *setup = *state;
    struct appointment_product *products;
    struct appointment_time *times;
    struct appointment_booking booking = booking_of("a", NOW + 4800);
    struct appointment appointment;
    struct error error;
    size_t count;

    assert_false(setup->operations->times(setup->client->maker, &nowhere, monday,
                                          &times, &count, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_false(setup->operations->products(setup->client->maker, &nowhere, &products,
                                             &count, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    booking.wish = nowhere;
    assert_false(
        setup->operations->book(setup->client->maker, &booking, &appointment, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_null(create(setup, "Europe/Nergens", &error));
}

static void
test_the_one_without_appointments_refuses(void **state)
{
    static const struct appointment_wish anywhere;
    struct appointment_client *none = appointment_none_create();
    struct appointment_product *products;
    struct error error;
    size_t count;

    (void)state;
    assert_false(
        none->operations->products(none->maker, &anywhere, &products, &count, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_string_equal(error.message, "this kiosk has no appointments");
    assert_false(none->operations->cancel(none->maker, "a", &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    appointment_client_destroy(none);
    appointment_client_destroy(NULL);
}

static void
test_keys_are_long_and_never_the_same(void **state)
{
    char a[APPOINTMENT_KEY_BYTES], b[APPOINTMENT_KEY_BYTES];

    (void)state;
    appointment_key_make(a);
    appointment_key_make(b);
    assert_int_equal(strlen(a), 32);
    assert_string_not_equal(a, b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_a_day_that_is_said_is_exactly_so),
        TEST(test_days_go_from_today_as_far_as_it_looks),
        TEST(test_what_it_does_not_have_is_not_found),
        TEST(test_nonsense_in_a_day_is_refused_and_changes_nothing),
        TEST(test_the_pattern_is_the_same_in_every_run_and_inside_the_hours),
        TEST(test_minutes_are_the_sum_of_products_and_persons),
        TEST(test_a_booked_time_is_gone_and_a_cancelled_one_is_back),
        TEST(test_a_hold_takes_the_time_until_it_expires),
        TEST(test_a_key_that_was_given_up_is_spent),
        TEST(test_a_code_finds_little_and_a_ticket_finds_all),
        TEST(test_an_arrival_has_its_hours_and_who_does_not_come_is_missed),
        TEST(test_a_move_frees_the_old_time_and_takes_the_new_one_once),
        TEST(test_a_move_that_cannot_be_leaves_appointment_and_hold),
        TEST(test_what_is_required_must_be_there),
        TEST(test_each_error_can_be_had_once),
        TEST(test_unplugged_means_every_call_until_plugged_in),
        TEST(test_unknown_places_and_zones_are_errors),
        cmocka_unit_test(test_the_one_without_appointments_refuses),
        cmocka_unit_test(test_keys_are_long_and_never_the_same),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
