#include "ui/font.h"

#include "ui/text_runs.h"

static bool
is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A place where a line may end: `end` without the space, `next` after it. */
struct opportunity {
    size_t end, next;
    bool forced;
};

/* After a hyphen, but not one before a digit: "06-12 34" and "-5" stay whole. */
static bool
is_hyphen_break(const char *text, size_t at, size_t next, size_t length,
                uint32_t character)
{
    return (character == '-' || character == 0x2010u) && at > 0 &&
           text[at - 1] != ' ' && next < length && !is_digit(text[next]);
}

/* The first opportunity after `from`; the end of the text is one. */
static struct opportunity
next_opportunity(const char *text, size_t length, size_t from)
{
    const char *at = text + from, *end = text + length;

    while (at < end) {
        size_t start = (size_t)(at - text);
        uint32_t character = text_runs_next(&at, end);
        size_t next = (size_t)(at - text);

        if (character == '\n') {
            return (struct opportunity){start, next, true};
        }
        if (character == ' ') {
            while (next < length && text[next] == ' ') {
                next++;
            }
            return (struct opportunity){start, next, false};
        }
        if (is_hyphen_break(text, start, next, length, character)) {
            return (struct opportunity){next, next, false};
        }
    }
    return (struct opportunity){length, length, false};
}

void
fonts_break(struct fonts *fonts, struct text_style style, const char *text,
            size_t length, int width, size_t *line, size_t *next)
{
    struct opportunity last = next_opportunity(text, length, 0);

    while (!last.forced && last.next < length) {
        struct opportunity more = next_opportunity(text, length, last.next);

        if (fonts_width(fonts, style, text, more.end) > width) {
            break;
        }
        last = more;
    }
    *line = last.end;
    *next = last.next;
}
