#include "visit/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/scripted.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/visit_kiosk.h"
#include "visit/paper_words.h"

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

/* From the touch of the screen to the choice of channel, for a passport. */
#define TO_CHANNEL "start paspoort paspoort arrange self have normal"
#define TO_DAY TO_CHANNEL " appointment next"
#define BEGUN "begun\n"
#define STARTED BEGUN "information paspoort\nstarted paspoort appointment\n"

/* The first free time of the day that is chosen already. */
static void
choose_first_time(struct visit_kiosk *kiosk)
{
    const struct page *page;

    visit_kiosk_press(kiosk, "next");
    assert_screen(kiosk, "time");
    page = visit_kiosk_show(kiosk);
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_TIME) {
            visit_kiosk_press(kiosk, page->elements[i].id);
            break;
        }
    }
}

static void
fill_in(struct visit_kiosk *kiosk)
{
    assert_screen(kiosk, "contact");
    visit_kiosk_input(kiosk, INPUT_TYPE, "de Vries");
    visit_kiosk_press(kiosk, "enter");
    visit_kiosk_input(kiosk, INPUT_TYPE, "0612345678");
    visit_kiosk_press(kiosk, "enter");
}

static void
to_confirm(struct visit_kiosk *kiosk)
{
    visit_kiosk_press_all(kiosk, TO_DAY);
    choose_first_time(kiosk);
    visit_kiosk_press(kiosk, "next");
    fill_in(kiosk);
    assert_screen(kiosk, "confirm");
}

static void
test_a_passport_from_touch_to_ticket(void **state)
{
    struct visit_kiosk *kiosk = *state;

    assert_screen(kiosk, "attract");
    to_confirm(kiosk);
    assert_shows(kiosk, "€\u00a088,65");
    visit_kiosk_press(kiosk, "confirm");
    assert_screen(kiosk, "done");
    assert_shows(kiosk, "Uw afspraak is gemaakt");
    assert_int_equal(scripted_count_booked(kiosk->client), 1);
    visit_kiosk_press(kiosk, "done");
    visit_kiosk_press(kiosk, "skip");
    assert_screen(kiosk, "attract");
    assert_counted(kiosk, STARTED "completed paspoort appointment\n"
                                  "ended completed nl done\n");
    assert_int_equal(kiosk->events_recorded, 5);
}

static void
test_the_ticket_is_printed_once(void **state)
{
    struct visit_kiosk *kiosk = *state;
    char path[PRINTER_PATH_BYTES];

    to_confirm(kiosk);
    visit_kiosk_press(kiosk, "confirm");
    visit_kiosk_press(kiosk, "print");
    assert_shows(kiosk, "Uw ticket is geprint.");
    assert_true(printer_last(kiosk->printer, path));
    assert_null(page_find(visit_kiosk_show(kiosk), "print"));
    visit_kiosk_press_all(kiosk, "done skip");
    assert_true(flow_is_at_rest(kiosk->flow));
}

static void
test_who_has_the_ticket_need_not_wait_for_paper(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    visit_kiosk_press(kiosk, "confirm");
    visit_kiosk_touch(kiosk, "print");
    visit_kiosk_touch(kiosk, "done");
    visit_kiosk_touch(kiosk, "skip");
    assert_true(flow_is_at_rest(kiosk->flow));
    visit_kiosk_wait(kiosk);
    assert_true(session_is_wiped(flow_session(kiosk->flow)));
}

static void
test_what_was_typed_is_gone_once_it_is_booked(void **state)
{
    static const struct typed nothing;
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    visit_kiosk_press(kiosk, "confirm");
    assert_screen(kiosk, "done");
    assert_memory_equal(&flow_session(kiosk->flow)->typed, &nothing, sizeof(nothing));
}

static void
test_going_back_gives_up_waiting(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DAY);
    visit_kiosk_touch(kiosk, "next");
    assert_true(flow_is_busy(kiosk->flow));
    visit_kiosk_touch(kiosk, "back");
    assert_false(flow_is_busy(kiosk->flow));
    visit_kiosk_wait(kiosk);
    assert_screen(kiosk, "day");
}

static void
test_without_paper_the_ticket_stays_on_the_screen(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    printer_play(kiosk->printer, "out-of-paper");
    visit_kiosk_press(kiosk, "confirm");
    visit_kiosk_press(kiosk, "print");
    assert_shows(kiosk, "Het papier van de printer is op.");
    assert_shows(kiosk, "ticket-code");
    visit_kiosk_press_all(kiosk, "done skip");
    assert_counted(kiosk, STARTED "completed paspoort appointment\n"
                                  "ended completed nl done\n");
}

static void
test_a_printer_that_is_out_of_paper_before_is_not_offered(void **state)
{
    struct visit_kiosk *kiosk = *state;

    printer_play(kiosk->printer, "out-of-paper");
    to_confirm(kiosk);
    visit_kiosk_press(kiosk, "confirm");
    assert_screen(kiosk, "done");
    assert_null(page_find(visit_kiosk_show(kiosk), "print"));
}

#define TO_HAND_OVER "start verhuizen verhuizing arrange"

static void
to_hand_over(struct visit_kiosk *kiosk)
{
    visit_kiosk_press_all(kiosk, TO_HAND_OVER);
    for (int i = 0; i < 5 && !strcmp(visit_kiosk_show(kiosk)->screen, "question"); i++)
    {
        visit_kiosk_press(kiosk, i == 0 ? "inside" : i == 1 ? "rented" : "no");
    }
    assert_screen(kiosk, "channel");
    visit_kiosk_press(kiosk, "online");
    assert_screen(kiosk, "hand-over");
}

static void
test_a_move_goes_on_on_the_phone(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_hand_over(kiosk);
    assert_shows(kiosk, "https://voorbeeld.nl/verhuizen?loketzuil=");
    visit_kiosk_press_all(kiosk, "done skip");
    assert_counted(kiosk, BEGUN "information verhuizing\nstarted verhuizing online\n"
                                "handed-over verhuizing online\n"
                                "self-reported verhuizing online\n"
                                "ended handed-over nl hand-over\n");
}

static void
test_who_walks_away_with_the_phone_is_handed_over(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_hand_over(kiosk);
    visit_kiosk_pass(kiosk, 90000);
    assert_counted(kiosk, BEGUN "information verhuizing\nstarted verhuizing online\n"
                                "handed-over verhuizing online\n"
                                "ended handed-over nl hand-over\n");
}

static void
test_without_a_phone_there_are_other_ways(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_hand_over(kiosk);
    visit_kiosk_press(kiosk, "no-phone");
    assert_screen(kiosk, "channel");
    assert_shows(kiosk, "Geen telefoon bij u?");
    visit_kiosk_press_all(kiosk, "appointment stop");
    assert_counted(kiosk, BEGUN "information verhuizing\nstarted verhuizing online\n"
                                "abandoned verhuizing online channel\n"
                                "started verhuizing appointment\n"
                                "abandoned verhuizing appointment day\n"
                                "ended stopped nl day\n");
}

static void
test_a_scanned_code_stays_good_and_the_next_visit_has_another(void **state)
{
    struct visit_kiosk *kiosk = *state;
    char first[200];

    to_hand_over(kiosk);
    strcpy(first, page_find(visit_kiosk_show(kiosk), "qr")->value);
    visit_kiosk_press_all(kiosk, "back online");
    assert_string_equal(first, page_find(visit_kiosk_show(kiosk), "qr")->value);
    visit_kiosk_press(kiosk, "stop");
    to_hand_over(kiosk);
    assert_string_not_equal(first, page_find(visit_kiosk_show(kiosk), "qr")->value);
}

/* --- stopping and walking away ---------------------------------------------------- */

static void
test_stop_wipes_everything_at_once(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    visit_kiosk_press(kiosk, "change-when");
    visit_kiosk_press(kiosk, "next");
    assert_shows(kiosk, "de Vries");
    visit_kiosk_press(kiosk, "stop");
    assert_true(session_is_wiped(flow_session(kiosk->flow)));
    assert_screen(kiosk, "attract");
    assert_shows_not(kiosk, "Vries");
    assert_int_equal(scripted_count_held(kiosk->client), 0);
    assert_counted(kiosk, STARTED "abandoned paspoort appointment contact\n"
                                  "ended stopped nl contact\n");
}

static void
test_who_walks_away_is_warned_and_then_forgotten(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DAY);
    visit_kiosk_pass(kiosk, 59999);
    assert_shows_not(kiosk, "Bent u er nog?");
    visit_kiosk_pass(kiosk, 1);
    assert_shows(kiosk, "Bent u er nog?");
    assert_shows(kiosk, "30");
    visit_kiosk_pass(kiosk, 8000);
    assert_int_equal(page_find(visit_kiosk_show(kiosk), "countdown")->number, 22);
    visit_kiosk_pass(kiosk, 22000);
    assert_screen(kiosk, "attract");
    assert_true(session_is_wiped(flow_session(kiosk->flow)));
    assert_counted(kiosk, STARTED "abandoned paspoort appointment day\n"
                                  "ended timed-out nl day help day declined\n");
}

static void
test_any_touch_says_that_somebody_is_there(void **state)
{
    static const enum input_kind kinds[] = {INPUT_MISS, INPUT_FOCUS, INPUT_BACK};
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DAY);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        visit_kiosk_pass(kiosk, 70000);
        assert_shows(kiosk, "Bent u er nog?");
        visit_kiosk_input(kiosk, kinds[i], NULL);
        assert_shows_not(kiosk, "Bent u er nog?");
        assert_screen(kiosk, "day");
    }
    visit_kiosk_pass(kiosk, 70000);
    visit_kiosk_press(kiosk, "go-on");
    assert_screen(kiosk, "day");
}

static void
test_a_visit_that_only_reads_is_informed(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort stop");
    assert_counted(kiosk, BEGUN "information paspoort\nended informed nl info\n");
}

static void
test_a_page_is_counted_once_a_visit(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort back paspoort back "
                                 "continue identiteitskaart stop");
    assert_counted(kiosk, BEGUN "information paspoort\ninformation identiteitskaart\n"
                                "ended informed nl info help products declined\n");
}

static void
test_a_missed_touch_begins_a_visit_but_is_no_miss(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_input(kiosk, INPUT_MISS, NULL);
    assert_screen(kiosk, "home");
    assert_int_equal(flow_session(kiosk->flow)->misses, 0);
    visit_kiosk_input(kiosk, INPUT_MISS, NULL);
    assert_int_equal(flow_session(kiosk->flow)->misses, 1);
}

/* --- back, languages, help
 * ------------------------------------------------------------
 */

static void
test_back_goes_the_same_way_back(void **state)
{
    static const char *const screens[] = {"confirm",  "contact", "time",     "day",
                                          "persons",  "channel", "question", "question",
                                          "question", "info",    "products", "home"};
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
        assert_screen(kiosk, screens[i]);
        visit_kiosk_pass(kiosk, 16000); /* at one's ease */
        visit_kiosk_input(kiosk, INPUT_BACK, NULL);
    }
    assert_screen(kiosk, "home");
    assert_null(page_find(visit_kiosk_show(kiosk), "back"));
}

static void
test_another_answer_after_back_is_the_one_that_counts(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_CHANNEL " back back back child have fast");
    assert_screen(kiosk, "channel");
    assert_shows(kiosk, "€\u00a0127,35");
}

static void
test_an_answer_may_lead_to_another_product_and_back(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort paspoort arrange self lost");
    assert_screen(kiosk, "info");
    assert_string_equal(flow_session(kiosk->flow)->product->id, "reisdocument-kwijt");
    visit_kiosk_press_all(kiosk, "back");
    assert_screen(kiosk, "question");
    assert_string_equal(flow_session(kiosk->flow)->product->id, "paspoort");
    visit_kiosk_press_all(kiosk, "have normal");
    assert_screen(kiosk, "channel");
}

static void
test_a_text_that_is_only_there_in_dutch_says_so(void **state)
{
    struct visit_kiosk *kiosk = memory_allocate(1, sizeof(*kiosk));
    const struct element *tile, *search;
    char spoken[200];

    (void)state;
    visit_kiosk_open_with(kiosk, "tests/data/catalogue-places.json");
    visit_kiosk_press_all(kiosk, "start language-en");
    tile = page_find(visit_kiosk_show(kiosk), "reizen");
    search = page_find(&kiosk->page, "search");
    assert_string_equal(tile->label, "Paspoort en ID-kaart\u00a0(NL)");
    assert_true(page_is_dutch(tile) && !page_is_dutch(search));
    page_speak(tile, spoken, sizeof(spoken));
    assert_string_equal(spoken, "Paspoort en ID-kaart");
    assert_true(kiosk->page.dutch_count > 0);
    assert_string_equal(kiosk->page.place, "Bibliotheek De Linde"); /* a name */
    visit_kiosk_press(kiosk, "language-nl");
    assert_string_equal(page_find(visit_kiosk_show(kiosk), "reizen")->label,
                        "Paspoort en ID-kaart");
    assert_int_equal(kiosk->page.dutch_count, 0);
    visit_kiosk_close(kiosk);
    free(kiosk);
}

/* On a page that is Dutch for the most part it is told in the page's own language. */
static void
test_a_page_of_much_dutch_says_so(void **state)
{
    struct visit_kiosk *kiosk = memory_allocate(1, sizeof(*kiosk));
    const struct element *message;

    (void)state;
    visit_kiosk_open_with(kiosk, "tests/data/catalogue-places.json");
    visit_kiosk_press_all(kiosk, "start language-en reizen paspoort");
    message = page_find(visit_kiosk_show(kiosk), "dutch");
    assert_non_null(message);
    assert_string_equal(message->label, "Part of this is there in Dutch only.");
    visit_kiosk_press(kiosk, "language");
    visit_kiosk_press(kiosk, "choose-nl");
    assert_null(page_find(visit_kiosk_show(kiosk), "dutch"));
    visit_kiosk_close(kiosk);
    free(kiosk);
}

static void
test_dutch_is_marked_on_paper_too(void **state)
{
    struct visit_kiosk *kiosk = memory_allocate(1, sizeof(*kiosk));
    struct paper_ticket *ticket = memory_allocate(1, sizeof(*ticket));
    struct session session = {0};
    struct view view = {.parts = &kiosk->parts, .session = &session};

    (void)state;
    visit_kiosk_open_with(kiosk, "tests/data/catalogue-places.json");
    view.moment = kiosk->moment;
    view.tongue = (struct tongue){LANGUAGE_EN, kiosk->translations[LANGUAGE_EN]};
    session.product = catalogue_product(kiosk->catalogue, "paspoort");
    session.location = &kiosk->catalogue->locations[0];
    paper_words(&view, ticket);
    assert_string_equal(ticket->product, "Apply for a passport");
    assert_string_equal(ticket->bring[0], "Een nieuwe pasfoto\u00a0(NL)");
    assert_string_equal(ticket->place, "Bibliotheek De Linde"); /* a name */

    session.product = catalogue_product(kiosk->catalogue, "vog");
    paper_words(&view, ticket);
    assert_non_null(strstr(ticket->product, "\u00a0(NL)"));
    view.tongue = (struct tongue){LANGUAGE_NL, kiosk->translations[LANGUAGE_NL]};
    paper_words(&view, ticket);
    assert_null(strstr(ticket->product, "(NL)"));
    visit_kiosk_close(kiosk);
    free(ticket);
    free(kiosk);
}

static void
test_another_language_keeps_everything(void **state)
{
    struct visit_kiosk *kiosk = *state;
    struct appointment_value value;

    visit_kiosk_press_all(kiosk, TO_DAY);
    choose_first_time(kiosk);
    visit_kiosk_press(kiosk, "next");
    visit_kiosk_input(kiosk, INPUT_TYPE, "de Vries");
    value = flow_session(kiosk->flow)->typed.values[0];
    visit_kiosk_press(kiosk, "language");
    assert_shows(kiosk, "Kies uw taal");
    assert_shows(kiosk, "Choose your language");
    visit_kiosk_press(kiosk, "choose-en");
    assert_shows(kiosk, "How can we reach you?");
    assert_shows(kiosk, "de Vries");
    assert_memory_equal(&value, &flow_session(kiosk->flow)->typed.values[0],
                        sizeof(value));
    visit_kiosk_press(kiosk, "stop");
    assert_counted(kiosk, STARTED "abandoned paspoort appointment contact\n"
                                  "ended stopped en contact\n");
    assert_shows(kiosk, "Raak het scherm aan");
}

static void
test_help_tells_where_the_people_are(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start help");
    assert_shows(kiosk, "Komt u er niet uit?");
    visit_kiosk_press(kiosk, "continue");
    assert_shows_not(kiosk, "Komt u er niet uit?");
    visit_kiosk_press_all(kiosk, "help ask-person");
    assert_screen(kiosk, "person");
    assert_shows(kiosk, "Open tot 17.30");
    assert_shows(kiosk, "14 000");
    visit_kiosk_press(kiosk, "done");
    assert_counted(kiosk, BEGUN "ended helped nl person\n");
}

static void
test_help_as_a_channel_is_given(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_CHANNEL " person done");
    assert_counted(kiosk, BEGUN "information paspoort\nstarted paspoort person\n"
                                "completed paspoort person\nended helped nl person\n");
}

static void
test_a_partner_is_one_entrance_further(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start rijbewijs");
    visit_kiosk_press(kiosk, "more");
    visit_kiosk_press(kiosk, "rdw");
    assert_screen(kiosk, "partner");
    assert_shows(kiosk, "https://www.rdw.nl");
    visit_kiosk_press(kiosk, "done");
    assert_counted(kiosk, BEGUN "started rdw partner\nhanded-over rdw partner\n"
                                "ended handed-over nl partner\n");
}

static void
test_back_goes_to_the_part_before(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start paspoort more");
    assert_int_equal(visit_kiosk_show(kiosk)->part, 1);
    visit_kiosk_press(kiosk, "back");
    assert_screen(kiosk, "products");
    assert_int_equal(visit_kiosk_show(kiosk)->part, 0);
    visit_kiosk_press(kiosk, "back");
    assert_screen(kiosk, "home");
}

static void
test_in_other_letters_what_was_shown_stays_in_sight(void **state)
{
    struct visit_kiosk *kiosk = *state;
    char id[PAGE_ID_BYTES] = "";
    const struct page *page;

    visit_kiosk_press_all(kiosk, "start paspoort more");
    page = visit_kiosk_show(kiosk);
    for (size_t i = page->count; i > 0; i--) {
        if (page->elements[i - 1].role == ROLE_ROW) {
            text_copy(id, sizeof(id), page->elements[i - 1].id);
        }
    }
    visit_kiosk_press_all(kiosk, "adjust text-largest adjusted");
    page = visit_kiosk_show(kiosk);
    assert_true(page->part > 1);
    assert_non_null(page_find(page, id));
    visit_kiosk_press_all(kiosk, "language choose-en");
    assert_non_null(page_find(visit_kiosk_show(kiosk), id));
}

static void
test_a_word_finds_a_product(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start search key-p key-a key-r key-k");
    assert_shows(kiosk, "Parkeervergunning");
    visit_kiosk_press_all(kiosk, "enter result-1");
    assert_screen(kiosk, "info");
    visit_kiosk_press(kiosk, "back");
    visit_kiosk_press(kiosk, "field");
    visit_kiosk_input(kiosk, INPUT_TYPE, "qqqqq");
    visit_kiosk_press(kiosk, "enter");
    assert_shows(kiosk, "Niets gevonden.");
}

/* A name has no key for figures: its hyphen would be there twice. */
static void
test_a_name_begins_with_letters_after_figures(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, "start search digits key-1 back");
    visit_kiosk_press_all(kiosk, &TO_DAY[strlen("start ")]);
    choose_first_time(kiosk);
    visit_kiosk_press(kiosk, "next");
    assert_screen(kiosk, "contact");
    assert_non_null(page_find(visit_kiosk_show(kiosk), "key-a"));
}

/* --- typing
 * --------------------------------------------------------------------------- */

static void
test_what_is_wrong_is_named_with_how_it_should_be(void **state)
{
    static const struct {
        const char *typed, *said;
    } cases[] = {
        {"", "Dit is nog leeg."},
        {"061234567", "Er mist 1 cijfer. Een nummer heeft 10 cijfers."},
        {"06123", "Er missen 5 cijfers."},
        {"06123456789", "Er staat 1 cijfer te veel."},
        {"6123456789", "Een nummer begint met een 0."},
        {"+3161", "Een nummer uit het buitenland heeft 8 tot 15 cijfers."},
    };
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DAY);
    choose_first_time(kiosk);
    visit_kiosk_press(kiosk, "next");
    visit_kiosk_input(kiosk, INPUT_TYPE, "Öz");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        visit_kiosk_press(kiosk, "field-2");
        for (int erased = 0; erased < 20; erased++) {
            visit_kiosk_input(kiosk, INPUT_ERASE, NULL);
        }
        visit_kiosk_input(kiosk, INPUT_TYPE, cases[i].typed);
        visit_kiosk_input(kiosk, INPUT_ENTER, NULL);
        assert_screen(kiosk, "contact");
        assert_shows(kiosk, cases[i].said);
    }
    for (int erased = 0; erased < 20; erased++) {
        visit_kiosk_press(kiosk, "erase");
    }
    visit_kiosk_input(kiosk, INPUT_TYPE, "+44 20 7946 0000");
    visit_kiosk_input(kiosk, INPUT_ENTER, NULL);
    assert_screen(kiosk, "confirm");
}

static void
test_the_keys_type_what_is_on_them(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_DAY);
    choose_first_time(kiosk);
    visit_kiosk_press_all(kiosk, "next shift key-u44 key-e accents key-ueb erase");
    assert_string_equal(flow_session(kiosk->flow)->typed.values[0].value, "De");
    visit_kiosk_press_all(kiosk, "accents key-ueb key-u2d key-u2019");
    assert_string_equal(flow_session(kiosk->flow)->typed.values[0].value, "Deë-’");
}

/* --- the world fails
 * ------------------------------------------------------------------ */

static void
test_a_time_that_went_to_somebody_else_gives_the_others(void **state)
{
    struct visit_kiosk *kiosk = *state;
    int64_t gone;

    visit_kiosk_press_all(kiosk, TO_DAY);
    choose_first_time(kiosk);
    gone = flow_session(kiosk->flow)->start;
    scripted_fail_next(kiosk->client, ERROR_TAKEN);
    visit_kiosk_press(kiosk, "next");
    assert_screen(kiosk, "time");
    assert_shows(kiosk, "Deze tijd is net weg.");
    for (size_t i = 0; i < flow_session(kiosk->flow)->known.time_count; i++) {
        assert_true(flow_session(kiosk->flow)->known.time[i].start != gone);
    }
    visit_kiosk_press(kiosk, "back");
    choose_first_time(kiosk);
    visit_kiosk_press(kiosk, "next");
    fill_in(kiosk);
    visit_kiosk_press(kiosk, "confirm");
    assert_screen(kiosk, "done");
}

static void
test_a_time_taken_at_the_last_moment_asks_nothing_twice(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    scripted_fail_next(kiosk->client, ERROR_TAKEN);
    visit_kiosk_press(kiosk, "confirm");
    assert_screen(kiosk, "time");
    assert_string_equal(flow_session(kiosk->flow)->typed.values[0].value, "de Vries");
    assert_int_equal(scripted_count_booked(kiosk->client), 0);
}

static void
test_offline_offers_what_still_works(void **state)
{
    struct visit_kiosk *kiosk = *state;

    scripted_set_offline(kiosk->client, true);
    visit_kiosk_press_all(kiosk, TO_CHANNEL);
    assert_screen(kiosk, "channel");
    visit_kiosk_press(kiosk, "appointment");
    assert_screen(kiosk, "trouble");
    assert_shows(kiosk, "Deze zuil heeft geen internet");
    visit_kiosk_press(kiosk, "again");
    assert_screen(kiosk, "trouble");
    visit_kiosk_press(kiosk, "other-way");
    assert_screen(kiosk, "channel");
    visit_kiosk_press(kiosk, "appointment");
    scripted_set_offline(kiosk->client, false);
    visit_kiosk_press(kiosk, "again");
    assert_screen(kiosk, "persons");
    visit_kiosk_input(kiosk, INPUT_BACK, NULL);
    assert_screen(kiosk, "channel");
}

static void
test_offline_at_the_last_moment_can_be_tried_again(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    scripted_set_offline(kiosk->client, true);
    visit_kiosk_press(kiosk, "confirm");
    assert_screen(kiosk, "trouble");
    scripted_set_offline(kiosk->client, false);
    visit_kiosk_press(kiosk, "again");
    assert_screen(kiosk, "done");
    assert_int_equal(scripted_count_booked(kiosk->client), 1);
}

static void
test_an_answer_that_was_lost_is_asked_for_by_its_key(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    scripted_fail_next(kiosk->client, ERROR_UNCERTAIN);
    visit_kiosk_press(kiosk, "confirm");
    assert_screen(kiosk, "done");
    assert_int_equal(scripted_count_booked(kiosk->client), 1);
}

static void
test_a_system_without_keys_leaves_it_uncertain_and_says_so(void **state)
{
    struct visit_kiosk *kiosk = *state;
    struct appointment_operations operations = *kiosk->client->operations;
    struct appointment_client keyless = {"keyless", &operations, kiosk->client->maker};

    operations.find_key = NULL;
    visit_kiosk_cut(kiosk);
    kiosk->parts.client = &keyless;
    visit_kiosk_start(kiosk);
    to_confirm(kiosk);
    scripted_fail_next(kiosk->client, ERROR_UNCERTAIN);
    visit_kiosk_press(kiosk, "confirm");
    assert_screen(kiosk, "uncertain");
    assert_shows(kiosk, "14 000");
    assert_null(page_find(visit_kiosk_show(kiosk), "back"));
    visit_kiosk_press(kiosk, "done");
    assert_counted(kiosk, STARTED "abandoned paspoort appointment uncertain\n"
                                  "ended stopped nl uncertain\n");
    visit_kiosk_cut(kiosk);
    kiosk->parts.client = kiosk->client;
    visit_kiosk_start(kiosk);
}

#define TO_WALK_IN "start uittreksels uittreksel arrange other self"
#define WALK_IN_STARTED "begun\ninformation uittreksel\nstarted uittreksel walk-in\n"

static void
test_a_number_is_counted_when_it_is_drawn(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_WALK_IN);
    assert_shows(kiosk, "Kom zonder afspraak");
    visit_kiosk_press(kiosk, "walk-in");
    assert_screen(kiosk, "number");
    assert_shows(kiosk, "A 042");
    visit_kiosk_input(kiosk, INPUT_BACK, NULL);
    assert_screen(kiosk, "number");
    visit_kiosk_press_all(kiosk, "done skip");
    assert_int_equal(walk_in_count_drawn(kiosk->walk_in), 1);
    assert_counted(kiosk, WALK_IN_STARTED "completed uittreksel walk-in\n"
                                          "ended completed nl number\n");
}

static void
test_a_number_whose_answer_was_lost_is_drawn_once(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_WALK_IN);
    walk_in_play(kiosk->walk_in, "uncertain");
    visit_kiosk_press(kiosk, "walk-in");
    assert_screen(kiosk, "trouble");
    visit_kiosk_press(kiosk, "again");
    assert_shows(kiosk, "A 042");
    assert_int_equal(walk_in_count_drawn(kiosk->walk_in), 1);
}

static void
test_a_number_that_nobody_saw_is_given_back(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press_all(kiosk, TO_WALK_IN);
    visit_kiosk_touch(kiosk, "walk-in");
    assert_true(flow_is_busy(kiosk->flow));
    visit_kiosk_touch(kiosk, "back"); /* it can't be taken back so */
    visit_kiosk_touch(kiosk, "stop");
    visit_kiosk_wait(kiosk);
    assert_int_equal(walk_in_count_drawn(kiosk->walk_in), 0);
    assert_counted(kiosk, WALK_IN_STARTED "abandoned uittreksel walk-in channel\n"
                                          "ended stopped nl channel\n");
    /* The same when its answer was lost, and the citizen took another way. */
    visit_kiosk_press_all(kiosk, TO_WALK_IN);
    walk_in_play(kiosk->walk_in, "uncertain");
    visit_kiosk_press(kiosk, "walk-in");
    assert_int_equal(walk_in_count_drawn(kiosk->walk_in), 1);
    visit_kiosk_press(kiosk, "stop");
    visit_kiosk_wait(kiosk);
    assert_int_equal(walk_in_count_drawn(kiosk->walk_in), 0);
}

static void
test_a_kiosk_where_nobody_gives_numbers_offers_none(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_cut(kiosk);
    kiosk->parts.walk_in = NULL;
    visit_kiosk_start(kiosk);
    visit_kiosk_press_all(kiosk, TO_WALK_IN);
    assert_shows_not(kiosk, "Kom zonder afspraak");
}

static void
test_a_booking_that_comes_after_stop_is_cancelled(void **state)
{
    struct visit_kiosk *kiosk = *state;
    struct journal_entry *list;
    struct error error;
    size_t count;

    to_confirm(kiosk);
    visit_kiosk_touch(kiosk, "confirm");
    assert_true(flow_is_busy(kiosk->flow));
    visit_kiosk_touch(kiosk, "stop");
    assert_screen(kiosk, "attract");
    visit_kiosk_wait(kiosk);
    assert_int_equal(scripted_count_booked(kiosk->client), 0);
    assert_true(journal_open_keys(kiosk->journal, &list, &count, &error));
    assert_int_equal(count, 0);
    assert_counted(kiosk, STARTED "abandoned paspoort appointment confirm\n"
                                  "ended stopped nl confirm\n");
}

static void
test_waiting_is_no_walking_away_and_gets_a_word(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    visit_kiosk_touch(kiosk, "confirm");
    kiosk->moment.now_ms += 999;
    flow_tick(kiosk->flow, kiosk->moment);
    assert_shows_not(kiosk, "Even geduld");
    kiosk->moment.now_ms += 1;
    flow_tick(kiosk->flow, kiosk->moment);
    assert_shows(kiosk, "Even geduld");
    kiosk->moment.now_ms += 300000;
    flow_tick(kiosk->flow, kiosk->moment);
    assert_screen(kiosk, "confirm");
    visit_kiosk_wait(kiosk);
    assert_screen(kiosk, "done");
    visit_kiosk_pass(kiosk, 59000);
    assert_shows_not(kiosk, "Bent u er nog?");
}

/* --- power ---------------------------------------------------------------------------
 */

static void
test_a_booking_without_a_ticket_is_cancelled_at_the_next_start(void **state)
{
    struct visit_kiosk *kiosk = *state;

    to_confirm(kiosk);
    visit_kiosk_touch(kiosk, "confirm");
    visit_kiosk_cut(kiosk); /* waits for the worker, and tells nobody */
    visit_kiosk_start(kiosk);
    assert_int_equal(scripted_count_booked(kiosk->client), 0);
    assert_counted(kiosk, STARTED "ended interrupted\n");
}

static void
test_a_ticket_that_was_shown_stays_booked_after_a_power_cut(void **state)
{
    struct visit_kiosk *kiosk = *state;
    struct journal_entry *list;
    struct error error;
    struct journal *journal;
    char key[APPOINTMENT_KEY_BYTES], path[100];
    size_t count;

    to_confirm(kiosk);
    visit_kiosk_press(kiosk, "confirm");
    strcpy(key, flow_session(kiosk->flow)->key);
    visit_kiosk_cut(kiosk);
    /* As if the power went just before the journal's last word. */
    snprintf(path, sizeof(path), "%s/journal.db", kiosk->folder);
    journal = journal_open(path, &error);
    assert_true(journal_begin(journal, key, kiosk->moment.now, &error));
    journal_close(journal);
    visit_kiosk_start(kiosk);
    assert_int_equal(scripted_count_booked(kiosk->client), 1);
    assert_true(journal_open_keys(kiosk->journal, &list, &count, &error));
    assert_int_equal(count, 0);
}

static void
test_without_a_catalogue_the_kiosk_is_out_of_order(void **state)
{
    struct visit_kiosk *kiosk = *state;

    assert_true(flow_swap_catalogue(kiosk->flow, NULL, NULL));
    assert_screen(kiosk, "out-of-order");
    visit_kiosk_input(kiosk, INPUT_MISS, NULL);
    assert_screen(kiosk, "out-of-order");
    assert_counted(kiosk, "");
}

static void
test_a_catalogue_is_not_swapped_under_a_visit(void **state)
{
    struct visit_kiosk *kiosk = *state;

    visit_kiosk_press(kiosk, "start");
    assert_false(flow_swap_catalogue(kiosk->flow, NULL, NULL));
    visit_kiosk_press(kiosk, "stop");
    assert_true(flow_swap_catalogue(kiosk->flow, kiosk->catalogue, kiosk->parts.here));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_kiosk, close_kiosk)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_passport_from_touch_to_ticket),
        TEST(test_going_back_gives_up_waiting),
        TEST(test_what_was_typed_is_gone_once_it_is_booked),
        TEST(test_who_has_the_ticket_need_not_wait_for_paper),
        TEST(test_the_ticket_is_printed_once),
        TEST(test_without_paper_the_ticket_stays_on_the_screen),
        TEST(test_a_printer_that_is_out_of_paper_before_is_not_offered),
        TEST(test_a_move_goes_on_on_the_phone),
        TEST(test_who_walks_away_with_the_phone_is_handed_over),
        TEST(test_without_a_phone_there_are_other_ways),
        TEST(test_a_scanned_code_stays_good_and_the_next_visit_has_another),
        TEST(test_stop_wipes_everything_at_once),
        TEST(test_who_walks_away_is_warned_and_then_forgotten),
        TEST(test_any_touch_says_that_somebody_is_there),
        TEST(test_a_visit_that_only_reads_is_informed),
        TEST(test_a_page_is_counted_once_a_visit),
        TEST(test_a_missed_touch_begins_a_visit_but_is_no_miss),
        TEST(test_back_goes_the_same_way_back),
        TEST(test_another_answer_after_back_is_the_one_that_counts),
        TEST(test_an_answer_may_lead_to_another_product_and_back),
        TEST(test_another_language_keeps_everything),
        cmocka_unit_test(test_a_text_that_is_only_there_in_dutch_says_so),
        cmocka_unit_test(test_a_page_of_much_dutch_says_so),
        cmocka_unit_test(test_dutch_is_marked_on_paper_too),
        TEST(test_help_tells_where_the_people_are),
        TEST(test_help_as_a_channel_is_given),
        TEST(test_a_partner_is_one_entrance_further),
        TEST(test_back_goes_to_the_part_before),
        TEST(test_in_other_letters_what_was_shown_stays_in_sight),
        TEST(test_a_word_finds_a_product),
        TEST(test_a_name_begins_with_letters_after_figures),
        TEST(test_what_is_wrong_is_named_with_how_it_should_be),
        TEST(test_the_keys_type_what_is_on_them),
        TEST(test_a_time_that_went_to_somebody_else_gives_the_others),
        TEST(test_a_time_taken_at_the_last_moment_asks_nothing_twice),
        TEST(test_offline_offers_what_still_works),
        TEST(test_offline_at_the_last_moment_can_be_tried_again),
        TEST(test_an_answer_that_was_lost_is_asked_for_by_its_key),
        TEST(test_a_system_without_keys_leaves_it_uncertain_and_says_so),
        TEST(test_a_number_is_counted_when_it_is_drawn),
        TEST(test_a_number_whose_answer_was_lost_is_drawn_once),
        TEST(test_a_number_that_nobody_saw_is_given_back),
        TEST(test_a_kiosk_where_nobody_gives_numbers_offers_none),
        TEST(test_a_booking_that_comes_after_stop_is_cancelled),
        TEST(test_waiting_is_no_walking_away_and_gets_a_word),
        TEST(test_a_booking_without_a_ticket_is_cancelled_at_the_next_start),
        TEST(test_a_ticket_that_was_shown_stays_booked_after_a_power_cut),
        TEST(test_without_a_catalogue_the_kiosk_is_out_of_order),
        TEST(test_a_catalogue_is_not_swapped_under_a_visit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
