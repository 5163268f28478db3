#include "ui/font.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "ui/font_letters.h"
#include "ui/text_runs.h"

#define PIECES_MAX 128
#define PIECE_BYTES_MAX 512

struct fonts *
fonts_open(struct error *error)
{
    struct faces *faces = faces_open(error);
    struct fonts *fonts;

    if (faces == NULL) {
        return NULL;
    }
    fonts = memory_allocate(1, sizeof(*fonts));
    fonts->faces = faces;
    fonts->advances = memo_create(4096);
    fonts->kernings = memo_create(16384);
    fonts->choices = memo_create(4096);
    fonts->text_widths = memo_create(8192);
    fonts->atlas = atlas_create(2048, 1024);
    fonts->lines = line_store_create((size_t)4 << 20);
    return fonts;
}

void
fonts_close(struct fonts *fonts)
{
    if (fonts == NULL) {
        return;
    }
    faces_close(fonts->faces);
    memo_destroy(fonts->advances);
    memo_destroy(fonts->kernings);
    memo_destroy(fonts->choices);
    memo_destroy(fonts->text_widths);
    atlas_destroy(fonts->atlas);
    line_store_destroy(fonts->lines);
    free(fonts);
}

void
fonts_forget(struct fonts *fonts)
{
    memo_forget(fonts->text_widths);
    line_store_forget(fonts->lines);
}

/* --- pieces: one face, one direction ----------------------------------------- */

struct piece {
    size_t start, length;
    enum face face;
    bool right_to_left;
    bool shaped; /* else simple text from the atlas */
};

/* True when the run has a letter that only the Arabic face can show. */
static bool
run_is_arabic(struct fonts *fonts, struct text_style style, const char *text,
              size_t length)
{
    const char *end = text + length;

    while (text < end) {
        uint32_t character = text_runs_next(&text, end);
        struct letter letter = letter_find(fonts, style.weight, character, false);

        if (letter.face == FACE_ARABIC_REGULAR || letter.face == FACE_ARABIC_BOLD) {
            return true;
        }
    }
    return false;
}

/* The pieces of one bidi run, in logical order, put in visual order after. */
static size_t
run_pieces(struct fonts *fonts, struct text_style style, const char *text,
           struct text_run run, struct piece *pieces, size_t max)
{
    const char *at = text + run.start, *end = at + run.length;
    bool arabic = run.right_to_left && run_is_arabic(fonts, style, at, run.length);
    size_t count = 0;

    while (at < end) {
        const char *start = at;
        uint32_t character = text_runs_next(&at, end);
        bool joins = count > 0 && (letter_is_invisible(character) || count == max);
        enum face face = letter_find(fonts, style.weight, character, arabic).face;

        if (count == 0 || (!joins && face != pieces[count - 1].face)) {
            pieces[count++] = (struct piece){.start = (size_t)(start - text),
                                             .face = face,
                                             .right_to_left = run.right_to_left,
                                             .shaped = run.right_to_left};
        }
        pieces[count - 1].length = (size_t)(at - text) - pieces[count - 1].start;
        pieces[count - 1].shaped |=
            !letter_is_simple(character) && !letter_is_invisible(character);
    }
    for (size_t i = 0; run.right_to_left && i < count / 2; i++) {
        struct piece swapped = pieces[i];

        pieces[i] = pieces[count - 1 - i];
        pieces[count - 1 - i] = swapped;
    }
    return count;
}

/* The pieces of a line from left to right. */
static size_t
line_pieces(struct fonts *fonts, struct text_style style, const char *text,
            size_t length, bool right_to_left, struct piece pieces[PIECES_MAX])
{
    struct text_run runs[TEXT_RUNS_MAX];
    size_t runs_count =
        text_runs_split(text, length, right_to_left, runs, TEXT_RUNS_MAX);
    size_t count = 0;

    for (size_t i = 0; i < runs_count; i++) {
        if (count < PIECES_MAX) {
            count += run_pieces(fonts, style, text, runs[i], pieces + count,
                                PIECES_MAX - count);
        }
    }
    return count;
}

/* The text of a shaped piece with what would show as a box made harmless. */
static struct face_text
piece_text(struct fonts *fonts, struct text_style style, const char *text,
           const struct piece *piece, char copy[PIECE_BYTES_MAX])
{
    const char *at = text + piece->start, *end = at + piece->length;
    struct text clean = text_begin(copy, PIECE_BYTES_MAX);

    while (at < end) {
        uint32_t character = text_runs_next(&at, end);
        char bytes[5];

        if (letter_is_invisible(character) && character != 0x200Cu &&
            character != 0x200Du) {
            continue;
        }
        if (character == 0x00A0u || character == 0x202Fu) {
            character = ' ';
        }
        if (!faces_have(fonts->faces, piece->face, character) && character != 0x200Cu &&
            character != 0x200Du)
        {
            character = LETTER_MISSING;
        }
        text_encode(character, bytes);
        text_add(&clean, bytes);
    }
    return (struct face_text){piece->face, style.px, piece->right_to_left, copy};
}

#define FNV_PRIME 0x100000001B3u

/* What a text is known by. The setting is mixed in like a letter of its own: else a
 * regular "m" is a bold "l", whose codes differ as their weights do. */
static uint64_t
key_of(uint64_t kind, uint64_t setting, const char *text, size_t length)
{
    uint64_t key = (kind ^ setting) * FNV_PRIME;

    for (size_t i = 0; i < length; i++) {
        key = (key ^ (unsigned char)text[i]) * FNV_PRIME;
    }
    return key | 1; /* 0 is no key */
}

static int64_t
piece_width(struct fonts *fonts, struct text_style style, const char *text,
            const struct piece *piece)
{
    char copy[PIECE_BYTES_MAX];
    struct face_text face_text;
    uint64_t key;
    int32_t width;

    if (!piece->shaped) {
        return plain_width(fonts, style, text + piece->start, piece->length);
    }
    key = key_of(0xCBF29CE484222325u,
                 (uint64_t)style.px << 8 | (uint64_t)piece->face << 1 |
                     piece->right_to_left,
                 text + piece->start, piece->length);
    if (!memo_find(fonts->text_widths, key, &width)) {
        face_text = piece_text(fonts, style, text, piece, copy);
        width = faces_text_width(fonts->faces, &face_text);
        memo_add(fonts->text_widths, key, width);
        memory_wipe(copy, sizeof(copy));
    }
    return (int64_t)width * 1000;
}

static void
piece_draw(struct fonts *fonts, struct text_style style, const char *text,
           const struct piece *piece, int64_t x, int baseline, font_paint paint,
           void *data)
{
    char copy[PIECE_BYTES_MAX];
    struct face_text face_text;
    struct face_mask mask;

    if (!piece->shaped) {
        plain_draw(fonts, style, text + piece->start, piece->length, x, baseline, paint,
                   data);
        return;
    }
    face_text = piece_text(fonts, style, text, piece, copy);
    mask = faces_text_mask(fonts->faces, &face_text);
    memory_wipe(copy, sizeof(copy));
    if (mask.height > 0) {
        paint(data, (int)((x + 500) / 1000) + mask.x, baseline + mask.y, mask.data,
              mask.width, mask.height, mask.stride);
    }
    faces_mask_free(&mask);
}

/* --- lines ------------------------------------------------------------------- */

/* FriBidi and HarfBuzz allocate. */
static int64_t
shaped_width(struct fonts *fonts, struct text_style style, const char *text,
             size_t length)
{
    struct piece pieces[PIECES_MAX];
    /* The direction of the paragraph moves pieces; it makes none a pixel wider. */
    size_t count = line_pieces(fonts, style, text, length, false, pieces);
    int64_t width = 0;

    for (size_t i = 0; i < count; i++) {
        width += piece_width(fonts, style, text, &pieces[i]);
    }
    return width;
}

/* A text that is broken into lines is measured word by word, each time from its start,
 * and mostly more than once: knowing the whole is faster than adding letters up. */
static int64_t
line_width(struct fonts *fonts, struct text_style style, const char *text,
           size_t length)
{
    uint64_t key = key_of(0x84222325CBF29CE4u, (uint64_t)style.px << 8 | style.weight,
                          text, length);
    int32_t known;
    int64_t width;

    if (memo_find(fonts->text_widths, key, &known)) {
        return known;
    }
    width = letters_are_plain(text, length, false)
                ? plain_width(fonts, style, text, length)
                : shaped_width(fonts, style, text, length);
    if (width <= INT32_MAX) {
        memo_add(fonts->text_widths, key, (int32_t)width);
    }
    return width;
}

int
fonts_width(struct fonts *fonts, struct text_style style, const char *text,
            size_t length)
{
    return (int)((line_width(fonts, style, text, length) + 999) / 1000);
}

bool
fonts_have(struct fonts *fonts, enum weight weight, const char *text, size_t length,
           uint32_t *missing)
{
    const char *end = text + length;

    while (text < end) {
        uint32_t character = text_runs_next(&text, end);

        if (!letter_is_invisible(character) &&
            letter_find(fonts, weight, character, false).character == LETTER_MISSING)
        {
            *missing = character;
            return false;
        }
    }
    return true;
}

/* Noto Sans: 1069 above and 293 below the baseline, each rounded by itself. */
int
fonts_ascent(struct text_style style)
{
    return style.weight == WEIGHT_ICON ? style.px : (style.px * 1069 + 500) / 1000;
}

int
fonts_height(struct text_style style)
{
    int descent = style.weight == WEIGHT_ICON ? 0 : (style.px * 293 + 500) / 1000;

    return fonts_ascent(style) + descent;
}

int
fonts_cap_height(struct fonts *fonts, struct text_style style)
{
    enum face face = style.weight == WEIGHT_BOLD ? FACE_BOLD : FACE_REGULAR;

    return (faces_cap_height(fonts->faces, face) * style.px + 500) / 1000;
}

/* A line under construction: pieces are laid into one picture. */
struct sketch {
    uint8_t *pixels;
    int x, y, width, height;
};

static void
sketch_paint(void *data, int x, int y, const uint8_t *mask, int width, int height,
             int stride)
{
    struct sketch *sketch = data;
    struct rectangle whole = {0, 0, sketch->width, sketch->height};
    struct rectangle piece = {x - sketch->x, y - sketch->y, width, height};
    struct rectangle part = rectangle_intersection(whole, piece);

    for (int row = part.y; row < part.y + part.height; row++) {
        const uint8_t *from =
            mask + (size_t)(row - piece.y) * (size_t)stride + (part.x - piece.x);
        uint8_t *to = sketch->pixels + (size_t)row * (size_t)sketch->width + part.x;

        for (int i = 0; i < part.width; i++) {
            to[i] = from[i] > to[i] ? from[i] : to[i];
        }
    }
}

static bool
sketch_row_has_ink(const struct sketch *sketch, int y)
{
    const uint8_t *row = sketch->pixels + (size_t)y * (size_t)sketch->width;

    for (int x = 0; x < sketch->width; x++) {
        if (row[x] != 0) {
            return true;
        }
    }
    return false;
}

/* Only the rows with ink. */
static struct coverage
sketch_coverage(const struct sketch *sketch)
{
    int top = 0, bottom = sketch->height;

    while (top < bottom && !sketch_row_has_ink(sketch, top)) {
        top++;
    }
    while (bottom > top && !sketch_row_has_ink(sketch, bottom - 1)) {
        bottom--;
    }
    return (struct coverage){
        .data = sketch->pixels + (size_t)top * (size_t)sketch->width,
        .x = sketch->x,
        .y = sketch->y + top,
        .width = sketch->width,
        .height = bottom - top,
        .stride = sketch->width,
    };
}

/* Draws a line that needs bidi or shaping, seen from its pen at (0, 0). */
static void
line_draw(struct fonts *fonts, struct text_style style, const char *text, size_t length,
          bool right_to_left, font_paint paint, void *data)
{
    struct piece pieces[PIECES_MAX];
    size_t count = line_pieces(fonts, style, text, length, right_to_left, pieces);
    int64_t pen = 0;

    for (size_t i = 0; i < count; i++) {
        piece_draw(fonts, style, text, &pieces[i], pen, 0, paint, data);
        pen += piece_width(fonts, style, text, &pieces[i]);
    }
}

static const struct coverage *
line_keep(struct fonts *fonts, struct text_style style, const char *text, size_t length,
          bool right_to_left, uint64_t setting, struct sketch *sketch)
{
    struct coverage coverage;

    /* The Arabic face reaches 1.37 em up and 0.74 down; ink may hang over sides. */
    sketch->x = -style.px / 2;
    sketch->y = -style.px * 3 / 2;
    sketch->width = fonts_width(fonts, style, text, length) + style.px;
    sketch->height = style.px * 5 / 2;
    sketch->pixels = memory_allocate((size_t)sketch->width, (size_t)sketch->height);
    line_draw(fonts, style, text, length, right_to_left, sketch_paint, sketch);
    coverage = sketch_coverage(sketch);
    return line_store_add(fonts->lines, text, length, setting, &coverage);
}

void
fonts_draw(struct fonts *fonts, struct text_style style, const char *text,
           size_t length, bool right_to_left, int x, int y, font_paint paint,
           void *data)
{
    int baseline = y + fonts_ascent(style);
    uint64_t setting =
        (uint64_t)style.px << 8 | (uint64_t)style.weight << 1 | right_to_left;
    const struct coverage *line;
    struct sketch sketch = {0};
    struct coverage once;

    assert(style.px >= 8 && style.px <= 400);
    if (letters_are_plain(text, length, right_to_left)) {
        plain_draw(fonts, style, text, length, (int64_t)x * 1000, baseline, paint,
                   data);
        return;
    }
    line = line_store_find(fonts->lines, text, length, setting);
    if (line == NULL) {
        line = line_keep(fonts, style, text, length, right_to_left, setting, &sketch);
    }
    if (line == NULL) { /* too large to keep */
        once = sketch_coverage(&sketch);
        line = &once;
    }
    if (line->height > 0) {
        paint(data, x + line->x, baseline + line->y, line->data, line->width,
              line->height, line->stride);
    }
    if (sketch.pixels != NULL) {
        memory_wipe(sketch.pixels, (size_t)sketch.width * (size_t)sketch.height);
        free(sketch.pixels);
    }
}
