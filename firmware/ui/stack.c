#include "stack.h"

#include <assert.h>

#include "stage.h"

#define FOOT_PARTS_MAX 8
#define BADGE_GAP 28     /* over chips: the chosen one wears its badge on its edge */
#define OVER_EDGE_MAX 16 /* into the gap over the foot, or the margin over the dock */

bool
stack_is_foot(const struct element *element)
{
    return element->slot == SLOT_FOOT ||
           (element->slot == SLOT_OVERLAY &&
            (element->role == ROLE_BUTTON || element->role == ROLE_PAGING));
}

/* The page's title says it too. */
static bool
is_question(const struct element *element)
{
    return element->role == ROLE_SECTION && (element->flags & ELEMENT_STRONG) != 0;
}

/* Whether this element is a part of that slot on this display. */
static bool
belongs(const struct build *build, const struct element *element, enum slot slot)
{
    if (element->parent != PAGE_NO_PARENT || element->role == ROLE_KEYBOARD ||
        element->role == ROLE_KEY_PAD || part_of(element->role) == NULL)
    {
        return false;
    }
    if (element->slot == SLOT_STAGE) {
        return slot == SLOT_SHEET && !stage_holds(build, element);
    }
    return element->slot == slot && !stage_holds(build, element);
}

static bool
has_appointment(const struct page *page)
{
    return page_count_of(page, ROLE_APPOINTMENT) > 0;
}

/* What does not work now is told below what does. */
static bool
has_denial(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_CARD &&
            (page->elements[i].flags & ELEMENT_DANGER) != 0)
        {
            return true;
        }
    }
    return false;
}

/* Where there is width to use and no height. */
static int
columns_drawn(const struct build *build, const struct element *element)
{
    const struct part *part = part_of(element->role);

    if (element->role == ROLE_FACT_CARD || element->role == ROLE_FACE) {
        int count = page_count_of(build->page, element->role);

        if (count < part->columns) { /* of faces: the others are on another part */
            return element->role == ROLE_FACE ? 2 : count;
        }
    }
    if (element->role == ROLE_LANGUAGE_CHOICE && build->metrics->wide) {
        return 3;
    }
    if (element->role == ROLE_TILE) {
        return build->metrics->tile.columns;
    }
    if (element->role == ROLE_TIME) {
        return build->metrics->time_columns;
    }
    if (element->role == ROLE_DAY) {
        return day_columns(build->page);
    }
    if (element->role == ROLE_RADIO &&
        (build->metrics->wide || build->metrics->has_small_keys))
    {
        return 3;
    }
    if (build->metrics->wide &&
        ((element->role == ROLE_FIELD && page_count_of(build->page, ROLE_FIELD) > 1) ||
         (element->role == ROLE_ROW && element->slot == SLOT_OVERLAY) ||
         (element->role == ROLE_SEGMENTS && element->slot == SLOT_OVERLAY)))
    {
        return 2;
    }
    return part->columns > 0 ? part->columns : 1;
}

static int
column_gap(const struct build *build, const struct part *part)
{
    return part == &part_day ? day_gap(build) : scaled(build, part->column_gap);
}

static int
column_width(const struct build *build, const struct part *part, int columns, int width)
{
    return (width - (columns - 1) * column_gap(build, part)) / columns;
}

/* As many as are drawn, if each of them and of their kind has room then. With fewer
 * than all of them side by side, faces have their word beside the glyph. */
static int
columns_of(struct build *build, const struct element *element, int width)
{
    const struct part *part = part_of(element->role);
    int columns = columns_drawn(build, element);
    int most = build->page->columns[element->role];

    if (part->has_room == NULL) {
        return columns;
    }
    columns = most > 0 && most < columns ? most : columns;
    for (int i = 0; i < (int)build->page->count; i++) {
        const struct element *other = &build->page->elements[i];

        while (columns > 1 && other->role == element->role &&
               !part->has_room(build, i, column_width(build, part, columns, width)))
        {
            columns = element->role == ROLE_FACE && columns > 2 ? 2 : columns - 1;
        }
    }
    return columns;
}

int
stack_columns(struct build *build, int element, int width)
{
    return columns_of(build, &build->page->elements[element], width);
}

/* Rows of a band; days go by their own column. */
static int
band_rows(const struct build *build, const struct band *band)
{
    const struct element *elements = build->page->elements;

    if (elements[band->first].role == ROLE_DAY) {
        int rows = 1;

        for (int i = 1; i < band->count; i++) {
            rows += day_column_of(build->page, &elements[band->first + i]) <=
                    day_column_of(build->page, &elements[band->first + i - 1]);
        }
        return rows;
    }
    return (band->count + band->columns - 1) / band->columns;
}

/* What a part holds stands between it and the next, and maybe what is on the stage. */
static int
part_next(const struct build *build, int part)
{
    do {
        part = child_next(build->page, part);
    } while (part >= 0 && stage_holds(build, &build->page->elements[part]));
    return part;
}

static int
part_at(const struct build *build, const struct band *band, int index)
{
    int part = band->first;

    while (index-- > 0) {
        part = part_next(build, part);
    }
    return part;
}

static int
row_gap(const struct build *build, enum role role)
{
    if (role == ROLE_DAY && day_clearance(build) > 0) {
        return day_gap(build);
    }
    if (role == ROLE_DAY || role == ROLE_TIME) {
        return build->metrics->grid_gap;
    }
    if (role == ROLE_TILE && build->metrics->tile.row_gap > 0) {
        return build->metrics->tile.row_gap;
    }
    if (role == ROLE_ROW && is_of_search(build->page)) {
        return build->metrics->gap * 4 / 5;
    }
    return build->metrics->gap;
}

int
stack_part_height(struct build *build, int element, int width)
{
    const struct part *part = part_of(build->page->elements[element].role);
    bool measuring = build->measuring;
    int height;

    if (part->height == NULL) {
        height = scaled(build, part->least);
        return part->is_touched && height < build->metrics->touch_min
                   ? build->metrics->touch_min
                   : height;
    }
    build->measuring = true;
    height = part->height(build, element, width);
    build->measuring = measuring;
    return height;
}

static int
gap_after(const struct build *build, const struct element *element,
          const struct part *part)
{
    enum role role = element->role;

    if (build->metrics->low && (role == ROLE_MONTH || role == ROLE_WEEKDAYS)) {
        return build->metrics->grid_gap; /* the weeks just fit */
    }
    if (is_question(element)) {
        return build->metrics->low ? 8 : 18; /* as over a field */
    }
    if ((element->flags & ELEMENT_TITLED) != 0) {
        return scaled(build, 28);
    }
    if (role == ROLE_SEGMENTS && element->label[0] != '\0') {
        return scaled(build, 26); /* wider than between a label and its bar */
    }
    return part->gap_after > 0 ? scaled(build, part->gap_after) : row_gap(build, role);
}

/* What follows from the bands beside it, and from what else is on the page. */
static void
settle_bands(struct build *build, struct stack *stack)
{
    const struct page *page = build->page;

    for (int i = 0; i < stack->count; i++) {
        struct band *band = &stack->bands[i];

        if (page->elements[band->first].role == ROLE_FACT_CARD &&
            band->count < band->columns) {
            band->columns = band->count; /* fewer facts are wider */
        }
        band->rows = band_rows(build, band);
        if (i > 0 && page->elements[band->first].role == ROLE_DAY &&
            stack->bands[i - 1].gap < day_clearance(build))
        {
            stack->bands[i - 1].gap = day_clearance(build);
            stack->bands[i - 1].firm = true;
        }
        if (page->elements[band->first].role == ROLE_ROW && has_appointment(page)) {
            band->height_max = scaled(build, 150); /* the action is below them */
        }
        if (page->elements[band->first].role == ROLE_ROW && is_of_search(page)) {
            band->height_max = scaled(build, 136);
        }
        if (page->elements[band->first].role == ROLE_ROW && has_denial(page)) {
            band->height_max = scaled(build, 160);
        }
        if (i < stack->count - 1 && band->gap < scaled(build, BADGE_GAP) &&
            page->elements[band[1].first].role == ROLE_COUNT_CHIP)
        {
            band->gap = scaled(build, BADGE_GAP);
        }
        if (page->elements[band->first].role == ROLE_ROW &&
            page_count_of(page, ROLE_OPENING) > 0)
        {
            band->height_max = scaled(build, 146);
        }
        if (page->elements[band->first].role == ROLE_CARD && i < stack->count - 1) {
            band->height_max = 0; /* only the last card takes the room that is left */
        }
    }
}

void
stack_gather(struct build *build, enum slot slot, int width, struct stack *stack)
{
    const struct page *page = build->page;
    bool measuring = build->measuring;

    build->measuring = true;
    stack->count = 0;

    for (int i = 0; i < (int)page->count; i++) {
        const struct element *element = &page->elements[i];
        struct band *last = stack->count > 0 ? &stack->bands[stack->count - 1] : NULL;
        const struct part *part;
        int columns;
        int height;

        if (!belongs(build, element, slot) || stack_is_foot(element)) {
            continue;
        }
        part = part_of(element->role);
        columns = columns_of(build, element, width);
        height = stack_part_height(build, i, column_width(build, part, columns, width));
        if (last != NULL && columns > 1 && last->part == part &&
            part_next(build, part_at(build, last, last->count - 1)) == i)
        {
            last->count++;
            last->height = height > last->height ? height : last->height;
            continue;
        }
        stack->bands[stack->count++] = (struct band){
            .first = i,
            .count = 1,
            .columns = columns,
            .height = height,
            .height_max = part->height_max > 0 ? scaled(build, part->height_max)
                                               : part->height_max,
            .gap = gap_after(build, element, part),
            .row_gap = row_gap(build, element->role),
            .spring = last != NULL &&
                      ((element->role == ROLE_SECTION && !is_question(element)) ||
                       (element->role == ROLE_LEGEND && has_denial(page)) ||
                       (element->role == ROLE_NEARBY && page->shape != PAGE_NOTICE)),
            .centered = element->role == ROLE_TIME && last != NULL &&
                        page->elements[last->first].role == ROLE_SEGMENTS,
            .part = part,
        };
    }
    settle_bands(build, stack);
    build->measuring = measuring;
}

static int
total(const struct stack *stack)
{
    int height = 0;

    for (int i = 0; i < stack->count; i++) {
        const struct band *band = &stack->bands[i];

        height += band->rows * band->height + (band->rows - 1) * band->row_gap;
        height += i < stack->count - 1 ? band->gap : 0;
    }
    return height;
}

/* Gives each growing row a pixel in turn until the room or the rows are full. */
static void
grow(struct stack *stack, int *left)
{
    bool grew = true;

    while (*left > 0 && grew) {
        int rows = 0;
        int share;

        grew = false;
        for (int i = 0; i < stack->count; i++) {
            struct band *band = &stack->bands[i];

            if (band->height_max < 0 || band->height < band->height_max) {
                rows += band->rows;
            }
        }
        share = rows > 0 ? *left / rows : 0;
        for (int i = 0; i < stack->count && share > 0; i++) {
            struct band *band = &stack->bands[i];
            int more = share;

            if (band->height_max > 0 && band->height + more > band->height_max) {
                more = band->height_max - band->height;
            }
            if (band->height_max == 0 || more <= 0) {
                continue;
            }
            band->height += more;
            *left -= more * band->rows;
            grew = true;
        }
    }
}

static void
put_band(struct build *build, const struct band *band, struct rectangle area)
{
    const struct element *elements = build->page->elements;
    bool days = elements[band->first].role == ROLE_DAY;
    int gap = column_gap(build, band->part);
    int room = area.width - (days ? build->day_inset : 0) + gap;
    int row = 0;
    int column = -1;

    for (int i = 0; i < band->count; i++) {
        int part = part_at(build, band, i);
        int before = column;
        int start;
        int end;

        column = days ? day_column_of(build->page, &elements[part])
                      : (before + 1) % band->columns;
        if (i > 0 && column <= before) {
            row++;
        }
        start = room * column / band->columns;
        end = room * (column + 1) / band->columns - gap;
        band->part->put(
            build, part,
            (struct rectangle){area.x + start,
                               area.y + row * (band->height + band->row_gap),
                               end - start, band->height});
    }
    if (days) {
        area.height = (row + 1) * band->height + row * band->row_gap;
        put_month_steps_beside(build, area);
    }
}

int
stack_height(struct build *build, enum slot slot, int width)
{
    struct stack stack;

    stack_gather(build, slot, width, &stack);
    return total(&stack);
}

/* How much nearer bands may stand before one of them has to go to another part. */
static int
give_of(const struct band *band)
{
    return band->firm ? 0 : band->gap * 2 / 5;
}

static int
tightest(const struct stack *stack)
{
    int height = total(stack);

    for (int i = 0; i < stack->count - 1; i++) {
        height -= give_of(&stack->bands[i]);
    }
    return height;
}

static void
tighten(struct stack *stack, int over)
{
    for (int i = 0; i < stack->count - 1 && over > 0; i++) {
        struct band *band = &stack->bands[i];
        int share = (over + stack->count - 2 - i) / (stack->count - 1 - i);

        share = share < give_of(band) ? share : give_of(band);
        band->gap -= share;
        over -= share;
    }
}

int
stack_least_height(struct build *build, enum slot slot, int width)
{
    struct stack stack;

    stack_gather(build, slot, width, &stack);
    return tightest(&stack);
}

/* What may stand over the edge; nothing where fingers need the room. */
static int
over_edge(const struct build *build, const struct stack *stack)
{
    const struct band *last = stack->count > 0 ? &stack->bands[stack->count - 1] : NULL;

    return last != NULL && last->part == &part_day && day_clearance(build) > 0
               ? 0
               : scaled(build, OVER_EDGE_MAX);
}

bool
stack_fits(struct build *build, enum slot slot, struct rectangle area)
{
    struct stack stack;

    stack_gather(build, slot, area.width, &stack);
    return tightest(&stack) <= area.height + over_edge(build, &stack);
}

int
stack_put(struct build *build, enum slot slot, struct rectangle area)
{
    struct stack stack;
    int springs = 0;
    int left;
    int y = area.y;

    stack_gather(build, slot, area.width, &stack);
    left = area.height - total(&stack);
    tighten(&stack, -left - over_edge(build, &stack));
    grow(&stack, &left);
    for (int i = 0; i < stack.count; i++) {
        springs += stack.bands[i].spring;
    }
    for (int i = 0; i < stack.count; i++) {
        const struct band *band = &stack.bands[i];

        if (band->spring && left > 0) {
            bool last = i == stack.count - 1; /* against the bottom */
            int most = last ? left : scaled(build, 58);
            int share = left / (springs > 0 ? springs : 1);

            share = share > most ? most : share;
            y += share;
            left -= share;
            springs--;
        }
        if (band->centered) {
            y += left / 2;
            left -= left / 2;
        }
        put_band(build, band,
                 (struct rectangle){area.x, y, area.width, area.y + area.height - y});
        y += band->rows * band->height + (band->rows - 1) * band->row_gap;
        y += i < stack.count - 1 ? band->gap : 0;
    }
    return y - area.y;
}

/* A second choice that is described before the primary one shares its line. */
static bool
shares_line(const struct page *page, int first, int second)
{
    return second >= 0 && page->elements[first].role == ROLE_BUTTON &&
           page->elements[second].role == ROLE_BUTTON &&
           (page->elements[first].flags & ELEMENT_PRIMARY) == 0 &&
           (page->elements[second].flags & ELEMENT_PRIMARY) != 0;
}

static int
natural_button_width(struct build *build, int element)
{
    const struct element *button = &build->page->elements[element];
    struct run run = {.element = element, .type = TYPE_BUTTON, .bold = true};

    int width = text_width(build, run, button->label) + scaled(build, 76) +
                (button->icon != NULL ? scaled(build, 72) : 0);

    return width > build->metrics->touch_min ? width : build->metrics->touch_min;
}

/* The line that ends with `last`: how many of the parts share it. */
static int
line_length(struct build *build, const int *parts, int last, int width)
{
    const struct page *page = build->page;

    if (last == 0 || page->elements[parts[last]].role != ROLE_BUTTON ||
        page->elements[parts[last - 1]].role != ROLE_BUTTON)
    {
        return 1;
    }
    if (shares_line(page, parts[last - 1], parts[last])) {
        return natural_button_width(build, parts[last - 1]) + scaled(build, 20) +
                           natural_button_width(build, parts[last]) <=
                       width
                   ? 2
                   : 1;
    }
    return build->metrics->wide ? 2 : 1;
}

/* The width of the first of two on a line, with the gap behind it; 0 for one. */
static int
first_width(struct build *build, const int *parts, int count, int width)
{
    int gap = scaled(build, 20);

    if (count < 2) {
        return 0;
    }
    return gap + (shares_line(build->page, parts[0], parts[1])
                      ? natural_button_width(build, parts[0])
                      : (width - gap) / 2);
}

static void
put_foot_line(struct build *build, const int *parts, int count, struct rectangle line)
{
    const struct part *part = part_of(build->page->elements[parts[count - 1]].role);
    int first = first_width(build, parts, count, line.width);

    if (first > 0) {
        part->put(
            build, parts[0],
            (struct rectangle){line.x, line.y, first - scaled(build, 20), line.height});
        line.x += first;
        line.width -= first;
    }
    part->put(build, parts[count - 1], line);
}

static int
foot_line_height(struct build *build, const int *parts, int count, int width)
{
    int first = first_width(build, parts, count, width);
    int height = stack_part_height(build, parts[count - 1], width - first);
    int other = 0;

    if (first > 0) {
        other = stack_part_height(build, parts[0], first - scaled(build, 20));
    }
    return height > other ? height : other;
}

static int
foot_parts(struct build *build, enum slot slot, int parts[FOOT_PARTS_MAX])
{
    int count = 0;

    for (int i = 0; i < (int)build->page->count; i++) {
        const struct element *element = &build->page->elements[i];

        if (stack_is_foot(element) && belongs(build, element, slot)) {
            assert(count < FOOT_PARTS_MAX);
            parts[count++] = i;
        }
    }
    return count;
}

int
stack_foot_height(struct build *build, enum slot slot, int width)
{
    int parts[FOOT_PARTS_MAX];
    int count = foot_parts(build, slot, parts);
    int height = 0;

    while (count > 0) {
        int length = line_length(build, parts, count - 1, width);

        count -= length;
        height += foot_line_height(build, parts + count, length, width);
        height += count > 0 ? scaled(build, 20) : 0;
    }
    return height;
}

int
stack_put_foot(struct build *build, enum slot slot, struct rectangle area)
{
    int parts[FOOT_PARTS_MAX];
    int count = foot_parts(build, slot, parts);
    int bottom = area.y + area.height;

    while (count > 0) {
        int length = line_length(build, parts, count - 1, area.width);
        int height;

        count -= length;
        height = foot_line_height(build, parts + count, length, area.width);
        bottom -= height;
        put_foot_line(build, parts + count, length,
                      (struct rectangle){area.x, bottom, area.width, height});
        bottom -= count > 0 ? scaled(build, 20) : 0;
    }
    return area.y + area.height - bottom;
}
