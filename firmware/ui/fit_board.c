#include "fit_board.h"

#include <assert.h>

#include "base/text.h"
#include "parts.h"
#include "ui/fit.h"

/*
 * Letters stand in rows as hands know them: each row is cut in the middle, and the
 * halves of all rows are a part. Where a part has fewer lines than there are rows,
 * whole rows follow each other instead, each folded into as many lines as it needs.
 * What does something stands at the end of the lines, or in lines of its own below.
 */

#define ROWS_MAX 4
#define LINE_KEYS_MAX 16
#define PARTS_MAX 6

struct line {
    int keys[LINE_KEYS_MAX];
    int count;
};

struct board {
    struct line rows[ROWS_MAX]; /* of letters, as described */
    int row_count;
    struct line functions, ends; /* what changes the keys or erases; space, action */
    int columns;
    bool beside; /* the functions, at the end of the lines */
};

struct parts {
    struct line lines[PARTS_MAX][ROWS_MAX];
    int line_count[PARTS_MAX];
    int count;
};

static void
line_add(struct line *line, int key)
{
    assert(line->count < LINE_KEYS_MAX);
    line->keys[line->count++] = key;
}

static bool
is_letter(const struct element *key)
{
    return (key->flags & (ELEMENT_FUNCTION | ELEMENT_PRIMARY | ELEMENT_WIDE)) == 0;
}

static bool
is_in_keyboard(const struct page *page, int element, int keyboard)
{
    return page->elements[element].parent == keyboard;
}

/* --- what there is ---------------------------------------------------------------- */

/* A pad of digits is two rows of them where four lines have no room: what it has
 * besides stands with what does something. */
static void
flatten_pad(struct page *page, int keyboard)
{
    int digits = 0;

    page->elements[keyboard].role = ROLE_KEYBOARD;
    for (int i = keyboard + 1; i < (int)page->count; i++) {
        struct element *key = &page->elements[i];

        if (!is_in_keyboard(page, i, keyboard)) {
            continue;
        }
        if (key->value[0] >= '0' && key->value[0] <= '9') {
            key->flags &= ~(unsigned)ELEMENT_WIDE;
            key->number = digits++ / 5;
        } else {
            key->flags |= (key->flags & ELEMENT_PRIMARY) != 0 ? 0u : ELEMENT_FUNCTION;
            key->number = ROWS_MAX - 1;
        }
    }
}

static bool
row_has_space(const struct page *page, int keyboard, int row)
{
    for (int i = keyboard + 1; i < (int)page->count; i++) {
        if (is_in_keyboard(page, i, keyboard) && page->elements[i].number == row &&
            (page->elements[i].flags & ELEMENT_WIDE) != 0)
        {
            return true;
        }
    }
    return false;
}

static int
longest_row(const struct board *board)
{
    int longest = 0;

    for (int i = 0; i < board->row_count; i++) {
        longest = board->rows[i].count > longest ? board->rows[i].count : longest;
    }
    return longest;
}

/* The letters beside the space go where a row has room for more, from the last up. */
static void
place_extras(struct board *board, const struct line *extras)
{
    int most = longest_row(board);
    int row = board->row_count - 1;

    most += most % 2;
    for (int i = 0; i < extras->count; i++) {
        while (row > 0 && board->rows[row].count >= most) {
            row--;
        }
        line_add(&board->rows[row], extras->keys[i]);
    }
}

static void
gather(const struct page *page, int keyboard, struct board *board)
{
    struct line extras = {.count = 0};

    *board = (struct board){.row_count = 0};
    for (int i = keyboard + 1; i < (int)page->count; i++) {
        const struct element *key = &page->elements[i];

        if (!is_in_keyboard(page, i, keyboard)) {
            continue;
        }
        assert(key->number < ROWS_MAX);
        if ((key->flags & ELEMENT_FUNCTION) != 0) {
            line_add(&board->functions, i);
        } else if (!is_letter(key)) {
            line_add(&board->ends, i);
        } else if (row_has_space(page, keyboard, key->number)) {
            line_add(&extras, i);
        } else {
            line_add(&board->rows[key->number], i);
            board->row_count = key->number + 1;
        }
    }
    place_extras(board, &extras);
}

/* --- parts ------------------------------------------------------------------------ */

static void
cut_in_halves(const struct board *board, struct parts *parts)
{
    parts->count = 2;
    parts->line_count[0] = parts->line_count[1] = board->row_count;
    for (int row = 0; row < board->row_count; row++) {
        const struct line *it = &board->rows[row];

        for (int i = 0; i < it->count; i++) {
            line_add(&parts->lines[i >= board->columns][row], it->keys[i]);
        }
    }
}

static void
fold(const struct board *board, int lines, struct parts *parts)
{
    parts->count = 1;
    for (int row = 0; row < board->row_count; row++) {
        const struct line *it = &board->rows[row];
        int needed = (it->count + board->columns - 1) / board->columns;
        int *used = &parts->line_count[parts->count - 1];

        if (*used > 0 && *used + needed > lines) {
            assert(parts->count < PARTS_MAX);
            used = &parts->line_count[parts->count++];
        }
        for (int i = 0; i < it->count; i++) {
            line_add(&parts->lines[parts->count - 1][*used + i / board->columns],
                     it->keys[i]);
        }
        *used += needed;
    }
}

static void
cut_board(const struct metrics *metrics, struct board *board, struct parts *parts)
{
    int longest = longest_row(board);
    int lines_below = board->ends.count > 1 && !metrics->keys_beside ? 2 : 1;
    int lines = metrics->key_lines - lines_below;

    *parts = (struct parts){.count = 0};
    board->beside = metrics->keys_beside && board->row_count == metrics->key_lines;
    if (board->beside || (board->row_count <= lines && longest > metrics->key_cells)) {
        board->columns = (longest + 1) / 2;
        cut_in_halves(board, parts);
    } else {
        board->columns = metrics->key_cells;
        fold(board, lines, parts);
    }
}

/* --- one of them ------------------------------------------------------------------ */

struct order {
    char ids[PAGE_ELEMENTS_MAX][PAGE_ID_BYTES];
    int lines[PAGE_ELEMENTS_MAX];
    int count;
};

static void
order_add(struct order *order, const struct page *page, const struct line *line,
          int first, int end, int number)
{
    for (int i = first; i < end && i < line->count; i++) {
        text_copy(order->ids[order->count], PAGE_ID_BYTES,
                  page->elements[line->keys[i]].id);
        order->lines[order->count++] = number;
    }
}

static void
order_keys(const struct page *page, const struct board *board,
           const struct line lines[ROWS_MAX], int line_count, struct order *order)
{
    int number = 0;

    order->count = 0;
    for (; number < line_count; number++) {
        bool last = number == line_count - 1;

        order_add(order, page, &lines[number], 0, LINE_KEYS_MAX, number);
        if (board->beside) {
            order_add(order, page, &board->functions, 2 * number,
                      last ? LINE_KEYS_MAX : 2 * number + 2, number);
            order_add(order, page, &board->ends, 0, last ? LINE_KEYS_MAX : 0, number);
        }
    }
    if (!board->beside) {
        order_add(order, page, &board->functions, 0, LINE_KEYS_MAX, number);
        number += board->ends.count > 1;
        order_add(order, page, &board->ends, 0, LINE_KEYS_MAX, number);
    }
}

static int
index_of(const struct page *page, const char *id)
{
    return (int)(page_find(page, id) - page->elements);
}

static void
keep_in_order(struct page *page, int keyboard, const struct order *order)
{
    bool keep[PAGE_ELEMENTS_MAX];

    for (int i = 0; i < (int)page->count; i++) {
        keep[i] = !is_in_keyboard(page, i, keyboard);
    }
    for (int i = 0; i < order->count; i++) {
        keep[index_of(page, order->ids[i])] = true;
    }
    page_keep(page, keep);
    for (int i = 0; i < order->count; i++) {
        int place = keyboard + 1 + i;

        page_move(page, (size_t)index_of(page, order->ids[i]), (size_t)place);
        page->elements[place].number = order->lines[i];
    }
}

/* Where the key leads, by the first letters there. */
static const char *
label_of(struct page *page, const struct line *line)
{
    const char *letters[3] = {"", "", ""};

    for (int i = 0; i < line->count && i < 3; i++) {
        letters[i] = page->elements[line->keys[i]].label;
    }
    return page_format(page, "%s %s %s", letters[0], letters[1], letters[2]);
}

static const char *
joined(struct page *page, const char *label)
{
    char letters[PAGE_ID_BYTES];
    struct text text = text_begin(letters, sizeof(letters));

    for (; *label != '\0'; label++) {
        text_add_bytes(&text, label, *label != ' ');
    }
    return page_text(page, letters);
}

static void
take_turning_key_off(struct page *page)
{
    bool keep[PAGE_ELEMENTS_MAX];

    for (size_t i = 0; i < page->count; i++) {
        keep[i] = !text_equal(page->elements[i].id, FIT_TURN_KEYS);
    }
    page_keep(page, keep);
}

/* What a key is called has room in no line of that many: its sign says it. */
static void
say_with_signs(struct build *build, struct page *page, int keyboard)
{
    for (int i = child_first(page, keyboard); i >= 0; i = child_next(page, i)) {
        struct element *key = &page->elements[i];

        if (is_letter(key) || key->label[0] == '\0' || key_has_room(build, i)) {
            continue;
        }
        if (text_equal(key->id, FIT_TURN_KEYS)) {
            key->label = joined(page, key->label);
            continue;
        }
        key->icon = key->icon != NULL                      ? key->icon
                    : (key->flags & ELEMENT_WIDE) != 0     ? "space_bar"
                    : (key->flags & ELEMENT_FUNCTION) != 0 ? "delete_outline"
                    : (key->flags & ELEMENT_PRIMARY) != 0  ? "arrow_forward"
                                                           : NULL;
        if (key->icon != NULL) {
            key->spoken = key->spoken != NULL ? key->spoken : key->label;
            key->label = "";
        }
    }
}

void
board_fit(struct build *build, struct page *page)
{
    const struct metrics *metrics = build->metrics;
    int keyboard = keyboard_of(page), part;
    struct board board;
    struct parts parts;
    struct order order;

    if (keyboard < 0 || (page->elements[keyboard].role == ROLE_KEYBOARD &&
                         page_find(page, FIT_TURN_KEYS) == NULL))
    {
        return; /* it does not come in parts */
    }
    if (metrics->key_lines == 0) {
        take_turning_key_off(page);
        return;
    }
    if (page->elements[keyboard].role == ROLE_KEY_PAD) {
        if (metrics->key_lines >= ROWS_MAX) {
            say_with_signs(build, page, keyboard);
            return;
        }
        flatten_pad(page, keyboard);
    }
    gather(page, keyboard, &board);
    cut_board(metrics, &board, &parts);
    part = page->elements[keyboard].number % parts.count;
    if (parts.count > 1) {
        page->elements[index_of(page, FIT_TURN_KEYS)].label =
            label_of(page, &parts.lines[(part + 1) % parts.count][0]);
    }
    order_keys(page, &board, parts.lines[part], parts.line_count[part], &order);
    keep_in_order(page, keyboard, &order);
    say_with_signs(build, page, keyboard);
}
