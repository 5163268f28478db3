#include "journey_find.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define PLAIN_BYTES 1024

/* What is read: without the stars of bold text, with every space a plain one. */
static void
plain(char target[PLAIN_BYTES], const char *source)
{
    struct text text = text_begin(target, PLAIN_BYTES);

    while (*source != '\0') {
        const char *before = source;
        uint32_t character = text_next(&source);

        if (character == '*' && *source == '*') {
            source++;
        } else if (character == 0xa0 || character == 0x202f || character == '\n') {
            text_add(&text, " ");
        } else if (character != 0xad) {
            text_add_bytes(&text, before, (size_t)(source - before));
        }
    }
}

static bool
holds(const char *shown, const char *wanted)
{
    char text[PLAIN_BYTES];

    if (shown == NULL) {
        return false;
    }
    plain(text, shown);
    return strstr(text, wanted) != NULL;
}

static bool
element_holds(const struct element *element, const char *wanted)
{
    return holds(element->label, wanted) || holds(element->detail, wanted) ||
           holds(element->value, wanted) || holds(element->extra, wanted);
}

bool
page_shows(const struct page *page, const char *text)
{
    const char *const head[] = {page->name_lines[0], page->name_lines[1],
                                page->place,         page->clock,
                                page->step_text,     page->step_name};

    for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++) {
        if (holds(head[i], text)) {
            return true;
        }
    }
    for (size_t i = 0; i < page->count; i++) {
        if (element_holds(&page->elements[i], text)) {
            return true;
        }
    }
    return false;
}

static bool
is_called(const struct element *element, const char *wanted)
{
    char label[PLAIN_BYTES];

    plain(label, element->label);
    return text_equal(label, wanted);
}

static const struct element *
point_at_text(const struct page *page, const char *wanted, struct error *error)
{
    const struct element *found = NULL;

    for (int exact = 1; exact >= 0 && found == NULL; exact--) {
        for (size_t i = 0; i < page->count; i++) {
            const struct element *element = &page->elements[i];

            if ((element->flags & ELEMENT_TOUCH) == 0 ||
                !(exact ? is_called(element, wanted) : element_holds(element, wanted)))
            {
                continue;
            }
            if (found != NULL) {
                error_set(error, ERROR_NOT_FOUND,
                          "\"%s\" may be %s or %s: say which by its id", wanted,
                          found->id, element->id);
                return NULL;
            }
            found = element;
        }
    }
    if (found == NULL) {
        error_set(error, ERROR_NOT_FOUND, "nothing to touch says \"%s\"", wanted);
    }
    return found;
}

/* The first whose id begins so: "time-*" is whatever time is free. */
static const struct element *
point_at_first(const struct page *page, const char *pattern, struct error *error)
{
    size_t length = strlen(pattern) - 1;

    for (size_t i = 0; i < page->count; i++) {
        if (strncmp(page->elements[i].id, pattern, length) == 0 &&
            page_can_press(page, &page->elements[i]))
        {
            return &page->elements[i];
        }
    }
    error_set(error, ERROR_NOT_FOUND, "there is no %s to touch", pattern);
    return NULL;
}

const struct element *
page_point_at(const struct page *page, const struct word *word, struct error *error)
{
    const struct element *found;

    if (word->quoted) {
        return point_at_text(page, word->text, error);
    }
    if (word->text[0] != '\0' && word->text[strlen(word->text) - 1] == '*') {
        return point_at_first(page, word->text, error);
    }
    found = page_find(page, word->text);
    if (found == NULL) {
        error_set(error, ERROR_NOT_FOUND, "there is no %s", word->text);
    }
    return found;
}

const struct element *
page_key_for(const struct page *page, const char *character)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        if (element->role == ROLE_KEY && text_equal(element->value, character) &&
            page_can_press(page, element))
        {
            return element;
        }
    }
    return NULL;
}
