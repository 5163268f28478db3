#include <stdio.h>
#include <string.h>

#include "cut.h"

/*
 * The last resort for a text that is higher than a part: it becomes several, each with
 * the role of the whole. It breaks after a sentence if it can, else between words.
 */

#define IDS 1000

static bool
is_text(const struct element *element)
{
    switch ((int)element->role) {
    case ROLE_PARAGRAPH:
    case ROLE_CHECK:
    case ROLE_MESSAGE:
    case ROLE_NOTE:
    case ROLE_LEGEND:
    case ROLE_STEP:
        return true;
    default:
        return false;
    }
}

/* Where the second half of the text begins, NULL for a single word. */
static const char *
middle_of(const char *text)
{
    size_t length = strlen(text);
    const char *sentence = NULL, *word = NULL;

    for (size_t i = 1; i + 1 < length; i++) {
        bool early = i <= length / 2;

        if (text[i] != ' ') {
            continue;
        }
        if (strchr(".!?", text[i - 1]) != NULL && (early || sentence == NULL)) {
            sentence = text + i + 1;
        }
        if (early || word == NULL) {
            word = text + i + 1;
        }
    }
    return sentence != NULL ? sentence : word;
}

static bool
is_bold_at(const char *text, const char *end)
{
    bool bold = false;

    for (; text + 1 < end; text++) {
        if (text[0] == '*' && text[1] == '*') {
            bold = !bold;
            text++;
        }
    }
    return bold;
}

/* The rest of an element's text as one of its own, behind it. */
static void
add_rest(struct page *page, size_t index, const char *rest)
{
    const struct element whole = page->elements[index];
    char id[PAGE_ID_BYTES];
    struct element *element;

    snprintf(id, sizeof(id), "%.26s-%zu", whole.id, page->count % IDS);
    element = page_add(page, whole.slot, whole.role, id, "");
    element->label = rest;
    element->flags = whole.flags;
    element->parent = whole.parent;
    page_move(page, page->count - 1, index + 1);
}

/* False when there is nothing to cut. */
static bool
halve(struct page *page, size_t index)
{
    struct element *element = &page->elements[index];
    const char *label = element->label;
    const char *rest = middle_of(label);
    bool bold;

    if (element->detail[0] != '\0') {
        rest = element->detail;
        element->detail = "";
        element->spoken = NULL;
        add_rest(page, index, rest);
        return true;
    }
    if (rest == NULL) {
        return false;
    }
    bold = is_bold_at(label, rest);
    element->label =
        page_format(page, "%.*s%s", (int)(rest - 1 - label), label, bold ? "**" : "");
    element->spoken = NULL;
    add_rest(page, index, page_format(page, "%s%s", bold ? "**" : "", rest));
    return true;
}

/* Of a card, with nothing else in it. */
static int
height_of(struct build *build, struct page *page, int index, int width)
{
    int parent = page->elements[index].parent;
    bool hidden[PAGE_ELEMENTS_MAX] = {false};
    int height;

    if (parent == PAGE_NO_PARENT) {
        return stack_part_height(build, index, width);
    }
    for (int i = 0; i < (int)page->count; i++) {
        hidden[i] = page->elements[i].parent == parent && i != index;
        if (hidden[i]) {
            page->elements[i].parent = CUT_HIDDEN;
        }
    }
    height = stack_part_height(build, parent, width);
    for (int i = 0; i < (int)page->count; i++) {
        page->elements[i].parent = hidden[i] ? parent : page->elements[i].parent;
    }
    return height;
}

void
cut_texts(struct build *build, struct page *page, enum slot slot, struct rectangle room)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        if (element->slot != slot || !is_text(element) ||
            (element->parent != PAGE_NO_PARENT &&
             page->elements[element->parent].role != ROLE_CARD))
        {
            continue;
        }
        while (page->count < PAGE_ELEMENTS_MAX - 8 &&
               height_of(build, page, (int)i, room.width) > room.height &&
               halve(page, i))
        {
        }
    }
}
