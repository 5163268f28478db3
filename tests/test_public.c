#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/http_server.h"
#include "backoffice/public.h"
#include "support/book_ask.h"
#include "support/plain_http.h"

/* The page of an appointment, as a phone gets it: over HTTP, without any script. */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define AT(hour, minute) (NOW + ((hour)-9) * 3600 + (minute)*60)
#define DAY_S 86400

struct site {
    struct book_setup setup;
    struct translation *translations[LANGUAGE_COUNT];
    struct theme theme, contrast;
    struct public_pages *pages;
    struct http_server *server;
    int port;
    struct booking booking; /* "paspoort" at linde, tomorrow at ten */
    char path[300];         /* of its page */
    char *answer;           /* the last, whole */
};

static void
open_pages(struct site *site)
{
    const struct public_options options = {
        .book = site->setup.book,
        .translations = (const struct translation *const *)site->translations,
        .theme = &site->theme,
        .contrast = &site->contrast,
        .style = "assets/public/style.css",
        .logo = "assets/example/logo.png",
    };
    const char *build = getenv("BUILD");
    char folder[200];
    struct error error;

    snprintf(folder, sizeof(folder), "%s/translations",
             build != NULL ? build : "build");
    for (enum language i = 0; i < LANGUAGE_COUNT; i++) {
        site->translations[i] = translation_open(folder, language_code(i), &error);
    }
    assert_non_null(site->translations[LANGUAGE_NL]);
    theme_make(&site->theme, THEME_BRAND_1, THEME_BRAND_2, false);
    theme_make(&site->contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    site->pages = public_open(&options, &error);
    if (site->pages == NULL) {
        fail_msg("%s", error.message);
    }
}

static void
path_of(const struct booking *booking, char path[300])
{
    snprintf(path, 300, "/T/%s", booking->ticket + strlen(BOOK_SETUP_ADDRESS));
}

static int
set_up(void **state)
{
    struct site *site = test_calloc(1, sizeof(*site));
    const struct http_server_options options = {.address = "127.0.0.1",
                                                .clock = book_setup_now};
    const struct http_route *routes;
    struct error error;
    size_t count;

    book_setup_clock = NOW;
    book_setup_begin(&site->setup);
    assert_int_equal(ask_confirm_as(&site->setup, "a", AT(10, 0) + DAY_S, "linde",
                                    "paspoort", &site->booking),
                     ERROR_NONE);
    path_of(&site->booking, site->path);
    open_pages(site);
    site->server = http_server_create();
    routes = public_routes(&count);
    http_server_add(site->server, routes, count, site->pages);
    if (!http_server_start(site->server, &options, &error)) {
        fail_msg("%s", error.message);
    }
    site->port = http_server_port(site->server);
    *state = site;
    return 0;
}

static int
tear_down(void **state)
{
    struct site *site = *state;

    http_server_destroy(site->server);
    public_close(site->pages);
    for (enum language i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(site->translations[i]);
    }
    free(site->answer);
    book_setup_check(&site->setup);
    book_setup_end(&site->setup);
    test_free(site);
    return 0;
}

/* --- asking ----------------------------------------------------------------------- */

static int
get_path(struct site *site, const char *path)
{
    free(site->answer);
    site->answer = plain_http_ask(site->port, "GET", path, "", NULL);
    return plain_http_status(site->answer);
}

/* What follows the page's own address: "/change?day=2027-03-24"; "" for the page. */
static int
get(struct site *site, const char *rest)
{
    char path[500];

    snprintf(path, sizeof(path), "%s%s", site->path, rest);
    return get_path(site, path);
}

static int
post_as(struct site *site, const char *rest, const char *type, const char *form)
{
    char path[500], header[120];

    snprintf(path, sizeof(path), "%s%s", site->path, rest);
    snprintf(header, sizeof(header), "Content-Type: %s\r\n", type);
    free(site->answer);
    site->answer = plain_http_ask(site->port, "POST", path, header, form);
    return plain_http_status(site->answer);
}

static int
post(struct site *site, const char *rest, const char *form)
{
    return post_as(site, rest, "application/x-www-form-urlencoded", form);
}

static bool
says(const struct site *site, const char *text)
{
    return strstr(site->answer, text) != NULL;
}

/* The redirection ends in that, after the page's own address. */
static void
check_led_to(const struct site *site, const char *rest)
{
    char header[500];

    snprintf(header, sizeof(header), "\r\nLocation: %s%s\r\n", site->path, rest);
    if (!says(site, header)) {
        fail_msg("no %s in %s", header, site->answer);
    }
}

/* "value" of the hidden field in the form that was shown last. */
static void
field_of(const struct site *site, const char *name, char value[80])
{
    char before[80];
    const char *at;

    snprintf(before, sizeof(before), "name=\"%s\" value=\"", name);
    at = strstr(site->answer, before);
    assert_non_null(at);
    snprintf(value, 80, "%.*s", (int)strcspn(at + strlen(before), "\""),
             at + strlen(before));
}

static enum booking_state
state_of(const struct site *site, int64_t *start)
{
    struct booking booking;
    struct error error;

    assert_true(book_find(site->setup.book, site->booking.id, &booking, &error));
    *start = booking.start;
    return booking.state;
}

static void
check_stands(const struct site *site, int64_t expected)
{
    int64_t start;

    assert_int_equal(state_of(site, &start), BOOKING_BOOKED);
    assert_int_equal(start, expected);
}

/* Asks for the form of a time, as a citizen does, and fills in what it sends. */
static void
form_for(struct site *site, int64_t start, char form[200])
{
    char rest[80], instant[80], key[80];

    snprintf(rest, sizeof(rest), "/change?start=%lld", (long long)start);
    assert_int_equal(get(site, rest), 200);
    field_of(site, "start", instant);
    field_of(site, "key", key);
    snprintf(form, 200, "start=%s&key=%s", instant, key);
}

/* --- what it shows ---------------------------------------------------------------- */

static void
test_it_shows_what_where_and_when(void **state)
{
    static const char *const texts[] = {
        "<html lang=\"nl\">",
        "Uw afspraak",
        "dinsdag",
        ("10.00\xc2\xa0"
         "uur"),
        "<b>23</b>",
        "maart",
        "paspoort",
        "Bibliotheek De Linde",
        "Lindeplein 4, Voorbeeld",
        "14 000",
        "Zet in mijn agenda",
        "Wijzig",
        "Annuleer",
        "datetime=\"2027-03-23T10:00:00+01:00\"",
    };
    struct site *site = *state;
    char code[16];

    assert_int_equal(get(site, ""), 200);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (!says(site, texts[i])) {
            fail_msg("%s is not in %s", texts[i], site->answer);
        }
    }
    snprintf(code, sizeof(code), "%.3s\xc2\xa0%.3s", site->booking.code,
             site->booking.code + 3);
    assert_true(says(site, code));
}

/* Script, frames, caches, search engines, and the address in a Referer. */
static void
test_nothing_runs_in_it_and_nothing_keeps_it(void **state)
{
    static const char *const headers[] = {
        ("Content-Security-Policy: default-src 'none'; style-src 'self'; img-src "
         "'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"),
        "Cache-Control: no-store\r\n",
        "Referrer-Policy: no-referrer\r\n",
        "X-Content-Type-Options: nosniff\r\n",
        "X-Robots-Tag: noindex",
    };
    static const char *const paths[] = {"", "/change", "/cancel", "XX"};
    struct site *site = *state;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        get(site, paths[i]);
        for (size_t j = 0; j < sizeof(headers) / sizeof(headers[0]); j++) {
            if (!says(site, headers[j])) {
                fail_msg("%s: no %s in %s", paths[i], headers[j], site->answer);
            }
        }
        assert_false(says(site, "<script"));
        assert_false(says(site, "style=\""));
        assert_false(says(site, "Set-Cookie"));
    }
}

static void
test_there_is_no_name_in_any_of_it(void **state)
{
    static const char *const paths[] = {
        "",       "?lang=en", "/afspraak.ics", "/change", "/change?day=2027-03-24",
        "/cancel"};
    struct site *site = *state;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        assert_int_equal(get(site, paths[i]), 200);
        assert_false(says(site, "Jansen"));
        assert_false(says(site, "0612345678"));
        assert_false(says(site, site->booking.key));
    }
}

static void
test_what_is_sensitive_goes_by_its_neutral_name(void **state)
{
    struct site *site = *state;

    assert_int_equal(ask_confirm_as(&site->setup, "b", AT(11, 0) + DAY_S, "linde",
                                    "lang", &site->booking),
                     ERROR_NONE);
    path_of(&site->booking, site->path);
    assert_int_equal(get(site, ""), 200);
    assert_true(says(site, "<p>Afspraak</p>"));
    assert_false(says(site, "Lang"));
    assert_int_equal(get(site, "/afspraak.ics"), 200);
    assert_true(says(site, "SUMMARY:Afspraak\r\n"));
    assert_false(says(site, "Lang"));
}

static void
test_it_speaks_the_browser_s_language_and_the_one_that_is_chosen(void **state)
{
    struct site *site = *state;

    free(site->answer);
    site->answer = plain_http_ask(site->port, "GET", site->path,
                                  "Accept-Language: xx, en-GB;q=0.9, nl\r\n", NULL);
    assert_true(says(site, "<html lang=\"en\">"));
    assert_true(says(site, "Tuesday"));
    assert_false(says(site, "lang=en\"")); /* not said, so it goes along nowhere */
    assert_int_equal(get(site, "?lang=en"), 200);
    assert_true(says(site, "/change?lang=en\""));
    assert_int_equal(get(site, "?lang=%22%3E%3Cb%3E"), 200);
    assert_true(says(site, "<html lang=\"nl\">"));
}

static void
test_in_arabic_a_telephone_number_stands_as_it_is_dialled(void **state)
{
    struct site *site = *state;

    assert_int_equal(get(site, "?lang=ar"), 200);
    assert_true(says(site, "<html lang=\"ar\" dir=\"rtl\">"));
    assert_int_equal(get_path(site, "/T/ABC?lang=ar"), 404);
    assert_true(says(site, "الهاتف \u206614 000\u2069."));
}

/* Whatever is asked, nothing of it comes back. */
static void
test_nothing_that_is_asked_is_said_again(void **state)
{
    static const char *const rests[] = {
        "?done=%3Ci%3Ezzz", "/change?day=%3Ci%3Ezzz", "/change?start=1%3Ci%3Ezzz",
        "/change?from=%3Ci%3Ezzz&gone=%3Ci%3Ezzz", "%22%3E%3Ci%3Ezzz"};
    struct site *site = *state;

    for (size_t i = 0; i < sizeof(rests) / sizeof(rests[0]); i++) {
        get(site, rests[i]);
        assert_false(says(site, "zzz"));
    }
}

static void
test_style_street_and_logo_are_served(void **state)
{
    struct site *site = *state;

    assert_int_equal(get_path(site, "/public/style.css"), 200);
    assert_true(says(site, "--primary:#0b4f5c;"));
    assert_true(says(site, "@media (prefers-contrast:more)"));
    assert_true(says(site, "Cache-Control: public"));
    assert_int_equal(get_path(site, "/public/street.svg"), 200);
    assert_true(says(site, "image/svg+xml"));
    assert_int_equal(get_path(site, "/public/logo.png"), 200);
    assert_true(says(site, "\x89PNG"));
    assert_int_equal(get_path(site, "/public/nothing"), 404);
}

/* --- another time ----------------------------------------------------------------- */

static void
test_it_moves_by_links_and_one_form(void **state)
{
    struct site *site = *state;
    char form[200], link[100];
    int64_t start = AT(13, 20) + 2 * DAY_S;

    assert_int_equal(get(site, "/change"), 200);
    assert_true(says(site, "/change?day=2027-03-24\""));
    assert_int_equal(get(site, "/change?day=2027-03-24"), 200);
    snprintf(link, sizeof(link), "/change?start=%lld\"", (long long)start);
    assert_true(says(site, link));
    form_for(site, start, form);
    check_stands(site, AT(10, 0) + DAY_S); /* looking has changed nothing */
    assert_int_equal(post(site, "/change", form), 303);
    check_led_to(site, "?done=moved");
    check_stands(site, start);
    /* The ticket in the citizen's hand leads to where it is now. */
    assert_int_equal(get(site, "?done=moved"), 200);
    assert_true(says(site, "Uw afspraak is verzet"));
    assert_true(says(site, "woensdag"));
    assert_true(says(site, "13.20\xc2\xa0"
                           "uur"));
}

static void
test_sent_twice_it_moves_once(void **state)
{
    struct site *site = *state;
    char form[200];

    form_for(site, AT(14, 0) + 2 * DAY_S, form);
    assert_int_equal(post(site, "/change", form), 303);
    assert_int_equal(post(site, "/change", form), 303);
    check_led_to(site, "?done=moved");
    check_stands(site, AT(14, 0) + 2 * DAY_S);
    assert_int_equal(book_setup_number(&site->setup, "SELECT moves FROM booking"), 1);
}

static void
test_its_own_time_is_not_on_offer(void **state)
{
    struct site *site = *state;
    char link[100];

    assert_int_equal(get(site, "/change?day=2027-03-23"), 200);
    snprintf(link, sizeof(link), "start=%lld\"", (long long)AT(10, 20) + DAY_S);
    assert_true(says(site, link));
    snprintf(link, sizeof(link), "start=%lld\"", (long long)AT(10, 0) + DAY_S);
    assert_false(says(site, link)); /* though another desk is free then */
}

static void
test_a_day_without_room_says_so(void **state)
{
    struct site *site = *state;

    assert_int_equal(get(site, "/change?day=2027-04-27"), 200);
    assert_true(says(site, "Niets vrij"));
}

static void
test_a_time_that_has_just_gone_is_said_and_others_are_shown(void **state)
{
    struct site *site = *state;
    int64_t start = AT(9, 0) + 2 * DAY_S;
    char form[200];

    form_for(site, start, form);
    assert_int_equal(ask_confirm(&site->setup, "c", start), ERROR_NONE);
    assert_int_equal(ask_confirm(&site->setup, "d", start), ERROR_NONE);
    assert_int_equal(post(site, "/change", form), 303);
    check_led_to(site, "/change?day=2027-03-24&gone=1");
    assert_int_equal(get(site, "/change?day=2027-03-24&gone=1"), 200);
    assert_true(says(site, "Deze tijd is net weg"));
    check_stands(site, AT(10, 0) + DAY_S);
}

static void
test_a_form_that_is_not_ours_changes_nothing(void **state)
{
    static const char *const forms[] = {
        "",
        "start=1",
        "start=x&key=0123456789abcdef0123456789abcdef",
        "start=1805789100&key=short",
        "start=1805789101&key=0123456789abcdef0123456789abcdef",
        "start=99999999999999999999&key=0123456789abcdef0123456789abcdef",
        "&&==&start&key=&sure",
    };
    struct site *site = *state;
    char form[200];

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        assert_int_equal(post(site, "/change", forms[i]), 303);
        check_stands(site, AT(10, 0) + DAY_S);
    }
    form_for(site, AT(14, 0) + 2 * DAY_S, form);
    assert_int_equal(post_as(site, "/change", "text/plain", form), 303);
    check_stands(site, AT(10, 0) + DAY_S);
}

/* --- none ------------------------------------------------------------------------- */

static void
test_it_is_cancelled_by_one_form_and_only_so(void **state)
{
    struct site *site = *state;
    int64_t start;

    assert_int_equal(get(site, "/cancel"), 200);
    assert_true(says(site, "Annuleren is gratis."));
    assert_int_equal(get(site, "/cancel?sure=1"), 200);
    assert_int_equal(post(site, "/cancel", ""), 303);
    check_led_to(site, "/cancel");
    assert_int_equal(post_as(site, "/cancel", "text/plain", "sure=1"), 303);
    check_stands(site, AT(10, 0) + DAY_S);
    assert_int_equal(post(site, "/cancel", "sure=1"), 303);
    check_led_to(site, "");
    assert_int_equal(state_of(site, &start), BOOKING_CANCELLED);
    assert_int_equal(book_setup_number(&site->setup, "SELECT count(*) FROM cell"), 0);
    assert_int_equal(get(site, ""), 200);
    assert_true(says(site, "geannuleerd"));
    assert_false(says(site, "/change"));
    assert_false(says(site, "BEGIN:VCALENDAR"));
    assert_int_equal(post(site, "/cancel", "sure=1"), 303); /* again is no fault */
}

/* --- who may ---------------------------------------------------------------------- */

/* Of the text in the address every character counts. */
static void
test_another_text_opens_nothing(void **state)
{
    struct site *site = *state;
    size_t length = strlen(site->path);

    for (size_t i = 3; i < length; i += 11) {
        char was = site->path[i];

        /* Small letters stand for the same digits, so another letter it must be. */
        site->path[i] = was == 'A' ? 'B' : 'A';
        assert_int_equal(get(site, ""), 404);
        site->path[i] = was;
    }
    assert_int_equal(get(site, ""), 200);
}

static void
test_who_tries_too_many_waits_and_who_has_a_ticket_does_not(void **state)
{
    struct site *site = *state;
    int status = 404;

    for (int i = 0; i < 30; i++) {
        assert_int_equal(get_path(site, "/T/NONSENSE"), 404);
    }
    status = get_path(site, "/T/NONSENSE");
    assert_int_equal(status, 429);
    assert_true(says(site, "Retry-After: 60\r\n"));
    assert_int_equal(get(site, ""), 200);
    book_setup_clock = NOW + 60;
    assert_int_equal(get_path(site, "/T/NONSENSE"), 404);
}

static void
test_so_many_changes_in_a_minute_are_nobody_s(void **state)
{
    struct site *site = *state;
    char form[200];

    for (int i = 0; i < 10; i++) {
        form_for(site, AT(13, 0) + 2 * DAY_S + 1200 * i, form);
        assert_int_equal(post(site, "/change", form), 303);
    }
    form_for(site, AT(16, 20) + 2 * DAY_S, form);
    assert_int_equal(post(site, "/change", form), 429);
    check_stands(site, AT(16, 0) + 2 * DAY_S);
    book_setup_clock = NOW + 60;
    assert_int_equal(post(site, "/change", form), 303);
    check_stands(site, AT(16, 20) + 2 * DAY_S);
}

/* --- in time ---------------------------------------------------------------------- */

static void
test_after_the_appointment_it_is_as_if_it_had_never_been(void **state)
{
    struct site *site = *state;
    const char *page;
    char *unknown;

    book_setup_clock = site->booking.end;
    assert_int_equal(get(site, ""), 200);
    book_setup_clock = site->booking.end + 1;
    assert_int_equal(get_path(site, "/T/NONSENSE"), 404);
    page = strstr(site->answer, "\r\n\r\n");
    assert_non_null(page);
    unknown = strdup(page);
    assert_non_null(unknown);
    assert_int_equal(get(site, ""), 404);
    page = strstr(site->answer, "\r\n\r\n");
    assert_non_null(page);
    assert_string_equal(page, unknown);
    free(unknown);
    assert_int_equal(get(site, "/afspraak.ics"), 404);
    assert_int_equal(get(site, "/change"), 404);
    assert_int_equal(post(site, "/cancel", "sure=1"), 404);
}

static void
test_who_is_there_or_too_late_can_change_nothing(void **state)
{
    struct site *site = *state;
    struct booking booking;
    struct error error;
    char form[200];

    form_for(site, AT(14, 0) + 2 * DAY_S, form);
    book_setup_clock = site->booking.start + 11 * 60;
    assert_int_equal(get(site, ""), 200);
    assert_true(says(site, "Uw tijd is voorbij. Bel ons."));
    assert_false(says(site, "/change\""));
    assert_int_equal(post(site, "/change", form), 409);
    book_setup_clock = site->booking.start - 60;
    assert_true(
        book_arrive(site->setup.book, site->booking.id, "linde", &booking, &error));
    assert_int_equal(get(site, ""), 200);
    assert_true(says(site, "U bent aangemeld"));
    assert_false(says(site, "/change\""));
    assert_int_equal(get(site, "/cancel"), 409);
    assert_int_equal(post(site, "/cancel", "sure=1"), 303);
    assert_int_equal(post(site, "/change", form), 409);
    assert_int_equal(book_setup_number(&site->setup, "SELECT state FROM booking"),
                     BOOKING_ARRIVED);
}

/* A calendar that has it takes the new one in its place: same UID, later SEQUENCE. */
static void
test_the_calendar_follows_a_move(void **state)
{
    struct site *site = *state;
    char form[200], *before;

    assert_int_equal(get(site, "/afspraak.ics"), 200);
    assert_true(says(site, "Content-Type: text/calendar; charset=utf-8\r\n"));
    assert_false(says(site, "SEQUENCE:")); /* that is 0: RFC 5545, section 3.8.7.4 */
    before = strdup(strstr(site->answer, "\r\nUID:"));
    form_for(site, AT(14, 0) + 2 * DAY_S, form);
    assert_int_equal(post(site, "/change", form), 303);
    assert_int_equal(get(site, "/afspraak.ics"), 200);
    assert_true(says(site, "\r\nSEQUENCE:1\r\n"));
    assert_non_null(before);
    *strstr(before + 2, "\r\n") = '\0';
    assert_true(says(site, before));
    free(before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_it_shows_what_where_and_when),
        TEST(test_nothing_runs_in_it_and_nothing_keeps_it),
        TEST(test_there_is_no_name_in_any_of_it),
        TEST(test_what_is_sensitive_goes_by_its_neutral_name),
        TEST(test_it_speaks_the_browser_s_language_and_the_one_that_is_chosen),
        TEST(test_in_arabic_a_telephone_number_stands_as_it_is_dialled),
        TEST(test_nothing_that_is_asked_is_said_again),
        TEST(test_style_street_and_logo_are_served),
        TEST(test_it_moves_by_links_and_one_form),
        TEST(test_sent_twice_it_moves_once),
        TEST(test_its_own_time_is_not_on_offer),
        TEST(test_a_day_without_room_says_so),
        TEST(test_a_time_that_has_just_gone_is_said_and_others_are_shown),
        TEST(test_a_form_that_is_not_ours_changes_nothing),
        TEST(test_it_is_cancelled_by_one_form_and_only_so),
        TEST(test_another_text_opens_nothing),
        TEST(test_who_tries_too_many_waits_and_who_has_a_ticket_does_not),
        TEST(test_so_many_changes_in_a_minute_are_nobody_s),
        TEST(test_after_the_appointment_it_is_as_if_it_had_never_been),
        TEST(test_who_is_there_or_too_late_can_change_nothing),
        TEST(test_the_calendar_follows_a_move),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
