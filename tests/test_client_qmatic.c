#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/fields.h"
#include "base/text.h"
#include "base/time.h"
#include "support/qmatic_case.h"

/* What the `qmatic` maker asks, and what it makes of the answers. */

static const struct appointment_wish anything;

/* --- what there is --------------------------------------------------------------- */

static void
expect_products(struct setup *setup, const struct appointment_wish *wish,
                const char *expected)
{
    struct appointment_product *list;
    size_t count;
    char buffer[400];
    struct text text = text_begin(buffer, sizeof(buffer));

    MUST(setup, products, wish, &list, &count);
    for (size_t i = 0; i < count; i++) {
        text_format(&text, "%s%s %d", i > 0 ? ", " : "", list[i].id, list[i].minutes);
    }
    assert_string_equal(buffer, expected);
    assert_true((list == NULL) == (count == 0));
    free(list);
}

static void
test_what_the_public_may_book_is_offered(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish there = {.location = ORCHESTRA_RECEPTION};
    struct appointment_product *list;
    size_t count;

    expect_products(setup, &anything,
                    "Paspoort 10, Identiteitskaart 10, " ORCHESTRA_LICENCE
                    " 8, " ORCHESTRA_HASHED " 20");
    expect_line(setup, 0, "GET v1/services");
    expect_products(setup, &there, "Paspoort 10");
    expect_line(setup, 1, "GET v1/branches/" ORCHESTRA_RECEPTION "/services");
    MUST(setup, products, &anything, &list, &count);
    assert_string_equal(list[2].name, "Rijbewijs \"caf\xc3\xa9\"");
    free(list);
}

static void
test_what_goes_together_is_offered_with_what_is_chosen(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish wish = wish_of("", ORCHESTRA_PASSPORT, 1);

    expect_products(setup, &wish, "Identiteitskaart 10, " ORCHESTRA_LICENCE " 8");
    expect_line(setup, 1, "GET v1/services/groups;servicePublicId=Paspoort");
    wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_LICENCE, 3);
    wish_for_more(&wish, ORCHESTRA_CARD, 1);
    expect_products(setup, &wish, "Paspoort 10");
    expect_line(setup, 3,
                "GET v2/branches/" ORCHESTRA_HALL "/services/groups"
                ";servicePublicId=Rijbewijs%20%28caf%C3%A9%29%2F2%3Ba%3Db"
                ";servicePublicId=Identiteitskaart");
    wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_HASHED, 1);
    expect_products(setup, &wish, "");
    /* A group counts only when it has all that is chosen. */
    wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 1);
    wish_for_more(&wish, ORCHESTRA_CARD, 1);
    strict_server_trap(
        setup->server,
        (struct strict_step){"GET", "/groups", STRICT_ANSWERS, 200, NULL,
                             "[{\"services\":[{\"publicId\":\"Paspoort\"},"
                             "{\"publicId\":\"" ORCHESTRA_LICENCE "\"}]},null,{},"
                             "{\"services\":[{\"publicId\":\"Paspoort\"},"
                             "{\"publicId\":\"Identiteitskaart\"},"
                             "{\"publicId\":\"" ORCHESTRA_HASHED "\"}]}]"});
    expect_products(setup, &wish, ORCHESTRA_HASHED " 20");
}

static void
test_an_appointment_lasts_as_long_as_all_of_it(void **state)
{
    static const struct {
        const char *first, *second;
        int persons, more, minutes;
    } cases[] = {
        {ORCHESTRA_PASSPORT, "", 1, 0, 10},
        {ORCHESTRA_PASSPORT, "", 4, 0, 25},
        {ORCHESTRA_PASSPORT, ORCHESTRA_CARD, 1, 1, 20},
        {ORCHESTRA_PASSPORT, ORCHESTRA_CARD, 2, 1, 30}, /* two persons for both */
        {ORCHESTRA_PASSPORT, ORCHESTRA_CARD, 1, 4, 50}, /* the document's example */
        {ORCHESTRA_LICENCE, "", 3, 0, 8},               /* 7.5, rounded up */
    };
    struct setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_wish wish =
            wish_of(ORCHESTRA_HALL, cases[i].first, cases[i].persons);
        int minutes = 0;

        if (cases[i].more > 0) {
            wish_for_more(&wish, cases[i].second, cases[i].more);
        }
        MUST(setup, minutes, &wish, date_of(ORCHESTRA_DAY), &minutes);
        assert_int_equal(minutes, cases[i].minutes);
    }
}

static void
test_a_product_that_is_not_there_has_no_duration(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish wish = wish_of(ORCHESTRA_RECEPTION, ORCHESTRA_CARD, 1);
    int minutes;

    assert_false(ASK(setup, minutes, &wish, date_of(ORCHESTRA_DAY), &minutes));
    expect_error(setup, ERROR_NOT_FOUND, "can't be had there");
    strict_server_trap(
        setup->server,
        (struct strict_step){"GET", "services", STRICT_ANSWERS, 200, NULL,
                             "{\"serviceList\":[{\"publicId\":\"Paspoort\","
                             "\"publicEnabled\":true,\"active\":true}]}"});
    wish = wish_of("", ORCHESTRA_PASSPORT, 1);
    assert_false(ASK(setup, minutes, &wish, date_of(ORCHESTRA_DAY), &minutes));
    expect_error(setup, ERROR_BAD_INPUT, "has none");
}

/* --- where ----------------------------------------------------------------------- */

static void
test_branches_are_listed_with_what_is_known_of_them(void **state)
{
    struct setup *setup = *state;
    struct appointment_location *list;
    size_t count;

    MUST(setup, locations, &anything, &list, &count);
    expect_line(setup, 0, "GET v1/branches");
    assert_int_equal(count, 3);
    assert_string_equal(list[0].id, ORCHESTRA_HALL);
    assert_string_equal(list[0].name, "KCC");
    assert_string_equal(list[0].street, "Kon. Wilhelminalaan 2");
    assert_string_equal(list[0].postcode, "2264 BM");
    assert_string_equal(list[0].city, "Leidschendam");
    assert_true(list[0].earliest == TIME_NONE);
    assert_string_equal(list[1].id, ORCHESTRA_RECEPTION); /* without a postcode */
    assert_string_equal(list[1].street, "Lageweg 35");
    assert_string_equal(list[1].postcode, "");
    assert_string_equal(list[1].city, "");
    assert_string_equal(list[2].street, "Bestuurskantoor, Kaya 1");
    free(list);
}

static void
test_branches_for_several_products_have_them_all(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish wish = wish_of("", ORCHESTRA_PASSPORT, 1);
    struct appointment_location *list;
    size_t count;

    wish_for_more(&wish, ORCHESTRA_CARD, 1);
    MUST(setup, locations, &wish, &list, &count);
    expect_line(setup, 0, "GET v1/services/Paspoort/branches");
    expect_line(setup, 1, "GET v1/services/Identiteitskaart/branches");
    expect_no_line(setup, 2);
    assert_int_equal(count, 2);
    assert_string_equal(list[0].id, ORCHESTRA_HALL);
    assert_string_equal(list[1].id, ORCHESTRA_ISLAND);
    free(list);
    wish = wish_of("", ORCHESTRA_LICENCE, 1);
    MUST(setup, locations, &wish, &list, &count);
    expect_line(setup, 2,
                "GET v1/services/Rijbewijs%20%28caf%C3%A9%29%2F2%3Ba%3Db/branches");
    assert_int_equal(count, 1);
    free(list);
}

static void
test_the_earliest_time_is_found_where_it_is_asked_for(void **state)
{
    struct setup *setup = *state;
    struct qmatic_options options = options_of(setup);
    struct appointment_wish wish = wish_of("", ORCHESTRA_PASSPORT, 2);
    struct appointment_location *list;
    size_t count;

    options.earliest_max = 2;
    use_options(setup, &options);
    MUST(setup, locations, &wish, &list, &count);
    assert_int_equal(count, 3);
    assert_true(list[0].earliest == instant_of("2031-03-24T09:00:00+01:00"));
    assert_true(list[1].earliest == instant_of("2031-03-24T09:00:00+01:00"));
    assert_true(list[2].earliest == TIME_NONE);
    expect_line(setup, 1,
                "GET v2/branches/" ORCHESTRA_HALL
                "/dates;servicePublicId=Paspoort;numberOfCustomers=1");
    expect_no_line(setup, 5);
    free(list);
    /* A list that is there stays, when the times can't be had. */
    strict_server_trap(
        setup->server,
        (struct strict_step){"GET", "/dates", STRICT_CUTS_BEFORE, 0, NULL, NULL});
    MUST(setup, locations, &wish, &list, &count);
    assert_int_equal(count, 3);
    assert_true(list[0].earliest == TIME_NONE && list[1].earliest == TIME_NONE);
    assert_int_equal(strict_server_count(setup->server, "GET", "/dates"), 4 + 1);
    free(list);
}

/* --- when ------------------------------------------------------------------------ */

static void
expect_days(struct setup *setup, const char *from, const char *to, const char *expected)
{
    struct appointment_wish wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 1);
    struct date first = {0}, last = {0};
    struct appointment_day *list;
    size_t count;
    char buffer[400];
    struct text text = text_begin(buffer, sizeof(buffer));

    first = from != NULL ? date_of(from) : first;
    last = to != NULL ? date_of(to) : last;
    MUST(setup, days, &wish, first, last, &list, &count);
    for (size_t i = 0; i < count; i++) {
        char day[TIME_TEXT_BYTES];

        date_format(list[i].date, day);
        text_format(&text, "%s%s", i > 0 ? " " : "", day);
        assert_int_equal(list[i].free, -1);
        assert_false(list[i].closed);
    }
    assert_string_equal(buffer, expected);
    assert_true((list == NULL) == (count == 0));
    free(list);
}

static void
test_days_are_cut_to_what_was_asked(void **state)
{
    struct setup *setup = *state;

    expect_days(setup, "2031-03-25", "2031-03-30", "2031-03-25 2031-03-28 2031-03-30");
    expect_line(setup, 0, "GET v1/branches/" ORCHESTRA_HALL);
    expect_line(setup, 1,
                "GET v2/branches/" ORCHESTRA_HALL "/dates;servicePublicId=Paspoort");
    expect_days(setup, "2031-03-26", "2031-03-27", "");
    expect_days(setup, "2031-03-30", NULL, "2031-03-30 2031-10-26");
    setup->orchestra.dates = "\"2031-10-26T00:00:00\",\"2001-01-01T00:00:00\",null,"
                             "\"2031-03-24\",17,\"2031-02-30T00:00:00\",\"soon\"";
    expect_days(setup, NULL, NULL, "2031-03-24 2031-10-26"); /* from today, in order */
}

static void
expect_times(struct setup *setup, const struct appointment_wish *wish, const char *date,
             const char *zone, const char *expected)
{
    struct error error;
    struct zone *clock = zone_open(zone, &error);
    struct appointment_time *list;
    size_t count;
    char buffer[800];
    struct text text = text_begin(buffer, sizeof(buffer));

    MUST(setup, times, wish, date_of(date), &list, &count);
    for (size_t i = 0; i < count; i++) {
        char instant[TIME_TEXT_BYTES];

        instant_format(clock, list[i].start, instant);
        text_format(&text, "%s%s", i > 0 ? " " : "", instant + strlen("2031-03-24T"));
        assert_false(list[i].quiet);
        assert_true(strncmp(instant, date, strlen("2031-03-24")) == 0);
    }
    assert_string_equal(buffer, expected);
    zone_close(clock);
    free(list);
}

static void
test_times_are_those_of_the_clock_on_the_wall(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 3);

    wish_for_more(&wish, ORCHESTRA_CARD, 1);
    expect_times(setup, &wish, ORCHESTRA_DAY, "Europe/Amsterdam",
                 "09:00:00+01:00 09:05:00+01:00 09:10:00+01:00 09:15:00+01:00 "
                 "09:20:00+01:00 09:25:00+01:00 09:30:00+01:00");
    expect_line(setup, 0, "GET v1/branches/" ORCHESTRA_HALL);
    expect_line(setup, 1,
                "GET v2/branches/" ORCHESTRA_HALL "/dates/2031-03-24/times"
                ";servicePublicId=Paspoort;servicePublicId=Identiteitskaart"
                ";numberOfCustomers=2");
    setup->orchestra.times = "\"11:00\",\"09:00:00\",null,\"9:30\",\"24:00\",\"09:60\","
                             "\"10:00x\",{},\"09:00:30\"";
    expect_times(setup, &wish, ORCHESTRA_DAY, "Europe/Amsterdam",
                 "09:00:00+01:00 11:00:00+01:00");
}

static void
test_times_hold_on_both_nights_that_the_clock_changes(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 1);

    /* 02:00 and 02:30 don't exist; in autumn they are there twice, the first is meant.
     */
    expect_times(setup, &wish, ORCHESTRA_SPRING, "Europe/Amsterdam",
                 "01:30:00+01:00 03:00:00+02:00 03:30:00+02:00");
    expect_times(setup, &wish, ORCHESTRA_AUTUMN, "Europe/Amsterdam",
                 "01:30:00+02:00 02:00:00+02:00 02:30:00+02:00 03:00:00+01:00 "
                 "03:30:00+01:00");
}

static void
test_a_branch_has_its_own_clock(void **state)
{
    static const struct {
        const char *zones, *zone, *expected;
    } cases[] = {
        {"\"timeZone\":null,\"fullTimeZone\":null", "Europe/Brussels",
         "09:00:00+01:00"},
        {"", "Europe/Brussels", "09:00:00+01:00"},
        {"\"timeZone\":\"Nowhere/Land\",\"fullTimeZone\":7", "Europe/Brussels",
         "09:00:00+01:00"},
        {"\"timeZone\":\"Asia/Tokyo\"", "Asia/Tokyo", "09:00:00+09:00"},
        {"\"timeZone\":\"Asia/Tokyo\",\"fullTimeZone\":\"(GMT+01:00) Amsterdam\"",
         "Asia/Tokyo", "09:00:00+09:00"},
        {"\"timeZone\":\"Asia/Tokyo\",\"fullTimeZone\":\"Asia/Kathmandu\"",
         "Asia/Kathmandu", "09:00:00+05:45"},
        {"\"timeZone\":\"../../../etc/passwd\"", "Europe/Brussels", "09:00:00+01:00"},
    };
    struct setup *setup = *state;
    struct qmatic_options options = options_of(setup);
    struct appointment_wish wish = wish_of(ORCHESTRA_ISLAND, ORCHESTRA_PASSPORT, 1);

    setup->orchestra.times = "\"09:00\"";
    expect_times(setup, &wish, ORCHESTRA_DAY, "America/Curacao", "09:00:00-04:00");
    options.time_zone = "Europe/Brussels";
    wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 1);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        use_options(setup, &options);
        setup->orchestra.zones = cases[i].zones;
        expect_times(setup, &wish, ORCHESTRA_DAY, cases[i].zone, cases[i].expected);
    }
}

static void
expect_zone(struct setup *setup, const char *location, const char *name)
{
    const struct zone *zone =
        setup->client->operations->zone(setup->client->maker, location);

    assert_true((zone == NULL) == (name == NULL));
    if (zone != NULL) {
        assert_string_equal(zone_name(zone), name);
    }
}

static void
test_a_clock_that_was_told_is_remembered(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish wish = wish_of(ORCHESTRA_ISLAND, ORCHESTRA_PASSPORT, 1);
    const struct zone *kept;

    setup->orchestra.times = "\"09:00\"";
    expect_zone(setup, ORCHESTRA_ISLAND, NULL);
    expect_no_line(setup, 0);
    expect_times(setup, &wish, ORCHESTRA_DAY, "America/Curacao", "09:00:00-04:00");
    expect_zone(setup, ORCHESTRA_ISLAND, "America/Curacao");
    expect_zone(setup, ORCHESTRA_HALL, NULL);
    wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 1);
    setup->orchestra.zones = "\"timeZone\":\"Asia/Tokyo\"";
    expect_times(setup, &wish, ORCHESTRA_DAY, "Asia/Tokyo", "09:00:00+09:00");
    kept = setup->client->operations->zone(setup->client->maker, ORCHESTRA_HALL);
    setup->orchestra.zones = ""; /* it tells none any more */
    expect_times(setup, &wish, ORCHESTRA_DAY, "Asia/Tokyo", "09:00:00+09:00");
    setup->orchestra.zones = "\"timeZone\":\"Asia/Seoul\""; /* it moved */
    expect_times(setup, &wish, ORCHESTRA_DAY, "Asia/Seoul", "09:00:00+09:00");
    expect_zone(setup, ORCHESTRA_HALL, "Asia/Seoul");
    assert_string_equal(zone_name(kept), "Asia/Tokyo"); /* and who has it keeps it */
}

static void
test_a_question_needs_a_place_and_a_product(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish wish = wish_of("", ORCHESTRA_PASSPORT, 1);
    struct appointment_time *times;
    struct appointment_day *days;
    size_t count;

    assert_false(ASK(setup, times, &wish, date_of(ORCHESTRA_DAY), &times, &count));
    expect_error(setup, ERROR_BAD_INPUT, "no location");
    wish = (struct appointment_wish){.location = ORCHESTRA_HALL};
    assert_false(ASK(setup, days, &wish, date_of(ORCHESTRA_DAY), date_of(ORCHESTRA_DAY),
                     &days, &count));
    expect_error(setup, ERROR_BAD_INPUT, "no product");
    expect_no_line(setup, 0);
}

/* --- whom ------------------------------------------------------------------------ */

static void
test_every_field_that_qmatic_knows_is_told(void **state)
{
    struct setup *setup = *state;
    struct qmatic_options options = options_of(setup);
    struct appointment_wish wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 1);
    struct appointment_field list[APPOINTMENT_FIELDS_MAX];
    size_t count, required = 0;

    MUST(setup, fields, &wish, list, &count);
    assert_int_equal(count, 13);
    assert_string_equal(list[0].name, APPOINTMENT_FIELD_LAST_NAME);
    assert_int_equal(list[0].length_max, 200);
    assert_int_equal(list[0].state, APPOINTMENT_FIELD_REQUIRED);
    for (size_t i = 1; i < count; i++) {
        assert_int_equal(list[i].state, text_equal(list[i].name, "externalId")
                                            ? APPOINTMENT_FIELD_HIDDEN
                                            : APPOINTMENT_FIELD_OPTIONAL);
        assert_true(list[i].length_max > 0 &&
                    list[i].length_max < APPOINTMENT_VALUE_BYTES);
    }
    options.required = "phoneNumber, dateOfBirth"; /* by either name */
    use_options(setup, &options);
    MUST(setup, fields, &wish, list, &count);
    for (size_t i = 0; i < count; i++) {
        if (list[i].state == APPOINTMENT_FIELD_REQUIRED) {
            required++;
            assert_true(text_equal(list[i].name, APPOINTMENT_FIELD_LAST_NAME) ||
                        text_equal(list[i].name, APPOINTMENT_FIELD_PHONE_NUMBER) ||
                        text_equal(list[i].name, APPOINTMENT_FIELD_BIRTH_DATE));
        }
    }
    assert_int_equal(required, 3);
    expect_no_line(setup, 0); /* Qmatic isn't asked: it doesn't know either */
}

/* --- patience -------------------------------------------------------------------- */

static void
test_what_is_missing_or_null_is_no_trouble(void **state)
{
    struct setup *setup = *state;
    struct appointment_wish wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 1);
    struct appointment_location *list;
    size_t count;

    setup->orchestra.bare = true;
    expect_products(setup, &anything,
                    "Paspoort 10, Identiteitskaart 10, " ORCHESTRA_LICENCE
                    " 8, " ORCHESTRA_HASHED " 20");
    MUST(setup, locations, &anything, &list, &count);
    assert_int_equal(count, 3);
    assert_string_equal(list[0].name, ORCHESTRA_HALL); /* better than nothing */
    assert_string_equal(list[0].street, "");
    free(list);
    strict_server_trap(setup->server,
                       (struct strict_step){"GET", "/dates", STRICT_ANSWERS, 200, NULL,
                                            "{\"dates\":null}"});
    expect_days(setup, "2031-01-01", NULL, "");
    strict_server_trap(setup->server,
                       (struct strict_step){"GET", "/times", STRICT_ANSWERS, 200, NULL,
                                            "{\"times\":[]}"});
    expect_times(setup, &wish, ORCHESTRA_DAY, "Europe/Amsterdam", "");
}

static void
test_long_lists_come_over_whole(void **state)
{
    struct setup *setup = *state;
    struct text dates = text_begin(test_malloc(1 << 18), 1 << 18);
    struct appointment_wish wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 1);
    struct date date = date_of("2031-01-01");
    char day[TIME_TEXT_BYTES], body[400];
    struct appointment_location *places;
    struct appointment_day *list;
    size_t count;

    text_add(&dates, "{\"dates\":[");
    for (int i = 0; i < 5000; i++) {
        date_format(date_add(date, i), day);
        text_format(&dates, "%s\"%sT00:00:00\"", i > 0 ? "," : "", day);
    }
    text_add(&dates, "]}");
    strict_server_trap(
        setup->server,
        (struct strict_step){"GET", "/dates", STRICT_ANSWERS, 200, NULL, dates.data});
    MUST(setup, days, &wish, date, (struct date){0}, &list, &count);
    assert_int_equal(count, 5000);
    free(list);
    test_free(dates.data);
    /* A name that doesn't fit is cut; an id that doesn't is of no use. */
    snprintf(body, sizeof(body),
             "{\"branchList\":[{\"publicId\":\"%090d\"},{\"publicId\":\"a\","
             "\"name\":\"%0200d\"}]}",
             7, 7);
    strict_server_trap(
        setup->server,
        (struct strict_step){"GET", "v1/branches", STRICT_ANSWERS, 200, NULL, body});
    MUST(setup, locations, &anything, &places, &count);
    assert_int_equal(count, 1);
    assert_int_equal(strlen(places[0].name), APPOINTMENT_NAME_BYTES - 1);
    free(places);
}

/* --- trouble --------------------------------------------------------------------- */

static bool
ask_something(struct setup *setup, const char *part)
{
    struct appointment_wish wish = wish_of(ORCHESTRA_HALL, ORCHESTRA_PASSPORT, 2);
    struct appointment_product *products = NULL;
    struct appointment_location *locations = NULL;
    struct appointment_day *days = NULL;
    struct appointment_time *times = NULL;
    struct appointment appointment;
    size_t count;
    bool good;

    setup->error = (struct error){.kind = ERROR_NONE};
    if (text_equal(part, "/times")) {
        good = ASK(setup, times, &wish, date_of(ORCHESTRA_DAY), &times, &count);
    } else if (text_equal(part, "/dates")) {
        good = ASK(setup, days, &wish, date_of(ORCHESTRA_DAY), (struct date){0}, &days,
                   &count);
    } else if (text_equal(part, "/groups")) {
        good = ASK(setup, products, &wish, &products, &count);
    } else if (text_equal(part, "/branches")) {
        good = ASK(setup, locations, &wish, &locations, &count);
    } else if (text_equal(part, "/services")) {
        good = ASK(setup, products, &anything, &products, &count);
    } else {
        good = ASK(setup, show, "ac00", &appointment);
    }
    assert_null(products);
    assert_null(locations);
    assert_null(days);
    assert_null(times);
    return good;
}

static void
test_trouble_with_a_question_has_its_kind(void **state)
{
    static const char *const parts[] = {"/times",    "/dates",    "/groups",
                                        "/branches", "/services", "/appointments"};
    static const struct {
        enum strict_trap trap;
        int status;
        const char *headers, *body;
        enum error_kind kind;
        const char *message;
    } cases[] = {
        {STRICT_CUTS_BEFORE, 0, NULL, NULL, ERROR_OFFLINE, "no answer"},
        {STRICT_ANSWERS, 401, NULL, ORCHESTRA_KEY, ERROR_REFUSED, "API key"},
        {STRICT_ANSWERS, 403, NULL, NULL, ERROR_REFUSED, "API key"},
        {STRICT_ANSWERS, 400, NULL, NULL, ERROR_REFUSED, "400"},
        {STRICT_ANSWERS, 404, NULL, NULL, ERROR_NOT_FOUND, "404"},
        {STRICT_ANSWERS, 429, NULL, NULL, ERROR_OFFLINE, "429"},
        {STRICT_ANSWERS, 500, NULL, "Jansen", ERROR_OFFLINE, "500"},
        {STRICT_ANSWERS, 502, NULL, NULL, ERROR_OFFLINE, "502"},
        {STRICT_ANSWERS, 503, "error_code: 1\r\n", NULL, ERROR_OFFLINE, "503"},
        {STRICT_ANSWERS, 500, "error_code: 5552\r\nerror_message: Jansen\r\n", NULL,
         ERROR_REFUSED, "error_code 5552"},
        {STRICT_ANSWERS, 500, "error_code: Jansen 0612345678\r\n", NULL, ERROR_OFFLINE,
         "500"},
        {STRICT_ANSWERS, 500, "error_code: 12345678901234567890123456\r\n", NULL,
         ERROR_OFFLINE, "500"},
        {STRICT_ANSWERS, 302, "Location: /elsewhere\r\n", NULL, ERROR_BAD_INPUT, "302"},
        {STRICT_ANSWERS, 200, "Content-Type: text/html\r\n", "<p>Inloggen</p>",
         ERROR_BAD_INPUT, "line 1"},
        {STRICT_ANSWERS, 200, NULL, "", ERROR_BAD_INPUT, "line 1"},
        {STRICT_ANSWERS, 200, NULL, "{\"serviceList\":[", ERROR_BAD_INPUT, "line 1"},
    };
    struct setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        for (size_t k = 0; k < sizeof(parts) / sizeof(parts[0]); k++) {
            strict_server_trap(setup->server,
                               (struct strict_step){"GET", parts[k], cases[i].trap,
                                                    cases[i].status, cases[i].headers,
                                                    cases[i].body});
            assert_false(ask_something(setup, parts[k]));
            expect_error(setup, cases[i].kind, cases[i].message);
        }
    }
}

static void
test_an_answer_that_is_something_else_is_bad_input(void **state)
{
    static const char *const parts[] = {"/times", "/dates", "/branches", "/services",
                                        "/appointments"};
    static const char *const bodies[] = {
        "{}",
        "[]",
        "null",
        "\"Jansen\"",
        ("{\"times\":{},\"dates\":7,\"branchList\":\"Jansen\","
         "\"serviceList\":true,\"appointment\":[]}"),
        "{\"appointment\":{\"publicId\":\"a\",\"start\":\"soon\"}}",
    };
    struct setup *setup = *state;

    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        for (size_t k = 0; k < sizeof(parts) / sizeof(parts[0]); k++) {
            strict_server_trap(setup->server,
                               (struct strict_step){"GET", parts[k], STRICT_ANSWERS,
                                                    200, NULL, bodies[i]});
            assert_false(ask_something(setup, parts[k]));
            expect_error(setup, ERROR_BAD_INPUT, "must ");
        }
    }
}

static void
test_nobody_at_home_is_offline(void **state)
{
    struct setup *setup = *state;
    struct qmatic_options options = options_of(setup);

    options.url = "http://127.0.0.1:1/calendar-backend/public/api/";
    use_options(setup, &options);
    assert_false(ask_something(setup, "/times"));
    expect_error(setup, ERROR_OFFLINE, "cannot connect");
}

static void
test_a_wrong_key_is_refused(void **state)
{
    struct setup *setup = *state;
    struct qmatic_options options = options_of(setup);

    options.api_key = "another";
    use_options(setup, &options);
    assert_false(ask_something(setup, "/times"));
    expect_error(setup, ERROR_REFUSED, "403: the API key is not accepted");
    assert_null(strstr(setup->error.message, "another"));
}

/* --- settings -------------------------------------------------------------------- */

static void
test_the_address_may_be_written_in_every_usual_way(void **state)
{
    static const char *const ends[] = {"", "/", "//", "/v1", "/v1/", "/v2/"};
    struct setup *setup = *state;
    struct qmatic_options options = options_of(setup);
    char url[300];

    for (int i = 0; i < (int)(sizeof(ends) / sizeof(ends[0])); i++) {
        snprintf(url, sizeof(url), "%.*s%s", (int)strlen(options.url) - 1, options.url,
                 ends[i]);
        struct qmatic_options written = options;

        written.url = url;
        use_options(setup, &written);
        expect_products(setup,
                        &(struct appointment_wish){.location = ORCHESTRA_RECEPTION},
                        "Paspoort 10");
        expect_line(setup, i, "GET v1/branches/" ORCHESTRA_RECEPTION "/services");
    }
}

static void
test_settings_that_make_no_sense_are_refused(void **state)
{
    static const char url[] = "https://voorbeeld.nl/calendar-backend/public/api/";
    static const struct {
        struct qmatic_options options;
        const char *message;
    } cases[] = {
        {{.api_key = "k"}, "url must be like"},
        {{.url = "", .api_key = "k"}, "url must be like"},
        {{.url = "voorbeeld.nl", .api_key = "k"}, "url must be like"},
        {{.url = "https://", .api_key = "k"}, "url must be like"},
        {{.url = "https:///api", .api_key = "k"}, "url must be like"},
        {{.url = "https://jan:pw@voorbeeld.nl/", .api_key = "k"}, "url must be like"},
        {{.url = "https://voorbeeld.nl/?x", .api_key = "k"}, "url must be like"},
        {{.url = "https://voorbeeld.nl/a b", .api_key = "k"}, "url must be like"},
        {{.url = url}, "api_key must be"},
        {{.url = url, .api_key = ""}, "api_key must be"},
        {{.url = url, .api_key = "s3cret\r\nX: y"}, "api_key must be"},
        {{.url = url, .api_key = "s3cret s3cret"}, "api_key must be"},
        {{.url = url, .api_key = "s3cr\xc3\xa9t"}, "api_key must be"},
        {{.url = url, .api_key = "k", .time_zone = "Amsterdam"}, "time_zone must be"},
        {{.url = url, .api_key = "k", .required = "email, shoe"}, "shoe: is no field"},
        {{.url = url, .api_key = "k", .required = "externalId"}, "is no field"},
    };
    struct setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_null(appointment_qmatic_create(&cases[i].options, &setup->error));
        expect_error(setup, ERROR_BAD_INPUT, cases[i].message);
        assert_null(strstr(setup->error.message, "s3cr"));
        assert_null(strstr(setup->error.message, "pw"));
    }
}

static void
test_what_qmatic_has_not_is_not_there(void **state)
{
    struct setup *setup = *state;
    const struct appointment_operations *operations = setup->client->operations;

    assert_string_equal(setup->client->name, "qmatic");
    assert_null(operations->hold);
    assert_null(operations->release);
    assert_null(operations->find_key);
    assert_null(operations->find);
    assert_null(operations->check_in);
}

#define TEST(NAME)                                                                     \
    cmocka_unit_test_setup_teardown(NAME, qmatic_set_up, qmatic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_the_public_may_book_is_offered),
        TEST(test_what_goes_together_is_offered_with_what_is_chosen),
        TEST(test_an_appointment_lasts_as_long_as_all_of_it),
        TEST(test_a_product_that_is_not_there_has_no_duration),
        TEST(test_branches_are_listed_with_what_is_known_of_them),
        TEST(test_branches_for_several_products_have_them_all),
        TEST(test_the_earliest_time_is_found_where_it_is_asked_for),
        TEST(test_days_are_cut_to_what_was_asked),
        TEST(test_times_are_those_of_the_clock_on_the_wall),
        TEST(test_times_hold_on_both_nights_that_the_clock_changes),
        TEST(test_a_branch_has_its_own_clock),
        TEST(test_a_clock_that_was_told_is_remembered),
        TEST(test_a_question_needs_a_place_and_a_product),
        TEST(test_every_field_that_qmatic_knows_is_told),
        TEST(test_what_is_missing_or_null_is_no_trouble),
        TEST(test_long_lists_come_over_whole),
        TEST(test_trouble_with_a_question_has_its_kind),
        TEST(test_an_answer_that_is_something_else_is_bad_input),
        TEST(test_nobody_at_home_is_offline),
        TEST(test_a_wrong_key_is_refused),
        TEST(test_the_address_may_be_written_in_every_usual_way),
        TEST(test_settings_that_make_no_sense_are_refused),
        TEST(test_what_qmatic_has_not_is_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
