#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>

#include "backoffice/staff_pages.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/plain_http.h"
#include "support/queue_setup.h"

/* The counter's page and the waiting room, over HTTP, without any script. */

#define NOW QUEUE_SETUP_NOW
#define COUNTER "/staff/counter/linde/1"
#define SECRET_BYTES 53

struct site {
    struct queue_setup *setup;
    struct translation *translation;
    struct theme theme, contrast;
    struct staff_pages *pages;
    struct http_server *server;
    int port;
    char editor[120], viewer[120]; /* tokens */
    char cookie[160];              /* whole header line; "": nobody is signed in */
    char word[SECRET_BYTES];       /* of the last page with a form */
};

static void
make_token(struct site *site, enum fleet_role role, char token[120])
{
    char header[120];

    site->setup->office.office.store = site->setup->book.store;
    test_office_token(&site->setup->office, role, header);
    snprintf(token, 120, "%s", header + strlen("Authorization: Bearer "));
}

static void
serve(struct site *site)
{
    const struct http_server_options options = {.address = "127.0.0.1",
                                                .clock = book_setup_now};
    const struct http_route *routes;
    struct error error;
    size_t count;

    routes = staff_routes(&count);
    site->server = http_server_create();
    http_server_add(site->server, routes, count, site->pages);
    assert_true(http_server_start(site->server, &options, &error));
    site->port = http_server_port(site->server);
}

static int
set_up(void **state)
{
    struct site *site = test_calloc(1, sizeof(*site));
    const char *build = getenv("BUILD");
    void *setup;
    char folder[200];
    struct error error;

    queue_setup_begin(&setup);
    site->setup = setup;
    snprintf(folder, sizeof(folder), "%s/translations",
             build != NULL ? build : "build");
    site->translation = translation_open(folder, "nl", &error);
    assert_non_null(site->translation);
    theme_make(&site->theme, THEME_BRAND_1, THEME_BRAND_2, false);
    theme_make(&site->contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    site->pages =
        staff_pages_open(&(struct staff_options){.store = site->setup->book.store,
                                                 .book = site->setup->book.book,
                                                 .queue = site->setup->queue,
                                                 .translation = site->translation,
                                                 .theme = &site->theme,
                                                 .contrast = &site->contrast,
                                                 .folder = "assets/staff",
                                                 .secure = true},
                         &error);
    assert_non_null(site->pages);
    make_token(site, ROLE_EDITOR, site->editor);
    make_token(site, ROLE_VIEWER, site->viewer);
    serve(site);
    *state = site;
    return 0;
}

static int
tear_down(void **state)
{
    struct site *site = *state;
    void *setup = site->setup;

    http_server_destroy(site->server);
    staff_pages_close(site->pages);
    translation_close(site->translation);
    queue_setup_end(&setup);
    test_free(site);
    return 0;
}

/* --- a browser without script ------------------------------------------------------
 */

/* The whole answer, headers too; the caller frees. */
static char *
ask(struct site *site, const char *method, const char *target, const char *body)
{
    char headers[240];

    snprintf(headers, sizeof(headers),
             "%sContent-Type: application/x-www-form-urlencoded\r\n", site->cookie);
    return plain_http_ask(site->port, method, target, headers,
                          body[0] != '\0' ? body : NULL);
}

static void
note_word(struct site *site, const char *answer)
{
    const char *at = strstr(answer, "name=\"word\" value=\"");

    if (at != NULL) {
        at += strlen("name=\"word\" value=\"");
        snprintf(site->word, sizeof(site->word), "%.*s", (int)strcspn(at, "\""), at);
    }
}

static void
assert_has(const char *answer, const char *text)
{
    if (strstr(answer, text) == NULL) {
        fail_msg("no \"%s\" in: %s", text, answer);
    }
}

/* The page at that address says so. */
static void
assert_page(struct site *site, const char *target, const char *text)
{
    char *answer = ask(site, "GET", target, "");

    note_word(site, answer);
    assert_has(answer, text);
    free(answer);
}

/* Sends a form; the answer has that in it. */
static void
send(struct site *site, const char *target, const char *fields, const char *expected)
{
    char body[400];
    char *answer;

    snprintf(body, sizeof(body), "word=%s&%s", site->word, fields);
    answer = ask(site, "POST", target, body);
    assert_has(answer, expected);
    free(answer);
}

static void
sign_in(struct site *site, const char *token)
{
    char body[200];
    const char *at;
    char *answer;

    snprintf(body, sizeof(body), "token=%s", token);
    answer = ask(site, "POST", "/staff/sign-in", body);
    assert_has(answer, "HTTP/1.1 303 ");
    at = strstr(answer, "Set-Cookie: ");
    assert_non_null(at);
    snprintf(site->cookie, sizeof(site->cookie), "Cookie: other=1; %.*s\r\n",
             (int)strcspn(at + strlen("Set-Cookie: "), ";"),
             at + strlen("Set-Cookie: "));
    free(answer);
}

/* --- signing in --------------------------------------------------------------------
 */

static void
test_who_is_not_signed_in_is_led_there(void **state)
{
    struct site *site = *state;

    assert_page(site, "/staff", "Location: /staff/counter");
    assert_page(site, "/staff/counter", "Location: /staff/sign-in");
    assert_page(site, COUNTER, "Location: /staff/sign-in");
    send(site, COUNTER, "do=call", "Location: /staff/sign-in");
    assert_page(site, "/staff/sign-in", "type=\"password\"");
    snprintf(site->cookie, sizeof(site->cookie), "Cookie: loketzuil-staff=WRONG\r\n");
    assert_page(site, COUNTER, "Location: /staff/sign-in");
}

static void
test_the_cookie_is_for_this_site_and_no_script(void **state)
{
    struct site *site = *state;
    char body[200];
    char *answer;

    snprintf(body, sizeof(body), "token=%s", site->editor);
    answer = ask(site, "POST", "/staff/sign-in", body);
    assert_has(answer,
               "; Path=/staff; Max-Age=43200; HttpOnly; SameSite=Strict; Secure");
    assert_null(strstr(answer, site->editor));
    free(answer);
    /* Neither the token nor what the cookie holds is in the database. */
    sign_in(site, site->editor);
    assert_int_equal(
        book_setup_number(&site->setup->book, "SELECT count(*) FROM staff_session"), 2);
}

static void
test_wrong_tokens_are_limited(void **state)
{
    struct site *site = *state;

    for (int i = 0; i < 5; i++) {
        send(site, "/staff/sign-in", "token=WRONG", "HTTP/1.1 403 ");
    }
    send(site, "/staff/sign-in", "token=WRONG", "HTTP/1.1 429 ");
    book_setup_clock += 61;
    sign_in(site, site->editor);
    assert_page(site, "/staff/counter", "Aan welke balie zit u?");
}

static void
test_a_session_ends_by_itself_or_by_hand(void **state)
{
    struct site *site = *state;
    struct error error;

    sign_in(site, site->editor);
    assert_page(site, COUNTER, "Log uit");
    send(site, "/staff/sign-out", "", "loketzuil-staff=; Path=/staff; Max-Age=0");
    assert_page(site, COUNTER, "Location: /staff/sign-in");
    sign_in(site, site->editor);
    book_setup_clock += STAFF_SESSION_S - 1;
    assert_page(site, COUNTER, "Log uit");
    book_setup_clock += 1;
    assert_page(site, COUNTER, "Location: /staff/sign-in");
    assert_true(staff_pages_tidy(site->pages, &error));
    assert_int_equal(
        book_setup_number(&site->setup->book, "SELECT count(*) FROM staff_session"), 0);
}

static void
test_a_form_of_another_page_does_nothing(void **state)
{
    struct site *site = *state;

    queue_setup_draw(site->setup, 1);
    sign_in(site, site->editor);
    assert_page(site, COUNTER, "Roep A 001");
    site->word[3] = site->word[3] == 'A' ? 'B' : 'A';
    send(site, COUNTER, "do=call", "HTTP/1.1 403 ");
    site->word[0] = '\0';
    send(site, COUNTER, "do=call", "HTTP/1.1 403 ");
    assert_page(site, COUNTER, "Roep A 001");
    sign_in(site, site->editor); /* the word is of one sign-in */
    send(site, COUNTER, "do=call", "HTTP/1.1 403 ");
    assert_page(site, COUNTER, "Roep A 001");
}

static void
test_a_viewer_looks_and_does_nothing(void **state)
{
    struct site *site = *state;
    char *answer;

    queue_setup_draw(site->setup, 1);
    sign_in(site, site->viewer);
    answer = ask(site, "GET", COUNTER, "");
    note_word(site, answer);
    assert_has(answer, "A 001");
    assert_null(strstr(answer, "Roep A 001"));
    free(answer);
    send(site, COUNTER, "do=call", "HTTP/1.1 403 ");
    assert_int_equal(
        book_setup_number(&site->setup->book, "SELECT count(*) FROM queue_desk"), 0);
}

/* --- the counter --------------------------------------------------------------------
 */

static void
test_a_day_at_the_counter(void **state)
{
    struct site *site = *state;

    queue_setup_draw(site->setup, 1);
    queue_setup_draw(site->setup, 2);
    sign_in(site, site->editor);
    book_setup_clock += 21 * 60;
    assert_page(site, COUNTER, "2 mensen wachten");
    assert_page(site, COUNTER, "<small>lang</small>");
    assert_page(site, COUNTER,
                "T\xc3\xbcrk\xc3\xa7"
                "e");
    send(site, COUNTER, "do=call", "Location: " COUNTER "\r\n");
    assert_page(site, COUNTER, "Nu aan uw balie");
    assert_page(site, COUNTER, "kwam van zuil linde-1");
    assert_page(site, COUNTER, "1 keer geroepen");
    send(site, COUNTER, "do=call", "said=otherwise");
    send(site, COUNTER, "do=call-again&number=A+001", "Location: " COUNTER "\r\n");
    assert_page(site, COUNTER, "2 keer geroepen");
    send(site, COUNTER, "do=send-on&number=A+001&to=2", "said=no-desk");
    assert_page(site, "/staff/counter/linde/2", "Roep A 002");
    assert_page(site, COUNTER, "Stuur door");
    send(site, COUNTER, "do=send-on&number=A%20001&to=2", "Location: " COUNTER "\r\n");
    assert_page(site, COUNTER, "voor balie 2");
    assert_page(site, "/staff/counter/linde/2", "Roep A 001");
    send(site, COUNTER, "do=pause", "Location: " COUNTER "\r\n");
    assert_page(site, COUNTER, "Verder na de pauze");
    send(site, COUNTER, "do=call", "Location: " COUNTER "\r\n");
    send(site, COUNTER, "do=finish&number=A+002&outcome=done", "Location: " COUNTER);
    send(site, COUNTER, "do=call", "said=nobody");
    assert_page(site, COUNTER "?said=nobody", "Er wacht niemand voor deze balie.");
    send(site, COUNTER, "do=leave", "Location: /staff/counter\r\n");
    send(site, "/staff/counter/linde/33", "do=call", "HTTP/1.1 404 ");
    assert_page(site, "/staff/counter/nergens/1", "HTTP/1.1 404 ");
}

struct caller {
    struct site site; /* with a cookie of its own */
    int desk, calls;
};

static void *
press_call(void *data)
{
    struct caller *caller = data;
    char target[60], body[200];

    snprintf(target, sizeof(target), "/staff/counter/linde/%d", caller->desk);
    for (int i = 0; i < 20; i++) {
        char *answer;

        snprintf(body, sizeof(body), "word=%s&do=call", caller->site.word);
        answer = ask(&caller->site, "POST", target, body);
        caller->calls += strstr(answer, "said=") == NULL;
        free(answer);
        answer = ask(&caller->site, "GET", target, "");
        if (strstr(answer, "name=\"number\" value=\"") != NULL) {
            snprintf(body, sizeof(body), "word=%s&do=finish&outcome=done&number=%.5s",
                     caller->site.word,
                     strstr(answer, "name=\"number\" value=\"") +
                         strlen("name=\"number\" value=\""));
            free(answer);
            answer = ask(&caller->site, "POST", target, body);
        }
        free(answer);
    }
    return NULL;
}

static void
test_two_counters_at_once_never_call_the_same(void **state)
{
    struct site *site = *state;
    struct caller callers[2];
    pthread_t threads[2];

    for (size_t key = 1; key <= 24; key++) {
        queue_setup_draw(site->setup, key);
    }
    for (int i = 0; i < 2; i++) {
        sign_in(site, site->editor);
        assert_page(site, COUNTER, "Roep");
        callers[i] = (struct caller){.site = *site, .desk = i + 1};
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, press_call, &callers[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(callers[0].calls + callers[1].calls, 24);
    assert_int_equal(book_setup_number(&site->setup->book,
                                       "SELECT count(*) FROM queue_number WHERE"
                                       " calls = 1 AND outcome = 1"),
                     24);
}

/* --- the waiting room ---------------------------------------------------------------
 */

static void
test_the_waiting_room_shows_who_is_called(void **state)
{
    struct site *site = *state;
    struct queue_number number;
    struct error error;

    assert_page(site, "/waiting/linde", "Hier komt uw nummer.");
    assert_page(site, "/waiting/linde", "De wachttijd is nu onbekend");
    for (size_t key = 1; key <= 2; key++) {
        queue_setup_draw(site->setup, key);
        assert_true(queue_call(site->setup->queue, queue_setup_desk((int)key), &number,
                               &error));
        book_setup_clock += 60;
    }
    assert_page(
        site, "/waiting/linde",
        "class=\"now\" data-call=\"2:1\" data-say=\"Nummer A 2, naar balie 2.\"");
    assert_page(site, "/waiting/linde", "class=\"before\" data-call=\"1:1\"");
    /* Called again it is the one, and is said again. */
    assert_true(
        queue_call_again(site->setup->queue, queue_setup_desk(1), "A 001", &error));
    assert_page(site, "/waiting/linde", "class=\"now\" data-call=\"1:2\"");
    assert_page(site, "/waiting/nergens", "HTTP/1.1 404 ");
}

static void
test_pages_are_strict_about_what_they_load(void **state)
{
    struct site *site = *state;

    assert_page(site, "/staff/sign-in",
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action "
                "'self'; base-uri 'none'; frame-ancestors 'none'");
    assert_page(site, "/waiting/linde", "script-src 'self'; connect-src 'self'");
    assert_page(site, "/waiting/linde",
                "<noscript><meta http-equiv=\"refresh\" content=\"10\">");
    assert_page(site, "/waiting/script/waiting.js", "speechSynthesis");
    assert_page(site, "/staff/style.css", "--stage:#0b333c;");
    sign_in(site, site->editor);
    assert_page(site, COUNTER, "Cache-Control: no-store");
}

/* Whoever arrives for an appointment is a number and nothing else. */
static void
test_no_name_is_on_any_page(void **state)
{
    static const char *const pages[] = {COUNTER, "/waiting/linde"};
    struct site *site = *state;
    struct book *book = site->setup->book.book;
    const struct book_value values[] = {{"lastName", "Onvergetelijk"},
                                        {"phoneNumber", "0612345678"}};
    struct book_wish wish;
    const struct book_request request = {.key = "00000000000000000000000000000abc",
                                         .kiosk = "linde-1",
                                         .wish = &wish,
                                         .start = NOW + 1200,
                                         .values = values,
                                         .value_count = 2};
    struct booking booking;
    struct error error;

    assert_true(book_wish_begin(book, "linde", &wish, &error));
    assert_true(book_wish_add(book, &wish, "paspoort", 1, &error));
    assert_true(book_confirm(book, &request, &booking, NULL, &error));
    assert_true(book_arrive(book, booking.id, "linde", &booking, &error));
    sign_in(site, site->editor);
    assert_page(site, COUNTER, "afspraak 9.20");
    send(site, COUNTER, "do=call", "Location: " COUNTER "\r\n");
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        char *answer = ask(site, "GET", pages[i], "");

        assert_has(answer, "P 001");
        assert_null(strstr(answer, "Onvergetelijk"));
        assert_null(strstr(answer, "0612345678"));
        free(answer);
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_who_is_not_signed_in_is_led_there),
        TEST(test_the_cookie_is_for_this_site_and_no_script),
        TEST(test_wrong_tokens_are_limited),
        TEST(test_a_session_ends_by_itself_or_by_hand),
        TEST(test_a_form_of_another_page_does_nothing),
        TEST(test_a_viewer_looks_and_does_nothing),
        TEST(test_a_day_at_the_counter),
        TEST(test_two_counters_at_once_never_call_the_same),
        TEST(test_the_waiting_room_shows_who_is_called),
        TEST(test_pages_are_strict_about_what_they_load),
        TEST(test_no_name_is_on_any_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
