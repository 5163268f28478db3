#include "parts.h"

#include "area.h"

/* --- keyboard
 * --------------------------------------------------------------------------- */

struct key_row {
    int first, count;
    int functions, actions, wides;
    int action; /* the last one */
};

static struct key_row
key_row(const struct page *page, int keyboard, int row)
{
    struct key_row found = {.first = -1};

    for (int key = child_first(page, keyboard); key >= 0; key = child_next(page, key)) {
        const struct element *it = &page->elements[key];

        if (it->number != row) {
            continue;
        }
        if (found.first < 0) {
            found.first = key;
        }
        found.count++;
        found.actions += (it->flags & ELEMENT_PRIMARY) != 0;
        found.action = (it->flags & ELEMENT_PRIMARY) != 0 ? key : found.action;
        found.wides += (it->flags & ELEMENT_WIDE) != 0;
        found.functions += (it->flags & ELEMENT_FUNCTION) != 0;
    }
    return found;
}

static enum type
key_type(const struct element *key, bool pad)
{
    if ((key->flags & ELEMENT_FUNCTION) != 0) {
        return TYPE_KEY;
    }
    if ((key->flags & ELEMENT_PRIMARY) != 0) {
        return TYPE_LABEL;
    }
    return pad ? TYPE_DAY : (key->flags & ELEMENT_WIDE) != 0 ? TYPE_KEY : TYPE_LABEL;
}

static int
key_icon(const struct build *build, const struct element *key)
{
    bool pad = build->page->elements[key->parent].role == ROLE_KEY_PAD;

    return glyph(build, (key->flags & ELEMENT_PRIMARY) != 0 ? 44 : pad ? 54 : 50);
}

#define PAD_COLUMNS 3

/* Over, under and beside the keys. */
static int
keyboard_pad(const struct build *build)
{
    return scaled(build, 16);
}

static struct run
key_run(const struct build *build, int element)
{
    const struct element *key = &build->page->elements[element];
    bool pad = build->page->elements[key->parent].role == ROLE_KEY_PAD;

    return (struct run){.element = element,
                        .type = key_type(key, pad),
                        .bold = true,
                        .align = ALIGN_CENTER};
}

/* What its words and its icon need. */
static int
key_natural_width(struct build *build, int element)
{
    const struct element *key = &build->page->elements[element];

    return text_width(build, key_run(build, element), key->label) +
           2 * scaled(build, 16) +
           (key->icon != NULL ? key_icon(build, key) + scaled(build, 13) : 0);
}

/* What stands behind the digits is as wide as its words need, as long as these can be
 * pressed. */
static int
pad_functions_width(struct build *build, int keyboard, int width)
{
    const struct page *page = build->page;
    int most =
        width - PAD_COLUMNS * (build->metrics->key_min + build->metrics->key_gap);
    int widest = scaled(build, 306);

    for (int key = child_first(page, keyboard); key >= 0; key = child_next(page, key)) {
        if ((page->elements[key].flags & (ELEMENT_PRIMARY | ELEMENT_FUNCTION)) != 0) {
            int own = key_natural_width(build, key);

            widest = own > widest ? own : widest;
        }
    }
    return widest < most ? widest : most;
}

bool
key_has_room(struct build *build, int key)
{
    const struct element *it = &build->page->elements[key];
    int all = build->metrics->sheet.width - 2 * keyboard_pad(build);
    int width = build->page->elements[it->parent].role == ROLE_KEY_PAD
                    ? pad_functions_width(build, it->parent, all)
                    : board_key(build, key, (struct rectangle){0, 0, all, 0}).width;

    return text_width(build, key_run(build, key), it->label) <=
           width - scaled(build, 8);
}

static void
put_key(struct build *build, int element, struct rectangle rect)
{
    const struct element *key = &build->page->elements[element];
    struct surface surface = surface_when_chosen(build, element);
    struct run run = key_run(build, element);
    int gap = key->label[0] != '\0' ? scaled(build, 13) : 0;
    int icon_px = key_icon(build, key);

    if ((key->flags & ELEMENT_FUNCTION) != 0 && surface.fill == COLOR_CARD) {
        surface.fill = COLOR_SHEET;
    }
    run.color = surface.text;
    put_control(build, element, &surface, rect, scaled(build, 14));
    put_centered(build, run,
                 text_width(build, run, key->label) + gap + icon_px <= rect.width
                     ? key->icon
                     : NULL,
                 icon_px, gap, (key->flags & ELEMENT_ICON_AFTER) != 0, key->label, rect,
                 run.color);
}

/* A line of a board that comes in parts. */
static void
put_board_line(struct build *build, struct key_row row, struct rectangle line)
{
    const struct page *page = build->page;

    for (int key = row.first; key >= 0; key = child_next(page, key)) {
        if (page->elements[key].number == page->elements[row.first].number) {
            put_key(build, key, board_key(build, key, line));
        }
    }
}

struct key_widths {
    int function, action, least;
};

/* Wide keys give, up to a quarter, what letters beside them need to be wide enough. */
static struct key_widths
key_widths(struct build *build, struct key_row row, int letters, int width)
{
    struct key_widths wide = {scaled(build, 148), scaled(build, 306),
                              scaled(build, 95)};
    int least = build->metrics->key_min;
    int fixed;
    int left = width - (row.count - 1) * build->metrics->key_gap - letters * least;

    if (build->metrics->keys_apart && wide.least < least) {
        wide.least = least;
    }
    if (row.wides > 0 && row.actions > 0) { /* the space bar has room for its words */
        int words = key_natural_width(build, row.action);

        wide.action = words > wide.action ? words : wide.action;
    }
    fixed = row.functions * wide.function + row.actions * wide.action;
    if (row.wides == 0 && left < fixed && left >= fixed * 3 / 4) {
        wide.function = wide.function * left / fixed;
        wide.action = wide.action * left / fixed;
    }
    return wide;
}

static void
put_key_row(struct build *build, struct key_row row, struct rectangle rect)
{
    const struct page *page = build->page;
    int gap = build->metrics->key_gap;
    int number = page->elements[row.first].number;
    int letters = row.count - row.functions - row.actions - row.wides;
    struct key_widths wide = key_widths(build, row, letters, rect.width);
    int fixed = row.functions * wide.function + row.actions * wide.action;
    int letter = row.wides > 0 ? wide.least : 0;
    int stretch = row.wides > 0 ? row.wides : letters;
    int inset = row.functions + row.actions + row.wides == 0 && letters == 9
                    ? scaled(build, 48)
                    : 0;
    int room =
        rect.width - 2 * inset - (row.count - 1) * gap - fixed - letters * letter;
    int x = rect.x + inset;
    int given = 0;
    int spread = 0;

    for (int key = row.first; key >= 0; key = child_next(page, key)) {
        const struct element *it = &page->elements[key];
        int width = letter;

        if (it->number != number) {
            continue;
        }
        if ((it->flags & ELEMENT_PRIMARY) != 0) {
            width = wide.action;
        } else if ((it->flags & ELEMENT_FUNCTION) != 0) {
            width = wide.function;
        } else if ((it->flags & ELEMENT_WIDE) != 0 || row.wides == 0) {
            given++;
            width = room * given / stretch - spread;
            spread = room * given / stretch;
        }
        put_key(build, key, (struct rectangle){x, rect.y, width, rect.height});
        x += width + gap;
    }
}

/* --- the pad of digits --- */

/* Digits in three columns; what does something stands behind them, the primary one two
 * rows high. A wide digit takes the columns that the others of its row leave. */
static void
put_pad_row(struct build *build, struct key_row row, struct rectangle rect)
{
    const struct page *page = build->page;
    int number = page->elements[row.first].number;
    int gap = build->metrics->key_gap;
    int last = pad_functions_width(build, page->elements[row.first].parent, rect.width);
    int room = rect.width - last;
    int column = 0;

    for (int key = row.first; key >= 0; key = child_next(page, key)) {
        const struct element *it = &page->elements[key];
        int taken = column;
        int start;

        if (it->number != number) {
            continue;
        }
        if ((it->flags & (ELEMENT_PRIMARY | ELEMENT_FUNCTION)) != 0) {
            bool primary = (it->flags & ELEMENT_PRIMARY) != 0;

            put_key(build, key,
                    (struct rectangle){rect.x + room, rect.y, last,
                                       rect.height * (primary ? 2 : 1) +
                                           (primary ? gap : 0)});
            continue;
        }
        column += (it->flags & ELEMENT_WIDE) != 0 ? PAD_COLUMNS - taken : 1;
        start = room * taken / PAD_COLUMNS;
        put_key(build, key,
                (struct rectangle){rect.x + start, rect.y,
                                   room * column / PAD_COLUMNS - gap - start,
                                   rect.height});
    }
}

/* As high as drawn, or lower where that gives what is typed in the room it needs. */
static int
key_height(struct build *build, bool is_pad, int rows, int between)
{
    int height = build->metrics->keys_apart
                     ? build->metrics->key_min
                     : scaled(build, is_pad && build->metrics->low ? 97 : 104);
    int most = (area_keys_most(build) - between) / rows;
    int letters = build->metrics->types[is_pad ? TYPE_DAY : TYPE_LABEL].px * 5 / 4;
    int least = build->metrics->key_min;

    if (build->large_keys || most >= height) {
        return height;
    }
    least = least > letters ? least : letters;
    return most > least ? most : least < height ? least : height;
}

int
put_keyboard(struct build *build, int element)
{
    const struct metrics *metrics = build->metrics;
    bool is_pad = build->page->elements[element].role == ROLE_KEY_PAD;
    int gap = metrics->key_gap;
    int pad = keyboard_pad(build);
    int apart = metrics->dock.at_end ? 0 : gap - metrics->dock.pad_y; /* of the dock */
    int under = metrics->keys_apart && apart > pad ? apart : pad;
    int rows = 0;
    int key, height;
    struct rectangle panel;

    while (key_row(build->page, element, rows).count > 0) {
        rows++;
    }
    height = (rows - 1) * gap + pad + under;
    key = key_height(build, is_pad, rows, height);
    height += rows * key;
    panel = (struct rectangle){metrics->sheet.x,
                               metrics->sheet.y + metrics->sheet.height - height,
                               metrics->sheet.width, height};
    put_fill(build, element, panel, 0, COLOR_KEYBOARD);
    for (int i = 0; i < rows; i++) {
        struct key_row row = key_row(build->page, element, i);
        struct rectangle line = {panel.x + pad, panel.y + pad + i * (key + gap),
                                 panel.width - 2 * pad, key};

        if (is_pad) {
            put_pad_row(build, row, line);
        } else if (metrics->key_lines > 0) {
            put_board_line(build, row, line);
        } else {
            put_key_row(build, row, line);
        }
    }
    return height;
}
