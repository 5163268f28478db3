#include "catalogue/search.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define QUERY_WORDS_MAX 8
#define WORD_BYTES 48
#define FOLDED_BYTES 512
#define ENTRIES_MAX 700 /* products and partners that one catalogue may have */

/* A wrong letter in a shorter word makes too many other words. */
#define EDIT_LETTERS_MIN 4
/* "vergunning" is in "parkeervergunning"; shorter pieces are in everything. */
#define INSIDE_LETTERS_MIN 4

/* --- words ------------------------------------------------------------------------ */

struct query {
    char words[QUERY_WORDS_MAX][WORD_BYTES];
    size_t count;
};

static bool
is_letter(uint32_t character)
{
    if (character < 0x80u) {
        return isalnum((int)character) != 0;
    }
    /* Spaces, quotes and dashes beyond ASCII; the Arabic comma and question mark. */
    return character != 0xA0u && character != 0xABu && character != 0xBBu &&
           !(character >= 0x2000u && character <= 0x206Fu) && character != 0x060Cu &&
           character != 0x061Fu && character != 0xFFFDu;
}

/* The next word of a folded text, "" at its end; cut to WORD_BYTES. */
static void
next_word(const char **text, char word[WORD_BYTES])
{
    struct text into = text_begin(word, WORD_BYTES);

    while (**text != '\0') {
        const char *at = *text;

        if (is_letter(text_next(text))) {
            text_add_bytes(&into, at, (size_t)(*text - at));
        } else if (into.length > 0) {
            return;
        }
    }
}

/* Words that say nothing about what is wanted. */
static bool
is_filler(const char *word)
{
    static const char *const fillers[] = {
        "a",   "aan",  "an",    "at",   "bij", "de",   "den",  "die", "een",
        "en",  "for",  "graag", "het",  "how", "i",    "ik",   "in",  "is",
        "mij", "mijn", "my",    "naar", "of",  "om",   "on",   "op",  "te",
        "the", "to",   "u",     "uw",   "van", "voor", "want", "wil", "with",
    };

    for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++) {
        if (text_equal(word, fillers[i])) {
            return true;
        }
    }
    return false;
}

/* The words to look for; fillers are left out when there is anything else. */
static void
query_init(struct query *query, const char *words)
{
    char folded[QUERY_WORDS_MAX * WORD_BYTES], word[WORD_BYTES];
    const char *at = folded;

    query->count = 0;
    text_fold(folded, sizeof(folded), words);
    for (next_word(&at, word); word[0] != '\0'; next_word(&at, word)) {
        if (query->count > 0 && is_filler(query->words[query->count - 1])) {
            query->count--;
        }
        if (query->count == QUERY_WORDS_MAX) {
            break;
        }
        memcpy(query->words[query->count++], word, sizeof(word));
    }
    if (query->count > 1 && is_filler(query->words[query->count - 1])) {
        query->count--;
    }
    memory_wipe(folded, sizeof(folded));
    memory_wipe(word, sizeof(word));
}

/* --- how well a word fits ----------------------------------------------------------
 */

enum fit { FIT_NONE, FIT_EDIT, FIT_INSIDE, FIT_BEGINNING, FIT_WHOLE };

/* One letter more, less, other, or two neighbours swapped. Bytes: words are folded. */
static bool
is_one_edit(const char *a, const char *b)
{
    size_t a_length = strlen(a), b_length = strlen(b);

    if (a_length > b_length) {
        return is_one_edit(b, a);
    }
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    if (*b == '\0') {
        return true; /* the same */
    }
    if (a_length == b_length) {
        return text_equal(a + 1, b + 1) || (a[0] == b[1] && a[1] == b[0] &&
                                            a[1] != '\0' && text_equal(a + 2, b + 2));
    }
    return b_length - a_length == 1 && text_equal(a, b + 1);
}

static enum fit
word_fit(const char *wanted, const char *word)
{
    size_t length = strlen(wanted);

    if (text_starts_with(word, wanted)) {
        return word[length] == '\0' ? FIT_WHOLE : FIT_BEGINNING;
    }
    if (length >= INSIDE_LETTERS_MIN && strstr(word, wanted) != NULL) {
        return FIT_INSIDE;
    }
    if (length >= EDIT_LETTERS_MIN && is_one_edit(wanted, word)) {
        return FIT_EDIT;
    }
    return FIT_NONE;
}

/*
 * A fit weighs most; then the language that was asked for; then a name over a
 * search word. The sum over the words of a query ranks what was found.
 */
enum { WEIGHT_FIT = 100, WEIGHT_LANGUAGE = 10, WEIGHT_NAME = 2, WEIGHT_SEARCH = 1 };

struct score {
    int best[QUERY_WORDS_MAX]; /* 0: the word does not occur */
};

static void
score_text(struct score *score, const struct query *query, const char *text, int weight)
{
    char folded[FOLDED_BYTES], word[WORD_BYTES];
    const char *at = folded;

    text_fold(folded, sizeof(folded), text);
    for (next_word(&at, word); word[0] != '\0'; next_word(&at, word)) {
        for (size_t i = 0; i < query->count; i++) {
            enum fit fit = word_fit(query->words[i], word);
            int value = fit != FIT_NONE ? (int)fit * WEIGHT_FIT + weight : 0;

            if (value > score->best[i]) {
                score->best[i] = value;
            }
        }
    }
}

/* The language asked for, and Dutch. */
static void
score_words(struct score *score, const struct query *query, const struct words *words,
            enum language language)
{
    if (words->in[language] != NULL) {
        score_text(score, query, words->in[language], WEIGHT_LANGUAGE + WEIGHT_NAME);
    }
    if (language != LANGUAGE_NL && words->in[LANGUAGE_NL] != NULL) {
        score_text(score, query, words->in[LANGUAGE_NL], WEIGHT_NAME);
    }
}

static void
score_search(struct score *score, const struct query *query,
             const struct search_words *search, enum language language)
{
    for (size_t i = 0; i < search->in[language].count; i++) {
        score_text(score, query, search->in[language].words[i],
                   WEIGHT_LANGUAGE + WEIGHT_SEARCH);
    }
    for (size_t i = 0; language != LANGUAGE_NL && i < search->in[LANGUAGE_NL].count;
         i++) {
        score_text(score, query, search->in[LANGUAGE_NL].words[i], WEIGHT_SEARCH);
    }
}

/* --- ranking
 * --------------------------------------------------------------------------- */

struct entry {
    struct search_result result;
    size_t words; /* of the query that occur */
    int points;
    size_t name_bytes; /* the shorter name says less that was not asked for */
    size_t order;      /* in the catalogue: the last word in a tie */
};

static void
entry_add(struct entry *entries, size_t *count, const struct query *query,
          const struct score *score, struct entry entry)
{
    entry.order = *count;

    for (size_t i = 0; i < query->count; i++) {
        entry.words += score->best[i] > 0;
        entry.points += score->best[i];
    }
    if (entry.words > 0 && *count < ENTRIES_MAX) {
        entries[(*count)++] = entry;
    }
}

static int
compare_entries(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;

    if (left->words != right->words) {
        return left->words > right->words ? -1 : 1;
    }
    if (left->points != right->points) {
        return left->points > right->points ? -1 : 1;
    }
    if (left->name_bytes != right->name_bytes) {
        return left->name_bytes < right->name_bytes ? -1 : 1;
    }
    return left->order < right->order ? -1 : left->order > right->order;
}

static size_t
find_entries(const struct catalogue *catalogue, const struct query *query,
             enum language language, struct entry *entries)
{
    size_t count = 0;

    for (size_t i = 0; i < catalogue->product_count; i++) {
        const struct product *product = &catalogue->products[i];
        struct score score = {0};

        score_words(&score, query, &product->name, language);
        score_words(&score, query, &product->short_name, language);
        score_search(&score, query, &product->search, language);
        score_text(&score, query, product->upl_name, 0);
        entry_add(entries, &count, query, &score,
                  (struct entry){
                      .result.product = product,
                      .name_bytes = strlen(words_in(&product->name, language, NULL)),
                  });
    }
    for (size_t i = 0; i < catalogue->partner_count; i++) {
        const struct partner *partner = &catalogue->partners[i];
        struct score score = {0};

        score_words(&score, query, &partner->name, language);
        score_search(&score, query, &partner->search, language);
        entry_add(entries, &count, query, &score,
                  (struct entry){
                      .result.partner = partner,
                      .name_bytes = strlen(words_in(&partner->name, language, NULL)),
                  });
    }
    return count;
}

size_t
search_find(const struct catalogue *catalogue, const char *words,
            enum language language, struct search_result *results, size_t max)
{
    struct entry entries[ENTRIES_MAX];
    struct query query;
    size_t count, found = 0;

    query_init(&query, words);
    count = find_entries(catalogue, &query, language, entries);
    qsort(entries, count, sizeof(*entries), compare_entries);
    /* Something that has all the words makes the rest noise. */
    while (found < count && found < max && entries[found].words == entries[0].words) {
        results[found] = entries[found].result;
        found++;
    }
    memory_wipe(&query, sizeof(query));
    memory_wipe(entries, count * sizeof(*entries));
    return found;
}

/* --- where it was found ------------------------------------------------------------
 */

/* A text folded letter by letter: each byte knows the letter that it came from. */
struct folding {
    char bytes[FOLDED_BYTES];
    unsigned short from[FOLDED_BYTES];
    size_t length;
};

static void
fold_by_letter(struct folding *folding, const char *text)
{
    const char *at = text;

    folding->length = 0;
    while (*at != '\0') {
        const char *start = at;
        char letter[8], folded[8];

        text_next(&at);
        memcpy(letter, start, (size_t)(at - start));
        letter[at - start] = '\0';
        text_fold(folded, sizeof(folded), letter);
        for (const char *byte = folded;
             *byte != '\0' && folding->length < sizeof(folding->bytes) - 1; byte++)
        {
            folding->from[folding->length] = (unsigned short)(start - text);
            folding->bytes[folding->length++] = *byte;
        }
    }
    folding->from[folding->length] = (unsigned short)(at - text);
    folding->bytes[folding->length] = '\0';
}

/* Arabic: a letter looks as its neighbours need it. */
static bool
is_joining(const char *letter)
{
    uint32_t character = text_next(&letter);

    return character >= 0x600u && character <= 0x8FFu;
}

/* Marks the bytes of each word that begins as a word of the query, or holds a long one;
 * of a script that joins its letters the whole word. */
static void
mark_word(const struct folding *folding, size_t start, size_t end, const char *wanted,
          bool joined, bool marked[FOLDED_BYTES])
{
    size_t length = strlen(wanted);

    for (size_t at = start; at + length <= end; at++) {
        size_t from = folding->from[at], to;

        if ((at > start && length < INSIDE_LETTERS_MIN) ||
            memcmp(folding->bytes + at, wanted, length) != 0)
        {
            continue;
        }
        to = at + length;
        while (to < end && folding->from[to] == folding->from[to - 1]) {
            to++; /* to the end of its letter */
        }
        from = joined ? folding->from[start] : from;
        memset(marked + from, true, folding->from[joined ? end : to] - from);
    }
}

static size_t
spans_of(const bool marked[FOLDED_BYTES], struct text_span *spans, size_t max)
{
    size_t count = 0;

    for (size_t i = 0; i < FOLDED_BYTES; i++) {
        if (!marked[i]) {
            continue;
        }
        if (i == 0 || !marked[i - 1]) {
            if (count == max) {
                break;
            }
            spans[count++] = (struct text_span){(unsigned short)i, 0};
        }
        spans[count - 1].length++;
    }
    return count;
}

size_t
search_marks(const char *words, const char *text, enum language language,
             struct text_span *spans, size_t max)
{
    bool marked[FOLDED_BYTES] = {false};
    struct folding folding;
    struct query query;
    size_t start = 0, count;

    if (strlen(text) >= FOLDED_BYTES) {
        return 0;
    }
    query_init(&query, words);
    fold_by_letter(&folding, text);
    while (start < folding.length) {
        const char *at = folding.bytes + start, *next = at;
        size_t end = start;
        bool joined;

        while (*at != '\0' && is_letter(text_next(&next))) {
            at = next;
            end = (size_t)(at - folding.bytes);
        }
        joined = is_joining(folding.bytes + start);
        for (size_t i = 0; i < query.count && end > start; i++) {
            if (joined || !language_is_right_to_left(language)) {
                mark_word(&folding, start, end, query.words[i], joined, marked);
            }
        }
        start = (size_t)(next - folding.bytes);
    }
    count = spans_of(marked, spans, max);
    memory_wipe(&query, sizeof(query));
    memory_wipe(&folding, sizeof(folding));
    memory_wipe(marked, sizeof(marked));
    return count;
}
