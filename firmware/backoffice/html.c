#include "backoffice/html.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define DEPTH_MAX 24

struct html {
    char *data;
    size_t length, size;
    const char *open[DEPTH_MAX];
    size_t depth;
};

static void
add_bytes(struct html *html, const char *bytes, size_t count)
{
    if (html->length + count + 1 > html->size) {
        html->size = 2 * (html->length + count + 1);
        html->data = memory_resize(html->data, html->size, 1);
    }
    memcpy(html->data + html->length, bytes, count);
    html->length += count;
    html->data[html->length] = '\0';
}

/* Of ours: as it stands. */
static void
add(struct html *html, const char *markup)
{
    add_bytes(html, markup, strlen(markup));
}

static void
add_character(struct html *html, uint32_t character)
{
    char bytes[5];

    switch (character) {
    case '&':
        add(html, "&amp;");
        break;
    case '<':
        add(html, "&lt;");
        break;
    case '>':
        add(html, "&gt;");
        break;
    case '"':
        add(html, "&quot;");
        break;
    case '\'':
        add(html, "&#39;");
        break;
    default:
        if (character == '\n' || (character >= 0x20 && character != 0x7f)) {
            add_bytes(html, bytes, text_encode(character, bytes));
        }
    }
}

struct html *
html_create(void)
{
    struct html *html = memory_allocate(1, sizeof(*html));

    add(html, "<!DOCTYPE html>\n");
    return html;
}

void
html_destroy(struct html *html)
{
    if (html == NULL) {
        return;
    }
    free(html->data);
    free(html);
}

void
html_text(struct html *html, const char *text)
{
    uint32_t character;

    while ((character = text_next(&text)) != 0) {
        add_character(html, character);
    }
}

/* Small letters, digits and what stands between them: never anything from outside. */
static void
add_name(struct html *html, const char *name)
{
    assert(name[0] != '\0' &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyzBV0123456789-")] == '\0');
    add(html, name);
}

static void
add_tag(struct html *html, const char *element, va_list attributes)
{
    const char *name;

    add(html, "<");
    add_name(html, element);
    while ((name = va_arg(attributes, const char *)) != NULL) {
        const char *value = va_arg(attributes, const char *);

        if (value != NULL) {
            add(html, " ");
            add_name(html, name);
            add(html, "=\"");
            html_text(html, value);
            add(html, "\"");
        }
    }
    add(html, ">");
}

static void
push(struct html *html, const char *element)
{
    assert(html->depth < DEPTH_MAX);
    html->open[html->depth++] = element;
}

void
html_open(struct html *html, const char *element, ...)
{
    va_list attributes;

    va_start(attributes, element);
    add_tag(html, element, attributes);
    va_end(attributes);
    push(html, element);
}

void
html_void(struct html *html, const char *element, ...)
{
    va_list attributes;

    va_start(attributes, element);
    add_tag(html, element, attributes);
    va_end(attributes);
}

void
html_close(struct html *html)
{
    assert(html->depth > 0);
    add(html, "</");
    add(html, html->open[--html->depth]);
    add(html, ">");
}

void
html_line(struct html *html, const char *element, const char *text, ...)
{
    va_list attributes;

    va_start(attributes, text);
    add_tag(html, element, attributes);
    va_end(attributes);
    push(html, element);
    html_text(html, text);
    html_close(html);
}

const char *
html_done(const struct html *html)
{
    assert(html->depth == 0);
    return html->data;
}
