#include "build.h"

#include <assert.h>
#include <string.h>

/* Text: pieces of one weight, words wrapped, lines aligned. */

#define LINE_PIECES_MAX 16
#define MARK_PAD 4 /* before and behind what is marked, as drawn */

struct piece {
    const char *text;
    size_t length;
    bool bold, marked;
    int width;
};

struct line {
    struct piece pieces[LINE_PIECES_MAX];
    int count;
    int width;
};

static struct text_style
style_of(const struct build *build, struct run run, bool bold)
{
    return (struct text_style){run.px != 0 ? run.px
                                           : build->metrics->types[run.type].px,
                               bold ? WEIGHT_BOLD : WEIGHT_REGULAR};
}

int
digits_pitch(const struct build *build, enum type type)
{
    struct type_size size = build->metrics->types[type];
    int enough = size.px * 122 / 100;

    return size.pitch < enough ? size.pitch : enough;
}

int
pitch_of(const struct build *build, struct run run)
{
    return run.pitch != 0 ? run.pitch : build->metrics->types[run.type].pitch;
}

/* Where the next word ends: at a space, at the end, or where the weight changes. */
static size_t
word_end(const char *text, size_t from)
{
    size_t at = from;

    while (text[at] == ' ') {
        at++;
    }
    while (text[at] != '\0' && text[at] != ' ' && text[at] != '\n' &&
           !(text[at] == '*' && text[at + 1] == '*'))
    {
        at++;
    }
    return at;
}

/* How many of these letters are marked alike, and whether they are: only a label is. */
static size_t
marked_alike(const struct build *build, struct run run, const char *text, size_t length,
             bool *marked)
{
    const struct element *element =
        run.element >= 0 ? &build->page->elements[run.element] : NULL;
    size_t at;

    *marked = false;
    if (element == NULL || element->marks[0].length == 0 || text < element->label ||
        text > element->label + strlen(element->label))
    {
        return length;
    }
    at = (size_t)(text - element->label);
    for (size_t i = 0; i < PAGE_MARKS_MAX && element->marks[i].length > 0; i++) {
        size_t start = element->marks[i].start, end = start + element->marks[i].length;

        if (at < end) {
            size_t edge = at < start ? start : end;

            *marked = at >= start;
            return edge - at < length ? edge - at : length;
        }
    }
    return length;
}

/* None where words just fit as they are. */
static int
mark_pad(const struct build *build, const struct piece *piece)
{
    return piece->marked && !build->metrics->tight ? scaled(build, MARK_PAD) : 0;
}

static void
line_add(struct build *build, struct run run, struct line *line, const char *text,
         size_t length, bool bold)
{
    struct piece *piece = line->count > 0 ? &line->pieces[line->count - 1] : NULL;
    bool marked;
    size_t alike = marked_alike(build, run, text, length, &marked);

    if (piece != NULL && piece->bold == bold && piece->marked == marked &&
        piece->text + piece->length == text)
    {
        piece->length += alike;
    } else {
        assert(line->count < LINE_PIECES_MAX);
        piece = &line->pieces[line->count++];
        *piece = (struct piece){
            .text = text, .length = alike, .bold = bold, .marked = marked};
    }
    line->width -= piece->width;
    piece->width = fonts_width(build->fonts, style_of(build, run, bold), piece->text,
                               piece->length) +
                   2 * mark_pad(build, piece);
    line->width += piece->width;
    if (alike < length) {
        line_add(build, run, line, text + alike, length - alike, bold);
    }
}

/* Whether what began before `at` ends there. */
typedef bool (*text_end)(const char *text, size_t at);

/* "**hond**," stays one, whatever its weight. */
static bool
ends_word(const char *text, size_t at)
{
    return text[at] == ' ';
}

static bool
ends_sentence(const char *text, size_t at)
{
    return text[at] == ' ' && strchr(".!?", text[at - 1]) != NULL;
}

/* The width of the line with all of `text` down to that end of it. */
static int
width_with(struct build *build, struct run run, const struct line *line,
           const char *text, bool bold, text_end ends)
{
    struct line longer = *line;
    size_t at = 0;

    do {
        size_t end = word_end(text, at);

        if (end > at) {
            line_add(build, run, &longer, text + at, end - at, bold);
        }
        at = end;
        while (text[at] == '*' && text[at + 1] == '*') {
            bold = !bold;
            at += 2;
        }
    } while (text[at] != '\0' && text[at] != '\n' && !ends(text, at));
    return longer.width;
}

/* Whether the space at `at` ends a sentence, and the next has no room behind it but
 * has on a line of its own. */
static bool
begins_line(struct build *build, struct run run, const struct line *line,
            const char *text, size_t at, bool bold, int width)
{
    static const struct line nothing = {0};

    return run.align == ALIGN_SENTENCES && at > 0 &&
           strchr(".!?", text[at - 1]) != NULL &&
           width_with(build, run, line, text + at, bold, ends_sentence) > width &&
           width_with(build, run, &nothing, text + at + 1, bold, ends_sentence) <=
               width;
}

/* Where the line begins in that width. */
static int
line_shift(struct run run, const struct line *line, int width)
{
    return run.align == ALIGN_CENTER ? (width - line->width) / 2
           : run.align == ALIGN_END  ? width - line->width
                                     : 0;
}

/* What is marked stands on the accent. */
static void
put_marks(struct build *build, struct run run, const struct line *line, int x, int y,
          int width)
{
    int height = fonts_height(style_of(build, run, false));

    x += line_shift(run, line, width);
    y += (pitch_of(build, run) - height) / 2;
    for (int i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];

        if (piece->marked) {
            put_fill(build, run.element, (struct rectangle){x, y, piece->width, height},
                     scaled(build, 8), COLOR_ACCENT);
        }
        x += piece->width;
    }
}

static void
put_line(struct build *build, struct run run, const struct line *line, int x, int y,
         int width)
{
    int height = fonts_height(style_of(build, run, false));

    x += line_shift(run, line, width);
    y += (pitch_of(build, run) - height) / 2;
    for (int i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        struct text_style style = style_of(build, run, piece->bold);
        size_t spaces = strspn(piece->text, " ");
        int pad = mark_pad(build, piece);
        int indent = fonts_width(build->fonts, style, piece->text, spaces) + pad;
        struct item *item = put_item(
            build, ITEM_TEXT, run.element,
            (struct rectangle){x + indent, y, piece->width - indent - pad, height});

        item->color = piece->marked ? COLOR_ON_ACCENT : run.color;
        item->style = style;
        item->text = piece->text + spaces;
        item->length = piece->length - spaces;
        while (item->length > 0 && item->text[item->length - 1] == ' ') {
            item->length--;
        }
        /* Turned round, letters narrower than their place would stand at its wrong
         * side. */
        if (item->length < piece->length - spaces) {
            item->rect.width =
                fonts_width(build->fonts, style, item->text, item->length);
        }
        x += piece->width;
    }
}

int
longest_word(struct build *build, struct run run, const char *text)
{
    static const struct line nothing = {0};
    bool bold = run.bold;
    int longest = 0;
    size_t at = 0;

    while (text[at] != '\0') {
        int width;

        if (text[at] == '*' && text[at + 1] == '*') {
            bold = !bold;
            at += 2;
            continue;
        }
        if (text[at] == ' ' || text[at] == '\n') {
            at++;
            continue;
        }
        width = width_with(build, run, &nothing, text + at, bold, ends_word);
        longest = width > longest ? width : longest;
        at = word_end(text, at);
    }
    return longest;
}

typedef int (*run_measure)(struct build *build, struct run run, const char *text);

/* Smaller letters on the same lines, down to the floor, until what is measured fits. */
static struct run
run_shrunk(struct build *build, struct run run, const char *text, int width,
           run_measure measure)
{
    int floor = build->metrics->text_floor;
    int px = style_of(build, run, run.bold).px;

    while (px > floor && measure(build, run, text) > width) {
        run.pitch = pitch_of(build, run);
        px -= px > 60 ? 4 : 2;
        run.px = px = px < floor ? floor : px;
    }
    return run;
}

struct run
run_within(struct build *build, struct run run, const char *text, int width)
{
    return run_shrunk(build, run, text, width, longest_word);
}

struct run
run_on_line(struct build *build, struct run run, const char *text, int width)
{
    return run_shrunk(build, run, text, width, text_width);
}

bool
is_address_seam(const char *rest)
{
    return rest[0] == '.' &&
           ((rest[1] >= 'a' && rest[1] <= 'z') || (rest[1] >= 'A' && rest[1] <= 'Z'));
}

/* Whether a line may end there, within what else hangs together. */
static bool
is_seam(const char *text, size_t end)
{
    return text[end - 1] == '-' || text[end - 1] == '/' ||
           is_address_seam(text + end) ||
           (end > 1 && (memcmp(text + end - 2, "\u00a0", 2) == 0 ||
                        memcmp(text + end - 2, "\u00ad", 2) == 0));
}

/* The widest of what no line may end within. */
static int
longest_piece(struct build *build, struct run run, const char *text)
{
    struct text_style style = style_of(build, run, run.bold);
    int longest = 0;

    while (*text != '\0') {
        size_t end = 1;
        int width;

        while (text[end] != '\0' && strchr(" \n*", text[end]) == NULL &&
               !is_seam(text, end)) {
            end++;
        }
        width = fonts_width(build->fonts, style, text, end);
        longest = width > longest ? width : longest;
        text += end + strspn(text + end, " \n*");
    }
    return longest;
}

int
icon_room(struct build *build, struct run run, const char *text, int aside, int width)
{
    int word = longest_word(build, run, text);

    if (word > width) { /* it is broken either way */
        word = longest_piece(build, run, text);
    }
    return word > width - aside && word <= width ? 0 : aside;
}

/* How much of a word that no line has room for goes on this one: up to a hyphen (a
 * soft one is seen there), a no-break space or a point of an address if there is one,
 * and a letter at least. */
static size_t
broken_at(struct build *build, struct run run, const char *text, size_t length,
          bool bold, int width)
{
    struct text_style style = style_of(build, run, bold);
    size_t fits = 0, seam = 0;

    if (fonts_width(build->fonts, style, text, length) <= width) {
        return length;
    }
    for (size_t end = 1; end < length; end++) {
        if (((unsigned char)text[end] & 0xC0u) == 0x80u) {
            continue; /* within a letter */
        }
        if (fits > 0 && fonts_width(build->fonts, style, text, end) > width) {
            break;
        }
        fits = end;
        seam = is_seam(text, end) ? end : seam;
    }
    if (fits == 0) {
        return length; /* one letter: it has to stand somewhere */
    }
    return seam > 0 ? seam : fits;
}

/* Marks go under the letters of every line, also of those above. */
enum ink { INK_NONE, INK_MARKS, INK_LETTERS };

static void
put_ink(struct build *build, struct run run, const struct line *line, int x, int y,
        int width, enum ink ink)
{
    if (ink == INK_MARKS) {
        put_marks(build, run, line, x, y, width);
    } else if (ink == INK_LETTERS) {
        put_line(build, run, line, x, y, width);
    }
}

/* Lays the text out and returns its lines and the width of the longest; draws them if
 * they are to be put. */
static int
lay_text(struct build *build, struct run run, const char *text, int x, int y, int width,
         enum ink ink, int *widest)
{
    struct line line = {0};
    bool bold = run.bold;
    bool broken = false; /* within a word */
    int lines = 0;
    size_t at = 0;

    *widest = 0;
    run = run_within(build, run, text, width);

    while (text[at] != '\0') {
        size_t end;
        size_t skip = 0;

        if (text[at] == '*' && text[at + 1] == '*') {
            bold = !bold;
            at += 2;
            continue;
        }
        end = text[at] == '\n' ? at + 1 : word_end(text, at);
        if (text[at] == '\n' || broken ||
            (line.count > 0 && text[at] == ' ' &&
             (width_with(build, run, &line, text + at, bold, ends_word) > width ||
              begins_line(build, run, &line, text, at, bold, width))))
        {
            put_ink(build, run, &line, x, y + lines * pitch_of(build, run), width, ink);
            *widest = line.width > *widest ? line.width : *widest;
            line = (struct line){0};
            lines++;
        }
        while (line.count == 0 && (text[at + skip] == ' ' || text[at + skip] == '\n')) {
            skip++; /* a line does not start with the space it was broken at */
        }
        broken = false;
        if (line.count == 0 && at + skip < end) {
            size_t whole = end - at - skip;
            size_t fits = broken_at(build, run, text + at + skip, whole, bold, width);

            broken = fits < whole;
            end = at + skip + fits;
        }
        if (at + skip < end) {
            line_add(build, run, &line, text + at + skip, end - at - skip, bold);
        }
        at = end;
    }
    if (line.count > 0) {
        *widest = line.width > *widest ? line.width : *widest;
        put_ink(build, run, &line, x, y + lines * pitch_of(build, run), width, ink);
        lines++;
    }
    return lines;
}

int
put_text(struct build *build, struct run run, const char *text, int x, int y, int width)
{
    int widest;

    if (run.element >= 0 && build->page->elements[run.element].marks[0].length > 0) {
        lay_text(build, run, text, x, y, width, INK_MARKS, &widest);
    }
    return lay_text(build, run, text, x, y, width, INK_LETTERS, &widest) *
           pitch_of(build, run);
}

int
text_lines(struct build *build, struct run run, const char *text, int width)
{
    int widest;

    return lay_text(build, run, text, 0, 0, width, INK_NONE, &widest);
}

int
text_width(struct build *build, struct run run, const char *text)
{
    struct line line = {0};
    bool bold = run.bold;

    while (*text != '\0') {
        const char *stars = strstr(text, "**");
        size_t length = stars != NULL ? (size_t)(stars - text) : strlen(text);

        if (length > 0) {
            line_add(build, run, &line, text, length, bold);
        }
        text += length;
        if (stars != NULL) {
            text += 2;
            bold = !bold;
        }
    }
    return line.width;
}

void
put_centered(struct build *build, struct run run, const char *icon, int icon_px,
             int gap, bool icon_after, const char *text, struct rectangle rect,
             enum color icon_color)
{
    bool has_icon = icon != NULL && icon[0] != '\0';
    int aside = has_icon ? icon_px + gap : 0;
    int room = rect.width - aside;
    int width, lines, x;

    if (text_width(build, run, text) > room) {
        run.align = ALIGN_START; /* more lines begin under each other */
    }
    lines = lay_text(build, run, text, 0, 0, room, INK_NONE, &width);
    x = rect.x + (rect.width - width - aside) / 2;
    if (has_icon) {
        put_icon(build, run.element, icon, icon_after ? x + width + gap : x,
                 rect.y + (rect.height - icon_px) / 2, icon_px, icon_color);
    }
    put_text(build, run, text, icon_after ? x : x + aside,
             rect.y + (rect.height - lines * pitch_of(build, run)) / 2, width);
}
