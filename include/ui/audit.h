#pragma once

#include "base/theme.h"
#include "ui/font.h"
#include "ui/layout.h"
#include "ui/page.h"
#include "ui/speech.h"

/*
 * Judges a page that was laid out, as data: can everything on it be read, told apart,
 * touched, reached by keys and spoken? It knows no product and no municipality, and
 * reads nothing but page, layout, letters and colours, so that what it says of a page
 * holds for every machine.
 */

enum audit_rule {
    AUDIT_TEXT_FITS,   /* letters stay on what they stand on, and in their button */
    AUDIT_TEXT_WHOLE,  /* every word of an element is drawn */
    AUDIT_GLYPH,       /* letters and icons that the fonts have */
    AUDIT_ON_SCREEN,   /* nothing leaves the display */
    AUDIT_OVERLAP,     /* nothing lies over something else */
    AUDIT_TARGET_SIZE, /* 20 mm; keys and days of a small panel 12.7 mm (VVSG 2.0) */
    AUDIT_TARGET_GAP,  /* and then 2.5 mm between them */
    AUDIT_CONTRAST,    /* 7:1 text, 3:1 parts, 4.5:1 what is disabled */
    AUDIT_CAP_HEIGHT,  /* largest text: 0.7 degrees, EN 301 549 clause 5.1.4 */
    AUDIT_TEXT_SIZE,   /* the least of the display class */
    AUDIT_REACH,       /* reduced reach: all that is touched is below the line */
    AUDIT_FOCUS,       /* the keys come by everything, in reading order, and round */
    AUDIT_FOCUS_SEEN,  /* what has the focus looks different */
    AUDIT_SPEECH,      /* everything says what it is */
    AUDIT_LANGUAGE,    /* in the page's language, or in Dutch and marked so */
    AUDIT_MIRROR,      /* turned round twice is the same */
    AUDIT_LAID_OUT,    /* nothing of the page is left out */
    AUDIT_RULE_COUNT
};

const char *audit_rule_name(enum audit_rule rule); /* "text-fits" */

struct audit_failure {
    enum audit_rule rule;
    char element[PAGE_ID_BYTES]; /* "" is the page's own: header, progress */
    char figure[160];            /* what was found, and what was needed */
};

typedef void (*audit_found)(void *data, const struct audit_failure *failure);

struct audit;

/* The fonts and themes outlive it. */
struct audit *audit_create(struct fonts *fonts, const struct theme *theme,
                           const struct theme *high_contrast);
void audit_destroy(struct audit *audit); /* NULL is fine */

/*
 * Judges `layout`, which was made of `page` with `options` and nothing pressed or
 * focused. Each rule names an element once. Returns how many failures were found.
 */
int
audit_page(struct audit *audit, const struct page *page, const struct layout *layout,
           const struct layout_options *options, audit_found found, void *data);

/* AUDIT_FOCUS_SEEN, of a page that was laid out with options->focused. */
int audit_focus_seen(struct audit *audit, const struct page *page,
                     const struct layout *layout, const struct layout_options *options,
                     audit_found found, void *data);

#define AUDIT_WORD_BYTES 96

/* What is asked of who knows the texts that a page may be made of. A word is folded
 * (text_fold); names of people and places are words of every language. */
struct audit_words {
    bool (*knows)(void *data, enum language language, const char *word);
    void *data;
    struct speech_words speech[LANGUAGE_COUNT];
};

/* AUDIT_LANGUAGE, of a page that need not be laid out: by all that would be said of it
 * aloud. */
int audit_language(struct audit *audit, const struct page *page,
                   const struct audit_words *words, audit_found found, void *data);

/* Each word of a text, as `knows` is asked for it. */
typedef void (*audit_word_seen)(void *data, const char *word);
void audit_each_word(const char *text, audit_word_seen seen, void *data);
