#include "parts.h"

/*
 * Letters stand in columns, one under the other on every line; what else a line holds
 * takes the rest of it, or all of it where it holds no letter.
 */

static bool
is_letter(const struct element *key)
{
    return (key->flags & (ELEMENT_FUNCTION | ELEMENT_PRIMARY | ELEMENT_WIDE)) == 0;
}

/* Of what shares a line, the action is wider. */
static int
weight_of(const struct element *key)
{
    return (key->flags & ELEMENT_PRIMARY) != 0 ? 2 : 1;
}

struct line {
    int letters, others; /* others by their weight */
    int count;
};

static struct line
line_of(const struct page *page, int keyboard, int number)
{
    struct line line = {0};

    for (int key = child_first(page, keyboard); key >= 0; key = child_next(page, key)) {
        const struct element *it = &page->elements[key];

        if (it->number == number) {
            line.count++;
            line.letters += is_letter(it);
            line.others += is_letter(it) ? 0 : weight_of(it);
        }
    }
    return line;
}

/* Columns of letters on all lines, and how many there would be in the whole width. */
static void
find_columns(const struct build *build, int keyboard, int *columns, int *cells)
{
    bool mixed = false;
    struct line line;

    *columns = 0;
    for (int i = 0; (line = line_of(build->page, keyboard, i)).count > 0; i++) {
        *columns = line.letters > *columns ? line.letters : *columns;
        mixed |= line.letters > 0 && line.others > 0;
    }
    *cells = mixed ? build->metrics->key_cells : *columns;
}

/* Where a share of the width begins that comes after so many others. */
static int
share_x(int width, int gap, int before, int all)
{
    return (width + gap) * before / all;
}

struct rectangle
board_key(const struct build *build, int key, struct rectangle line)
{
    const struct page *page = build->page;
    const struct element *it = &page->elements[key];
    struct line all = line_of(page, it->parent, it->number);
    int gap = build->metrics->key_gap;
    int columns, cells, before = 0, start, end;

    find_columns(build, it->parent, &columns, &cells);
    for (int i = child_first(page, it->parent); i < key; i = child_next(page, i)) {
        if (page->elements[i].number == it->number &&
            is_letter(&page->elements[i]) == is_letter(it))
        {
            before += is_letter(it) ? 1 : weight_of(&page->elements[i]);
        }
    }
    if (is_letter(it)) {
        start = share_x(line.width, gap, before, cells);
        end = share_x(line.width, gap, before + 1, cells);
    } else {
        int first = all.letters > 0 ? share_x(line.width, gap, columns, cells) : 0;
        int room = line.width - first;

        start = first + share_x(room, gap, before, all.others);
        end = first + share_x(room, gap, before + weight_of(it), all.others);
    }
    return (struct rectangle){line.x + start, line.y, end - start - gap, line.height};
}
