#include "visit/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/visit_kiosk.h"
#include "visit/flow_parts.h"
#include "visit/paper_words.h"

/* What is sensitive stands on no paper by its own name: whoever finds one, or stands by
 * the printer, need not know what somebody came for. */

#define EXAMPLE "assets/example/catalogue.json"
#define CATALOGUE "/tmp/loketzuil-neutral-XXXXXX"

static char catalogue[] = CATALOGUE;

/* The example, but its extract is sensitive: numbers are drawn for it. */
static void
write_catalogue(void)
{
    static const char before[] = "\"sensitive\": false";
    static const char after[] = "\"neutral_name\": {\"nl\": \"Een bewijs\"}, "
                                "\"sensitive\": true";
    struct error error = {0};
    size_t length;
    char *text = file_read(EXAMPLE, 4 << 20, &length, &error);
    char *product, *at, *whole;

    assert_non_null(text);
    product = strstr(text, "\"id\": \"uittreksel\",\n      \"upl");
    product = product != NULL ? product : strstr(text, "\"id\": \"uittreksel\"");
    assert_non_null(product);
    at = strstr(product, before);
    assert_non_null(at);
    whole = memory_allocate(1, length + sizeof(after));
    memcpy(whole, text, (size_t)(at - text));
    strcpy(whole + (at - text), after);
    strcat(whole, at + strlen(before));
    assert_true(file_write(catalogue, whole, strlen(whole), 0600, &error));
    free(whole);
    free(text);
}

static int
open_kiosk(void **state)
{
    struct visit_kiosk *kiosk = memory_allocate(1, sizeof(*kiosk));

    write_catalogue();
    visit_kiosk_open_with(kiosk, catalogue);
    *state = kiosk;
    return 0;
}

static int
close_kiosk(void **state)
{
    visit_kiosk_close(*state);
    free(*state);
    return 0;
}

/* Every text on the paper; of its name only what no other word has. */
static void
assert_paper_is_silent(const struct paper_ticket *ticket, const char *name)
{
    const char *bytes = (const char *)ticket;
    size_t length = strlen(name);

    for (size_t i = 0; i + length <= sizeof(*ticket); i++) {
        if (memcmp(bytes + i, name, length) == 0) {
            fail_msg("the paper says \"%s\"", bytes + i);
        }
    }
}

static void
press_first_time(struct visit_kiosk *kiosk)
{
    const struct page *page = visit_kiosk_show(kiosk);

    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_TIME) {
            visit_kiosk_press(kiosk, page->elements[i].id);
            return;
        }
    }
    fail_msg("no time is free");
}

static void
book(struct visit_kiosk *kiosk)
{
    visit_kiosk_press_all(kiosk, "start overlijden overlijden arrange here no "
                                 "appointment");
    for (int i = 0; i < 8 && !text_equal(visit_kiosk_show(kiosk)->screen, "done"); i++)
    {
        if (text_equal(kiosk->page.screen, "contact")) {
            visit_kiosk_input(kiosk, INPUT_TYPE, "de Vries");
            visit_kiosk_press(kiosk, "enter");
            visit_kiosk_input(kiosk, INPUT_TYPE, "0612345678");
            visit_kiosk_press(kiosk, "enter");
        } else if (text_equal(kiosk->page.screen, "time")) {
            press_first_time(kiosk);
            visit_kiosk_press(kiosk, "next");
        } else if (text_equal(kiosk->page.screen, "confirm")) {
            visit_kiosk_press(kiosk, "confirm");
        } else {
            visit_kiosk_press(kiosk, "next");
        }
    }
    assert_screen(kiosk, "done");
}

static void
test_a_ticket_says_the_neutral_name(void **state)
{
    struct visit_kiosk *kiosk = *state;
    static struct paper_ticket ticket;
    struct view view;

    book(kiosk);
    view = flow_view(kiosk->flow);
    paper_words(&view, &ticket);
    assert_true(ticket.product[0] != '\0');
    assert_paper_is_silent(&ticket, "verlijden");
    assert_paper_is_silent(&ticket, "verleden");
    assert_paper_is_silent(&ticket, "OVERLIJDEN");
}

static void
test_a_number_says_the_neutral_name(void **state)
{
    struct visit_kiosk *kiosk = *state;
    static struct paper_ticket ticket;
    struct view view;

    visit_kiosk_press_all(kiosk,
                          "start uittreksels uittreksel arrange other self walk-in");
    assert_screen(kiosk, "number");
    assert_shows_not(kiosk, "ittreksel");
    assert_shows(kiosk, "Een bewijs");
    view = flow_view(kiosk->flow);
    paper_words_number(&view, &ticket);
    assert_non_null(strstr(ticket.product, "Een bewijs"));
    assert_paper_is_silent(&ticket, "ittreksel");
}

static void
test_a_slip_says_the_neutral_name(void **state)
{
    struct visit_kiosk *kiosk = *state;
    static struct paper_ticket ticket;
    struct view view;

    visit_kiosk_press_all(kiosk, "start overlijden overlijden arrange here help "
                                 "ask-person slip");
    assert_screen(kiosk, "slip");
    view = flow_view(kiosk->flow);
    paper_words_slip(&view, &ticket);
    assert_true(ticket.want[0] != '\0');
    assert_paper_is_silent(&ticket, "verlijden");
    assert_paper_is_silent(&ticket, "verleden");
}

static bool
says(const struct words *words, enum language language, const char *name)
{
    const char *text = words->in[language];

    return text != NULL && strstr(text, name) != NULL;
}

/* Nor is it given away by what is to be brought. */
static void
test_what_to_bring_does_not_name_it_either(void **state)
{
    const struct visit_kiosk *kiosk = *state;
    size_t looked_at = 0;

    for (size_t i = 0; i < kiosk->catalogue->product_count; i++) {
        const struct product *product = &kiosk->catalogue->products[i];

        for (size_t b = 0; product->sensitive && b < product->bring_count; b++) {
            const struct bring *bring = &product->bring[b];
            const struct words *words =
                bring->ticket.in[LANGUAGE_NL] != NULL ? &bring->ticket : &bring->label;

            for (int language = 0; language < LANGUAGE_COUNT; language++) {
                const char *name = product->name.in[language];
                const char *brief = product->short_name.in[language];
                const char *neutral = product->neutral_name.in[language];

                if (brief != NULL && neutral != NULL && strcmp(brief, neutral) != 0) {
                    assert_false(says(words, (enum language)language, brief));
                }
                assert_false(name != NULL &&
                             says(words, (enum language)language, name));
                looked_at++;
            }
        }
    }
    assert_true(looked_at > 20);
}

static int
make_file(void **state)
{
    int file = mkstemp(catalogue);

    (void)state;
    return file < 0 ? -1 : close(file);
}

static int
remove_file(void **state)
{
    (void)state;
    return unlink(catalogue);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_kiosk, close_kiosk)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_ticket_says_the_neutral_name),
        TEST(test_a_number_says_the_neutral_name),
        TEST(test_a_slip_says_the_neutral_name),
        TEST(test_what_to_bring_does_not_name_it_either),
    };

    return cmocka_run_group_tests_name("neutral", tests, make_file, remove_file);
}
