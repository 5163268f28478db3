#include "metrics.h"

#include <stdint.h>

#define TOUCH_MM 20
#define KEY_TENTHS_MM 127 /* where there is no room for more, and then */
#define APART_TENTHS_MM 25
#define REACH_MM 266  /* from the bottom edge of a panel, in reduced reach */
#define CAP_OF_EM 714 /* thousandths: how high a capital of our fonts is */

struct class {
    int width, height;
    struct panel panel;
    int text_min; /* px, of the normal size */
};

/* Seen from 45 cm, as one stands before it. */
static const struct class classes[DISPLAY_CLASS_COUNT] = {
    [DISPLAY_L] = {1080, 1920, {361, 450}, 34},
    [DISPLAY_W] = {1920, 1080, {361, 450}, 34},
    [DISPLAY_M] = {1280, 800, {594, 450}, 28},
    [DISPLAY_S] = {800, 480, {519, 450}, 24},
    [DISPLAY_P] = {720, 1280, {818, 450}, 30},
};

/* EN 301 549 5.1.4: a capital is seen under 0.7 degrees at least. */
static int
largest_floor(const struct panel *panel)
{
    /* 2 tan(0.35°) = 0.012217 of the distance, rounded up to whole pixels. */
    int64_t millionths =
        (int64_t)12217 * panel->viewing_mm * panel->pixels_per_100_mm / 100;

    return (int)((millionths * 1000 / CAP_OF_EM + 999999) / 1000000);
}

struct panel
layout_panel(const struct layout_options *options)
{
    struct panel panel = classes[options->display].panel;

    if (options->panel.pixels_per_100_mm > 0) {
        panel.pixels_per_100_mm = options->panel.pixels_per_100_mm;
    }
    if (options->panel.viewing_mm > 0) {
        panel.viewing_mm = options->panel.viewing_mm;
    }
    return panel;
}

/* Rounded up. */
static int
pixels_of_tenths(const struct panel *panel, int tenths_mm)
{
    return (tenths_mm * panel->pixels_per_100_mm + 999) / 1000;
}

int
layout_pixels_of_mm(const struct layout_options *options, int mm)
{
    return (mm * layout_panel(options).pixels_per_100_mm + 99) / 100;
}

void
display_class_size(enum display_class display, int *width, int *height)
{
    *width = classes[display].width;
    *height = classes[display].height;
}

int
display_class_text_min(enum display_class display)
{
    return classes[display].text_min;
}

bool
display_class_from_size(int width, int height, enum display_class *display)
{
    for (int i = 0; i < DISPLAY_CLASS_COUNT; i++) {
        if (classes[i].width == width && classes[i].height == height) {
            *display = (enum display_class)i;
            return true;
        }
    }
    return false;
}

int
layout_reach_line(const struct layout_options *options)
{
    int line = classes[options->display].height -
               REACH_MM * layout_panel(options).pixels_per_100_mm / 100;

    return line > 0 ? line : 0;
}

/* --- what the citizen set moves the edge of the sheet ------------------------------
 */

static struct rectangle
with_top(struct rectangle area, int top)
{
    if (top > area.y) {
        area.height -= top - area.y;
        area.y = top;
    }
    return area;
}

/* There is room for the street between the words and the sheet. */
static void
lower(struct stage_shape *stage)
{
    stage->greeting += stage->greeting > 0 ? 24 : 0;
    stage->title += stage->greeting > 0 ? 24 : 0;
    stage->title_width = 640;
}

/* Everything that can be touched goes below the line. */
static void
reduce_reach(struct metrics *metrics)
{
    int over = metrics->content.y - metrics->sheet.y; /* of the sheet's edge */

    metrics->content = with_top(metrics->content, metrics->reach_line);
    metrics->home_content = with_top(metrics->home_content, metrics->reach_line);
    metrics->language_bar = 0;
    metrics->clock_beside_bar = false;
    if (metrics->stage_place == STAGE_ABOVE) {
        int edge = metrics->reach_line - over;

        metrics->sheet = with_top(metrics->sheet, edge);
        metrics->home_sheet = with_top(metrics->home_sheet, edge);
        metrics->stage.area.height = metrics->home_stage.area.height = edge;
        metrics->home_stage.street = STREET_HOME_REACH;
        metrics->gap = metrics->gap * 8 / 10;
        metrics->tile.disc = metrics->tile.disc * 88 / 100;
        lower(&metrics->home_stage);
    }
}

/* Letters that are larger leave less for the disc over them. */
static void
lower_tiles(struct tile_shape *tile)
{
    if (tile->high) {
        tile->disc = tile->disc * 4 / 5;
        tile->glyph = tile->glyph * 4 / 5;
    }
}

/* Arabic has more below and above its line. */
static void
widen_lines(struct metrics *metrics)
{
    for (int i = 0; i < TYPE_COUNT_OF; i++) {
        struct type_size *size = &metrics->types[i];
        int percent = size->px <= 60 ? 137 : size->px <= 100 ? 122 : 100;
        int least = size->px * percent / 100;

        size->pitch = size->pitch > least ? size->pitch : least;
    }
}

/* What a word that has no room may shrink to: the class's own least, and of the largest
 * letters what EN 301 549 asks of them. */
static int
text_floor(enum display_class display, enum text_size text, const struct panel *panel)
{
    struct type_size normal[TYPE_COUNT_OF];
    int floor = largest_floor(panel);

    metrics_make_types(normal, display, TEXT_NORMAL, floor);
    return text == TEXT_LARGEST && floor > normal[TYPE_SMALL].px
               ? floor
               : normal[TYPE_SMALL].px;
}

void
metrics_make(struct metrics *metrics, const struct layout_options *options,
             const struct adjustment *adjustment, enum language language)
{
    const struct class *class = &classes[options->display];
    struct panel panel = layout_panel(options);

    *metrics = *metrics_frame(options->display, adjustment->text);
    metrics->width = class->width;
    metrics->height = class->height;
    metrics->touch_min = layout_pixels_of_mm(options, TOUCH_MM);
    metrics->key_min = metrics->has_small_keys ? pixels_of_tenths(&panel, KEY_TENTHS_MM)
                                               : metrics->touch_min;
    metrics->apart_min = pixels_of_tenths(&panel, APART_TENTHS_MM);
    metrics->key_gap = metrics->keys_apart ? metrics->apart_min
                                           : (10 * metrics->factor_percent + 50) / 100;
    metrics_make_types(metrics->types, options->display, adjustment->text,
                       largest_floor(&panel));
    metrics->text_floor = text_floor(options->display, adjustment->text, &panel);
    if (adjustment->text == TEXT_LARGE) {
        lower_tiles(&metrics->tile);
    }
    if (language == LANGUAGE_AR) {
        widen_lines(metrics);
    }
    if (adjustment->text == TEXT_LARGE && metrics->tile.large_columns > 0) {
        metrics->tile.columns = metrics->tile.large_columns;
        metrics->tile.high = false;
    }
    if (adjustment->reduced_reach) {
        metrics->reach_line = layout_reach_line(options);
    }
    if (metrics->reach_line > 0) {
        reduce_reach(metrics);
    }
}
