#include "journey_touch.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ui/fit.h"

#include "journey_find.h"
#include "journey_record.h"

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

/* The button to the next part of what is shown, NULL at its end. */
static const char *
to_next_part(const struct page *page)
{
    bool over = page_has_overlay(page);
    int part = over ? page->overlay_part : page->part;
    int count = over ? page->overlay_part_count : page->part_count;

    return part + 1 == count ? NULL : over ? "overlay-more" : "more";
}

/* As a citizen does: what is not on this part of a page is looked for on the next. */
static bool
turn_to(struct journey_run *run, const struct word *word, struct error *error)
{
    const struct page *page = presenter_page(run->parts->presenter);
    const char *next;
    struct error none;

    while (page_point_at(page, word, &none) == NULL &&
           (next = to_next_part(page)) != NULL) {
        struct word more = {.quoted = false};

        text_copy(more.text, sizeof(more.text), next);
        if (!press_here(run, &more, TOUCH_MS, error)) {
            return false;
        }
        page = presenter_page(run->parts->presenter);
    }
    return true;
}

static bool
press_and_lift(struct journey_run *run, const struct word *word, int64_t held_ms,
               struct error *error)
{
    return turn_to(run, word, error) && press_here(run, word, held_ms, error);
}

bool
run_tap(struct journey_run *run, const struct step *step, struct error *error)
{
    return press_and_lift(run, &step->words[0], TOUCH_MS, error);
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

    if (!turn_to(run, &step->words[0], error) ||
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

    if (!turn_to(run, &keys, error) || !turn_to_key(run, character, &key, error)) {
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
check_language(const struct step *step, struct error *error)
{
    enum language language;

    return language_from_code(step->words[0].text, &language) ||
           error_set(error, ERROR_BAD_INPUT, "there is no language \"%s\"",
                     step->words[0].text);
}

bool
run_language(struct journey_run *run, const struct step *step, struct error *error)
{
    char id[PAGE_ID_BYTES];
    struct text text = text_begin(id, sizeof(id));

    text_format(&text, "choose-%s", step->words[0].text); /* lies over the page */
    if (page_find(presenter_page(run->parts->presenter), id) == NULL) {
        text = text_begin(id, sizeof(id));
        text_format(&text, "language-%s", step->words[0].text);
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

bool
run_press(struct journey_run *run, const struct step *step, struct error *error)
{
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (text_equal(keys[i].name, step->words[0].text)) {
            presenter_key(run->parts->presenter, keys[i].key);
        }
    }
    return run->settle(run, error) && run->advance(run->journey, run, TOUCH_MS, error);
}

/* Presses next until the element has the focus: whoever can't touch sees the ring. */
bool
run_reach(struct journey_run *run, const struct step *step, struct error *error)
{
    struct presenter *presenter = run->parts->presenter;
    const size_t most = presenter_page(presenter)->count;

    for (size_t presses = 0; presses <= most; presses++) {
        const struct page *page = presenter_page(presenter);
        const struct element *wanted = page_point_at(page, &step->words[0], error);

        if (wanted == NULL) {
            return false;
        }
        if (presenter_focused(presenter) == (int)(wanted - page->elements)) {
            return true;
        }
        presenter_key(presenter, KEY_NEXT);
        if (!run->settle(run, error) ||
            !run->advance(run->journey, run, TOUCH_MS, error)) {
            return false;
        }
    }
    return error_set(error, ERROR_NOT_FOUND, "the keys go round without reaching %s",
                     step->words[0].text);
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
