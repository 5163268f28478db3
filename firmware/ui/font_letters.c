#include "ui/font_letters.h"

#include <assert.h>

#include "ui/text_runs.h"

#define SOFT_HYPHEN 0x00ADu

bool
letter_is_invisible(uint32_t character)
{
    return character == SOFT_HYPHEN || (character >= 0x200Bu && character <= 0x200Fu) ||
           (character >= 0x202Au && character <= 0x202Eu) ||
           (character >= 0x2060u && character <= 0x2069u) || character == 0xFEFFu ||
           character < 0x20u;
}

bool
letter_is_simple(uint32_t character)
{
    static const uint32_t ranges[][2] = {
        {0x0000, 0x02FF}, {0x0370, 0x0482}, {0x048A, 0x052F}, {0x1E00, 0x200D},
        {0x2010, 0x2029}, {0x202F, 0x2060}, {0x2070, 0x20CF}, {0x2100, 0x2BFF},
        {0xE000, 0xF8FF}, {0xFEFF, 0xFEFF}, {0xFFFD, 0xFFFD},
    };

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (character >= ranges[i][0] && character <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

bool
letters_are_plain(const char *text, size_t length, bool right_to_left)
{
    const char *end = text + length;

    if (right_to_left) {
        return false;
    }
    while (text < end) {
        if ((unsigned char)*text < 0x80u) {
            text++;
        } else if (!letter_is_simple(text_runs_next(&text, end))) {
            return false;
        }
    }
    return true;
}

static struct letter
letter_search(struct fonts *fonts, enum weight weight, uint32_t character, bool arabic)
{
    enum face latin_face = weight == WEIGHT_BOLD ? FACE_BOLD : FACE_REGULAR;
    enum face arabic_face =
        weight == WEIGHT_BOLD ? FACE_ARABIC_BOLD : FACE_ARABIC_REGULAR;
    enum face order[3] = {latin_face, arabic_face, FACE_ICON};

    if (weight == WEIGHT_ICON) {
        order[0] = FACE_ICON;
        order[2] = FACE_REGULAR;
    } else if (arabic) {
        order[0] = arabic_face;
        order[1] = latin_face;
    }
    for (size_t i = 0; i < 3; i++) {
        if (faces_have(fonts->faces, order[i], character)) {
            return (struct letter){order[i], character};
        }
    }
    return (struct letter){latin_face, LETTER_MISSING};
}

struct letter
letter_find(struct fonts *fonts, enum weight weight, uint32_t character, bool arabic)
{
    uint64_t key =
        (uint64_t)1 << 40 | (uint64_t)arabic << 32 | (uint64_t)weight << 24 | character;
    int32_t choice;
    struct letter letter;

    if (character == 0x00A0u || character == 0x202Fu) {
        character = ' ';
    }
    if (memo_find(fonts->choices, key, &choice)) {
        return (struct letter){(enum face)(choice >> 24), (uint32_t)choice & 0xFFFFFFu};
    }
    letter = letter_search(fonts, weight, character, arabic);
    memo_add(fonts->choices, key,
             (int32_t)((uint32_t)letter.face << 24 | letter.character));
    return letter;
}

static int
advance_of(struct fonts *fonts, struct letter letter)
{
    uint64_t key = (uint64_t)(letter.face + 1) << 32 | letter.character;
    int32_t advance;

    if (!memo_find(fonts->advances, key, &advance)) {
        advance = faces_advance(fonts->faces, letter.face, letter.character);
        memo_add(fonts->advances, key, advance);
    }
    return advance;
}

static int
kerning_of(struct fonts *fonts, struct letter left, struct letter right)
{
    uint64_t key = (uint64_t)(left.face + 1) << 48 | (uint64_t)left.character << 24 |
                   right.character;
    int32_t kerning;

    if (left.face != right.face || left.character == 0 || left.face == FACE_ICON) {
        return 0;
    }
    if (!memo_find(fonts->kernings, key, &kerning)) {
        kerning =
            faces_kerning(fonts->faces, left.face, left.character, right.character);
        memo_add(fonts->kernings, key, kerning);
    }
    return kerning;
}

/* --- simple text ------------------------------------------------------------- */

/* Walks over simple text; the pen stands in thousandths of a pixel. */
struct walk {
    struct fonts *fonts;
    struct text_style style;
    const char *at, *end;
    struct letter previous;
    int64_t pen;   /* after `letter` */
    int64_t place; /* where `letter` starts */
};

static bool
walk_next(struct walk *walk, struct letter *letter)
{
    uint32_t character;
    int kerning;

    do {
        if (walk->at >= walk->end) {
            return false;
        }
        character = text_runs_next(&walk->at, walk->end);
        if (character == SOFT_HYPHEN && walk->at == walk->end) {
            character = '-'; /* seen where the line ends with it */
        }
    } while (letter_is_invisible(character));
    *letter = letter_find(walk->fonts, walk->style.weight, character, false);
    kerning = kerning_of(walk->fonts, walk->previous, *letter);
    walk->place = walk->pen + (int64_t)kerning * walk->style.px;
    walk->pen =
        walk->place + (int64_t)advance_of(walk->fonts, *letter) * walk->style.px;
    walk->previous = *letter;
    return true;
}

static struct walk
walk_begin(struct fonts *fonts, struct text_style style, const char *text,
           size_t length)
{
    return (struct walk){
        .fonts = fonts, .style = style, .at = text, .end = text + length};
}

int64_t
plain_width(struct fonts *fonts, struct text_style style, const char *text,
            size_t length)
{
    struct walk walk = walk_begin(fonts, style, text, length);
    struct letter letter;

    while (walk_next(&walk, &letter)) {
    }
    return walk.pen;
}

void
plain_draw(struct fonts *fonts, struct text_style style, const char *text,
           size_t length, int64_t x, int baseline, font_paint paint, void *data)
{
    struct walk walk = walk_begin(fonts, style, text, length);
    struct letter letter;

    while (walk_next(&walk, &letter)) {
        uint64_t key = (uint64_t)style.px << 40 | (uint64_t)(letter.face + 1) << 32 |
                       letter.character;
        const struct coverage *glyph = atlas_find(fonts->atlas, key);
        int pen = (int)((x + walk.place + 500) / 1000);

        if (glyph == NULL) {
            struct face_mask mask =
                faces_glyph_mask(fonts->faces, letter.face, style.px, letter.character);
            struct coverage coverage = {mask.data,  mask.x,      mask.y,
                                        mask.width, mask.height, mask.stride};

            glyph = atlas_add(fonts->atlas, key, &coverage);
            faces_mask_free(&mask);
            assert(glyph != NULL); /* 400 px fits */
        }
        if (glyph->height > 0) {
            paint(data, pen + glyph->x, baseline + glyph->y, glyph->data, glyph->width,
                  glyph->height, glyph->stride);
        }
    }
}
