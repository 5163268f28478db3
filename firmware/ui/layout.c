#include "ui/layout.h"

#include <assert.h>
#include <string.h>

#include "stack.h"
#include "stage.h"
#include "ui/icon.h"

#define MONTH_STEPS_BESIDE 128 /* px, with the gap to the days */

const struct part *
part_of(enum role role)
{
    static const struct part *const parts[ROLE_ROLE_COUNT] = {
        [ROLE_LANGUAGES] = &part_languages,
        [ROLE_TILE] = &part_tile,
        [ROLE_ROW] = &part_row,
        [ROLE_CHANNEL] = &part_channel,
        [ROLE_LOCATION] = &part_location,
        [ROLE_PLACE] = &part_place,
        [ROLE_MONTH] = &part_month,
        [ROLE_WEEKDAYS] = &part_weekdays,
        [ROLE_DAY] = &part_day,
        [ROLE_TIME] = &part_time,
        [ROLE_COUNT_CHIP] = &part_count_chip,
        [ROLE_SEGMENTS] = &part_segments,
        [ROLE_OPTION] = &part_option,
        [ROLE_FIELD] = &part_field,
        [ROLE_BUTTON] = &part_button,
        [ROLE_PAGING] = &part_paging,
        [ROLE_FACT_CARD] = &part_fact_card,
        [ROLE_CARD] = &part_card,
        [ROLE_MESSAGE] = &part_message,
        [ROLE_SECTION] = &part_section,
        [ROLE_LEGEND] = &part_legend,
        [ROLE_NOTE] = &part_note,
        [ROLE_APPOINTMENT] = &part_appointment,
        [ROLE_SCAN] = &part_scan,
        [ROLE_SUM] = &part_sum,
        [ROLE_HAND_OVER] = &part_hand_over,
        [ROLE_TYPED] = &part_typed,
        [ROLE_TICKET] = &part_ticket,
        [ROLE_NUMBER] = &part_number,
        [ROLE_TITLE] = &part_question, /* on an overlay; on the stage by itself */
        [ROLE_COUNTDOWN] = &part_countdown,
    };

    return parts[role];
}

int
child_next(const struct page *page, int child)
{
    for (int i = child + 1; i < (int)page->count; i++) {
        if (page->elements[i].parent == page->elements[child].parent) {
            return i;
        }
    }
    return -1;
}

int
child_first(const struct page *page, int parent)
{
    for (int i = parent + 1; i < (int)page->count; i++) {
        if (page->elements[i].parent == parent) {
            return i;
        }
    }
    return -1;
}

/* --- sheet and dock ----------------------------------------------------------------
 */

/*
 * Beside the stage the steps to earlier and later months stand beside the days:
 * returns how much narrower that makes the days.
 */
static int
put_month_steps_beside(struct build *build, struct rectangle content)
{
    const struct page *page = build->page;
    int days_top = content.y + 94;
    int y = days_top;

    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == ROLE_MONTH_STEP) {
            put_month_step(build, i,
                           (struct rectangle){content.x + content.width - 119, y, 119,
                                              y == days_top ? 202 : 206});
            y += 212;
        }
    }
    return y > days_top ? MONTH_STEPS_BESIDE : 0;
}

int
keyboard_of(const struct page *page)
{
    for (int i = 0; i < (int)page->count; i++) {
        enum role role = page->elements[i].role;

        if (role == ROLE_KEYBOARD || role == ROLE_KEY_PAD) {
            return i;
        }
    }
    return -1;
}

static void
put_sheet(struct build *build, struct rectangle sheet, struct rectangle content)
{
    bool beside = build->metrics->beside;
    struct item *item = put_item(build, ITEM_FILL, -1, sheet);
    int keyboard = keyboard_of(build->page);
    int bottom = content.y + content.height;

    item->color = COLOR_SHEET;
    item->radius = build->metrics->sheet_radius;
    item->corners = beside ? CORNERS_TOP_START : CORNERS_TOP;
    if (keyboard >= 0) {
        bottom =
            sheet.y + sheet.height - put_keyboard(build, keyboard) - scaled(build, 20);
    } else {
        int foot = stack_put_foot(build, SLOT_FOOT, content);

        bottom -= foot > 0 ? foot + scaled(build, 24) : 0;
    }
    content.height = bottom - content.y;
    if (keyboard >= 0 && build->page->elements[keyboard].role == ROLE_KEYBOARD) {
        content.y -= scaled(build, 6); /* two fields over letters just fit */
    }
    if (beside) {
        build->day_inset = put_month_steps_beside(build, content);
    }
    stack_put(build, SLOT_SHEET, content);
}

static void
put_dock_cell(struct build *build, int element, struct rectangle cell)
{
    const struct element *it = &build->page->elements[element];
    bool accent = (it->flags & ELEMENT_ACCENT) != 0;
    bool pressed = is_pressed(build, element);
    struct run run = {element, TYPE_SMALL, true, COLOR_INK, ALIGN_CENTER, 0};
    bool beside = build->metrics->beside;
    int icon_px = beside ? 46 : 52;
    struct surface surface = {.fill = accent ? COLOR_ACCENT : COLOR_NONE};

    if ((it->flags & ELEMENT_DANGER) != 0) {
        run.color = COLOR_DANGER;
    }
    if (accent) {
        run.color = COLOR_ON_ACCENT;
    }
    if (pressed) {
        surface.fill = COLOR_PRIMARY_DOWN;
        run.color = COLOR_ON_PRIMARY;
    }
    put_control(build, element, &surface, cell, scaled(build, 28));
    put_icon(build, element, it->icon, cell.x + (cell.width - icon_px) / 2,
             cell.y + (beside ? 19 : 16), icon_px, run.color);
    put_text(build, run, it->label, cell.x - 10, cell.y + (beside ? 67 : 72),
             cell.width + 20);
}

static void
put_dock(struct build *build)
{
    const struct page *page = build->page;
    struct rectangle dock = build->metrics->dock;
    bool beside = build->metrics->beside;
    int pad = beside ? 8 : 12;
    int room = dock.width - 2 * pad;

    put_fill(build, -1, dock, 0, COLOR_CARD);
    put_fill(build, -1, (struct rectangle){dock.x, dock.y, dock.width, 2}, 0,
             COLOR_HAIRLINE);
    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];

        if (it->slot != SLOT_DOCK) {
            continue;
        }
        /* The number is the cell, so that a missing one leaves its place empty. */
        put_dock_cell(
            build, i,
            (struct rectangle){dock.x + pad + room * it->number / 5,
                               dock.y + (beside ? 2 : 12),
                               room * (it->number + 1) / 5 - room * it->number / 5,
                               beside ? 120 : 130});
    }
}

/* --- overlay and attract -------------------------------------------------------------
 */

/*
 * An overlay is as high as it needs, up from the dock: its buttons are a foot like
 * any other, and what comes before them a stack.
 */
static void
put_overlay(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    int margin = scaled(build, 48);
    int width = metrics->width - 2 * margin;
    int bottom = metrics->dock.y - scaled(build, 32);
    int top_pad = scaled(build, has_countdown(build->page) ? 62 : 58);
    int gap = scaled(build, has_countdown(build->page) ? 44 : 32);
    int foot = stack_foot_height(build, SLOT_OVERLAY, width);
    int height =
        stack_height(build, SLOT_OVERLAY, width, bottom - foot - (foot > 0 ? gap : 0));
    int top = bottom - foot - (foot > 0 ? gap : 0) - height - top_pad;
    struct rectangle sheet;
    struct item *item;

    if (top < 0) {
        top_pad += top; /* the little room there is goes off the top */
        top = 0;
    }
    put_item(build, ITEM_SCRIM, -1,
             (struct rectangle){0, 0, metrics->width, metrics->dock.y});
    sheet = (struct rectangle){0, top, metrics->width, metrics->dock.y - top};
    item = put_item(build, ITEM_FILL, -1, sheet);
    item->color = COLOR_CARD;
    item->radius = scaled(build, 44);
    item->corners = CORNERS_TOP;
    stack_put_foot(build, SLOT_OVERLAY,
                   (struct rectangle){margin, bottom - foot, width, foot});
    stack_put(build, SLOT_OVERLAY,
              (struct rectangle){margin, top + top_pad, width, height});
}

static void
put_start(struct build *build, int element, struct rectangle rect)
{
    const struct element *start = &build->page->elements[element];
    struct surface surface = {.fill = is_pressed(build, element) ? COLOR_CARD
                                                                 : COLOR_ACCENT};
    struct run run = {element, TYPE_START, true, COLOR_ON_ACCENT, ALIGN_CENTER, 0};

    put_control(build, element, &surface, rect, rect.height / 2);
    put_centered(build, run, start->icon, scaled(build, 84), scaled(build, 28), false,
                 start->label, rect, COLOR_ON_ACCENT);
}

/* The names of the languages, spread over the width. */
static void
put_language_names(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    struct run run = {element, TYPE_BODY, false, COLOR_ON_STAGE, ALIGN_START, 0};
    int room = rect.width;
    int gaps = -1;
    int x = rect.x;

    for (int i = child_first(page, element); i >= 0; i = child_next(page, i)) {
        room -= text_width(build, run, page->elements[i].label);
        gaps++;
    }
    if (gaps < 3) {
        room = gaps * scaled(build, 48); /* few: together at the start */
    }
    for (int i = child_first(page, element); i >= 0; i = child_next(page, i)) {
        int width = text_width(build, run, page->elements[i].label);

        run.element = i;
        put_text(build, run, page->elements[i].label, x, rect.y, width + 1);
        x += width + (gaps > 0 ? room / gaps : 0);
    }
}

static void
put_attract(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    const struct page *page = build->page;
    bool beside = metrics->beside;
    struct rectangle all = {0, 0, metrics->width, metrics->height};
    int x = beside ? 32 : 48;
    int width = metrics->width - 2 * x;
    int y = beside ? 130 : 235;
    struct item *street;

    put_fill(build, -1, all, 0, COLOR_STAGE);
    street = put_item(build, ITEM_STREET, -1,
                      beside ? (struct rectangle){684, 0, 596, 800} : all);
    street->number = beside ? STREET_ATTRACT_BESIDE : STREET_ATTRACT;
    street->length = (size_t)build->options->lit;
    put_header(build);
    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];
        struct run run = {i, TYPE_ATTRACT_TITLE, true, COLOR_ON_STAGE, ALIGN_START, 0};

        if (it->role == ROLE_TITLE) {
            y += put_text(build, run, it->label, x, y, beside ? 700 : width) +
                 scaled(build, 29);
        } else if (it->role == ROLE_SUBTITLE) {
            run.type = TYPE_LEAD;
            run.bold = false;
            run.color = COLOR_ON_STAGE_2;
            put_text(build, run, it->label, x, y, beside ? 620 : width - 130);
        } else if (it->role == ROLE_START) {
            put_start(build, i,
                      beside ? (struct rectangle){x, 520, 620, 130}
                             : (struct rectangle){48, 1480, 984, 176});
        } else if (it->role == ROLE_LANGUAGES) {
            put_language_names(build, i,
                               (struct rectangle){x, beside ? 674 : 1712, width, 52});
        } else if (it->role == ROLE_STAGE_FACT) {
            int px = scaled(build, 40), top = beside ? 464 : 160;

            run.type = TYPE_SMALL;
            run.bold = false;
            put_icon(build, i, it->icon, x, top + (pitch_of(build, run) - px) / 2, px,
                     COLOR_ACCENT);
            put_text(build, run, it->label, x + px + scaled(build, 16), top,
                     beside ? 620 : width);
        } else if (it->role == ROLE_NOTE) {
            struct run note = {i, TYPE_SMALL, false, COLOR_ON_STAGE_2, ALIGN_START, 0};

            put_centered(build, note, it->icon, scaled(build, 40), scaled(build, 16),
                         false, it->label,
                         (struct rectangle){x, beside ? 732 : 1804, width, 44},
                         COLOR_ON_STAGE_2);
        }
    }
}

/* --- all of it
 * -------------------------------------------------------------------------- */

/* The one place where right and left change sides. */
void
layout_mirror(struct layout *layout)
{
    static const unsigned swapped[] = {0, 2, 1, 3};

    for (size_t i = 0; i < layout->item_count; i++) {
        struct item *item = &layout->items[i];

        item->rect.x = layout->width - item->rect.x - item->rect.width;
        item->corners = swapped[item->corners & 3u] | swapped[item->corners >> 2 & 3u]
                                                          << 2;
        if (item->kind == ITEM_ICON && icon_is_directional(item->text)) {
            item->text = icon_mirrored(item->text);
            item->length = strlen(item->text);
        }
    }
    for (size_t i = 0; i < layout->box_count; i++) {
        struct rectangle *rect = &layout->boxes[i].rect;

        rect->x = layout->width - rect->x - rect->width;
    }
}

/* Where no dock is, what stands on it stands on the edge of the screen. */
static struct rectangle
down_to_the_bottom(const struct metrics *metrics, struct rectangle area)
{
    area.height = metrics->height - area.y;
    return area;
}

void
layout_page(struct layout *layout, const struct page *page,
            const struct layout_options *options, struct fonts *fonts)
{
    const struct metrics *metrics = metrics_of(options->display);
    bool home = page->shape == PAGE_HOME, notice = page->shape == PAGE_NOTICE;
    struct build build = {
        .page = page,
        .options = options,
        .fonts = fonts,
        .metrics = metrics,
        .layout = layout,
    };

    layout->width = metrics->width;
    layout->height = metrics->height;
    layout->right_to_left = language_is_right_to_left(page->language);
    layout->item_count = 0;
    layout->box_count = 0;
    if (page->shape == PAGE_ATTRACT) {
        put_attract(&build);
    } else {
        if (home) {
            put_home_stage(&build, metrics->home_stage);
        } else {
            put_work_stage(&build, notice && metrics->beside
                                       ? down_to_the_bottom(metrics, metrics->stage)
                                       : metrics->stage);
        }
        put_sheet(&build,
                  notice ? down_to_the_bottom(metrics, metrics->sheet)
                  : home ? metrics->home_sheet
                         : metrics->sheet,
                  home ? metrics->home_content : metrics->content);
        if (page_has_overlay(page)) {
            put_overlay(&build);
        }
        if (!notice) {
            put_dock(&build);
        }
    }
    if (layout->right_to_left) {
        layout_mirror(layout);
    }
}

static struct item *
add_over(struct layout *layout, enum item_kind kind, struct rectangle rect)
{
    struct item *item;

    assert(layout->item_count < LAYOUT_ITEMS_MAX);
    item = &layout->items[layout->item_count++];
    *item = (struct item){.kind = kind, .rect = rect, .element = -1};
    return item;
}

void
layout_mark(struct layout *layout, int x, int y, int size)
{
    static const enum color colors[] = {COLOR_FOCUS_OUT, COLOR_FOCUS_IN};

    for (int i = 0; i < 2; i++) {
        struct rectangle around = {x - size / 2 + 6 * i, y - size / 2 + 6 * i,
                                   size - 12 * i, size - 12 * i};
        struct item *ring = add_over(layout, ITEM_FILL, around);

        ring->border = colors[i];
        ring->border_width = 6;
        ring->radius = around.width / 2;
        ring->corners = CORNERS_ALL;
    }
}

void
layout_dim(struct layout *layout)
{
    add_over(layout, ITEM_SCRIM,
             (struct rectangle){0, 0, layout->width, layout->height});
}

const struct box *
layout_box(const struct layout *layout, int element)
{
    for (size_t i = 0; i < layout->box_count; i++) {
        if (layout->boxes[i].element == element) {
            return &layout->boxes[i];
        }
    }
    return NULL;
}

int
layout_hit(const struct layout *layout, const struct page *page, int x, int y)
{
    for (size_t i = layout->box_count; i > 0; i--) {
        const struct box *box = &layout->boxes[i - 1];

        if (rectangle_contains(box->rect, x, y) &&
            page_can_press(page, &page->elements[box->element]))
        {
            return box->element;
        }
    }
    return -1;
}

int
layout_capacity(enum display_class display, enum role role, bool with_message,
                bool with_foot)
{
    const struct metrics *metrics = metrics_of(display);
    const struct part *part = part_of(role);
    struct build build = {.metrics = metrics, .measuring = true};
    int least = scaled(&build, role == ROLE_LOCATION ? 154 : 130);
    int gap = scaled(&build, part->gap_after > 0 ? part->gap_after : 20);
    int room = metrics->content.height;
    int columns = 1;

    if (role == ROLE_TIME) {
        return metrics->beside ? 4 : 5; /* rows, with three headings above them */
    }
    least = least < metrics->touch_min ? metrics->touch_min : least;
    if (role == ROLE_TILE) {
        columns = metrics->tile_columns;
        room = metrics->home_content.height -
               (metrics->beside ? 0 : scaled(&build, 94 + 24));
    }
    room -= with_message ? scaled(&build, 200) + gap : 0;
    room -= with_foot ? scaled(&build, 120) + scaled(&build, 24) : 0;
    return (room + gap) / (least + gap) * columns;
}
