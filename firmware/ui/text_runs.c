#include "ui/text_runs.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <fribidi.h>

#include "base/memory.h"
#include "base/text.h"

uint32_t
text_runs_next(const char **text, const char *end)
{
    size_t left = (size_t)(end - *text);
    char copy[5] = {0};
    const char *at = copy;
    uint32_t character;

    if (left == 0) {
        return 0;
    }
    if ((unsigned char)**text < 0x80u) {
        character = (unsigned char)**text;
        *text += 1;
        return character != 0 ? character : 0xFFFDu; /* a NUL does not end a line */
    }
    memcpy(copy, *text, left < 4 ? left : 4);
    character = text_next(&at);
    *text += at - copy;
    return character;
}

/* A line as FriBidi wants it: characters, where each starts, and its level. */
struct line {
    FriBidiChar *characters;
    FriBidiCharType *types;
    FriBidiBracketType *brackets;
    FriBidiLevel *levels;
    size_t *starts; /* one more than characters: the end */
    size_t count;
};

static struct line
line_read(const char *text, size_t length)
{
    struct line line = {
        .characters = memory_allocate(length + 1, sizeof(FriBidiChar)),
        .types = memory_allocate(length + 1, sizeof(FriBidiCharType)),
        .brackets = memory_allocate(length + 1, sizeof(FriBidiBracketType)),
        .levels = memory_allocate(length + 1, sizeof(FriBidiLevel)),
        .starts = memory_allocate(length + 2, sizeof(size_t)),
    };
    const char *at = text, *end = text + length;

    while (at < end) {
        line.starts[line.count] = (size_t)(at - text);
        line.characters[line.count++] = text_runs_next(&at, end);
    }
    line.starts[line.count] = length;
    return line;
}

/* The text may be a citizen's name: nothing of it stays behind in the heap. */
static void
line_free(struct line *line)
{
    memory_wipe(line->characters, line->count * sizeof(FriBidiChar));
    free(line->characters);
    free(line->types);
    free(line->brackets);
    free(line->levels);
    free(line->starts);
}

/* --- left to right inside right to left --------------------------------------------
 *
 * The rules for plain text turn round what a citizen has to copy: "14 000" after an
 * Arabic word would read "000 14", a date 1960-03-07, and the full stop of a Dutch
 * sentence would stand before it. So as UAX #9 allows (HL3) a number, code, address or
 * name that is written in one piece counts as one piece from left to right.
 */

static bool
is_word(FriBidiCharType type)
{
    return type == FRIBIDI_TYPE_LTR || type == FRIBIDI_TYPE_EN;
}

/* What may stand inside a piece: a space, or signs as in 07-03-1960, a@b.nl. */
static bool
joins(FriBidiChar character)
{
    return character == ' ' || character == 0xA0 ||
           (character < 0x80 && strchr("-./:@_&'+#", (int)character) != NULL);
}

/* The end of the piece from `from`, which begins with a word. */
static size_t
piece_end(const struct line *line, size_t from)
{
    size_t end = from;

    while (end < line->count && is_word(line->types[end])) {
        size_t next = end + 1;

        while (next < line->count && next - end <= 3 && joins(line->characters[next]) &&
               !is_word(line->types[next]))
        {
            next++;
        }
        if (next == line->count || !is_word(line->types[next])) {
            return end + 1;
        }
        end = next;
    }
    return end;
}

/* A comma of Arabic parts what stands on either side: "Paspoort، 3" is two things. */
static bool
parts(FriBidiChar character)
{
    return character == 0x060Cu || character == 0x061Bu || character == 0x061Fu;
}

/* Nothing of it is from right to left: a sentence or name of another language. */
static bool
is_foreign(const struct line *line)
{
    bool letters = false;

    for (size_t i = 0; i < line->count; i++) {
        if (FRIBIDI_IS_RTL(line->types[i]) || parts(line->characters[i])) {
            return false;
        }
        letters = letters || line->types[i] == FRIBIDI_TYPE_LTR;
    }
    return letters;
}

/* One of digits counts as one number: "9:00 – 12:00" is still read from the right. */
static FriBidiCharType
piece_type(const struct line *line, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        if (line->types[i] == FRIBIDI_TYPE_LTR) {
            return FRIBIDI_TYPE_LTR;
        }
    }
    return FRIBIDI_TYPE_EN;
}

static void
line_keep_pieces(struct line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        if (parts(line->characters[i])) {
            line->types[i] = FRIBIDI_TYPE_RTL;
        }
    }
    for (size_t i = 0; i < line->count; i++) {
        size_t end = is_word(line->types[i]) ? piece_end(line, i) : i;
        FriBidiCharType type = piece_type(line, i, end);

        if (end > i && i > 0 && line->characters[i - 1] == '+') { /* of +31 */
            line->types[i - 1] = type;
        }
        while (i < end) {
            line->types[i++] = type;
        }
    }
}

static void
line_find_levels(struct line *line, bool right_to_left)
{
    FriBidiParType direction = FRIBIDI_PAR_LTR;
    FriBidiStrIndex count = (FriBidiStrIndex)line->count;
    FriBidiLevel highest;

    fribidi_get_bidi_types(line->characters, count, line->types);
    if (right_to_left && !is_foreign(line)) {
        direction = FRIBIDI_PAR_RTL;
        line_keep_pieces(line);
    }
    fribidi_get_bracket_types(line->characters, count, line->types, line->brackets);
    highest = fribidi_get_par_embedding_levels_ex(line->types, line->brackets, count,
                                                  &direction, line->levels);
    assert(highest != 0); /* 0 is FriBidi out of memory */
}

static void
runs_reverse(struct text_run *runs, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct text_run swapped = runs[i];

        runs[i] = runs[count - 1 - i];
        runs[count - 1 - i] = swapped;
    }
}

/* Rule L2 of UAX #9: from the highest level down, turn round what is at least it. */
static void
runs_reorder(struct text_run *runs, const FriBidiLevel *levels, size_t count)
{
    FriBidiLevel copy[TEXT_RUNS_MAX];
    FriBidiLevel highest = 0;

    memcpy(copy, levels, count * sizeof(*copy));
    for (size_t i = 0; i < count; i++) {
        highest = copy[i] > highest ? copy[i] : highest;
    }
    for (FriBidiLevel level = highest; level > 0; level--) {
        for (size_t from = 0; from < count; from++) {
            size_t to = from;

            while (to < count && copy[to] >= level) {
                to++;
            }
            runs_reverse(runs + from, to - from);
            for (size_t i = 0; i < (to - from) / 2; i++) {
                FriBidiLevel swapped = copy[from + i];

                copy[from + i] = copy[to - 1 - i];
                copy[to - 1 - i] = swapped;
            }
            from = to > from ? to : from;
        }
    }
}

bool
text_runs_is_right_to_left(const char *text)
{
    uint32_t character;

    while ((character = text_next(&text)) != 0) {
        FriBidiCharType type = fribidi_get_bidi_type(character);

        if (FRIBIDI_IS_LETTER(type)) {
            return FRIBIDI_IS_RTL(type);
        }
    }
    return false;
}

size_t
text_runs_split(const char *text, size_t length, bool right_to_left,
                struct text_run *runs, size_t max)
{
    FriBidiLevel levels[TEXT_RUNS_MAX];
    struct line line;
    size_t count = 0;

    assert(max >= 1);
    max = max < TEXT_RUNS_MAX ? max : TEXT_RUNS_MAX;
    if (length == 0) {
        return 0;
    }
    line = line_read(text, length);
    line_find_levels(&line, right_to_left);
    for (size_t i = 0; i < line.count; i++) {
        if (count == 0 || (line.levels[i] != levels[count - 1] && count < max)) {
            levels[count] = line.levels[i];
            runs[count++] = (struct text_run){
                .start = line.starts[i],
                .right_to_left = FRIBIDI_LEVEL_IS_RTL(line.levels[i]),
            };
        }
        runs[count - 1].length = line.starts[i + 1] - runs[count - 1].start;
    }
    line_free(&line);
    runs_reorder(runs, levels, count);
    return count;
}
