#include "visit/flow.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/scripted.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/fonts_case.h"
#include "support/post_setup.h"
#include "support/visit_kiosk.h"
#include "ui/layout.h"

/*
 * What every screen means, says, and in which order: tests/golden/NAME.LANGUAGE.txt.
 * After reading what changed, GOLDEN=accept writes them anew; suite_screens those of
 * the languages that came later.
 */

#define TRACE_BYTES 40000
#define FOLDER "tests/golden"
#define TO_CHANNEL "start paspoort paspoort arrange self have normal"
#define TO_TIME TO_CHANNEL " appointment persons-2 next next"
#define TO_CONTACT TO_TIME " time-1030 next"
#define TO_CONFIRM TO_CONTACT " type:de_Vries enter type:0612345678 enter"
#define BOOKED TO_CONFIRM " confirm keep done skip"
#define TO_NUMBER "start uittreksels uittreksel arrange other self walk-in"
#define TO_CALL_BACK "post start help help-call-back type:0612345678 part-2"
#define PLACES "tests/data/catalogue-places.json"

/*
 * The way to a screen: ids to press, and besides
 *   type:TEXT (_ is a space), miss, pass:SECONDS, offline, taken, uncertain, no-paper,
 *   post (people can be asked to call back and to come), post-cut (but not reached),
 *   post-refused, post-fine (no more), numbers:WHAT (walk_in_play()), keyless,
 * asks-much (a system that is so), keep (the ticket), scan (that ticket), type-code (of
 * it), slow (what follows is pressed without waiting), out-of-order.
 */
static const struct sight {
    const char *name, *way, *catalogue;
} sights[] = {
    {"attract", "", NULL},
    {"home", "start", NULL},
    {"products", "start paspoort", NULL},
    {"products-2", "start paspoort more", NULL},
    {"products-sensitive", "start overlijden", NULL},
    {"info", "start paspoort paspoort", NULL},
    {"info-from-price", "start uittreksels uittreksel", NULL},
    {"more", "start paspoort paspoort explain", NULL},
    {"more-2", "start paspoort paspoort explain more", NULL},
    {"question", "start paspoort paspoort arrange", NULL},
    {"channel", TO_CHANNEL, NULL},
    {"channel-online", "start uittreksels uittreksel arrange other self", NULL},
    {"channel-offline", "start offline paspoort paspoort arrange self have normal",
     NULL},
    {"channel-no-phone",
     "start verhuizen verhuizing arrange inside rented no online no-phone", NULL},
    {"hand-over", "start verhuizen verhuizing arrange inside rented no online", NULL},
    {"partner", "start rijbewijs more rdw", NULL},
    {"person", TO_CHANNEL " person", NULL},
    {"persons", TO_CHANNEL " appointment persons-3", NULL},
    {"locations", "start reizen paspoort arrange self appointment next", PLACES},
    {"locations-nearest", "start reizen paspoort arrange self appointment next nearest",
     PLACES},
    {"day-of-many", "start reizen paspoort arrange self appointment next noord",
     PLACES},
    {"day", TO_CHANNEL " appointment next", NULL},
    {"day-elsewhere", TO_CHANNEL " appointment next gemeentehuis", NULL},
    {"day-later", TO_CHANNEL " appointment next later", NULL},
    {"time", TO_TIME, NULL},
    {"time-chosen", TO_TIME " time-1030", NULL},
    {"time-taken", TO_TIME " time-1030 taken next", NULL},
    {"contact", TO_CONTACT, NULL},
    {"contact-phone", TO_CONTACT " type:de_Vries enter", NULL},
    {"contact-wrong", TO_CONTACT " type:de_Vries enter type:061234567 enter", NULL},
    {"contact-birth-date",
     "asks-much " TO_CONTACT " type:de_Vries enter type:2902196 enter", NULL},
    {"contact-bsn",
     "asks-much " TO_CONTACT
     " type:de_Vries enter type:29021960 enter type:111222334 enter",
     NULL},
    {"confirm", TO_CONFIRM, NULL},
    {"done", TO_CONFIRM " confirm", NULL},
    {"done-printed", TO_CONFIRM " confirm print", NULL},
    {"done-not-printed", TO_CONFIRM " no-paper confirm print", NULL},
    {"feedback", TO_CONFIRM " confirm done", NULL},
    {"feedback-chosen", TO_CONFIRM " confirm done face-4 success-yes", NULL},
    {"channel-full", "numbers:full start uittreksels uittreksel arrange other self",
     NULL},
    {"channel-wait-unknown",
     "numbers:unknown start uittreksels uittreksel arrange other self", NULL},
    {"number", TO_NUMBER, NULL},
    {"number-unknown", "numbers:unknown " TO_NUMBER, NULL},
    {"number-printed", TO_NUMBER " print", NULL},
    {"number-not-printed", TO_NUMBER " no-paper print", NULL},
    {"no-number-full", "numbers:full " TO_NUMBER, NULL},
    {"no-number-closed", "numbers:closed " TO_NUMBER, NULL},
    {"trouble-number", "numbers:offline " TO_NUMBER, NULL},
    {"checked-in", BOOKED " pass:72300 scan", NULL},
    {"search", "start search type:park", NULL},
    {"search-results", "start search type:geld enter", NULL},
    {"search-nothing", "start search type:qqqqq enter", NULL},
    {"check-in", "start appointment", NULL},
    {"check-in-cancelled", BOOKED " scan cancel sure done scan", NULL},
    {"code", "start appointment type", NULL},
    {"code-not-found", "start appointment type type:ABCDEF enter", NULL},
    {"manage", BOOKED " scan", NULL},
    {"manage-by-code", BOOKED " start appointment type type-code enter", NULL},
    {"bring", BOOKED " scan bring", NULL},
    {"move", BOOKED " scan move next time-1200 next", NULL},
    {"moved", BOOKED " scan move next time-1200 next confirm", NULL},
    {"cancelled", BOOKED " scan cancel sure", NULL},
    {"trouble-standing", BOOKED " offline scan", NULL},
    {"uncertain-standing", BOOKED " scan cancel uncertain sure", NULL},
    {"overlay-cancel", BOOKED " scan cancel", NULL},
    {"overlay-scanned", BOOKED " start paspoort scan", NULL},
    {"trouble", TO_CONFIRM " offline confirm", NULL},
    {"places", TO_CONFIRM " offline confirm places", NULL},
    {"closed", "pass:21600 start help ask-person", NULL},
    {"website", "pass:21600 start help ask-person online", NULL},
    {"uncertain", "keyless " TO_CONFIRM " uncertain confirm", NULL},
    {"call-back", "post start help help-call-back", NULL},
    {"call-back-filled", "post start help help-call-back type:06123 part-2", NULL},
    {"call-back-wrong", "post start help help-call-back type:061234567 enter", NULL},
    {"call-back-when", "post start help help-call-back type:0612345678 enter", NULL},
    {"call-back-sent", TO_CALL_BACK " enter", NULL},
    {"call-back-kept", TO_CALL_BACK " post-cut enter", NULL},
    {"call-back-failed", TO_CALL_BACK " post-refused enter", NULL},
    {"channel-call-back", "post start overlijden overlijden arrange here no", NULL},
    {"trouble-call-back", "post " TO_CONFIRM " post-cut offline confirm", NULL},
    {"staff-called", "post start paspoort paspoort help ask-person", NULL},
    {"staff-called-again", "post start help ask-person pass:301", NULL},
    {"person-call-waits", "post start post-cut help ask-person", NULL},
    {"person-call-failed", "post start post-refused help ask-person", NULL},
    {"overlay-help-all", "post start help", NULL},
    {"blank", TO_CONTACT " type:de_Vries help blank", NULL},
    {"blank-adjust", "start help blank adjust", NULL},
    {"chat", "start help help-chat", NULL},
    {"slip",
     "post start paspoort paspoort arrange self post-refused help ask-person post-fine "
     "slip",
     NULL},
    {"slip-words", "start paspoort paspoort help ask-person slip", NULL},
    {"overlay-larger", "start paspoort miss miss", NULL},
    {"out-of-order", "out-of-order", NULL},
    {"overlay-languages", "start language", NULL},
    {"overlay-help", "start help", NULL},
    {"overlay-adjust", "start adjust", NULL},
    {"overlay-adjusted",
     "start paspoort adjust text-largest contrast-high reach-low speech-on", NULL},
    {"overlay-still-there", "start pass:68", NULL},
    {"overlay-patience", TO_CONFIRM " slow confirm pass:2", NULL},
};
#define SIGHT_COUNT (sizeof(sights) / sizeof(sights[0]))

struct walk {
    enum display_class display;
    struct visit_kiosk kiosk;
    struct appointment_operations operations;
    struct appointment_client changed;
    struct appointment kept;
    struct post_setup post;
    bool slow;
};

static void
restart(struct walk *walk, struct appointment_client *client)
{
    visit_kiosk_cut(&walk->kiosk);
    walk->kiosk.parts.client = client;
    visit_kiosk_start(&walk->kiosk);
}

static bool
ask_much(void *maker, const struct appointment_wish *wish,
         struct appointment_field *list, size_t *count, struct error *error)
{
    static const struct appointment_field fields[] = {
        {"lastName", APPOINTMENT_FIELD_REQUIRED, 128},
        {"birthDate", APPOINTMENT_FIELD_REQUIRED, 10},
        {"gender", APPOINTMENT_FIELD_OPTIONAL, 1},
        {"socialSecurityNumber", APPOINTMENT_FIELD_REQUIRED, 16},
        {"postcode", APPOINTMENT_FIELD_REQUIRED, 16},
    };

    (void)maker, (void)wish, (void)error;
    memcpy(list, fields, sizeof(fields));
    *count = sizeof(fields) / sizeof(fields[0]);
    return true;
}

/* The scripted system, but another one in this. */
static void
change_client(struct walk *walk, bool keyless)
{
    const struct appointment_client *client = walk->kiosk.client;

    walk->operations = *client->operations;
    if (keyless) {
        walk->operations.find_key = NULL;
    } else {
        walk->operations.fields = ask_much;
    }
    walk->changed =
        (struct appointment_client){client->name, &walk->operations, client->maker};
    restart(walk, &walk->changed);
}

static void
type(struct walk *walk, const char *word)
{
    char text[100];

    text_copy(text, sizeof(text), word);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '_' ? ' ' : *at;
    }
    visit_kiosk_input(&walk->kiosk, INPUT_TYPE, text);
}

static void
pass(struct walk *walk, int seconds)
{
    if (!walk->slow) {
        visit_kiosk_pass(&walk->kiosk, seconds * 1000);
        return;
    }
    walk->kiosk.moment.now += seconds;
    walk->kiosk.moment.now_ms += seconds * 1000;
    flow_tick(walk->kiosk.flow, walk->kiosk.moment);
}

static void
start_post(struct walk *walk)
{
    post_setup_start(&walk->post);
    walk->kiosk.parts.errands = walk->post.post;
    restart(walk, walk->kiosk.parts.client);
}

static void
refuse_errands(struct walk *walk, bool refuses)
{
    scripted_server_lock(walk->post.server);
    walk->post.refuses = refuses;
    scripted_server_unlock(walk->post.server);
}

static void
finish(struct walk *walk)
{
    visit_kiosk_wait(&walk->kiosk);
    visit_kiosk_close(&walk->kiosk);
    if (walk->post.post != NULL) {
        post_setup_stop(&walk->post);
    }
}

static void
step(struct walk *walk, const char *word)
{
    struct visit_kiosk *kiosk = &walk->kiosk;

    if (text_equal(word, "post")) {
        start_post(walk);
    } else if (text_equal(word, "post-cut")) {
        post_setup_cut(&walk->post, true);
    } else if (text_equal(word, "post-fine")) {
        refuse_errands(walk, false);
    } else if (text_equal(word, "post-refused")) {
        refuse_errands(walk, true);
    } else if (text_starts_with(word, "type:")) {
        type(walk, word + 5);
    } else if (text_starts_with(word, "pass:")) {
        pass(walk, atoi(word + 5));
    } else if (text_equal(word, "keep")) {
        walk->kept = flow_session(kiosk->flow)->appointment;
    } else if (text_equal(word, "scan")) {
        visit_kiosk_input(kiosk, INPUT_SCAN, walk->kept.check_in);
    } else if (text_equal(word, "type-code")) {
        visit_kiosk_input(kiosk, INPUT_TYPE, walk->kept.code);
    } else if (text_equal(word, "offline")) {
        scripted_set_offline(kiosk->client, true);
    } else if (text_equal(word, "taken")) {
        scripted_fail_next(kiosk->client, ERROR_TAKEN);
    } else if (text_equal(word, "uncertain")) {
        scripted_fail_next(kiosk->client, ERROR_UNCERTAIN);
    } else if (text_starts_with(word, "numbers:")) {
        assert_true(walk_in_play(kiosk->walk_in, word + strlen("numbers:")));
    } else if (text_equal(word, "no-paper")) {
        printer_play(kiosk->printer, "out-of-paper");
    } else if (text_equal(word, "keyless")) {
        change_client(walk, true);
    } else if (text_equal(word, "asks-much")) {
        change_client(walk, false);
    } else if (text_equal(word, "miss")) {
        visit_kiosk_input(kiosk, INPUT_MISS, NULL);
    } else if (text_equal(word, "slow")) {
        walk->slow = true;
    } else if (text_equal(word, "out-of-order")) {
        assert_true(flow_swap_catalogue(kiosk->flow, NULL, NULL));
    } else if (page_find(visit_kiosk_show(kiosk), "change-place") != NULL &&
               text_equal(word, "gemeentehuis"))
    {
        visit_kiosk_press(kiosk, "change-place"); /* the other of the two */
    } else if (walk->slow) {
        visit_kiosk_touch(kiosk, word);
    } else {
        visit_kiosk_press(kiosk, word);
    }
}

/* Codes are random: that they are there is enough here. */
static void
mask_codes(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_QR || page->elements[i].role == ROLE_SLIP) {
            page->elements[i].value =
                page->elements[i].value[0] != '\0' ? "(code)" : "";
        }
    }
}

/* Another language from the dock, in the middle of the visit; false where the page has
 * no dock or something lies over it. */
static bool
change_language(struct walk *walk, enum language language)
{
    char choice[40];

    if (page_find(&walk->kiosk.page, "language") == NULL ||
        page_has_overlay(&walk->kiosk.page))
    {
        return false;
    }
    snprintf(choice, sizeof(choice), "choose-%s", language_code(language));
    visit_kiosk_press(&walk->kiosk, "language");
    visit_kiosk_press(&walk->kiosk, choice);
    return true;
}

static void
go(struct walk *walk, const struct sight *sight, enum language language)
{
    const char *way = sight->way;
    char word[40];
    int used;

    visit_kiosk_open_with(&walk->kiosk, sight->catalogue != NULL
                                            ? sight->catalogue
                                            : "assets/example/catalogue.json");
    walk->kiosk.display = walk->display;
    while (sscanf(way, " %39s%n", word, &used) == 1) {
        step(walk, word);
        if (visit_kiosk_show(&walk->kiosk)->language != language && !walk->slow) {
            change_language(walk, language); /* a visit begins in Dutch */
        }
        way += used;
    }
}

static void
path_of(char path[200], const struct sight *sight, enum language language)
{
    snprintf(path, 200, FOLDER "/%s.%s.txt", sight->name, language_code(language));
}

static void
compare(const char *path, const char *trace)
{
    struct error error;
    size_t length;
    char *golden;

    if (getenv("GOLDEN") != NULL && text_equal(getenv("GOLDEN"), "accept")) {
        assert_true(file_write(path, trace, strlen(trace), 0644, &error));
        return;
    }
    golden = file_read(path, TRACE_BYTES, &length, &error);
    if (golden == NULL) {
        fail_msg("%s: read it, then GOLDEN=accept: %s", error.message, trace);
        return;
    }
    if (!text_equal(golden, trace)) {
        print_message("%s is:\n%s", path, trace);
        assert_string_equal(golden, trace);
    }
    free(golden);
}

static void
look(enum language language)
{
    struct walk *walk = memory_allocate(1, sizeof(*walk));
    char *trace = memory_allocate(1, TRACE_BYTES);
    char path[200];

    for (size_t i = 0; i < SIGHT_COUNT; i++) {
        const struct sight *sight = &sights[i];

        if (language != LANGUAGE_NL && strstr(sight->way, "start") == NULL) {
            continue; /* between visits it is Dutch */
        }
        *walk = (struct walk){.slow = false};
        go(walk, sight, language);
        visit_kiosk_show(&walk->kiosk);
        mask_codes(&walk->kiosk.page);
        page_trace(&walk->kiosk.page, trace, TRACE_BYTES);
        path_of(path, sight, language);
        compare(path, trace);
        finish(walk);
    }
    free(trace);
    free(walk);
}

static void
test_every_screen_says_in_dutch_what_was_read(void **state)
{
    (void)state;
    look(LANGUAGE_NL);
}

static void
test_every_screen_says_in_english_what_was_read(void **state)
{
    (void)state;
    look(LANGUAGE_EN);
}

static bool
speaks(const struct catalogue *catalogue, enum language language)
{
    for (size_t i = 0; i < catalogue->language_count; i++) {
        if (catalogue->languages[i] == language) {
            return true;
        }
    }
    return false;
}

/* The other languages are changed to on the screen itself: all of it stays as it was.
 */
static void
look_in_others(struct walk *walk, const struct sight *sight, char *trace)
{
    char path[200];

    *walk = (struct walk){.slow = false};
    go(walk, sight, LANGUAGE_NL);
    for (enum language language = LANGUAGE_TR; language < LANGUAGE_COUNT; language++) {
        if (!speaks(walk->kiosk.catalogue, language)) {
            continue;
        }
        visit_kiosk_show(&walk->kiosk);
        if (!change_language(walk, language)) {
            finish(walk);
            *walk = (struct walk){.slow = false};
            go(walk, sight, language);
        }
        visit_kiosk_show(&walk->kiosk);
        mask_codes(&walk->kiosk.page);
        page_trace(&walk->kiosk.page, trace, TRACE_BYTES);
        path_of(path, sight, language);
        compare(path, trace);
    }
    finish(walk);
}

static void
test_every_screen_says_in_the_other_languages_what_was_read(void **state)
{
    struct walk *walk = memory_allocate(1, sizeof(*walk));
    char *trace = memory_allocate(1, TRACE_BYTES);

    (void)state;
    for (size_t i = 0; i < SIGHT_COUNT; i++) {
        if (strstr(sights[i].way, "start") != NULL) {
            look_in_others(walk, &sights[i], trace);
        }
    }
    free(trace);
    free(walk);
}

/* --- room ------------------------------------------------------------------------ */

static bool
is_apart(const struct rectangle *a, const struct rectangle *b)
{
    return a->x + a->width <= b->x || b->x + b->width <= a->x ||
           a->y + a->height <= b->y || b->y + b->height <= a->y;
}

/* What is read does not run into the buttons at the foot, or into the keys. */
static int
count_running_over(const struct layout *layout, const struct page *page,
                   const struct item *item)
{
    int wrong = 0;

    for (size_t i = 0; i < layout->box_count; i++) {
        const struct element *under = &page->elements[layout->boxes[i].element];
        bool apart = is_apart(&item->rect, &layout->boxes[i].rect);

        if (page->elements[item->element].slot == SLOT_SHEET &&
            page->elements[item->element].role != ROLE_KEY && !apart &&
            (under->slot == SLOT_FOOT || under->role == ROLE_KEY))
        {
            print_error("  %s runs into %s\n", page->elements[item->element].id,
                        under->id);
            wrong++;
        }
    }
    return wrong;
}

/* Everything above the dock lies above it, and what can be touched lies apart. */
static int
count_crowding(const struct layout *layout, const struct page *page, int dock_top)
{
    int wrong = 0;

    for (size_t i = 0; i < layout->item_count; i++) {
        const struct item *item = &layout->items[i];

        if (item->element >= 0 && item->kind == ITEM_TEXT &&
            page->elements[item->element].slot != SLOT_DOCK &&
            item->rect.y + item->rect.height > dock_top)
        {
            print_error("  %s: text in the dock\n", page->elements[item->element].id);
            wrong++;
        }
        if (item->element >= 0 && item->kind == ITEM_TEXT) {
            wrong += count_running_over(layout, page, item);
        }
    }
    for (size_t a = 0; a < layout->box_count; a++) {
        for (size_t b = 0; b < a; b++) {
            const struct box *one = &layout->boxes[a], *two = &layout->boxes[b];

            if (one->modal == two->modal && !is_apart(&one->rect, &two->rect)) {
                print_error("  %s overlaps %s\n", page->elements[one->element].id,
                            page->elements[two->element].id);
                wrong++;
            }
        }
    }
    return wrong;
}

static void
test_every_screen_has_room_on_every_display(void **state)
{
    static const int docks[DISPLAY_CLASS_COUNT] = {
        [DISPLAY_L] = 1768, [DISPLAY_M] = 678};
    struct walk *walk = memory_allocate(1, sizeof(*walk));
    struct layout *layout = memory_allocate(1, sizeof(*layout));
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < SIGHT_COUNT; i++) {
        for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
            if (docks[display] == 0) {
                continue; /* longer pages are not cut to the other displays yet */
            }
            struct layout_options options = {
                .display = (enum display_class)display, .pressed = -1, .focused = -1};
            int crowding;

            *walk = (struct walk){.display = (enum display_class)display};
            go(walk, &sights[i], LANGUAGE_NL);
            layout_page(layout, visit_kiosk_show(&walk->kiosk), &options, fonts);
            if (walk->kiosk.page.adjustment.text != TEXT_NORMAL) {
                finish(walk);
                continue; /* nor to large letters */
            }
            crowding = count_crowding(layout, &walk->kiosk.page,
                                      page_find(&walk->kiosk.page, "help") == NULL
                                          ? layout->height
                                          : docks[display]);
            if (crowding > 0) {
                print_error("%s on %c\n", sights[i].name, "LWMSP"[display]);
            }
            wrong += crowding;
            finish(walk);
        }
    }
    free(layout);
    free(walk);
    assert_int_equal(wrong, 0);
}

static bool
is_asked_for(const char *file)
{
    for (size_t i = 0; i < SIGHT_COUNT; i++) {
        for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
            char path[200];

            path_of(path, &sights[i], language);
            if (text_equal(path + strlen(FOLDER "/"), file)) {
                return true;
            }
        }
    }
    return false;
}

static void
test_every_golden_is_asked_for(void **state)
{
    DIR *folder = opendir(FOLDER);
    struct dirent *entry;

    (void)state;
    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        size_t length = strlen(entry->d_name);

        /* NAME.nl.txt; what has no language is another test's. */
        if (length > 7 && entry->d_name[length - 7] == '.' &&
            text_equal(entry->d_name + length - 4, ".txt") &&
            !is_asked_for(entry->d_name))
        {
            fail_msg("nobody asks for %s", entry->d_name);
        }
    }
    closedir(folder);
}

static void
press_if_there(struct walk *walk, const char *id)
{
    const struct page *page = visit_kiosk_show(&walk->kiosk);
    const struct element *element = page_find(page, id);

    if (element != NULL && page_can_press(page, element)) {
        visit_kiosk_press(&walk->kiosk, id);
    }
}

static bool
asks_who_is_there(struct walk *walk)
{
    return !flow_session(walk->kiosk.flow)->under_way ||
           page_find(visit_kiosk_show(&walk->kiosk), "countdown") != NULL;
}

/* Names on a page are unique (page.h), whatever lies over it. */
static void
test_anything_may_lie_over_every_screen(void **state)
{
    struct walk *walk = memory_allocate(1, sizeof(*walk));

    (void)state;
    for (size_t i = 0; i < SIGHT_COUNT; i++) {
        *walk = (struct walk){.slow = false};
        go(walk, &sights[i], LANGUAGE_NL);
        press_if_there(walk, "help");
        visit_kiosk_show(&walk->kiosk);
        press_if_there(walk, "continue");
        press_if_there(walk, "language");
        visit_kiosk_show(&walk->kiosk);
        press_if_there(walk, "close");
        press_if_there(walk, "adjust");
        visit_kiosk_show(&walk->kiosk);
        press_if_there(walk, "adjusted");
        visit_kiosk_wait(&walk->kiosk);
        for (int minute = 0; minute < 11 && !asks_who_is_there(walk); minute++) {
            visit_kiosk_pass(&walk->kiosk, 61000);
        }
        finish(walk);
    }
    free(walk);
}

static void
trace_of(struct walk *walk, char *trace)
{
    visit_kiosk_show(&walk->kiosk);
    mask_codes(&walk->kiosk.page);
    page_trace(&walk->kiosk.page, trace, TRACE_BYTES);
}

/* Whatever was typed, chosen or paged: another language and back is the same page. */
static void
test_another_language_and_back_changes_nothing_anywhere(void **state)
{
    struct walk *walk = memory_allocate(1, sizeof(*walk));
    char *before = memory_allocate(2, TRACE_BYTES), *after = before + TRACE_BYTES;
    int tried = 0;

    (void)state;
    for (size_t i = 0; i < SIGHT_COUNT; i++) {
        *walk = (struct walk){.slow = false};
        go(walk, &sights[i], LANGUAGE_NL);
        trace_of(walk, before);
        if (flow_session(walk->kiosk.flow)->under_way && !walk->slow &&
            !page_has_overlay(&walk->kiosk.page))
        {
            press_if_there(walk, "language");
            press_if_there(walk, "choose-en");
            trace_of(walk, after);
            assert_string_not_equal(before, after);
            press_if_there(walk, "language");
            press_if_there(walk, "choose-nl");
            trace_of(walk, after);
            assert_string_equal(before, after);
            tried++;
        }
        finish(walk);
    }
    assert_true(tried > 60);
    free(before);
    free(walk);
}

/* "others": the languages that only suite_screens asks for, which takes longer. */
int
main(int count, char **words)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(test_every_screen_says_in_the_other_languages_what_was_read),
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_screen_says_in_dutch_what_was_read),
        cmocka_unit_test(test_every_screen_says_in_english_what_was_read),
        cmocka_unit_test(test_anything_may_lie_over_every_screen),
        cmocka_unit_test(test_another_language_and_back_changes_nothing_anywhere),
        cmocka_unit_test(test_every_golden_is_asked_for),
        cmocka_unit_test(test_every_screen_has_room_on_every_display),
    };

    if (count > 1 && text_equal(words[1], "others")) {
        return cmocka_run_group_tests(others, NULL, NULL);
    }
    return cmocka_run_group_tests(tests, fonts_case_open, fonts_case_close);
}
