#include "visit/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/text.h"
#include "support/visit_kiosk.h"

/* How a citizen sets the screen and the voice, and what becomes of it. */

static int
open_kiosk(void **state)
{
    struct visit_kiosk *kiosk = memory_allocate(1, sizeof(*kiosk));

    visit_kiosk_open(kiosk);
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

static bool
is_selected(struct visit_kiosk *kiosk, const char *id)
{
    const struct element *element = page_find(visit_kiosk_show(kiosk), id);

    assert_non_null(element);
    return (element->flags & ELEMENT_SELECTED) != 0;
}

static void
test_a_choice_works_at_once_and_the_question_stays(void **state)
{
    struct visit_kiosk *kiosk = *state;
    const struct adjustment *adjustment = &kiosk->page.adjustment;

    visit_kiosk_press_all(kiosk, "start paspoort adjust");
    assert_true(is_selected(kiosk, "text-normal"));
    visit_kiosk_press(kiosk, "text-large");
    assert_true(is_selected(kiosk, "text-large"));
    assert_false(is_selected(kiosk, "text-normal"));
    assert_int_equal(adjustment->text, TEXT_LARGE);
    visit_kiosk_press_all(kiosk, "contrast-high reach-low speech-on");
    visit_kiosk_show(kiosk);
    assert_true(adjustment->high_contrast && adjustment->reduced_reach &&
                adjustment->speech);
    visit_kiosk_press_all(kiosk, "contrast-normal reach-normal speech-off");
    visit_kiosk_show(kiosk);
    assert_false(adjustment->high_contrast || adjustment->reduced_reach ||
                 adjustment->speech);
    visit_kiosk_press(kiosk, "adjusted");
    assert_screen(kiosk, "products");
    assert_false(page_has_overlay(visit_kiosk_show(kiosk)));
    assert_int_equal(adjustment->text, TEXT_LARGE);
}

static void
test_what_is_set_is_said_with_what_it_sets(void **state)
{
    struct visit_kiosk *kiosk = *state;
    char said[100];

    visit_kiosk_press_all(kiosk, "start adjust");
    page_speak(page_find(visit_kiosk_show(kiosk), "text-largest"), said, sizeof(said));
    assert_string_equal(said, "Letters: Grootst");
}

static void
test_what_was_set_is_gone_with_the_visit(void **state)
{
    struct visit_kiosk *kiosk = *state;
    const struct adjustment none = {0};

    visit_kiosk_press_all(
        kiosk, "start adjust text-largest contrast-high reach-low speech-on stop");
    visit_kiosk_show(kiosk);
    assert_memory_equal(&kiosk->page.adjustment, &none, sizeof(none));
    visit_kiosk_press(kiosk, "start");
    visit_kiosk_show(kiosk);
    assert_memory_equal(&kiosk->page.adjustment, &none, sizeof(none));
}

static void
test_what_was_used_is_counted_also_when_it_was_put_back(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start adjust text-large text-normal speech-on stop");
    visit_kiosk_press_all(kiosk, "start adjust reach-low contrast-high stop");
    visit_kiosk_press_all(kiosk, "start adjust text-normal contrast-normal stop");
    assert_counted(kiosk, "begun\nended stopped nl home large-text speech\n"
                          "begun\nended stopped nl home high-contrast reduced-reach\n"
                          "begun\nended stopped nl home\n");
}

static void
test_the_cell_that_opens_it_closes_it(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start adjust adjust");
    assert_false(page_has_overlay(visit_kiosk_show(kiosk)));
    visit_kiosk_press_all(kiosk, "help adjust");
    assert_shows(kiosk, "Scherm aanpassen");
    visit_kiosk_input(kiosk, INPUT_BACK, NULL);
    assert_false(page_has_overlay(visit_kiosk_show(kiosk)));
    assert_screen(kiosk, "home");
}

static void
miss(struct visit_kiosk *kiosk)
{
    visit_kiosk_input(kiosk, INPUT_MISS, NULL);
}

static void
test_who_misses_twice_is_offered_larger_ones(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press(kiosk, "start");
    miss(kiosk);
    assert_false(page_has_overlay(visit_kiosk_show(kiosk)));
    visit_kiosk_press(kiosk, "paspoort");
    miss(kiosk); /* something was pressed in between */
    assert_false(page_has_overlay(visit_kiosk_show(kiosk)));
    miss(kiosk);
    assert_shows(kiosk, "Groter?");
    visit_kiosk_press(kiosk, "larger");
    visit_kiosk_show(kiosk);
    assert_int_equal(kiosk->page.adjustment.text, TEXT_LARGE);
    assert_false(page_has_overlay(&kiosk->page));
    assert_screen(kiosk, "products");
    visit_kiosk_press(kiosk, "stop");
    assert_counted(kiosk,
                   "begun\nended stopped nl products large-text home=1 products=2\n");
}

static void
test_larger_is_asked_once_and_never_forced(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press(kiosk, "start");
    miss(kiosk);
    miss(kiosk);
    visit_kiosk_press(kiosk, "not-larger");
    for (int i = 0; i < 5; i++) {
        miss(kiosk); /* help may be offered then */
        assert_shows_not(kiosk, "Groter?");
    }
    assert_int_equal(kiosk->page.adjustment.text, TEXT_NORMAL);
    visit_kiosk_press_all(kiosk, "stop start");
    miss(kiosk);
    miss(kiosk);
    assert_shows(kiosk, "Groter?"); /* of the next citizen nothing is known */
}

static void
test_who_has_larger_ones_is_not_asked(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start adjust text-large adjusted");
    miss(kiosk);
    miss(kiosk);
    miss(kiosk);
    assert_false(page_has_overlay(visit_kiosk_show(kiosk)));
}

/* Eight screens are told apart, those with most misses; in all there are more. */
static void
test_misses_are_told_by_screen(void **state)
{
    struct visit_kiosk *kiosk = *state;
    static const char *const way[] = {"start", "paspoort", "paspoort",  "arrange",
                                      "self",  "have",     "normal",    "appointment",
                                      "next",  "next",     "time-1040", "next"};

    for (size_t i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
        if (page_has_overlay(visit_kiosk_show(kiosk))) {
            visit_kiosk_press(kiosk, "continue"); /* no help is wanted */
        }
        visit_kiosk_press(kiosk, way[i]);
        miss(kiosk);
    }
    assert_int_equal(flow_session(kiosk->flow)->misses, 12);
    visit_kiosk_press(kiosk, "stop");
    assert_counted(kiosk, "begun\ninformation paspoort\nstarted paspoort appointment\n"
                          "abandoned paspoort appointment contact\n"
                          "ended stopped nl contact channel=1 contact=1 day=1 home=1"
                          " info=1 persons=1 question=3 time=2 help time declined\n");
}

/* --- somebody is looking ------------------------------------------------------------
 */

#define TO_CONTACT                                                                     \
    "start paspoort paspoort arrange self have normal appointment next next "          \
    "time-1040 next"

static void
assert_nothing_shows(struct visit_kiosk *kiosk)
{
    assert_screen(kiosk, "blank");
    assert_shows(kiosk, "Kijkt er iemand mee?");
    assert_shows_not(kiosk, "aspoort");
    assert_shows_not(kiosk, "de Vries");
    assert_shows_not(kiosk, "Stap");
    assert_null(page_find(visit_kiosk_show(kiosk), "back"));
}

static void
test_a_blank_page_keeps_everything(void **state)
{
    struct visit_kiosk *kiosk = *state;
    struct session *session = memory_allocate(1, sizeof(*session));
    char trace[2][8000];

    visit_kiosk_press_all(kiosk, TO_CONTACT);
    visit_kiosk_input(kiosk, INPUT_TYPE, "de Vries");
    page_trace(visit_kiosk_show(kiosk), trace[0], sizeof(trace[0]));
    *session = *flow_session(kiosk->flow);
    visit_kiosk_press_all(kiosk, "help blank");
    assert_nothing_shows(kiosk);
    visit_kiosk_input(kiosk, INPUT_TYPE, "Jansen");
    visit_kiosk_input(kiosk, INPUT_ERASE, NULL);
    visit_kiosk_input(kiosk, INPUT_BACK, NULL);
    visit_kiosk_input(kiosk, INPUT_SCAN, "HTTPS://EXAMPLE.NL/");
    assert_nothing_shows(kiosk);
    visit_kiosk_press(kiosk, "show-again");
    page_trace(visit_kiosk_show(kiosk), trace[1], sizeof(trace[1]));
    assert_string_equal(trace[0], trace[1]);
    assert_memory_equal(session, flow_session(kiosk->flow), sizeof(*session));
    free(session);
}

static void
test_what_lies_over_a_blank_page_shows_nothing_either(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort help blank adjust");
    assert_null(page_find(visit_kiosk_show(kiosk), "blank"));
    assert_nothing_shows(kiosk);
    visit_kiosk_press_all(kiosk, "text-large adjusted language choose-en");
    assert_shows(kiosk, "Is somebody looking?");
    visit_kiosk_press_all(kiosk, "help continue show-again");
    assert_screen(kiosk, "info");
    assert_int_equal(visit_kiosk_show(kiosk)->adjustment.text, TEXT_LARGE);
}

static void
test_who_asks_for_people_leaves_the_blank_page(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort help blank help ask-person");
    assert_screen(kiosk, "person");
    assert_false(flow_session(kiosk->flow)->blanked);
}

static void
test_a_blank_page_is_wiped_after_a_minute(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort help blank");
    visit_kiosk_pass(kiosk, 59000);
    assert_nothing_shows(kiosk);
    assert_int_equal(flow_next_tick_ms(kiosk->flow), kiosk->moment.now_ms + 1000);
    visit_kiosk_pass(kiosk, 1000);
    assert_true(flow_is_at_rest(kiosk->flow));
    assert_true(session_is_wiped(flow_session(kiosk->flow)));
    assert_counted(kiosk, "begun\ninformation paspoort\nended timed-out nl info\n");
}

static void
test_enter_shows_everything_again(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort help blank");
    visit_kiosk_input(kiosk, INPUT_ENTER, NULL);
    assert_screen(kiosk, "products");
}

/* --- what is sensitive --------------------------------------------------------------
 */

/* What is read from afar: the stage, and whatever is large. */
static void
assert_stage_is_neutral(struct visit_kiosk *kiosk, const char *name)
{
    const struct page *page = visit_kiosk_show(kiosk);

    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        if (element->slot == SLOT_STAGE && (strstr(element->label, name) != NULL ||
                                            strstr(element->detail, name) != NULL))
        {
            fail_msg("%s says \"%s\" on the stage", page->screen, element->label);
        }
    }
}

static void
press_first(struct visit_kiosk *kiosk, enum role role)
{
    const struct page *page = visit_kiosk_show(kiosk);

    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == role && page_can_press(page, &page->elements[i]))
        {
            visit_kiosk_press(kiosk, page->elements[i].id);
            return;
        }
    }
    fail_msg("nothing to press on %s", page->screen);
}

/* One screen further to an appointment, whatever it asks. */
static void
go_on(struct visit_kiosk *kiosk)
{
    char screen[24];

    text_copy(screen, sizeof(screen), visit_kiosk_show(kiosk)->screen);
    if (text_equal(screen, "info")) {
        visit_kiosk_press(kiosk, "arrange");
    } else if (text_equal(screen, "question")) {
        visit_kiosk_press(kiosk,
                          page_find(&kiosk->page, "here") != NULL ? "here" : "no");
    } else if (text_equal(screen, "channel")) {
        visit_kiosk_press(kiosk, "appointment");
    } else if (text_equal(screen, "contact")) {
        visit_kiosk_input(kiosk, INPUT_TYPE, "de Vries");
        visit_kiosk_press(kiosk, "enter");
        visit_kiosk_input(kiosk, INPUT_TYPE, "0612345678");
        visit_kiosk_press(kiosk, "enter");
    } else if (text_equal(screen, "confirm")) {
        visit_kiosk_press(kiosk, "confirm");
    } else {
        if (text_equal(screen, "time")) {
            press_first(kiosk, ROLE_TIME);
        }
        visit_kiosk_press(kiosk, "next");
    }
}

/* Nobody behind a citizen reads what for; from the choice of a way on it stands
 * nowhere, nor on the ticket. */
static void
test_what_is_sensitive_is_neutral_on_every_screen(void **state)
{
    struct visit_kiosk *kiosk = *state;
    bool chosen = false;

    visit_kiosk_press_all(kiosk, "start overlijden overlijden");
    assert_screen(kiosk, "info");
    assert_shows(kiosk, "Overlijden melden"); /* where only the citizen reads it */
    for (int i = 0; i < 20 && !text_equal(visit_kiosk_show(kiosk)->screen, "done"); i++)
    {
        assert_stage_is_neutral(kiosk, "verlijden");
        chosen = chosen || text_equal(kiosk->page.screen, "channel");
        if (chosen) {
            assert_shows_not(kiosk, "verlijden");
        }
        go_on(kiosk);
    }
    assert_screen(kiosk, "done");
    assert_shows_not(kiosk, "verlijden");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_kiosk, close_kiosk)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_choice_works_at_once_and_the_question_stays),
        TEST(test_what_is_set_is_said_with_what_it_sets),
        TEST(test_what_was_set_is_gone_with_the_visit),
        TEST(test_what_was_used_is_counted_also_when_it_was_put_back),
        TEST(test_the_cell_that_opens_it_closes_it),
        TEST(test_who_misses_twice_is_offered_larger_ones),
        TEST(test_larger_is_asked_once_and_never_forced),
        TEST(test_who_has_larger_ones_is_not_asked),
        TEST(test_misses_are_told_by_screen),
        TEST(test_a_blank_page_keeps_everything),
        TEST(test_what_lies_over_a_blank_page_shows_nothing_either),
        TEST(test_who_asks_for_people_leaves_the_blank_page),
        TEST(test_a_blank_page_is_wiped_after_a_minute),
        TEST(test_enter_shows_everything_again),
        TEST(test_what_is_sensitive_is_neutral_on_every_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
