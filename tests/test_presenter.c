#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/visit_kiosk.h"
#include "ticket/qr.h"
#include "visit/presenter.h"
#include "visit/session.h"

/* The presenter before a real flow; the display only counts what it is shown. */

struct glass {
    struct visit_kiosk kiosk;
    struct theme theme;
    struct fonts *fonts;
    struct painter *painter;
    struct display display;
    struct presenter *presenter;
    int presents;
    int64_t pixels; /* shown by the last present */
};

static struct glass glass; /* too large for a stack that is watched */

static void
count_present(void *maker, const uint32_t *pixels, const struct rectangle *parts,
              size_t count)
{
    struct glass *shown = maker;

    (void)pixels;
    shown->presents++;
    shown->pixels = 0;
    for (size_t i = 0; i < count; i++) {
        shown->pixels += (int64_t)parts[i].width * parts[i].height;
    }
}

static void
destroy_nothing(void *maker)
{
    (void)maker;
}

static const struct display_operations operations = {.present = count_present,
                                                     .destroy = destroy_nothing};

static struct moment
now(void *data)
{
    return ((struct glass *)data)->kiosk.moment;
}

static bool
make_qr(const char *text, uint8_t *dark, int *size)
{
    struct qr *qr = memory_allocate(1, sizeof(*qr));
    struct error error = {0};
    bool made = qr_encode(text, qr, &error);

    *size = qr->size;
    memcpy(dark, qr->dark, (size_t)qr->size * (size_t)qr->size);
    free(qr);
    return made;
}

static int
open_glass(void **state)
{
    struct error error = {0};

    (void)state;
    memset(&glass, 0, sizeof(glass));
    visit_kiosk_open(&glass.kiosk);
    theme_make(&glass.theme, THEME_BRAND_1, THEME_BRAND_2, false);
    glass.fonts = fonts_open(&error);
    assert_non_null(glass.fonts);
    glass.painter = painter_create(glass.fonts, &glass.theme, make_qr);
    glass.display = (struct display){&operations, &glass, 1080, 1920};
    glass.presenter =
        presenter_create(&(struct presenter_parts){.now = now,
                                                   .now_data = &glass,
                                                   .flow = glass.kiosk.flow,
                                                   .fonts = glass.fonts,
                                                   .painter = glass.painter,
                                                   .display = &glass.display,
                                                   .display_class = DISPLAY_L});
    return 0;
}

static int
close_glass(void **state)
{
    (void)state;
    presenter_destroy(glass.presenter);
    painter_destroy(glass.painter);
    fonts_close(glass.fonts);
    visit_kiosk_close(&glass.kiosk);
    return 0;
}

static void
pass(int64_t ms)
{
    glass.kiosk.moment.now_ms += ms;
    glass.kiosk.moment.now += ms / 1000;
}

static int
index_of(const char *id)
{
    const struct page *page = presenter_page(glass.presenter);
    const struct element *element = page_find(page, id);

    assert_non_null(element);
    return (int)(element - page->elements);
}

static struct rectangle
place_of(const char *id)
{
    const struct box *box = layout_box(presenter_layout(glass.presenter), index_of(id));

    assert_non_null(box);
    return box->rect;
}

static void
finger(enum pointer_kind kind, int id, int x, int y)
{
    presenter_pointer(glass.presenter,
                      &(struct pointer){.kind = kind, .id = id, .x = x, .y = y});
}

static void
down_on(const char *id)
{
    struct rectangle place = place_of(id);

    finger(POINTER_DOWN, 1, place.x + place.width / 2, place.y + place.height / 2);
}

/* Without waiting for the answer. */
static void
tap_only(const char *id)
{
    struct rectangle place = place_of(id);

    down_on(id);
    pass(100);
    finger(POINTER_UP, 1, place.x + place.width / 2, place.y + place.height / 2);
}

static void
tap(const char *id)
{
    tap_only(id);
    visit_kiosk_wait(&glass.kiosk);
    presenter_refresh(glass.presenter);
    pass(100);
}

static void
assert_on(const char *screen)
{
    assert_string_equal(presenter_page(glass.presenter)->screen, screen);
}

static void
test_a_press_shows_at_once_and_counts_when_it_is_lifted(void **state)
{
    struct rectangle place;

    (void)state;
    tap("start");
    assert_on("home");
    glass.presents = 0;
    place = place_of("paspoort");
    down_on("paspoort");
    assert_int_equal(presenter_pressed(glass.presenter), index_of("paspoort"));
    assert_int_equal(glass.presents, 1);
    /* Only the button is repainted, with its shadow. */
    assert_in_range(glass.pixels, 1, (place.width + 80) * (place.height + 80));
    assert_on("home");
    pass(100);
    finger(POINTER_UP, 1, place.x + 5, place.y + 5);
    assert_on("products");
    assert_int_equal(presenter_pressed(glass.presenter), -1);
}

static void
test_a_finger_may_roll_but_not_leave(void **state)
{
    static const struct {
        int past; /* pixels beyond the upper edge; 6 mm is 21 */
        const char *screen;
    } cases[] = {{0, "products"}, {20, "products"}, {23, "home"}, {300, "home"}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rectangle place;

        tap("start");
        place = place_of("paspoort");
        down_on("paspoort");
        finger(POINTER_MOVE, 1, place.x + 9, place.y - cases[i].past);
        pass(100);
        finger(POINTER_UP, 1, place.x + 9, place.y - cases[i].past);
        assert_on(cases[i].screen);
        pass(100);
        tap("stop");
    }
}

static void
test_who_left_and_came_back_pressed_nothing(void **state)
{
    struct rectangle place;

    (void)state;
    tap("start");
    place = place_of("paspoort");
    down_on("paspoort");
    finger(POINTER_MOVE, 1, place.x + 9, place.y - 300);
    assert_int_equal(presenter_pressed(glass.presenter), -1);
    finger(POINTER_MOVE, 1, place.x + 9, place.y + 9);
    finger(POINTER_UP, 1, place.x + 9, place.y + 9);
    assert_on("home");
}

/* 4 mm this way and that, at the very edge of what it is on. */
static void
test_a_hand_that_trembles_presses(void **state)
{
    struct rectangle place;

    (void)state;
    tap("start");
    place = place_of("paspoort");
    finger(POINTER_DOWN, 1, place.x + 60, place.y + 4);
    for (int shake = 0; shake < 8; shake++) {
        pass(80);
        finger(POINTER_MOVE, 1, place.x + 60, place.y + (shake % 2 == 0 ? -32 : 10));
        assert_int_equal(presenter_pressed(glass.presenter),
                         shake % 2 == 0 ? -1 : index_of("paspoort"));
    }
    assert_on("home");
    pass(80);
    finger(POINTER_UP, 1, place.x + 60, place.y - 10);
    assert_on("products");
}

static void
test_holding_on_is_not_pressing(void **state)
{
    static const struct {
        int64_t ms;
        const char *screen;
    } cases[] = {{3000, "products"}, {3001, "home"}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rectangle place;

        tap("start");
        place = place_of("paspoort");
        down_on("paspoort");
        pass(cases[i].ms);
        finger(POINTER_UP, 1, place.x + 9, place.y + 9);
        assert_on(cases[i].screen);
        pass(100);
        tap("stop");
    }
}

static void
test_a_second_finger_is_ignored(void **state)
{
    struct rectangle first, second;

    (void)state;
    tap("start");
    first = place_of("paspoort");
    second = place_of("rijbewijs");
    down_on("paspoort");
    finger(POINTER_DOWN, 2, second.x + 9, second.y + 9);
    finger(POINTER_UP, 2, second.x + 9, second.y + 9);
    assert_on("home");
    pass(100);
    finger(POINTER_UP, 1, first.x + 9, first.y + 9);
    assert_on("products");
    assert_non_null(page_find(presenter_page(glass.presenter), "identiteitskaart"));
}

static void
test_a_panel_that_bounces_presses_once(void **state)
{
    struct rectangle place;

    (void)state;
    tap("start");
    place = place_of("search");
    finger(POINTER_DOWN, 1, place.x + 9, place.y + 9);
    pass(80);
    finger(POINTER_UP, 1, place.x + 9, place.y + 9);
    assert_on("search");
    pass(20);
    finger(POINTER_DOWN, 1, place.x + 9, place.y + 9);
    pass(20);
    finger(POINTER_UP, 1, place.x + 9, place.y + 9);
    assert_on("search");
    assert_string_equal(flow_session(glass.kiosk.flow)->search, "");
    assert_int_equal(flow_session(glass.kiosk.flow)->misses, 0);
}

static void
test_a_finger_that_is_taken_away_by_the_system_pressed_nothing(void **state)
{
    (void)state;
    tap("start");
    down_on("paspoort");
    finger(POINTER_CANCEL, 1, 0, 0);
    assert_int_equal(presenter_pressed(glass.presenter), -1);
    finger(POINTER_UP, 1, 500, 1000);
    assert_on("home");
    tap("paspoort");
    assert_on("products");
}

static void
test_what_changed_under_the_finger_is_not_pressed(void **state)
{
    struct rectangle place;

    (void)state;
    tap("start");
    place = place_of("paspoort");
    pass(59000);
    down_on("paspoort");
    pass(2000);
    presenter_tick(glass.presenter); /* asks whether somebody is there */
    assert_non_null(page_find(presenter_page(glass.presenter), "countdown"));
    assert_int_equal(presenter_pressed(glass.presenter), -1);
    finger(POINTER_UP, 1, place.x + 9, place.y + 9);
    assert_on("home");
}

static void
test_a_touch_beside_everything_is_counted(void **state)
{
    (void)state;
    tap("start");
    finger(POINTER_DOWN, 1, 540, 20);
    finger(POINTER_UP, 1, 540, 20);
    assert_int_equal(flow_session(glass.kiosk.flow)->misses, 1);
    assert_on("home");
}

static int
count_rings(void)
{
    const struct layout *layout = presenter_layout(glass.presenter);
    int count = 0;

    for (size_t i = 0; i < layout->item_count; i++) {
        const struct item *item = &layout->items[i];

        count += item->element < 0 && item->border == COLOR_FOCUS_IN &&
                 rectangle_contains(item->rect, 540, 120) && item->rect.width < 60;
    }
    return count;
}

static void
miss(void)
{
    finger(POINTER_DOWN, 1, 540, 120);
    finger(POINTER_UP, 1, 540, 120);
}

static void
test_a_missed_touch_shows_where_it_was_for_a_moment(void **state)
{
    (void)state;
    miss(); /* begins a visit: that is no miss */
    assert_int_equal(count_rings(), 0);
    pass(100);
    miss();
    assert_int_equal(count_rings(), 1);
    assert_int_equal(presenter_next_ms(glass.presenter),
                     glass.kiosk.moment.now_ms + 600);
    pass(599);
    presenter_tick(glass.presenter);
    assert_int_equal(count_rings(), 1);
    pass(1);
    presenter_tick(glass.presenter);
    assert_int_equal(count_rings(), 0);
    miss();
    down_on("paspoort");
    assert_int_equal(count_rings(), 0);
}

static bool
is_dimmed(void)
{
    const struct layout *layout = presenter_layout(glass.presenter);

    return layout->items[layout->item_count - 1].kind == ITEM_SCRIM;
}

/* Ticks as a loop would, for that long. */
static void
pass_ticking(int64_t ms)
{
    for (int64_t passed = 0; passed < ms; passed += 1000) {
        pass(1000);
        if (glass.kiosk.moment.now_ms >= presenter_next_ms(glass.presenter)) {
            presenter_tick(glass.presenter);
        }
    }
}

static void
test_the_first_touch_of_a_dimmed_screen_only_wakes(void **state)
{
    (void)state;
    pass_ticking(30 * 60 * 1000 - 1000);
    assert_false(is_dimmed());
    pass_ticking(1000);
    assert_true(is_dimmed());
    /* No window is lit any more: only the clock goes on. */
    assert_true(presenter_next_ms(glass.presenter) > glass.kiosk.moment.now_ms + 4000);
    tap("start");
    assert_false(is_dimmed());
    assert_on("attract");
    pass_ticking(30 * 60 * 1000);
    assert_true(is_dimmed());
    presenter_key(glass.presenter, KEY_OK);
    assert_false(is_dimmed());
    assert_on("attract");
    tap("start");
    assert_on("home");
    tap("stop");
    pass_ticking(30 * 60 * 1000 - 2000);
    assert_false(is_dimmed()); /* it is as long after a visit */
}

static void
test_a_dimmed_screen_takes_a_code(void **state)
{
    (void)state;
    pass_ticking(30 * 60 * 1000);
    assert_true(is_dimmed());
    presenter_scan(glass.presenter, "HTTPS://EXAMPLE.NL/");
    assert_false(is_dimmed());
    assert_true(flow_session(glass.kiosk.flow)->under_way);
}

static void
test_keys_show_where_they_are_and_touching_hides_it(void **state)
{
    (void)state;
    tap("start");
    assert_int_equal(presenter_focused(glass.presenter), -1);
    presenter_key(glass.presenter, KEY_OK);
    assert_on("home"); /* first it shows where OK would press */
    assert_int_equal(presenter_focused(glass.presenter), index_of("language-nl"));
    presenter_key(glass.presenter, KEY_PREVIOUS);
    assert_int_equal(presenter_focused(glass.presenter), index_of("stop"));
    for (int i = 0; i < 8; i++) { /* six languages, a tile before it */
        presenter_key(glass.presenter, KEY_NEXT);
    }
    assert_int_equal(presenter_focused(glass.presenter), index_of("paspoort"));
    presenter_key(glass.presenter, KEY_OK);
    assert_on("products");
    assert_int_equal(presenter_focused(glass.presenter), index_of("paspoort"));
    presenter_key(glass.presenter, KEY_BACK);
    assert_on("home");
    assert_true(presenter_focused(glass.presenter) >= 0);
    tap("paspoort");
    assert_int_equal(presenter_focused(glass.presenter), -1);
    assert_true((flow_session(glass.kiosk.flow)->modes & USAGE_MODE_KEYS) != 0);
}

static void
test_a_question_over_the_page_takes_the_focus(void **state)
{
    (void)state;
    tap("start");
    presenter_key(glass.presenter, KEY_NEXT);
    pass(61000);
    presenter_tick(glass.presenter);
    assert_int_equal(presenter_focused(glass.presenter), index_of("go-on"));
}

static void
test_a_real_keyboard_types_erases_and_enters(void **state)
{
    (void)state;
    tap("start");
    tap("search");
    presenter_text(glass.presenter, "pass");
    presenter_text(glass.presenter, "\b");
    assert_string_equal(flow_session(glass.kiosk.flow)->search, "pas");
    presenter_text(glass.presenter, "\n");
    assert_true(flow_session(glass.kiosk.flow)->searched);
}

static void
test_nothing_is_due_but_the_clock_and_the_street(void **state)
{
    int64_t now_ms = glass.kiosk.moment.now_ms;

    (void)state;
    assert_int_equal(presenter_next_ms(glass.presenter), now_ms + 4000);
    glass.presents = 0;
    pass(4000);
    presenter_tick(glass.presenter);
    assert_int_equal(glass.presents, 1);
    assert_in_range(glass.pixels, 1, 300 * 300); /* a window or two */
    assert_int_equal(presenter_next_ms(glass.presenter), now_ms + 8000);
    tap("start");
    assert_true(presenter_next_ms(glass.presenter) > now_ms + 4000 + 10000);
}

static void
test_what_is_not_different_is_not_painted(void **state)
{
    (void)state;
    tap("start");
    glass.presents = 0;
    presenter_refresh(glass.presenter);
    presenter_refresh(glass.presenter);
    assert_int_equal(glass.presents, 0);
}

/* Every picture that came about by repainting parts is that of painting all of it. */
static void
test_parts_add_up_to_the_whole(void **state)
{
    static const char *const taps[] = {
        "start",    "search",   "key-p", "key-a", "key-s",    "back",     "help",
        "continue", "paspoort", "more",  "back",  "language", "choose-en"};
    struct canvas *whole = canvas_create(1080, 1920);

    (void)state;
    for (size_t i = 0; i < sizeof(taps) / sizeof(taps[0]); i++) {
        const struct canvas *shown = presenter_canvas(glass.presenter);

        tap(taps[i]);
        if (i == 5) {
            miss();
        }
        painter_paint(glass.painter, whole, presenter_layout(glass.presenter));
        assert_memory_equal(shown->pixels, whole->pixels,
                            sizeof(whole->pixels[0]) * 1080 * 1920);
    }
    canvas_destroy(whole);
}

static void
test_a_page_that_is_not_drawn_in_time_is_trouble(void **state)
{
    (void)state;
    assert_null(presenter_trouble(glass.presenter));
    pass(4000 + 29000); /* a window should have been lit after 4 s */
    assert_null(presenter_trouble(glass.presenter));
    pass(2000);
    assert_non_null(presenter_trouble(glass.presenter));
    presenter_tick(glass.presenter);
    assert_null(presenter_trouble(glass.presenter));
}

static void
test_a_press_that_is_never_answered_is_trouble(void **state)
{
    static const char *const taps[] = {"start", "paspoort", "paspoort", "arrange",
                                       "self",  "have",     "normal",   "appointment"};

    (void)state;
    for (size_t i = 0; i < sizeof(taps) / sizeof(taps[0]); i++) {
        tap(taps[i]);
    }
    tap_only("next"); /* which days are free? */
    assert_true(flow_is_busy(glass.kiosk.flow));
    pass_ticking(4 * 60 * 1000);
    assert_true(flow_is_busy(glass.kiosk.flow));
    assert_null(presenter_trouble(glass.presenter));
    pass_ticking(61 * 1000);
    assert_string_equal(presenter_trouble(glass.presenter), "a press is not answered");
    visit_kiosk_wait(&glass.kiosk);
    presenter_refresh(glass.presenter);
    assert_null(presenter_trouble(glass.presenter));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_a_press_shows_at_once_and_counts_when_it_is_lifted, open_glass,
            close_glass),
        cmocka_unit_test_setup_teardown(test_a_finger_may_roll_but_not_leave,
                                        open_glass, close_glass),
        cmocka_unit_test_setup_teardown(test_who_left_and_came_back_pressed_nothing,
                                        open_glass, close_glass),
        cmocka_unit_test_setup_teardown(test_a_hand_that_trembles_presses, open_glass,
                                        close_glass),
        cmocka_unit_test_setup_teardown(
            test_a_missed_touch_shows_where_it_was_for_a_moment, open_glass,
            close_glass),
        cmocka_unit_test_setup_teardown(
            test_the_first_touch_of_a_dimmed_screen_only_wakes, open_glass,
            close_glass),
        cmocka_unit_test_setup_teardown(test_a_dimmed_screen_takes_a_code, open_glass,
                                        close_glass),
        cmocka_unit_test_setup_teardown(test_holding_on_is_not_pressing, open_glass,
                                        close_glass),
        cmocka_unit_test_setup_teardown(test_a_second_finger_is_ignored, open_glass,
                                        close_glass),
        cmocka_unit_test_setup_teardown(test_a_panel_that_bounces_presses_once,
                                        open_glass, close_glass),
        cmocka_unit_test_setup_teardown(
            test_a_finger_that_is_taken_away_by_the_system_pressed_nothing, open_glass,
            close_glass),
        cmocka_unit_test_setup_teardown(
            test_what_changed_under_the_finger_is_not_pressed, open_glass, close_glass),
        cmocka_unit_test_setup_teardown(test_a_touch_beside_everything_is_counted,
                                        open_glass, close_glass),
        cmocka_unit_test_setup_teardown(
            test_keys_show_where_they_are_and_touching_hides_it, open_glass,
            close_glass),
        cmocka_unit_test_setup_teardown(test_a_question_over_the_page_takes_the_focus,
                                        open_glass, close_glass),
        cmocka_unit_test_setup_teardown(test_a_real_keyboard_types_erases_and_enters,
                                        open_glass, close_glass),
        cmocka_unit_test_setup_teardown(
            test_nothing_is_due_but_the_clock_and_the_street, open_glass, close_glass),
        cmocka_unit_test_setup_teardown(test_what_is_not_different_is_not_painted,
                                        open_glass, close_glass),
        cmocka_unit_test_setup_teardown(test_parts_add_up_to_the_whole, open_glass,
                                        close_glass),
        cmocka_unit_test_setup_teardown(
            test_a_page_that_is_not_drawn_in_time_is_trouble, open_glass, close_glass),
        cmocka_unit_test_setup_teardown(test_a_press_that_is_never_answered_is_trouble,
                                        open_glass, close_glass),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
