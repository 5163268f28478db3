#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/language.h"
#include "base/text.h"
#include "ui/adjustment.h"

/*
 * A described page: what a screen means, in reading order, without a pixel.
 *
 * A screen describes it after an event; layout, painting, focus, speech, trace
 * and audit all read the same list and none of them asks the screen anything
 * else. A page is a value with a bounded list and a bounded pool for its texts;
 * describing allocates nothing. Icons are string constants or the catalogue's.
 *
 * In labels, **two stars** mark what is bold. A no-break space keeps words
 * together. Texts come translated; a page knows no Dutch.
 *
 * A text of the catalogue that its municipality wrote in Dutch alone is shown in Dutch
 * on a page of another language, with PAGE_DUTCH_MARK behind it.
 */

#define PAGE_ELEMENTS_MAX 256 /* a day with 160 free times, described in full */
#define PAGE_TEXT_BYTES 32768
#define PAGE_ID_BYTES 32
#define PAGE_NO_PARENT (-1)
#define PAGE_DUTCH_MAX 64
#define PAGE_MARKS_MAX 4
#define PAGE_DUTCH_MARK LANGUAGE_DUTCH_MARK

enum page_shape {
    PAGE_ATTRACT, /* the street, one button */
    PAGE_HOME,    /* greeting, street, tiles */
    PAGE_BLANK,   /* the street in the dark, one button, dock */
    PAGE_WORK,    /* stage with a sign, sheet, dock */
    PAGE_NOTICE,  /* as work, without dock: nothing here can be touched */
};

enum slot {
    SLOT_STAGE,   /* only reading */
    SLOT_SHEET,   /* the choices, top to bottom */
    SLOT_FOOT,    /* the actions, against the bottom of the sheet */
    SLOT_OVERLAY, /* a question over the page; while there is one, only it and the
                     dock can be touched */
    SLOT_DOCK,    /* the same five on every page */
    SLOT_COUNT
};

enum role {
    /* stage */
    ROLE_GREETING,
    ROLE_TITLE, /* also the question of an overlay: icon, label, detail */
    ROLE_SUBTITLE,
    ROLE_STAGE_FACT, /* icon, label */
    /* sheet: choices */
    ROLE_START,     /* the attract button */
    ROLE_LANGUAGES, /* holds ROLE_LANGUAGE */
    ROLE_LANGUAGE,
    ROLE_LANGUAGE_CHOICE, /* label, detail in that language, from its own side */
    ROLE_TILE,            /* icon, label */
    ROLE_ROW,             /* icon, label, detail */
    ROLE_CHANNEL,         /* icon, label, value = tag; holds ROLE_FACT */
    ROLE_LOCATION,        /* icon, label, detail; value = time, extra = day */
    ROLE_PLACE,           /* one of few: label, detail; selected or not */
    ROLE_PLACE_CHANGE,    /* label, detail: the chosen one, where there is no room for
                             all; shown instead of ROLE_PLACE beside a narrow stage */
    ROLE_MONTH,           /* label; holds two ROLE_MONTH_STEP: earlier, later; number =
                             the day of the week with which to begin where a week has no
                             room, and no day is chosen */
    ROLE_MONTH_STEP, /* by as many days as its argument says, six a week: layout_fit()
                        makes it as many as are shown at once */
    ROLE_DAY,  /* label = number, detail = "9 vrij"; number = day of the week, from
                  0 to 5 */
    ROLE_TIME, /* label; icon when there is something to say of it */
    ROLE_COUNT_CHIP, /* label = number, detail */
    ROLE_SEGMENTS,   /* icon, label over them, or neither; holds ROLE_SEGMENT. One for
                        each ROLE_SECTION of times: shown instead of these where not all
                        have room, and turns to the part where its times begin */
    ROLE_SEGMENT,    /* one of two or three; number: 1 or 2 shows larger letters */
    ROLE_OPTION,     /* one of three: label, detail; selected or not */
    ROLE_FACE,       /* icon, label; one of five in a line, selected or not */
    ROLE_RADIO,      /* label; one of few under each other, selected or not */
    ROLE_FIELD,      /* icon, label, value; detail = what is wrong with it; may hold a
                        ROLE_CLEAR */
    ROLE_CLEAR,      /* icon: empties the field */
    ROLE_KEYBOARD,   /* holds ROLE_KEY; number of a key = its row */
    ROLE_KEY_PAD, /* the same for digits: four rows, what does something at their end */
    ROLE_KEY,     /* label or icon; value = what it types */
    ROLE_BUTTON,  /* icon before or (ELEMENT_ICON_AFTER) behind the label; extra = the
                     label that says what the page's message does, where that has no
                     room */
    ROLE_PAGING,  /* label = "1 van 2"; holds the ROLE_BUTTON to the next */
    /* sheet: reading */
    ROLE_FACT,      /* icon, label; child of a channel */
    ROLE_FACT_CARD, /* icon, label, value */
    ROLE_PARTS,     /* of an explanation: holds a ROLE_PART for each */
    ROLE_PART,      /* label; number, from 1: of the cards that it names. layout_fit()
                       tells which is read, and which were */
    ROLE_CARD,      /* holds headings, checks, paragraphs, summaries, or milestones;
                       number > 0: of an explanation, with bullets and messages too, and
                       each such card begins a part of the page */
    ROLE_BULLET,    /* of a list in an explanation */
    ROLE_HEADING,
    ROLE_CHECK,     /* icon, label, detail: one thing to bring */
    ROLE_PARAGRAPH, /* icon, label; after a rule when it is not the first */
    ROLE_SUMMARY,   /* icon, label, value, detail at the end; may hold a ROLE_CHANGE */
    ROLE_CHANGE,
    ROLE_MILESTONE,   /* icon, label, detail; number: 0 done, 1 now, 2 later */
    ROLE_MESSAGE,     /* icon, label (bold first line) and detail, or one of them */
    ROLE_SECTION,     /* a small heading over choices; strong: a question about them */
    ROLE_HEADLINE,    /* a large one: icon or none, label */
    ROLE_WEEKDAYS,    /* holds ROLE_WEEKDAY */
    ROLE_WEEKDAY,     /* over a column of days is its brief, if any: "ma" */
    ROLE_LEGEND,      /* icon, label */
    ROLE_APPOINTMENT, /* label = when, detail = what, value = day, extra = month; holds
                         a ROLE_TICKET_PLACE */
    ROLE_SCAN,      /* label = how to hold the code, detail = the word between phone and
                       ticket */
    ROLE_SUM,       /* number of people, label, detail */
    ROLE_HAND_OVER, /* holds ROLE_QR and ROLE_STEPs */
    ROLE_QR,        /* value = text of the code; spoken says what it is */
    ROLE_STEP,      /* value = its number, label */
    ROLE_TYPED,     /* icon, label, value; extra, detail at the end */
    ROLE_TICKET,    /* holds ROLE_QR, the four below, heading, checks */
    ROLE_TICKET_DAY,
    ROLE_TICKET_TIME,  /* label; detail = "uur", or extra = "godz." before it */
    ROLE_TICKET_PLACE, /* icon, label, detail */
    ROLE_TICKET_CODE,  /* label, value */
    ROLE_NUMBER,       /* to wait with: label = what for, value = "A 042"; holds
                          ROLE_QR (detail = its hint), ROLE_TICKET_PLACE, ROLE_FACT
                          (label, value), ROLE_NOTE */
    ROLE_SLIP,    /* for whoever helps next: label, value = code, detail; holds ROLE_QR
                     and ROLE_SUMMARY (icon, label, value) */
    ROLE_OPENING, /* icon, label, value = when, detail */
    ROLE_NEARBY,  /* icon, label, value = name, detail = address; holds ROLE_FACT and a
                     ROLE_ROUTE; strong: all there is to do is to go there */
    ROLE_ROUTE,   /* label = here, value = how far, detail = there, icon */
    ROLE_CALL,    /* icon, label, value = number, detail = hours; may hold a ROLE_QR,
                     whose label stands under it */
    ROLE_SERVICE, /* for who mends it, at the foot: label, and value at the end */
    ROLE_COUNTDOWN, /* number of seconds left of 30, detail = "seconden" */
    ROLE_NOTE,      /* a line of reading: icon, label */
    /* dock */
    ROLE_DOCK, /* icon, label */
    ROLE_ROLE_COUNT
};

enum element_flag {                       /* bits */
                    ELEMENT_TOUCH = 1,    /* can be pressed: page_add_action sets it */
                    ELEMENT_PRIMARY = 2,  /* the one action of the page */
                    ELEMENT_SELECTED = 4, /* is the chosen one */
                    ELEMENT_DISABLED =
                        8, /* stays readable, says why, can't be pressed */
                    ELEMENT_RECOMMENDED = 16,
                    ELEMENT_DANGER = 32,
                    ELEMENT_ERROR = 64,
                    ELEMENT_ICON_AFTER = 128,
                    ELEMENT_SOFT = 256,      /* a card in the soft colour */
                    ELEMENT_ACCENT = 512,    /* help in the dock */
                    ELEMENT_WIDE = 1024,     /* space bar */
                    ELEMENT_FUNCTION = 2048, /* a key that does not type */
                    ELEMENT_STRONG = 4096,   /* a fact, a section in bold */
                    ELEMENT_TITLED = 8192,   /* a field that the page's title asks for:
                                                what   it is called is only said */
                    /* what it holds is said to who wears headphones only */
                    ELEMENT_PRIVATE = 16384,
};

/* As traces write it: "fact-card". */
const char *role_name(enum role role);

/* What pressing means; screens and flow give the numbers their sense. */
struct action {
    int verb;     /* > 0 */
    int argument; /* index, minutes, … */
};

struct element {
    enum role role;
    enum slot slot;
    int parent; /* index of what holds it, PAGE_NO_PARENT for none */
    char id[PAGE_ID_BYTES];
    const char *label, *detail, *value, *extra; /* in the page's pool, "" for none */
    const char *brief;  /* of a dock cell, a month, a day of the week, a field, a
                           fact on the stage, a legend, what a blank page means, and a
                           title of places that are not shown: the label where it has
                           no room; NULL: none */
    const char *spoken; /* NULL: label, value and detail are read */
    const char *icon;   /* NULL for none */
    struct text_span marks[PAGE_MARKS_MAX]; /* of the label, in order: what was looked
                                               for */
    unsigned flags;
    int number;
    struct action action;
};

/*
 * What is said of a page that is cut into parts (ui/fit.h), in its own language. `verb`
 * is of the buttons that turn to another part, `overlay_verb` of those on an overlay;
 * their argument is the part, from 0.
 */
struct paging_words {
    const char *place; /* a template: "{1} van {2}" */
    const char *more;  /* to the rest of a list */
    const char *overlay_more;
    const char *back;     /* from its end to its beginning */
    const char *next;     /* on with what is read */
    const char *previous; /* back to what was read before */
    int verb, overlay_verb;
};

struct page {
    enum page_shape shape;
    char screen[24]; /* "channel": for traces, counts and pictures */
    enum language language;
    /* Texts of the catalogue that are shown in Dutch, with their mark: where they begin
     * in the pool. A sentence may be made round one. */
    unsigned short dutch[PAGE_DUTCH_MAX];
    size_t dutch_count;
    struct adjustment adjustment; /* as the citizen set it */

    /* Who and where, in the header of every page. */
    const char *name_lines[2], *place, *clock;
    const char *sign;     /* icon in the disc on the stage, NULL for none */
    int step, step_count; /* progress, 0 of 0 for none */
    const char *step_name;
    const char *step_text; /* "Stap 1 van 5:" */

    /* Which part is shown of what does not fit at once, from 0; layout_fit() brings it
     * within the count, which is 1 for what fits. */
    int part, part_count, overlay_part, overlay_part_count;
    struct paging_words paging;
    /* Of which no more stand side by side, since the whole page has one that needs the
     * width; 0: as many as are drawn. layout_fit() writes it. */
    unsigned char columns[ROLE_ROLE_COUNT];

    struct element elements[PAGE_ELEMENTS_MAX];
    size_t count;
    char pool[PAGE_TEXT_BYTES];
    size_t pool_length;
};

void page_begin(struct page *page, enum page_shape shape, const char *screen,
                enum language language);

/* Keeps a copy of the text for as long as the page; "" for NULL. */
const char *page_text(struct page *page, const char *text);
const char *page_format(struct page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Adds an element to read. Ids are unique on a page (assert), stable, English,
 * a-z 0-9 and -. Full page or pool: assert, since bounds are by design. The
 * pointer is good until the next page_begin; its texts must be kept by page_text.
 */
struct element *page_add(struct page *page, enum slot slot, enum role role,
                         const char *id, const char *label);
/* Adds one that can be pressed. */
struct element *
page_add_action(struct page *page, enum slot slot, enum role role, const char *id,
                const char *label, struct action action);
/* Puts `child` under `parent`: it follows it in the list. */
void
page_put_under(struct page *page, struct element *child, const struct element *parent);

/* Leaves only the elements that are to be kept, in their order; what is under one that
 * goes must go too (assert). */
void page_keep(struct page *page, const bool keep[PAGE_ELEMENTS_MAX]);
/* Puts an element before the one at `before`, which is not after it; nothing between
 * them is what it is under. */
void page_move(struct page *page, size_t from, size_t before);

/* NULL when there is none of that id. */
const struct element *page_find(const struct page *page, const char *id);
/* How many of its elements are of that role. */
int page_count_of(const struct page *page, enum role role);
bool page_has_overlay(const struct page *page);
/* True when it can be pressed now: not disabled, and not under an overlay. */
bool page_can_press(const struct page *page, const struct element *element);

/* Where the keys go: the next (or previous) element that can be pressed, in reading
 * order, round and round. `from` may be NULL. */
const struct element *
page_next_focus(const struct page *page, const struct element *from, int direction);

/* The same by rows of a keyboard, to the first key of the next one. */
const struct element *
page_next_row(const struct page *page, const struct element *from, int direction);

/* A text that is there in Dutch only, kept with its mark. */
const char *page_dutch(struct page *page, const char *text);
/* Where in `text` the Dutch begins whose mark stands at `mark`. */
const char *
page_dutch_start(const struct page *page, const char *text, const char *mark);
/* Some of it is Dutch on a page of another language: that is said in Dutch, without its
 * mark. */
bool page_is_dutch(const struct element *element);
/* What is said when the element has focus; never empty. Into `target`. */
void page_speak(const struct element *element, char *target, size_t size);

/* The page as text, a line an element, for traces and journeys; ends in NUL. */
void page_trace(const struct page *page, char *target, size_t size);

/* True for a field that is typed in from now on, and was not on the page before. */
bool page_is_field_begun(const struct page *before, const struct element *element);

/* Copies a page with its pool; pointers point into the copy. */
void page_copy(struct page *target, const struct page *source);
/* Forgets all of it. */
void page_wipe(struct page *page);
