/*
 * The drawn screens, laid out and compared with the design's own numbers: every
 * box within 8 px, every text at its size, its weight and within 8 px of its place.
 *
 * tests/golden/layout/NAME.page is the page, NAME.txt the numbers measured from the
 * design. PICTURES=DIR in the environment paints them there as well, to be looked at.
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

#include "base/file.h"
#include "base/memory.h"
#include "base/picture.h"
#include "base/text.h"
#include "support/fonts_case.h"
#include "support/page_file.h"
#include "ticket/qr.h"
#include "ui/fit.h"
#include "ui/icon.h"
#include "ui/layout.h"
#include "ui/paint.h"

#define TOLERANCE 8

static struct theme theme;
static struct page page;
static struct layout layout;

static const struct drawn {
    const char *name;
    enum display_class display;
} drawn[] = {
    {"01-attract", DISPLAY_L},
    {"02-home", DISPLAY_L},
    {"03-products", DISPLAY_L},
    {"04-product-info", DISPLAY_L},
    {"05-question", DISPLAY_L},
    {"06-channel", DISPLAY_L},
    {"07-handover", DISPLAY_L},
    {"08-day", DISPLAY_L},
    {"09-time", DISPLAY_L},
    {"10-confirm", DISPLAY_L},
    {"11-done", DISPLAY_L},
    {"12-checkin", DISPLAY_L},
    {"13-manage", DISPLAY_L},
    {"44-confirm-cancel", DISPLAY_L},
    {"14-help", DISPLAY_L},
    {"15-timeout", DISPLAY_L},
    {"16-degraded", DISPLAY_L},
    {"17-search", DISPLAY_L},
    {"18-feedback", DISPLAY_L},
    {"27-adjust", DISPLAY_L},
    {"30-language", DISPLAY_L},
    {"36-blanked", DISPLAY_L},
    {"37-closed", DISPLAY_L},
    {"38-out-of-order", DISPLAY_L},
    {"41-handover-slip", DISPLAY_L},
    {"31-persons", DISPLAY_L},
    {"32-contact", DISPLAY_L},
    {"33-walkin-number", DISPLAY_L},
    {"33b-walkin-unknown", DISPLAY_L},
    {"34-callback", DISPLAY_L},
    {"35-staff-called", DISPLAY_L},
    {"43-locations", DISPLAY_L},
    {"45-checked-in", DISPLAY_L},
    {"46-info-more", DISPLAY_L},
    {"22-home-1280x800", DISPLAY_M},
    {"48-day-1280x800", DISPLAY_M},
    {"19-home-arabic", DISPLAY_L},
    {"20-home-contrast", DISPLAY_L},
    {"21-home-reach", DISPLAY_L},
    {"23-home-800x480", DISPLAY_S},
    {"28-home-720x1280", DISPLAY_P},
    {"47-home-1920x1080", DISPLAY_W},
    {"49-day-800x480", DISPLAY_S},
    {"50-time-720x1280", DISPLAY_P},
    {"51-confirm-largest", DISPLAY_L},
    {"51b-confirm-largest-2", DISPLAY_L},
    {"52-done-arabic", DISPLAY_L},
};

#define DRAWN_COUNT (sizeof(drawn) / sizeof(drawn[0]))

static bool
near(int a, int b)
{
    return abs(a - b) <= TOLERANCE;
}

static bool
box_is_there(int x, int y, int width, int height)
{
    for (size_t i = 0; i < layout.box_count; i++) {
        struct rectangle r = layout.boxes[i].rect;

        if (near(r.x, x) && near(r.y, y) && near(r.width, width) &&
            near(r.height, height)) {
            return true;
        }
    }
    return false;
}

/* A line of ours may be the start of the design's text, which may wrap. */
static bool
text_is_there(int x, int y, int px, int weight, const char *text)
{
    for (size_t i = 0; i < layout.item_count; i++) {
        const struct item *item = &layout.items[i];

        if (item->kind == ITEM_TEXT && item->style.px == px &&
            (item->style.weight == WEIGHT_BOLD) == (weight == 700) &&
            near(item->rect.x, x) && near(item->rect.y, y) &&
            strncmp(item->text, text, item->length) == 0)
        {
            return true;
        }
    }
    return false;
}

static bool
icon_is_there(int x, int y, int px, const char *code)
{
    uint32_t code_point = (uint32_t)strtoul(code + 2, NULL, 16);

    for (size_t i = 0; i < layout.item_count; i++) {
        const struct item *item = &layout.items[i];

        if (item->kind == ITEM_ICON && item->style.px == px && near(item->rect.x, x) &&
            near(item->rect.y, y) && icon_code_point(item->text) == code_point)
        {
            return true;
        }
    }
    return false;
}

/* True when the layout has what the line of numbers says. */
static bool
holds_line(const char *line)
{
    int a, b, c, d;
    int used = 0;

    if (sscanf(line, "touch %d %d %d %d", &a, &b, &c, &d) == 4) {
        return box_is_there(a, b, c, d);
    }
    if (sscanf(line, "text %d %d %d %d %n", &a, &b, &c, &d, &used) == 4) {
        return text_is_there(a, b, c, d, line + used);
    }
    if (sscanf(line, "icon %d %d %d %d %n", &a, &b, &c, &d, &used) == 4) {
        return icon_is_there(a, b, c, line + used);
    }
    fail_msg("not a line of numbers: %s", line);
    return false;
}

/* Helps to mend: where the text of a missing line stands instead. */
static void
print_where(const char *line)
{
    int numbers[4];
    int used = 0;

    if (sscanf(line, "text %d %d %d %d %n", &numbers[0], &numbers[1], &numbers[2],
               &numbers[3], &used) != 4)
    {
        return;
    }
    for (size_t i = 0; i < layout.item_count; i++) {
        const struct item *item = &layout.items[i];

        if (item->kind == ITEM_TEXT && item->length > 0 &&
            strncmp(item->text, line + used, item->length) == 0)
        {
            print_error("    stands at %d %d, %d px\n", item->rect.x, item->rect.y,
                        item->style.px);
        }
    }
}

static void
lay_out(const struct drawn *screen)
{
    struct layout_options options = {
        .display = screen->display, .pressed = -1, .focused = -1};
    char path[128];

    snprintf(path, sizeof(path), "tests/golden/layout/%s.page", screen->name);
    page_file_read(path, &page);
    layout_fit(&page, &options, fonts);
    layout_page(&layout, &page, &options, fonts);
}

static void
save(const struct canvas *canvas, const char *name)
{
    const char *folder = getenv("PICTURES");
    size_t count = (size_t)(canvas->width * canvas->height);
    uint8_t *rgba;
    struct error error = {0};
    char path[512];

    if (folder == NULL) {
        return;
    }
    rgba = memory_allocate(count, 4);
    for (size_t i = 0; i < count; i++) {
        rgba[4 * i] = (uint8_t)(canvas->pixels[i] >> 16);
        rgba[4 * i + 1] = (uint8_t)(canvas->pixels[i] >> 8);
        rgba[4 * i + 2] = (uint8_t)canvas->pixels[i];
        rgba[4 * i + 3] = 255;
    }
    snprintf(path, sizeof(path), "%s/%s.png", folder, name);
    assert_true(
        picture_write(&(struct picture){PICTURE_RGBA, canvas->width, canvas->height,
                                        (size_t)canvas->width * 4, rgba},
                      path, &error));
    free(rgba);
}

static void
save_picture(const char *name)
{
    struct painter *painter = painter_create(fonts, &theme, qr_encode_dark);
    struct canvas *canvas = canvas_create(layout.width, layout.height);

    painter_paint(painter, canvas, &layout);
    save(canvas, name);
    canvas_destroy(canvas);
    painter_destroy(painter);
}

static void
test_drawn_screens_have_the_designs_numbers(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < DRAWN_COUNT; i++) {
        struct error error = {0};
        char path[128];
        char *numbers;
        size_t length;

        lay_out(&drawn[i]);
        save_picture(drawn[i].name);
        snprintf(path, sizeof(path), "tests/golden/layout/%s.txt", drawn[i].name);
        numbers = file_read(path, 65536, &length, &error);
        assert_non_null(numbers);
        for (char *line = strtok(numbers, "\n"); line != NULL;
             line = strtok(NULL, "\n")) {
            if (!holds_line(line)) {
                print_error("%s: %s\n", drawn[i].name, line);
                print_where(line);
                wrong++;
            }
        }
        free(numbers);
    }
    assert_int_equal(wrong, 0);
}

/* Repainting only what differs gives the picture that painting all gives. */
static void
test_damage_is_all_that_differs(void **state)
{
    static struct layout before;
    static struct page page_before;
    struct painter *painter = painter_create(fonts, &theme, qr_encode_dark);
    struct canvas *partial = NULL;

    (void)state;
    for (size_t i = 0; i < DRAWN_COUNT; i++) {
        struct canvas *whole;
        struct rectangle parts[PAINTER_PARTS_MAX];
        size_t count;

        lay_out(&drawn[i]);
        whole = canvas_create(layout.width, layout.height);
        painter_paint(painter, whole, &layout);
        if (partial == NULL || partial->width != layout.width) {
            canvas_destroy(partial);
            partial = canvas_create(layout.width, layout.height);
            painter_paint(painter, partial, &layout);
        } else {
            count = painter_difference(&before, &layout, parts);
            assert_true(count > 0);
            for (size_t part = 0; part < count; part++) {
                canvas_clip(partial, parts[part]);
                painter_paint(painter, partial, &layout);
            }
            assert_memory_equal(partial->pixels, whole->pixels,
                                (size_t)(whole->width * whole->height) * 4);
        }
        canvas_destroy(whole);
        page_copy(&page_before, &page);
        layout_page(&before, &page_before,
                    &(struct layout_options){
                        .display = drawn[i].display, .pressed = -1, .focused = -1},
                    fonts);
        assert_int_equal(painter_difference(&before, &layout, parts), 0);
    }
    canvas_destroy(partial);
    painter_destroy(painter);
}

static void
test_a_press_repaints_only_its_button(void **state)
{
    static struct layout before;
    struct rectangle parts[PAINTER_PARTS_MAX];
    struct layout_options options = {
        .display = DISPLAY_L, .pressed = -1, .focused = -1};

    (void)state;
    lay_out(&drawn[1]);
    for (size_t i = 0; i < page.count; i++) {
        const struct box *box;
        struct rectangle reach;

        if (!page_can_press(&page, &page.elements[i])) {
            continue;
        }
        options.pressed = -1;
        layout_page(&before, &page, &options, fonts);
        options.pressed = (int)i;
        layout_page(&layout, &page, &options, fonts);
        box = layout_box(&layout, (int)i);
        assert_non_null(box);
        reach = rectangle_grown(box->rect, 30);
        assert_int_equal(painter_difference(&before, &layout, parts), 1);
        assert_true(parts[0].x >= reach.x && parts[0].y >= reach.y &&
                    parts[0].x + parts[0].width <= reach.x + reach.width &&
                    parts[0].y + parts[0].height <= reach.y + reach.height);
    }
}

/* Another set of colours is another picture, every pixel of it. */
static void
test_high_contrast_repaints_all_of_it(void **state)
{
    static struct layout before;
    struct painter *painter = painter_create(fonts, &theme, qr_encode_dark);
    struct canvas *canvas;
    struct rectangle parts[PAINTER_PARTS_MAX];
    struct layout_options options = {
        .display = DISPLAY_L, .pressed = -1, .focused = -1};

    (void)state;
    lay_out(&drawn[2]);
    layout_page(&before, &page, &options, fonts);
    page.adjustment.high_contrast = true;
    layout_page(&layout, &page, &options, fonts);
    assert_int_equal(painter_difference(&before, &layout, parts), 1);
    assert_int_equal(parts[0].width, layout.width);
    assert_int_equal(parts[0].height, layout.height);
    canvas = canvas_create(layout.width, layout.height);
    painter_paint(painter, canvas, &layout);
    assert_int_equal(canvas->pixels[layout.width * 500 + 10] & 0xFFFFFFu, 0x000000);
    painter_paint(painter, canvas, &before);
    assert_int_equal(canvas->pixels[layout.width * 500 + 10] & 0xFFFFFFu,
                     theme.rgb[COLOR_STAGE]);
    canvas_destroy(canvas);
    painter_destroy(painter);
}

static void
lay_out_on(const struct drawn *screen, enum display_class display)
{
    struct drawn other = {screen->name, display};

    lay_out(&other);
}

static int
boxes_wrong(const char *name)
{
    struct rectangle all = {0, 0, layout.width, layout.height};
    int wrong = 0;

    for (size_t a = 0; a < layout.box_count; a++) {
        const struct box *box = &layout.boxes[a];
        struct rectangle inside = rectangle_intersection(box->rect, all);

        if (memcmp(&inside, &box->rect, sizeof(inside)) != 0) {
            print_error("%s: %s leaves the display\n", name,
                        page.elements[box->element].id);
            wrong++;
        }
        if (page_can_press(&page, &page.elements[box->element]) &&
            layout_hit(&layout, &page, box->rect.x + box->rect.width / 2,
                       box->rect.y + box->rect.height / 2) != box->element)
        {
            print_error("%s: %s can't be hit\n", name, page.elements[box->element].id);
            wrong++;
        }
        for (size_t b = a + 1; b < layout.box_count; b++) {
            if (layout.boxes[b].modal == box->modal &&
                !rectangle_is_empty(
                    rectangle_intersection(box->rect, layout.boxes[b].rect)))
            {
                print_error("%s: %s overlaps %s\n", name,
                            page.elements[box->element].id,
                            page.elements[layout.boxes[b].element].id);
                wrong++;
            }
        }
    }
    return wrong;
}

/* These are drawn with more than a small display takes: there the flow makes pages. */
static bool
is_longer_than(int display, const char *name)
{
    static const char *const long_ones[] = {"02-home", "03-products", "09-time",
                                            "15-timeout", "43-locations"};

    for (size_t i = 0; i < sizeof(long_ones) / sizeof(long_ones[0]); i++) {
        if (display == DISPLAY_M && text_equal(long_ones[i], name)) {
            return true;
        }
    }
    return (display != DISPLAY_L && display != DISPLAY_M) ||
           page.adjustment.text != TEXT_NORMAL;
}

/* On every class, whatever page: boxes lie on the display, apart, and can be hit. */
static void
test_boxes_can_be_touched_and_do_not_overlap(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < DRAWN_COUNT; i++) {
        for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
            char name[64];

            lay_out_on(&drawn[i], (enum display_class)display);
            if (display != (int)drawn[i].display &&
                is_longer_than(display, drawn[i].name)) {
                continue;
            }
            snprintf(name, sizeof(name), "%s-on-%d", drawn[i].name, display);
            save_picture(name);
            wrong += boxes_wrong(name);
        }
    }
    assert_int_equal(wrong, 0);
}

/* Texts and icons of the page stay on the display and clear of the dock. */
static void
test_texts_stay_on_the_display(void **state)
{
    (void)state;
    for (size_t i = 0; i < DRAWN_COUNT; i++) {
        for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
            lay_out_on(&drawn[i], (enum display_class)display);
            if (is_longer_than(display, drawn[i].name)) {
                continue;
            }
            for (size_t item = 0; item < layout.item_count; item++) {
                const struct item *it = &layout.items[item];

                if (it->kind == ITEM_TEXT &&
                    (it->rect.x < 0 || it->rect.y < 0 ||
                     it->rect.x + it->rect.width > layout.width ||
                     it->rect.y + it->rect.height > layout.height))
                {
                    fail_msg("%s on class %d: \"%.*s\" leaves the display",
                             drawn[i].name, display, (int)it->length, it->text);
                }
            }
        }
    }
}

/* A language's own name stands where that language begins, on any page. */
static bool
keeps_its_side(const struct item *item)
{
    return item->element >= 0 &&
           page.elements[item->element].role == ROLE_LANGUAGE_CHOICE;
}

static bool
is_key(int element)
{
    return element >= 0 && page.elements[element].role == ROLE_KEY;
}

/* Where the board of keys begins. */
static int
first_key(const struct layout *of)
{
    int left = of->width;

    for (size_t i = 0; i < of->box_count; i++) {
        const struct box *box = &of->boxes[i];

        if (is_key(box->element) && box->rect.x < left) {
            left = box->rect.x;
        }
    }
    return left;
}

/* The same line of the same element, NULL for none. */
static const struct item *
same_text(const struct layout *in, const struct item *item)
{
    for (size_t i = 0; i < in->item_count; i++) {
        const struct item *other = &in->items[i];

        if (other->kind == ITEM_TEXT && other->text == item->text &&
            other->length == item->length && other->style.px == item->style.px)
        {
            return other;
        }
    }
    return NULL;
}

/* Arabic lines are further apart, so that only across everything is where it was. */
static void
test_right_to_left_is_the_same_page_turned_round(void **state)
{
    static struct layout turned;
    int texts = 0, found = 0;

    (void)state;
    for (size_t i = 0; i < DRAWN_COUNT; i++) {
        struct layout_options options = {
            .display = drawn[i].display, .pressed = -1, .focused = -1};

        lay_out(&drawn[i]);
        if (layout.right_to_left) {
            continue;
        }
        page.language = LANGUAGE_AR;
        layout_page(&turned, &page, &options, fonts);
        for (size_t item = 0; item < layout.item_count; item++) {
            const struct item *here = &layout.items[item];
            const struct item *there =
                here->kind == ITEM_TEXT ? same_text(&turned, here) : NULL;

            texts += here->kind == ITEM_TEXT;
            found += there != NULL;
            if (there != NULL && keeps_its_side(here)) {
                assert_int_equal(
                    here->rect.x - layout_box(&layout, here->element)->rect.x,
                    there->rect.x - layout_box(&turned, here->element)->rect.x);
            } else if (there != NULL && !is_key(here->element)) {
                assert_int_equal(there->rect.x,
                                 layout.width - here->rect.x - here->rect.width);
                assert_int_equal(there->rect.width, here->rect.width);
            }
        }
        for (size_t box = 0; box < layout.box_count; box++) {
            struct rectangle here = layout.boxes[box].rect;
            struct rectangle there = turned.boxes[box].rect;

            if (is_key(layout.boxes[box].element)) { /* where hands know them */
                assert_int_equal(there.x - first_key(&turned),
                                 here.x - first_key(&layout));
            } else {
                assert_int_equal(there.x, layout.width - here.x - here.width);
            }
        }
    }
    assert_true(found > texts * 9 / 10);
}

static int
open_theme(void **state)
{
    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    return fonts_case_open(state);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drawn_screens_have_the_designs_numbers),
        cmocka_unit_test(test_damage_is_all_that_differs),
        cmocka_unit_test(test_a_press_repaints_only_its_button),
        cmocka_unit_test(test_high_contrast_repaints_all_of_it),
        cmocka_unit_test(test_boxes_can_be_touched_and_do_not_overlap),
        cmocka_unit_test(test_texts_stay_on_the_display),
        cmocka_unit_test(test_right_to_left_is_the_same_page_turned_round),
    };

    return cmocka_run_group_tests_name("layout", tests, open_theme, fonts_case_close);
}
