#include "visit/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/text.h"
#include "support/visit_kiosk.h"
#include "ui/font.h"

/* Keyboards that come in parts: on small displays, in every size of text, all that can
 * be typed elsewhere can be typed, with keys that are large enough and far enough
 * apart.
 */

#define TURNS_MAX 6

static struct fonts *fonts;

static const struct display {
    enum display_class class;
    int key_px, gap_px; /* 12.7 and 2.5 mm */
} displays[] = {{DISPLAY_S, 65, 12}, {DISPLAY_P, 103, 20}};

static struct visit_kiosk *
open_on(enum display_class display)
{
    struct visit_kiosk *kiosk = memory_allocate(1, sizeof(*kiosk));

    visit_kiosk_open(kiosk);
    kiosk->display = display;
    return kiosk;
}

static void
close_kiosk(struct visit_kiosk *kiosk)
{
    visit_kiosk_close(kiosk);
    free(kiosk);
}

static const struct element *
key_for(const struct page *page, const char *letter)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_KEY &&
            text_equal(page->elements[i].value, letter)) {
            return &page->elements[i];
        }
    }
    return NULL;
}

/* Its name is the page's, which is described anew. */
static void
press_found(struct visit_kiosk *kiosk, const struct element *element)
{
    char id[PAGE_ID_BYTES];

    text_copy(id, sizeof(id), element->id);
    visit_kiosk_press(kiosk, id);
}

/* What is said before them may be a part of its own. */
static void
go_to_part_with(struct visit_kiosk *kiosk, enum role role)
{
    while (page_count_of(visit_kiosk_show(kiosk), role) == 0) {
        visit_kiosk_press(kiosk, "more");
    }
}

/* Turns the keys until one of them types it; false when none does. */
static bool
press_letter(struct visit_kiosk *kiosk, const char *letter)
{
    go_to_part_with(kiosk, ROLE_KEY);
    for (int turn = 0; turn < TURNS_MAX; turn++) {
        const struct element *key = key_for(visit_kiosk_show(kiosk), letter);

        if (key != NULL) {
            press_found(kiosk, key);
            return true;
        }
        if (page_find(&kiosk->page, FIT_TURN_KEYS) == NULL) {
            return false;
        }
        visit_kiosk_press(kiosk, FIT_TURN_KEYS);
    }
    return false;
}

static void
press_letters(struct visit_kiosk *kiosk, const char *letters)
{
    while (*letters != '\0') {
        const char *before = letters;
        char letter[5] = "";

        text_next(&letters);
        memcpy(letter, before, (size_t)(letters - before));
        if (!press_letter(kiosk, letter)) {
            fail_msg("no key types \"%s\"", letter);
        }
    }
}

static int
apart(struct rectangle a, struct rectangle b)
{
    int across = a.x > b.x ? a.x - b.x - b.width : b.x - a.x - a.width;
    int down = a.y > b.y ? a.y - b.y - b.height : b.y - a.y - a.height;

    return across > down ? across : down;
}

/* Of what is shown, after the focus went past every key in its order. */
static void
assert_keys_are_large(struct visit_kiosk *kiosk, const struct display *display)
{
    static struct layout layout;
    const struct layout_options options = {
        .display = display->class, .pressed = -1, .focused = -1};
    const struct page *page = visit_kiosk_show(kiosk);
    int keys = 0;

    layout_page(&layout, page, &options, fonts);
    for (size_t a = 0; a < layout.box_count; a++) {
        struct rectangle box = layout.boxes[a].rect;

        if (page->elements[layout.boxes[a].element].role != ROLE_KEY) {
            continue;
        }
        keys++;
        assert_true(box.width >= display->key_px && box.height >= display->key_px);
        for (size_t b = 0; b < layout.box_count; b++) {
            assert_true(a == b || apart(box, layout.boxes[b].rect) >= display->gap_px);
        }
    }
    assert_true(keys > 10);
}

static void
go_to_name(struct visit_kiosk *kiosk, enum text_size text)
{
    static const char *const sizes[] = {"text-normal", "text-large", "text-largest"};

    visit_kiosk_press_all(kiosk, "start adjust");
    visit_kiosk_press(kiosk, sizes[text]);
    visit_kiosk_press_all(kiosk, "adjusted paspoort paspoort arrange self have normal "
                                 "appointment next");
    assert_screen(kiosk, "day");
    visit_kiosk_press(kiosk, "next");
    go_to_part_with(kiosk, ROLE_TIME);
    for (size_t i = 0; i < kiosk->page.count; i++) {
        if (kiosk->page.elements[i].role == ROLE_TIME) {
            press_found(kiosk, &kiosk->page.elements[i]);
            break;
        }
    }
    visit_kiosk_press(kiosk, "next");
    assert_screen(kiosk, "contact");
}

static void
type_everything(const struct display *display, enum text_size text)
{
    struct visit_kiosk *kiosk = open_on(display->class);
    const struct typed *typed = &flow_session(kiosk->flow)->typed;

    go_to_name(kiosk, text);
    visit_kiosk_press(kiosk, "shift");
    press_letters(kiosk, "Q");
    press_letters(kiosk, "wertyuiopasdfghjklzxcvbnm-’");
    assert_keys_are_large(kiosk, display);
    visit_kiosk_press(kiosk, "space");
    visit_kiosk_press(kiosk, "accents");
    assert_keys_are_large(kiosk, display);
    press_letters(kiosk, "š");
    press_letters(kiosk, "mq"); /* back to letters, and to their first part */
    visit_kiosk_press(kiosk, "erase");
    assert_string_equal(typed->values[0].value, "Qwertyuiopasdfghjklzxcvbnm-’ šm");
    visit_kiosk_press(kiosk, "enter");
    press_letters(kiosk, "+31612345678");
    assert_keys_are_large(kiosk, display);
    visit_kiosk_press(kiosk, "clear");
    press_letters(kiosk, "0612345678");
    assert_string_equal(typed->values[1].value, "0612345678");
    visit_kiosk_press(kiosk, "enter");
    assert_screen(kiosk, "confirm");
    close_kiosk(kiosk);
}

static void
test_a_name_and_a_number_are_typed_on_small_displays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(displays) / sizeof(displays[0]); i++) {
        for (int text = 0; text < TEXT_SIZE_COUNT; text++) {
            type_everything(&displays[i], (enum text_size)text);
        }
    }
}

static void
test_a_code_is_typed_on_small_displays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(displays) / sizeof(displays[0]); i++) {
        struct visit_kiosk *kiosk = open_on(displays[i].class);

        visit_kiosk_press_all(kiosk, "start appointment type");
        press_letters(kiosk, "2MK9QV");
        assert_keys_are_large(kiosk, &displays[i]);
        assert_string_equal(flow_session(kiosk->flow)->code, "2MK9QV");
        close_kiosk(kiosk);
    }
}

static void
test_a_word_is_typed_with_figures_on_small_displays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(displays) / sizeof(displays[0]); i++) {
        struct visit_kiosk *kiosk = open_on(displays[i].class);

        visit_kiosk_press_all(kiosk, "start search");
        press_letters(kiosk, "parkeren");
        visit_kiosk_press_all(kiosk, "space digits");
        press_letters(kiosk, "1970");
        assert_keys_are_large(kiosk, &displays[i]);
        assert_shows(kiosk, "parkeren 1970");
        visit_kiosk_press(kiosk, "digits"); /* back to letters, where they begin */
        assert_non_null(key_for(visit_kiosk_show(kiosk), "q"));
        close_kiosk(kiosk);
    }
}

static void
test_where_all_keys_have_room_none_turns_them(void **state)
{
    (void)state;
    for (int display = 0; display <= DISPLAY_M; display++) {
        struct visit_kiosk *kiosk = open_on((enum display_class)display);

        visit_kiosk_press_all(kiosk, "start search");
        assert_null(page_find(visit_kiosk_show(kiosk), FIT_TURN_KEYS));
        assert_non_null(key_for(&kiosk->page, "q"));
        assert_non_null(key_for(&kiosk->page, "m"));
        close_kiosk(kiosk);
    }
}

/* It says with its first letters where it leads, and the focus stays on it. */
static void
test_the_key_that_turns_says_where_it_leads(void **state)
{
    struct visit_kiosk *kiosk = open_on(DISPLAY_P);

    (void)state;
    visit_kiosk_press_all(kiosk, "start search");
    assert_string_equal(page_find(visit_kiosk_show(kiosk), FIT_TURN_KEYS)->label,
                        "y u i");
    assert_string_equal(page_find(&kiosk->page, FIT_TURN_KEYS)->spoken,
                        "Andere toetsen");
    visit_kiosk_press(kiosk, FIT_TURN_KEYS);
    assert_string_equal(page_find(visit_kiosk_show(kiosk), FIT_TURN_KEYS)->label,
                        "q w e");
    close_kiosk(kiosk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_name_and_a_number_are_typed_on_small_displays),
        cmocka_unit_test(test_a_code_is_typed_on_small_displays),
        cmocka_unit_test(test_a_word_is_typed_with_figures_on_small_displays),
        cmocka_unit_test(test_where_all_keys_have_room_none_turns_them),
        cmocka_unit_test(test_the_key_that_turns_says_where_it_leads),
    };
    struct error error = {0};

    fonts = fonts_open(&error);
    assert_non_null(fonts);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
