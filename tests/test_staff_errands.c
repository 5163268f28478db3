#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/staff_pages.h"
#include "backoffice/store_errand.h"
#include "support/plain_http.h"
#include "support/queue_setup.h"

/* Whom to call back and whom to help, on a page of staff's, over HTTP without script.
 */

#define NOW QUEUE_SETUP_NOW /* Monday, 9.00 in Amsterdam */
#define PAGE "/staff/errands"
#define WORD_BYTES 80

struct site {
    struct queue_setup *setup;
    struct translation *translation;
    struct theme theme;
    struct staff_pages *pages;
    struct http_server *server;
    int port;
    char cookie[160], word[WORD_BYTES];
};

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
    char folder[200];
    void *setup;
    struct error error;

    queue_setup_begin(&setup);
    site->setup = setup;
    site->setup->office.office.store = site->setup->book.store;
    snprintf(folder, sizeof(folder), "%s/translations",
             build != NULL ? build : "build");
    site->translation = translation_open(folder, "nl", &error);
    assert_non_null(site->translation);
    theme_make(&site->theme, THEME_BRAND_1, THEME_BRAND_2, false);
    site->pages =
        staff_pages_open(&(struct staff_options){.store = site->setup->book.store,
                                                 .book = site->setup->book.book,
                                                 .queue = site->setup->queue,
                                                 .translation = site->translation,
                                                 .theme = &site->theme,
                                                 .contrast = &site->theme,
                                                 .folder = "assets/staff"},
                         &error);
    assert_non_null(site->pages);
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

/* --- a browser ----------------------------------------------------------------------
 */

static char *
ask(struct site *site, const char *method, const char *target, const char *body)
{
    char headers[240];

    snprintf(headers, sizeof(headers),
             "%sContent-Type: application/x-www-form-urlencoded\r\n", site->cookie);
    return plain_http_ask(site->port, method, target, headers, body);
}

static void
sign_in(struct site *site, enum fleet_role role)
{
    char header[120], body[160];
    const char *at;
    char *answer;

    test_office_token(&site->setup->office, role, header);
    snprintf(body, sizeof(body), "token=%s", header + strlen("Authorization: Bearer "));
    site->cookie[0] = '\0';
    answer = ask(site, "POST", "/staff/sign-in", body);
    at = strstr(answer, "Set-Cookie: ");
    assert_non_null(at);
    at += strlen("Set-Cookie: ");
    snprintf(site->cookie, sizeof(site->cookie), "Cookie: %.*s\r\n",
             (int)strcspn(at, ";"), at);
    free(answer);
}

/* The page; it must hold each of the texts, which NULL ends, and the caller frees. */
static char *
look(struct site *site, const char *const *texts)
{
    char *answer = ask(site, "GET", PAGE, NULL);
    const char *at = strstr(answer, "name=\"word\" value=\"");

    for (; *texts != NULL; texts++) {
        if (strstr(answer, *texts) == NULL) {
            fail_msg("no \"%s\" in: %s", *texts, strstr(answer, "<main"));
        }
    }
    if (at != NULL) {
        at += strlen("name=\"word\" value=\"");
        snprintf(site->word, sizeof(site->word), "%.*s", (int)strcspn(at, "\""), at);
    }
    return answer;
}

static void
assert_sends(struct site *site, const char *key, int status)
{
    char body[200];
    char *answer;

    snprintf(body, sizeof(body), "word=%s&key=%s", site->word, key);
    answer = ask(site, "POST", PAGE, body);
    assert_int_equal(plain_http_status(answer), status);
    free(answer);
}

/* --- what waits ---------------------------------------------------------------------
 */

static bool
keep_work(struct store_session *session, void *data, struct error *error)
{
    return store_errand_keep(session, data, error);
}

static void
keep(struct site *site, const struct store_errand *row)
{
    struct store_errand copy = *row;
    struct error error;

    assert_true(store_write(site->setup->book.store, keep_work, &copy, &error));
}

static const struct store_errand call_back = {
    .errand = {.kind = ERRAND_CALL_BACK,
               .key = "000000000000000000000000000000a1",
               .asked_at = NOW - 86400,
               .language = LANGUAGE_PL,
               .product = "paspoort",
               .phone = "0698765432",
               .from = NOW + 3600,
               .until = NOW + 4 * 3600},
    .kiosk = "linde-01",
    .location = "linde",
    .received_at = NOW - 86400,
};

static const struct store_errand help = {
    .errand = {.kind = ERRAND_HELP,
               .key = "000000000000000000000000000000b2",
               .asked_at = NOW,
               .calls = 2},
    .kiosk = "<b>&kiosk",
    .location = "gone",
    .received_at = NOW,
};

#define TEXTS(...)                                                                     \
    (const char *const[])                                                              \
    {                                                                                  \
        __VA_ARGS__, NULL                                                              \
    }

static void
test_what_waits_shows_until_it_is_done(void **state)
{
    struct site *site = *state;
    char *page;

    keep(site, &call_back);
    keep(site, &help);
    sign_in(site, ROLE_EDITOR);
    page = look(site, TEXTS("06 98 76 54 32", "vandaag, 10.00 – 13.00", "Polski",
                            "&lt;b&gt;&amp;kiosk", "2 keer geroepen", "linde-01",
                            "Cache-Control: no-store"));
    assert_null(strstr(page, "<b>&kiosk"));
    assert_null(strstr(page, "te laat"));
    free(page);
    assert_sends(site, call_back.errand.key, 303);
    assert_sends(site, help.errand.key, 303);
    page = look(site, TEXTS("Er wacht niemand."));
    assert_null(strstr(page, "06 98"));
    assert_null(strstr(page, "kiosk"));
    free(page);
    assert_sends(site, call_back.errand.key, 303); /* also twice */
    assert_sends(site, "000000000000000000000000000000ff", 404);
    assert_sends(site, "x", 404);
}

static void
test_who_was_not_called_in_time_is_marked(void **state)
{
    struct site *site = *state;
    struct store_errand unreadable = {
        .errand = {.kind = ERRAND_CALL_BACK, .key = "000000000000000000000000000000c3"},
        .kiosk = "linde-01",
        .location = "linde",
        .received_at = NOW,
        .unreadable = true};

    keep(site, &call_back);
    keep(site, &unreadable);
    book_setup_clock = NOW + 5 * 3600;
    sign_in(site, ROLE_EDITOR);
    free(look(site, TEXTS("te laat", "Dit verzoek is niet meer te lezen")));
}

static void
test_the_page_is_for_who_calls(void **state)
{
    struct site *site = *state;
    char *answer;

    keep(site, &call_back);
    answer = ask(site, "GET", PAGE, NULL);
    assert_int_equal(plain_http_status(answer), 303); /* to signing in */
    free(answer);
    sign_in(site, ROLE_VIEWER);
    answer = ask(site, "GET", PAGE, NULL);
    assert_int_equal(plain_http_status(answer), 403);
    assert_null(strstr(answer, "98 76"));
    free(answer);
    sign_in(site, ROLE_EDITOR);
    free(look(site, TEXTS("06 98 76 54 32")));
    site->word[0] = site->word[0] == 'A' ? 'B' : 'A'; /* another site's form */
    assert_sends(site, call_back.errand.key, 403);
    free(look(site, TEXTS("06 98 76 54 32")));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_what_waits_shows_until_it_is_done),
        TEST(test_who_was_not_called_in_time_is_marked),
        TEST(test_the_page_is_for_who_calls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
