/*
 * A tap allocates nothing: not by us and not by a library. Every call of the heap is
 * counted by the address sanitizer's own hooks, which see the libraries' too.
 *
 * What is met for the first time may be kept: a letter not drawn before, a corner of a
 * new radius. So everything is done once before it is counted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "device/display.h"
#include "support/page_file.h"
#include "support/visit_kiosk.h"
#include "ticket/qr.h"
#include "ui/layout.h"
#include "ui/paint.h"
#include "visit/presenter.h"

/* As in sanitizer/allocator_interface.h, which gcc's packages leave out. */
int
__sanitizer_install_malloc_and_free_hooks(void (*allocated)(const volatile void *memory,
                                                            size_t size),
                                          void (*freed)(const volatile void *memory));

static struct fonts *fonts;
static struct theme theme;
static struct painter *painter;

static const struct shown {
    const char *name;
    enum display_class display;
} shown[] = {
    {"01-attract", DISPLAY_L},       {"02-home", DISPLAY_L},
    {"03-products", DISPLAY_L},      {"04-product-info", DISPLAY_L},
    {"06-channel", DISPLAY_L},       {"07-handover", DISPLAY_L},
    {"08-day", DISPLAY_L},           {"09-time", DISPLAY_L},
    {"10-confirm", DISPLAY_L},       {"11-done", DISPLAY_L},
    {"14-help", DISPLAY_L},          {"15-timeout", DISPLAY_L},
    {"31-persons", DISPLAY_L},       {"32-contact", DISPLAY_L},
    {"22-home-1280x800", DISPLAY_M}, {"48-day-1280x800", DISPLAY_M},
};

#define SHOWN_COUNT (sizeof(shown) / sizeof(shown[0]))

static bool counting;
static size_t allocations;

static void
on_allocate(const volatile void *memory, size_t size)
{
    (void)memory;
    (void)size;
    allocations += counting;
}

static void
on_free(const volatile void *memory)
{
    (void)memory;
}

static bool
encode_qr(const char *text, uint8_t *dark, int *size)
{
    static struct qr qr;
    struct error error = {0};

    if (!qr_encode(text, &qr, &error)) {
        return false;
    }
    memcpy(dark, qr.dark, (size_t)(qr.size * qr.size));
    *size = qr.size;
    return true;
}

/* What is on the glass: a layout, and the one that takes its place. */
struct glass {
    struct canvas *canvas;
    struct layout views[2];
    int now;
};

static void
show(struct glass *glass, const struct page *page, enum display_class display,
     int pressed)
{
    struct rectangle parts[PAINTER_PARTS_MAX];
    struct layout *before = &glass->views[glass->now];
    struct layout *next = &glass->views[1 - glass->now];
    size_t count;

    layout_page(
        next, page,
        &(struct layout_options){.display = display, .pressed = pressed, .focused = -1},
        fonts);
    count = painter_difference(before, next, parts);
    for (size_t i = 0; i < count; i++) {
        canvas_clip(glass->canvas, parts[i]);
        painter_paint(painter, glass->canvas, next);
    }
    glass->now = 1 - glass->now;
}

/* Everything that can be pressed is pressed and let go. */
static void
press_all(struct glass *glass, const struct page *page, enum display_class display)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page_can_press(page, &page->elements[i])) {
            show(glass, page, display, (int)i);
            show(glass, page, display, -1);
        }
    }
}

static void
count_of_page(const struct shown *screen, enum language language)
{
    static struct page page;
    static struct glass glass;
    char path[128];
    int width, height;

    snprintf(path, sizeof(path), "tests/golden/layout/%s.page", screen->name);
    page_file_read(path, &page);
    page.language = language;
    display_class_size(screen->display, &width, &height);
    glass = (struct glass){.canvas = canvas_create(width, height)};
    show(&glass, &page, screen->display, -1);
    press_all(&glass, &page, screen->display);
    allocations = 0;
    counting = true;
    press_all(&glass, &page, screen->display);
    counting = false;
    canvas_destroy(glass.canvas);
    if (allocations != 0) {
        fail_msg("%s: %zu allocations", screen->name, allocations);
    }
}

static void
test_the_heap_is_really_watched(void **state)
{
    void *memory;

    (void)state;
    allocations = 0;
    counting = true;
    memory = memory_allocate(1, 24);
    counting = false;
    assert_non_null(memory);
    free(memory);
    assert_int_equal(allocations, 1);
}

static void
test_a_press_allocates_nothing_on_any_screen(void **state)
{
    (void)state;
    for (size_t i = 0; i < SHOWN_COUNT; i++) {
        count_of_page(&shown[i], LANGUAGE_NL);
    }
}

static void
test_neither_does_it_from_right_to_left(void **state)
{
    (void)state;
    for (size_t i = 0; i < SHOWN_COUNT; i++) {
        count_of_page(&shown[i], LANGUAGE_AR);
    }
}

/* --- the kiosk itself: finger, flow, description, layout, paint
 * ------------------------
 */

static struct visit_kiosk kiosk;
static struct display *display;
static struct presenter *presenter;

static struct moment
now(void *data)
{
    return ((const struct visit_kiosk *)data)->moment;
}

static void
on_changed(void *data)
{
    (void)data;
    if (presenter != NULL) {
        presenter_refresh(presenter);
    }
}

static void
tap(const char *id)
{
    const struct page *page = presenter_page(presenter);
    const struct element *element = page_find(page, id);
    const struct box *box;
    struct pointer pointer = {.id = 1};

    if (element == NULL) {
        fail_msg("%s has no %s", page->screen, id);
        return;
    }
    box = layout_box(presenter_layout(presenter), (int)(element - page->elements));
    assert_non_null(box);
    pointer.x = box->rect.x + box->rect.width / 2;
    pointer.y = box->rect.y + box->rect.height / 2;
    /* Slowly back, so that no help is offered. */
    kiosk.moment.now_ms += strcmp(id, "back") == 0 ? 16000 : 500;
    pointer.kind = POINTER_DOWN;
    presenter_pointer(presenter, &pointer);
    kiosk.moment.now_ms += 100;
    pointer.kind = POINTER_UP;
    presenter_pointer(presenter, &pointer);
}

static void
tap_all(const char *const *ids)
{
    for (; *ids != NULL; ids++) {
        tap(*ids);
    }
}

static void
open_glass(void)
{
    visit_kiosk_open(&kiosk);
    flow_destroy(kiosk.flow);
    kiosk.parts.changed = on_changed;
    kiosk.flow = flow_create(&kiosk.parts, kiosk.moment);
    visit_kiosk_wait(&kiosk);
    display = display_memory_create(1080, 1920);
    presenter = presenter_create(&(struct presenter_parts){
        .now = now,
        .now_data = &kiosk,
        .flow = kiosk.flow,
        .fonts = fonts,
        .painter = painter,
        .display = display,
        .display_class = DISPLAY_L,
    });
}

static void
close_glass(void)
{
    presenter_destroy(presenter);
    presenter = NULL;
    display_destroy(display);
    visit_kiosk_close(&kiosk);
}

/*
 * From home and back to it. A tap that is counted (a product's page seen first, a
 * channel chosen) also writes to SQLite, which allocates for its own sake; those were
 * counted in the first round, and are not again.
 */
static void
test_a_tap_through_the_flow_allocates_nothing(void **state)
{
    static const char *const ids[] = {
        "help", "continue", "language",  "close",    "paspoort",  "paspoort", "arrange",
        "self", "have",     "normal",    "back",     "back",      "back",     "back",
        "back", "back",     "search",    "key-p",    "key-a",     "erase",    "erase",
        "back", "language", "choose-en", "language", "choose-nl", NULL,
    };

    (void)state;
    open_glass();
    tap("start");
    tap_all(ids);
    assert_string_equal(presenter_page(presenter)->screen, "home");
    allocations = 0;
    counting = true;
    tap_all(ids);
    counting = false;
    assert_string_equal(presenter_page(presenter)->screen, "home");
    assert_int_equal(allocations, 0);
    close_glass();
}

static int
watch(void **state)
{
    (void)state;
    return __sanitizer_install_malloc_and_free_hooks(on_allocate, on_free) != 0 ? 0
                                                                                : -1;
}

/* Fonts of its own for each test: an atlas that is full starts anew, and draws again.
 */
static int
open_fonts(void **state)
{
    struct error error = {0};

    (void)state;
    fonts = fonts_open(&error);
    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    painter = painter_create(fonts, &theme, encode_qr);
    return fonts != NULL ? 0 : -1;
}

static int
close_fonts(void **state)
{
    (void)state;
    painter_destroy(painter);
    fonts_close(fonts);
    return 0;
}

#define WITH_FONTS(test) cmocka_unit_test_setup_teardown(test, open_fonts, close_fonts)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_heap_is_really_watched),
        WITH_FONTS(test_a_press_allocates_nothing_on_any_screen),
        WITH_FONTS(test_neither_does_it_from_right_to_left),
        WITH_FONTS(test_a_tap_through_the_flow_allocates_nothing),
    };

    return cmocka_run_group_tests(tests, watch, NULL);
}
