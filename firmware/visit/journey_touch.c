#include "journey_touch.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ui/fit.h"

#include "journey_find.h"
#include "journey_record.h"
#include "journey_turn.h"

#define BOARDS_MAX 3 /* parts of a keyboard */
#define TOUCH_MS 100 /* a finger on the glass, and until the next */

/* --- fingers ------------------------------------------------------------------------
 */

static void
send_pointer(struct journey_run *run, enum pointer_kind kind, int x, int y)
{
    const struct pointer pointer = {.kind = kind, .id = 1, .x = x, .y = y};

    presenter_pointer(run->parts->presenter, &pointer);
}

/* The middle of what the word points at, if a finger there would reach it. */
static bool
find_target(const struct journey_run *run, const struct word *word, int *element,
            int *x, int *y, struct error *error)
{
    const struct page *page = presenter_page(run->parts->presenter);
    const struct layout *layout = presenter_layout(run->parts->presenter);
    const struct element *found = page_point_at(page, word, error);
    const struct box *box;
    int hit;

    if (found == NULL) {
        return false;
    }
    if (!page_can_press(page, found)) {
        return error_set(error, ERROR_REFUSED, "%s can't be pressed", found->id);
    }
    *element = (int)(found - page->elements);
    box = layout_box(layout, *element);
    if (box == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "%s has no place on the screen",
                         found->id);
    }
    *x = box->rect.x + box->rect.width / 2;
    *y = box->rect.y + box->rect.height / 2;
    hit = layout_hit(layout, page, *x, *y);
    if (hit != *element) {
        return error_set(error, ERROR_REFUSED, "the middle of %s belongs to %s",
                         found->id, hit < 0 ? "nothing" : page->elements[hit].id);
    }
    return true;
}

static bool
press_here(struct journey_run *run, const struct word *word, int64_t held_ms,
           struct error *error)
{
    int element, x, y;

    if (!find_target(run, word, &element, &x, &y, error)) {
        return false;
    }
    send_pointer(run, POINTER_DOWN, x, y);
    if (presenter_pressed(run->parts->presenter) != element) {
        return error_set(error, ERROR_REFUSED, "%s does not show that it is pressed",
                         word->text);
    }
    if (!run->advance(run->journey, run, held_ms, error)) {
        return false;
    }
    send_pointer(run, POINTER_UP, x, y);
    return run->settle(run, error) &&
           run->advance(run->journey, run, TOUCH_MS, error) &&
           record_tap(run, x, y, error);
}

bool
touch_button(struct journey_run *run, const char *id, struct error *error)
{
    struct word word = {.quoted = false};

    text_copy(word.text, sizeof(word.text), id);
    return press_here(run, &word, TOUCH_MS, error);
}

/* What was found stands under the keyboard where a display has no room for both: the
 * last key leads to it. */
static bool
look_behind(struct journey_run *run, const struct word *word, struct error *error)
{
    static const struct word enter = {.text = "enter"};
    const struct presenter *presenter = run->parts->presenter;
    struct error none = {0};

    if (run->text == TEXT_NORMAL ||
        page_point_at(presenter_page(presenter), word, &none) != NULL)
    {
        return true;
    }
    if (!turn_to_word(run, touch_button, &enter, error)) {
        return false;
    }
    return page_find(presenter_page(presenter), "enter") == NULL ||
           (touch_button(run, "enter", error) &&
            turn_to_word(run, touch_button, word, error));
}

static bool
press_and_lift(struct journey_run *run, const struct word *word, int64_t held_ms,
               struct error *error)
{
    return turn_to_word(run, touch_button, word, error) &&
           look_behind(run, word, error) && press_here(run, word, held_ms, error);
}

/* Back leads through the parts that a page has in these letters, too. */
static bool
go_back_to_first_part(struct journey_run *run, const struct word *word,
                      struct error *error)
{
    const struct page *page = presenter_page(run->parts->presenter);

    while (run->text != TEXT_NORMAL && text_equal(word->text, "back") &&
           page->part > 0 && !page_has_overlay(page))
    {
        if (!touch_button(run, "back", error)) {
            return false;
        }
        page = presenter_page(run->parts->presenter);
    }
    return true;
}

bool
run_tap(struct journey_run *run, const struct step *step, struct error *error)
{
    return go_back_to_first_part(run, &step->words[0], error) &&
           press_and_lift(run, &step->words[0], TOUCH_MS, error);
}

bool
run_hold(struct journey_run *run, const struct step *step, struct error *error)
{
    int64_t ms = 0;

    duration_parse(step->words[1].text, &ms);
    return press_and_lift(run, &step->words[0], ms, error);
}

/* Down on it, away over the glass, and lifted elsewhere. */
bool
run_slide(struct journey_run *run, const struct step *step, struct error *error)
{
    const struct canvas *canvas = presenter_canvas(run->parts->presenter);
    int element, x, y;

    if (!turn_to_word(run, touch_button, &step->words[0], error) ||
        !find_target(run, &step->words[0], &element, &x, &y, error))
    {
        return false;
    }
    send_pointer(run, POINTER_DOWN, x, y);
    y = y < canvas->height / 2 ? canvas->height - 1 : 0;
    send_pointer(run, POINTER_MOVE, x, y);
    send_pointer(run, POINTER_UP, x, y);
    return run->settle(run, error) && run->advance(run->journey, run, TOUCH_MS, error);
}

bool
check_touch(const struct step *step, struct error *error)
{
    for (int i = 0; i < 2; i++) {
        const char *digit = step->words[i].text;

        while (isdigit((unsigned char)*digit)) {
            digit++;
        }
        if (*digit != '\0' || strlen(step->words[i].text) > 4) {
            return error_set(error, ERROR_BAD_INPUT, "\"%s\" is no place in pixels",
                             step->words[i].text);
        }
    }
    return true;
}

bool
run_touch(struct journey_run *run, const struct step *step, struct error *error)
{
    int x = atoi(step->words[0].text);
    int y = atoi(step->words[1].text);

    send_pointer(run, POINTER_DOWN, x, y);
    if (!run->advance(run->journey, run, TOUCH_MS, error)) {
        return false;
    }
    send_pointer(run, POINTER_UP, x, y);
    return run->settle(run, error) && run->advance(run->journey, run, TOUCH_MS, error);
}

static bool
press_by_id(struct journey_run *run, const char *id, struct error *error)
{
    struct word word = {.quoted = false};

    text_copy(word.text, sizeof(word.text), id);
    return press_and_lift(run, &word, TOUCH_MS, error);
}

/* Of a keyboard that comes in parts all are looked at: until the key that turns them
 * leads where it led at first. */
static bool
turn_to_key(struct journey_run *run, const char *character, const struct element **key,
            struct error *error)
{
    const struct page *page = presenter_page(run->parts->presenter);
    const struct element *turn = page_find(page, FIT_TURN_KEYS);
    char first[40];

    text_copy(first, sizeof(first), turn != NULL ? turn->label : "");
    *key = page_key_for(page, character);
    while (*key == NULL && turn != NULL) {
        if (!press_by_id(run, FIT_TURN_KEYS, error)) {
            return false;
        }
        page = presenter_page(run->parts->presenter);
        *key = page_key_for(page, character);
        turn = page_find(page, FIT_TURN_KEYS);
        if (turn == NULL || text_equal(turn->label, first)) {
            break;
        }
    }
    return true;
}

/* Touches what changes the keys, until one types the character: capitals, accents, back
 * to letters, and between these and figures. */
static const struct element *
look_for_key(struct journey_run *run, const char *character, struct error *error)
{
    static const char *const changes[] = {"shift", "accents", "accents", "digits"};
    static const struct word keys = {.text = "key-*"};
    const struct element *key;

    if (!turn_to_word(run, touch_button, &keys, error) ||
        !turn_to_key(run, character, &key, error))
    {
        return NULL;
    }
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]) && key == NULL; i++) {
        if (page_find(presenter_page(run->parts->presenter), changes[i]) == NULL) {
            continue;
        }
        if (!press_by_id(run, changes[i], error) ||
            !turn_to_key(run, character, &key, error)) {
            return NULL;
        }
        if (key == NULL && text_equal(changes[i], "shift") &&
            !press_by_id(run, "shift", error)) {
            return NULL;
        }
    }
    if (key == NULL) {
        error_set(error, ERROR_NOT_FOUND, "no key here types \"%s\"", character);
    }
    return key;
}

/* Letter for letter on the screen's keyboard. */
bool
run_type(struct journey_run *run, const struct step *step, struct error *error)
{
    const struct word *word = &step->words[0];
    bool code = !word->quoted && text_equal(word->text, "code");
    const char *rest = code ? run->code : word->text;

    if (*rest == '\0') {
        return error_set(error, ERROR_NOT_FOUND, "no code has been shown");
    }
    while (*rest != '\0') {
        const char *before = rest;
        char character[5] = "";
        const struct element *key;

        text_next(&rest);
        memcpy(character, before, (size_t)(rest - before));
        key = look_for_key(run, character, error);
        if (key == NULL || !press_by_id(run, key->id, error)) {
            return false;
        }
    }
    return true;
}

bool
keep_text(struct journey_run *run, struct error *error)
{
    static const char *const choices[TEXT_SIZE_COUNT] = {"text-normal", "text-large",
                                                         "text-largest"};
    const struct page *page = presenter_page(run->parts->presenter);

    if (!flow_session(run->parts->flow)->under_way) {
        run->text_set = false;
        return true;
    }
    if (run->text == TEXT_NORMAL || run->text_set || page_has_overlay(page) ||
        page_find(page, "adjust") == NULL)
    {
        return true;
    }
    run->text_set = true;
    return press_by_id(run, "adjust", error) &&
           press_by_id(run, choices[run->text], error) &&
           press_by_id(run, "adjusted", error);
}

bool
check_language(const struct step *step, struct error *error)
{
    enum language language;

    return language_from_code(step->words[0].text, &language) ||
           error_set(error, ERROR_BAD_INPUT, "there is no language \"%s\"",
                     step->words[0].text);
}

/* They lie over the page; where the dock has no room for them, adjusting leads to them.
 */
static bool
open_languages(struct journey_run *run, struct error *error)
{
    if (page_find(presenter_page(run->parts->presenter), "language") != NULL) {
        return press_by_id(run, "language", error);
    }
    return press_by_id(run, "adjust", error) &&
           press_by_id(run, "adjust-language", error);
}

bool
run_language(struct journey_run *run, const struct step *step, struct error *error)
{
    char id[PAGE_ID_BYTES];
    struct text text = text_begin(id, sizeof(id));

    text_format(&text, "language-%s", step->words[0].text);
    if (page_find(presenter_page(run->parts->presenter), id) == NULL) {
        text = text_begin(id, sizeof(id));
        text_format(&text, "choose-%s", step->words[0].text);
        if (!page_has_overlay(presenter_page(run->parts->presenter)) &&
            !open_languages(run, error))
        {
            return false;
        }
    }
    return press_by_id(run, id, error);
}

/* --- keys and codes -----------------------------------------------------------------
 */

static const struct {
    const char *name;
    enum key key;
} keys[] = {{"next", KEY_NEXT},     {"previous", KEY_PREVIOUS}, {"ok", KEY_OK},
            {"back", KEY_BACK},     {"repeat", KEY_REPEAT},     {"louder", KEY_LOUDER},
            {"softer", KEY_SOFTER}, {"faster", KEY_FASTER},     {"slower", KEY_SLOWER},
            {"down", KEY_ROW_DOWN}, {"up", KEY_ROW_UP},         {"blank", KEY_BLANK}};

bool
check_press(const struct step *step, struct error *error)
{
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (text_equal(keys[i].name, step->words[0].text)) {
            return true;
        }
    }
    return error_set(error, ERROR_BAD_INPUT,
                     "the keys are next, previous, ok, back, repeat, louder, softer, "
                     "faster, slower, down, up and blank");
}

static bool
press_key(struct journey_run *run, enum key key, struct error *error)
{
    presenter_key(run->parts->presenter, key);
    return run->settle(run, error) && run->advance(run->journey, run, TOUCH_MS, error);
}

bool
run_press(struct journey_run *run, const struct step *step, struct error *error)
{
    size_t i = 0;

    while (!text_equal(keys[i].name, step->words[0].text)) {
        i++; /* it is one of them: check_press() */
    }
    return press_key(run, keys[i].key, error);
}

/* Presses next until the element has the focus: whoever can't touch sees the ring. */
static bool
reach(struct journey_run *run, const struct word *word, struct error *error)
{
    struct presenter *presenter = run->parts->presenter;
    const size_t most = presenter_page(presenter)->count;

    for (size_t presses = 0; presses <= most; presses++) {
        const struct page *page = presenter_page(presenter);
        const struct element *wanted = page_point_at(page, word, error);

        if (wanted == NULL) {
            return false;
        }
        if (presenter_focused(presenter) == (int)(wanted - page->elements)) {
            return true;
        }
        if (!press_key(run, KEY_NEXT, error)) {
            return false;
        }
    }
    return error_set(error, ERROR_NOT_FOUND, "the keys go round without reaching %s",
                     word->text);
}

bool
reach_and_press(struct journey_run *run, const char *id, struct error *error)
{
    struct word word = {.quoted = false};

    text_copy(word.text, sizeof(word.text), id);
    return reach(run, &word, error) && press_key(run, KEY_OK, error);
}

/* Of a keyboard that comes in parts: the one that has the key. */
static bool
turn_board(struct journey_run *run, const struct word *word, struct error *error)
{
    static const struct word any_key = {.text = "key-*"};
    const struct presenter *presenter = run->parts->presenter;
    struct error none = {0};

    if (!turn_to_word(run, reach_and_press, &any_key, error)) {
        return false;
    }
    for (int i = 0; i < BOARDS_MAX; i++) {
        const struct page *page = presenter_page(presenter);

        if (page_point_at(page, word, &none) != NULL ||
            page_find(page, FIT_TURN_KEYS) == NULL) {
            break;
        }
        if (!reach_and_press(run, FIT_TURN_KEYS, error)) {
            return false;
        }
    }
    return true;
}

bool
run_reach(struct journey_run *run, const struct step *step, struct error *error)
{
    const struct word *word = &step->words[0];
    bool key = text_starts_with(word->text, "key-");

    return (key ? turn_board(run, word, error)
                : turn_to_word(run, reach_and_press, word, error)) &&
           reach(run, word, error);
}

bool
run_scan(struct journey_run *run, const struct step *step, struct error *error)
{
    const struct word *word = &step->words[0];
    bool ticket = !word->quoted && text_equal(word->text, "ticket");

    if (ticket && run->qr[0] == '\0') {
        return error_set(error, ERROR_NOT_FOUND, "no code has been shown");
    }
    presenter_scan(run->parts->presenter, ticket ? run->qr : word->text);
    return run->settle(run, error);
}
