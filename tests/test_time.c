#include "base/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/zone_parse.h"

static struct zone *
zone(const char *name)
{
    struct error error = {0};
    struct zone *opened = zone_open(name, &error);

    if (opened == NULL) {
        fail_msg("%s", error.message);
    }
    return opened;
}

static int64_t
instant(const char *text)
{
    int64_t read;

    if (!instant_parse(text, &read)) {
        fail_msg("%s", text);
    }
    return read;
}

static void
test_every_day_of_ten_thousand_years_counts_on(void **state)
{
    struct date date = {1, 1, 1};
    int64_t days = date_to_days(date);
    int weekday = 0; /* 0001-01-01 was a Monday */

    (void)state;
    assert_int_equal(date_to_days((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_to_days((struct date){2000, 3, 1}), 11017);
    for (; date.year <= 9999; days++, weekday = (weekday + 1) % 7) {
        struct date back = date_from_days(days);

        if (!date_is_valid(date) || date_compare(back, date) != 0 ||
            date_to_days(date) != days || date_weekday(date) != weekday)
        {
            fail_msg("%04d-%02d-%02d", date.year, date.month, date.day);
        }
        date.day++;
        if (!date_is_valid(date)) {
            date.day = 1;
            date.month = date.month % 12 + 1;
            date.year += date.month == 1 ? 1 : 0;
        }
    }
    assert_int_equal(days, date_to_days((struct date){10000, 1, 1}));
}

static void
test_dates_are_read_exactly(void **state)
{
    static const char *const refused[] = {
        "",           "2026-8-21",  "2026-02-29",  "2026-13-01",
        "2026-00-01", "2026-01-00", "2026-08-21 ", "0000-01-01",
        "20260821",   "2026/08/21", "+026-08-21",
    };
    struct date date = {1, 2, 3};
    char text[TIME_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        assert_false(date_parse(refused[i], &date));
        assert_int_equal(date.day, 3);
    }
    assert_true(date_parse("2028-02-29", &date));
    date_format(date_add(date, 1), text);
    assert_string_equal(text, "2028-03-01");
    date_format(date_add(date, -366), text);
    assert_string_equal(text, "2027-02-28");
    assert_true(date_compare(date, date_add(date, 1)) < 0);
    assert_true(date_compare(date_add(date, 1), date) > 0);
}

static void
test_instants_are_read_as_rfc_3339(void **state)
{
    static const struct {
        const char *text;
        int64_t instant;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1985-04-12T23:20:50.52Z", 482196050},
        {"1996-12-19T16:39:57-08:00", 851042397},
        {"1990-12-31T23:59:60Z", 662688000},
        {"1937-01-01T12:00:27.87+00:20", -1041337173},
        {"2026-08-21t15:40:00z", 1787326800},
        {"2026-08-21T15:40:00+02:00", 1787319600},
        {"0001-01-01T00:00:00Z", -62135596800},
        {"9999-12-31T23:59:59Z", 253402300799},
    };
    static const char *const refused[] = {
        "",
        "2026-08-21",
        "2026-08-21T15:40:00",
        "2026-08-21 15:40:00Z",
        "2026-08-21T15:40Z",
        "2026-08-21T24:00:00Z",
        "2026-08-21T15:60:00Z",
        "2026-08-21T15:40:61Z",
        "2026-08-21T15:40:00.Z",
        "2026-08-21T15:40:00+2:00",
        "2026-08-21T15:40:00+0200",
        "2026-08-21T15:40:00+24:00",
        "2026-08-21T15:40:00Z ",
        "2026-02-30T15:40:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    };
    int64_t read;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_true(instant_parse(cases[i].text, &read));
        assert_int_equal(read, cases[i].instant);
    }
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (instant_parse(refused[i], &read)) {
            fail_msg("%s", refused[i]);
        }
    }
}

static void
test_instants_are_written_in_their_zone(void **state)
{
    static const struct {
        const char *zone, *utc, *local;
    } cases[] = {
        {NULL, "2026-08-21T13:40:00Z", "2026-08-21T13:40:00Z"},
        {"UTC", "2026-08-21T13:40:00Z", "2026-08-21T13:40:00+00:00"},
        {"Europe/Amsterdam", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"},
        {"Europe/Amsterdam", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"},
        {"Europe/Amsterdam", "2026-10-25T00:59:59Z", "2026-10-25T02:59:59+02:00"},
        {"Europe/Amsterdam", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"},
        {"Europe/Amsterdam", "2060-03-28T00:59:59Z", "2060-03-28T01:59:59+01:00"},
        {"Europe/Amsterdam", "2060-03-28T01:00:00Z", "2060-03-28T03:00:00+02:00"},
        {"Europe/Amsterdam", "2060-10-31T00:59:59Z", "2060-10-31T02:59:59+02:00"},
        {"Europe/Amsterdam", "2060-10-31T01:00:00Z", "2060-10-31T02:00:00+01:00"},
        {"America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T01:59:59-05:00"},
        {"America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T03:00:00-04:00"},
        {"America/New_York", "2060-11-07T05:59:59Z", "2060-11-07T01:59:59-04:00"},
        {"America/New_York", "2060-11-07T06:00:00Z", "2060-11-07T01:00:00-05:00"},
        {"Asia/Kathmandu", "2026-12-31T18:15:00Z", "2027-01-01T00:00:00+05:45"},
        {"Australia/Lord_Howe", "2060-07-01T00:00:00Z", "2060-07-01T10:30:00+10:30"},
        {"Australia/Lord_Howe", "2060-01-01T00:00:00Z", "2060-01-01T11:00:00+11:00"},
        {"America/St_Johns", "2026-01-01T00:00:00Z", "2025-12-31T20:30:00-03:30"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct zone *place = cases[i].zone != NULL ? zone(cases[i].zone) : NULL;
        char text[TIME_TEXT_BYTES];

        instant_format(place, instant(cases[i].utc), text);
        assert_string_equal(text, cases[i].local);
        assert_int_equal(instant(text), instant(cases[i].utc));
        zone_close(place);
    }
}

static void
test_a_clock_time_is_an_instant_also_when_it_is_there_twice_or_never(void **state)
{
    static const struct {
        const char *zone;
        struct civil civil;
        const char *instant;
    } cases[] = {
        {"Europe/Amsterdam", {{2026, 8, 21}, 15, 40, 0}, "2026-08-21T15:40:00+02:00"},
        {"Europe/Amsterdam", {{2026, 3, 29}, 1, 59, 59}, "2026-03-29T01:59:59+01:00"},
        {"Europe/Amsterdam", {{2026, 3, 29}, 2, 0, 0}, "2026-03-29T03:00:00+02:00"},
        {"Europe/Amsterdam", {{2026, 3, 29}, 2, 30, 0}, "2026-03-29T03:30:00+02:00"},
        {"Europe/Amsterdam", {{2026, 3, 29}, 3, 0, 0}, "2026-03-29T03:00:00+02:00"},
        {"Europe/Amsterdam", {{2026, 10, 25}, 1, 59, 59}, "2026-10-25T01:59:59+02:00"},
        {"Europe/Amsterdam", {{2026, 10, 25}, 2, 0, 0}, "2026-10-25T02:00:00+02:00"},
        {"Europe/Amsterdam", {{2026, 10, 25}, 2, 59, 59}, "2026-10-25T02:59:59+02:00"},
        {"Europe/Amsterdam", {{2026, 10, 25}, 3, 0, 0}, "2026-10-25T03:00:00+01:00"},
        {"Europe/Amsterdam", {{2060, 3, 28}, 2, 30, 0}, "2060-03-28T03:30:00+02:00"},
        {"Europe/Amsterdam", {{2060, 10, 31}, 2, 30, 0}, "2060-10-31T02:30:00+02:00"},
        {"America/New_York", {{2026, 3, 8}, 2, 30, 0}, "2026-03-08T03:30:00-04:00"},
        {"America/New_York", {{2026, 11, 1}, 1, 30, 0}, "2026-11-01T01:30:00-04:00"},
        {"Asia/Kathmandu", {{2060, 1, 1}, 0, 0, 0}, "2060-01-01T00:00:00+05:45"},
        {"Pacific/Apia", {{2011, 12, 30}, 12, 0, 0}, "2011-12-31T12:00:00+14:00"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct zone *place = zone(cases[i].zone);
        char text[TIME_TEXT_BYTES];

        instant_format(place, zone_instant(place, cases[i].civil), text);
        assert_string_equal(text, cases[i].instant);
        zone_close(place);
    }
}

static void
test_a_wall_clock_shows_its_fields(void **state)
{
    struct zone *place = zone("Europe/Amsterdam");
    struct civil civil = zone_civil(place, instant("2026-12-31T23:30:05Z"));

    (void)state;
    assert_string_equal(zone_name(place), "Europe/Amsterdam");
    assert_int_equal(civil.date.year, 2027);
    assert_int_equal(civil.date.month, 1);
    assert_int_equal(civil.date.day, 1);
    assert_int_equal(civil.hour, 0);
    assert_int_equal(civil.minute, 30);
    assert_int_equal(civil.second, 5);
    civil = zone_civil(place, -1);
    assert_int_equal(civil.hour, 0);
    assert_int_equal(civil.second, 59);
    zone_close(place);
}

/* Python's zoneinfo is another reader of the same files. */
static void
test_offsets_are_those_of_another_reader(void **state)
{
    static const char command[] =
        "python3 -c \"\n"
        "import zoneinfo, datetime\n"
        "u = datetime.timezone.utc\n"
        "for n in ('Europe/Amsterdam', 'America/New_York', 'Asia/Kathmandu',\n"
        "          'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Nuuk',\n"
        "          'Europe/Dublin', 'Asia/Gaza', 'Africa/Cairo', 'UTC',\n"
        "          'America/Santiago'):\n"
        "    z = zoneinfo.ZoneInfo(n)\n"
        "    for t in range(-2000000000, 4200000000, 1234567):\n"
        "        d = datetime.datetime.fromtimestamp(t, u).astimezone(z)\n"
        "        print(n, t, int(d.utcoffset().total_seconds()))\n\"";
    FILE *other = popen(command, "r");
    struct zone *place = NULL;
    char name[64];
    long long time;
    int offset, compared = 0;

    (void)state;
    assert_non_null(other);
    while (fscanf(other, "%63s %lld %d", name, &time, &offset) == 3) {
        if (place == NULL || strcmp(zone_name(place), name) != 0) {
            zone_close(place);
            place = zone(name);
        }
        if (zone_offset_s(place, time) != offset) {
            fail_msg("%s at %lld: %d, not %d", name, time, zone_offset_s(place, time),
                     offset);
        }
        compared++;
    }
    assert_int_equal(pclose(other), 0);
    assert_true(compared > 50000);
    zone_close(place);
}

static void
test_a_name_that_is_no_zone_is_an_error(void **state)
{
    static const struct {
        const char *name;
        enum error_kind kind;
    } cases[] = {
        {"Europe/Utrecht", ERROR_NOT_FOUND},
        {"", ERROR_BAD_INPUT},
        {"../../../etc/passwd", ERROR_BAD_INPUT},
        {"/etc/passwd", ERROR_BAD_INPUT},
        {"Europe", ERROR_STORAGE},
        {"tzdata.zi", ERROR_BAD_INPUT},
        {"leapseconds", ERROR_BAD_INPUT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error error = {0};

        assert_null(zone_open(cases[i].name, &error));
        assert_int_equal(error.kind, cases[i].kind);
    }
}

static void
test_a_cut_off_zone_file_is_refused(void **state)
{
    struct error error = {0};
    size_t length;
    char *bytes =
        file_read("/usr/share/zoneinfo/Europe/Amsterdam", 100000, &length, &error);

    (void)state;
    assert_non_null(bytes);
    for (size_t cut = 0; cut < length; cut++) {
        error = (struct error){0};
        assert_null(zone_parse("cut", (const uint8_t *)bytes, cut, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
    free(bytes);
}

static void
test_a_version_1_file_serves_until_its_last_change(void **state)
{
    /* One change, at 1000, from UTC to an hour east of it. */
    static const uint8_t file[] = {
        'T', 'Z', 'i', 'f', 0, 0, 0,    0,    0, 0, 0,   0,   0,   0,    0, 0, 0,
        0,   0,   0,   0,   0, 0, 0,    0,    0, 0, 0,   0,   0,   0,    0, 0, 0,
        0,   1,   0,   0,   0, 2, 0,    0,    0, 4, 0,   0,   3,   0xE8, 1, 0, 0,
        0,   0,   0,   0,   0, 0, 0x0E, 0x10, 0, 0, 'A', 'B', 'C', 0};
    struct error error = {0};
    struct zone *place = zone_parse("one", file, sizeof(file), &error);

    (void)state;
    assert_non_null(place);
    assert_int_equal(zone_offset_s(place, 999), 0);
    assert_int_equal(zone_offset_s(place, 1000), 3600);
    assert_int_equal(zone_offset_s(place, 4000000000), 3600);
    zone_close(place);
}

static void
test_clocks_run(void **state)
{
    int64_t steady = time_steady_ms();

    (void)state;
    assert_true(time_now_s() > instant("2026-01-01T00:00:00Z"));
    assert_true(time_now_ms() / 1000 - time_now_s() <= 1);
    assert_true(time_steady_ms() >= steady);
}

static void
test_a_boot_has_one_name(void **state)
{
    char one[TIME_BOOT_BYTES], other[TIME_BOOT_BYTES];

    (void)state;
    time_boot(one);
    time_boot(other);
    assert_int_equal(strlen(one), 36);
    assert_string_equal(one, other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_of_ten_thousand_years_counts_on),
        cmocka_unit_test(test_dates_are_read_exactly),
        cmocka_unit_test(test_instants_are_read_as_rfc_3339),
        cmocka_unit_test(test_instants_are_written_in_their_zone),
        cmocka_unit_test(
            test_a_clock_time_is_an_instant_also_when_it_is_there_twice_or_never),
        cmocka_unit_test(test_a_wall_clock_shows_its_fields),
        cmocka_unit_test(test_offsets_are_those_of_another_reader),
        cmocka_unit_test(test_a_name_that_is_no_zone_is_an_error),
        cmocka_unit_test(test_a_cut_off_zone_file_is_refused),
        cmocka_unit_test(test_a_version_1_file_serves_until_its_last_change),
        cmocka_unit_test(test_clocks_run),
        cmocka_unit_test(test_a_boot_has_one_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
