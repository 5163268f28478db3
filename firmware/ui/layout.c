#include "ui/layout.h"

#include <assert.h>
#include <string.h>

#include "area.h"
#include "attract.h"
#include "stack.h"
#include "stage.h"
#include "ui/icon.h"

const struct part *
part_of(enum role role)
{
    static const struct part *const parts[ROLE_ROLE_COUNT] = {
        [ROLE_LANGUAGES] = &part_languages,
        [ROLE_LANGUAGE_CHOICE] = &part_language_choice,
        [ROLE_TILE] = &part_tile,
        [ROLE_ROW] = &part_row,
        [ROLE_CHANNEL] = &part_channel,
        [ROLE_LOCATION] = &part_location,
        [ROLE_PLACE] = &part_place,
        [ROLE_PLACE_CHANGE] = &part_place_change,
        [ROLE_MONTH] = &part_month,
        [ROLE_WEEKDAYS] = &part_weekdays,
        [ROLE_DAY] = &part_day,
        [ROLE_TIME] = &part_time,
        [ROLE_COUNT_CHIP] = &part_count_chip,
        [ROLE_SEGMENTS] = &part_segments,
        [ROLE_OPTION] = &part_option,
        [ROLE_FACE] = &part_face,
        [ROLE_RADIO] = &part_radio,
        [ROLE_FIELD] = &part_field,
        [ROLE_BUTTON] = &part_button,
        [ROLE_PAGING] = &part_paging,
        [ROLE_FACT_CARD] = &part_fact_card,
        [ROLE_CARD] = &part_card,
        [ROLE_PARTS] = &part_parts,
        [ROLE_MESSAGE] = &part_message,
        [ROLE_SECTION] = &part_section,
        [ROLE_HEADLINE] = &part_headline,
        [ROLE_LEGEND] = &part_legend,
        [ROLE_NOTE] = &part_note,
        [ROLE_APPOINTMENT] = &part_appointment,
        [ROLE_SCAN] = &part_scan,
        [ROLE_SUM] = &part_sum,
        [ROLE_HAND_OVER] = &part_hand_over,
        [ROLE_TYPED] = &part_typed,
        [ROLE_TICKET] = &part_ticket,
        [ROLE_NUMBER] = &part_number,
        [ROLE_SLIP] = &part_slip,
        [ROLE_OPENING] = &part_opening,
        [ROLE_NEARBY] = &part_nearby,
        [ROLE_CALL] = &part_call,
        [ROLE_SERVICE] = &part_service,
        [ROLE_TITLE] = &part_question, /* on an overlay; on the stage by itself */
        [ROLE_COUNTDOWN] = &part_countdown,
        [ROLE_SUBTITLE] = &part_stage_line,
        [ROLE_STAGE_FACT] = &part_stage_line,
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

/* The steps to other months may stand in the line of the button, before it. */
static void
put_month_steps_in_foot(struct build *build, struct rectangle content)
{
    const struct metrics *metrics = build->metrics;
    int y = content.y + content.height - metrics->touch_min;
    int taken = 0;

    for (int i = 0; i < (int)build->page->count; i++) {
        if (build->page->elements[i].role == ROLE_MONTH_STEP) {
            put_month_step(build, i,
                           (struct rectangle){content.x + taken, y,
                                              metrics->month_step_width,
                                              metrics->touch_min});
            taken += metrics->month_step_width + metrics->grid_gap;
        }
    }
}

/* So may the way to other places, after them. */
static void
put_place_in_foot(struct build *build, struct rectangle content)
{
    const struct metrics *metrics = build->metrics;
    int place = place_change_of(build->page);
    int width = metrics->foot_place_width;

    if (place >= 0 && metrics->places == PLACES_FOOT) {
        put_place_change(
            build, place,
            (struct rectangle){content.x + area_foot_inset(build) - width -
                                   metrics->grid_gap,
                               content.y + content.height - metrics->touch_min, width,
                               metrics->touch_min});
    }
}

/* The actions against the bottom of the sheet. */
static void
put_foot(struct build *build, struct rectangle content)
{
    int inset = area_foot_inset(build);

    if (inset > 0) {
        put_month_steps_in_foot(build, content);
        put_place_in_foot(build, content);
    }
    content.x += inset;
    content.width -= inset;
    stack_put_foot(build, SLOT_FOOT, content);
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
put_sheet(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    struct rectangle content = area_over_keys(build);
    struct item *item = put_item(build, ITEM_FILL, -1, area_of_sheet(build));
    int keyboard = keyboard_of(build->page);

    item->color = COLOR_SHEET;
    item->radius = metrics->sheet_radius;
    item->corners = metrics->stage_place == STAGE_BESIDE ? CORNERS_TOP_START
                    : metrics->dock.at_end               ? CORNERS_TOP_START
                                                         : CORNERS_TOP;
    if (build->page->adjustment.high_contrast) {
        item->border = COLOR_BORDER;
        item->border_width = 3;
    }
    if (keyboard >= 0) {
        put_keyboard(build, keyboard);
    } else {
        put_foot(build, content);
        content.height -= area_foot(build, SLOT_FOOT, content.width);
    }
    month_steps_make_room(build);
    stack_put(build, SLOT_SHEET, content);
}

/* Which cell: with four of them Terug and Taal have the first, and never both. */
static int
dock_cell_of(const struct dock_shape *dock, int number)
{
    return dock->cells == 5 ? number : number > 0 ? number - 1 : 0;
}

/* Where a column of cells begins; the one in the middle may be less wide. */
static int
dock_x(const struct dock_shape *dock, int column)
{
    int width = dock->area.width - 2 * dock->pad_x;
    int middle = dock->columns / 2;

    if (dock->middle == 0) {
        return dock->pad_x + width * column / dock->columns;
    }
    return dock->pad_x + (column > middle ? dock->middle : 0) +
           (width - dock->middle) * (column > middle ? column - 1 : column) /
               (dock->columns - 1);
}

static struct run
dock_run(int element)
{
    return (struct run){.element = element,
                        .type = TYPE_DOCK,
                        .bold = true,
                        .color = COLOR_INK,
                        .align = ALIGN_CENTER};
}

/* The label in its cell; the shorter one where the whole has no room. */
static const char *
dock_label(struct build *build, int element, int width)
{
    const struct element *it = &build->page->elements[element];

    return it->brief != NULL &&
                   text_width(build, dock_run(element), it->label) > width - 4
               ? it->brief
               : it->label;
}

/* All labels have the size that the widest of them has room for. */
static void
put_dock_cell(struct build *build, int element, struct rectangle cell, int px)
{
    const struct element *it = &build->page->elements[element];
    const struct dock_shape *dock = &build->metrics->dock;
    bool accent = (it->flags & ELEMENT_ACCENT) != 0;
    bool pressed = is_pressed(build, element);
    struct run run = dock_run(element);
    struct surface surface = {.fill = accent ? COLOR_ACCENT : COLOR_NONE};

    run.pitch = pitch_of(build, run);
    run.px = px;
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
    put_icon(build, element, it->icon, cell.x + (cell.width - dock->icon) / 2,
             cell.y + dock->icon_y, dock->icon, run.color);
    put_text(build, run, dock_label(build, element, cell.width), cell.x,
             cell.y + dock->label_y, cell.width);
}

static struct rectangle
dock_cell(const struct dock_shape *dock, int number)
{
    struct rectangle area = dock->area;
    int rows = (dock->cells + dock->columns - 1) / dock->columns;
    int cell = dock_cell_of(dock, number);
    int column = cell % dock->columns, row = cell / dock->columns;
    int height = area.height - 2 * dock->pad_y;
    int x = dock_x(dock, column), y = height * row / rows;

    return (struct rectangle){area.x + x, area.y + dock->pad_y + y,
                              dock_x(dock, column + 1) - x,
                              height * (row + 1) / rows - y};
}

static int
dock_px(struct build *build)
{
    const struct page *page = build->page;
    int least = build->metrics->types[TYPE_DOCK].px;

    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].slot == SLOT_DOCK) {
            int width =
                dock_cell(&build->metrics->dock, page->elements[i].number).width;
            int px =
                run_on_line(build, dock_run(i), dock_label(build, i, width), width).px;

            least = px > 0 && px < least ? px : least;
        }
    }
    return least;
}

static void
put_dock(struct build *build)
{
    const struct page *page = build->page;
    const struct dock_shape *dock = &build->metrics->dock;
    struct rectangle area = dock->area;
    int px = dock_px(build);

    put_fill(build, -1, area, 0, COLOR_CARD);
    put_fill(build, -1,
             dock->at_end ? (struct rectangle){area.x, area.y, 2, area.height}
                          : (struct rectangle){area.x, area.y, area.width, 2},
             0, COLOR_HAIRLINE);
    for (int i = 0; i < (int)page->count; i++) {
        /* The number is the cell, so that a missing one leaves its place empty. */
        if (page->elements[i].slot == SLOT_DOCK) {
            put_dock_cell(build, i, dock_cell(dock, page->elements[i].number), px);
        }
    }
}

/* --- overlay -------------------------------------------------------------
 */

/*
 * An overlay is as high as it needs, up from the dock: its buttons are a foot like
 * any other, and what comes before them a stack.
 */
static void
put_overlay(struct build *build)
{
    struct overlay_area area = area_of_overlay(build);
    int foot = stack_foot_height(build, SLOT_OVERLAY, area.width);
    int end = area.bottom - area_foot(build, SLOT_OVERLAY, area.width);
    int first = end - stack_height(build, SLOT_OVERLAY, area.width);
    int top;
    struct item *item;

    if (first < area.top) { /* the gaps give way */
        first = area.top;
    }
    top = first > area.top_pad ? first - area.top_pad : 0;
    put_item(build, ITEM_SCRIM, -1, area.free);
    item =
        put_item(build, ITEM_FILL, -1,
                 (struct rectangle){0, top, area.free.width, area.free.height - top});
    item->color = COLOR_CARD;
    item->radius = scaled(build, 44);
    item->corners = CORNERS_TOP;
    if (build->page->adjustment.high_contrast) {
        item->border = COLOR_BORDER;
        item->border_width = 3;
    }
    stack_put_foot(
        build, SLOT_OVERLAY,
        (struct rectangle){area.margin, area.bottom - foot, area.width, foot});
    stack_put(build, SLOT_OVERLAY,
              (struct rectangle){area.margin, first, area.width, end - first});
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

static void
move_element(struct layout *layout, struct box *box, int by)
{
    box->rect.x += by;
    for (size_t i = 0; i < layout->item_count; i++) {
        layout->items[i].rect.x += layout->items[i].element == box->element ? by : 0;
    }
}

/* On their board, letters and digits stand where hands know them in any language. */
static void
put_keys_back(struct layout *layout, const struct page *page)
{
    int left = layout->width, right = 0;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < layout->box_count; i++) {
            struct box *box = &layout->boxes[i];
            int x = box->rect.x, end = x + box->rect.width;

            if (page->elements[box->element].role != ROLE_KEY) {
                continue;
            }
            if (pass == 0) {
                left = x < left ? x : left;
                right = end > right ? end : right;
            } else {
                move_element(layout, box, left + right - end - x);
            }
        }
    }
}

static void
put_page(struct build *build)
{
    if (build->page->shape == PAGE_BLANK) {
        put_blank(build);
    } else {
        put_stage(build);
        put_sheet(build);
    }
    if (page_has_overlay(build->page)) {
        put_overlay(build);
    }
    if (build->page->shape != PAGE_NOTICE) {
        put_dock(build);
    }
}

void
layout_page(struct layout *layout, const struct page *page,
            const struct layout_options *options, struct fonts *fonts)
{
    struct metrics metrics;
    struct build build;

    build_begin(&build, &metrics, page, options, fonts);
    build.layout = layout;
    build.measuring = false;
    layout->width = metrics.width;
    layout->height = metrics.height;
    layout->high_contrast = page->adjustment.high_contrast;
    layout->right_to_left = language_is_right_to_left(page->language);
    layout->item_count = 0;
    layout->box_count = 0;
    if (page->shape == PAGE_ATTRACT) {
        put_attract(&build);
    } else {
        put_page(&build);
    }
    if (layout->right_to_left) {
        layout_mirror(layout);
        put_keys_back(layout, page);
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
