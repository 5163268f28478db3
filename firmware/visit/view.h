#pragma once

#include "base/wording.h"
#include "visit/flow.h"

/*
 * What a screen gets and gives. It describes from a view, and when something is
 * pressed changes the session and answers what should happen: flow.c does it. A screen
 * knows no pixels, no sides, no Dutch, and does no I/O.
 */

struct view {
    const struct flow_parts *parts;
    const struct session *session;
    struct tongue tongue;
    struct moment moment;
    int64_t offline_since; /* the first time that nobody was reached; 0: all is well */
    bool fields_usual;     /* whether the maker asked for contact data lately */
};

enum verb {
    VERB_NONE,
    /* of the flow itself */
    VERB_BEGIN,
    VERB_BACK, /* BACK_TO_PAGE: not to the part before this one */
    VERB_LANGUAGES,
    VERB_LANGUAGE, /* enum language */
    VERB_HELP,
    VERB_BLANK,      /* somebody is looking */
    VERB_SHOW_AGAIN, /* not any more */
    VERB_ADJUST,     /* from here: how the screen and the voice are set */
    VERB_TEXT_SIZE,  /* enum text_size */
    VERB_CONTRAST,   /* these three: 1 on, 0 as usual */
    VERB_REACH,
    VERB_SPEECH,
    VERB_LARGER, /* yes, everything */
    VERB_VOLUME, /* so many steps up or down */
    VERB_RATE,   /* to here */
    VERB_PERSON,
    VERB_CALL_BACK,
    VERB_CHAT,     /* or the telephone, by the citizen's own */
    VERB_SLIP,     /* for whoever helps next */
    VERB_PLACES,   /* where the municipality can be found */
    VERB_NO_HELP,  /* who was called need not come */
    VERB_CONTINUE, /* closes what lies over the page */
    VERB_STOP,
    VERB_RETRY, /* what failed, once more */
    VERB_PART,  /* of a page that does not fit at once, from 0 */
    VERB_OVERLAY_PART,
    /* of the screens */
    VERB_CHOOSE,  /* index */
    VERB_SUCCESS, /* enum usage_success */
    VERB_NEXT,    /* the primary action */
    VERB_OTHER,   /* the way beside it */
    VERB_PLACE,   /* index */
    VERB_MONTH,   /* so many days on, or back; a week has DAYS_A_WEEK */
    VERB_ORDER,
    VERB_CHANGE, /* enum screen_id */
    VERB_FIELD,  /* index */
    VERB_KEY,    /* a character */
    VERB_ERASE,
    VERB_CLEAR, /* all that was typed */
    VERB_KEYS,  /* which keys are shown */
    VERB_MORE_KEYS,
    VERB_SHIFT,
    VERB_PRINT,
    VERB_SEARCH,
    VERB_APPOINTMENT, /* what was made before */
    VERB_CODE,        /* it is typed instead of scanned */
    VERB_MOVE,
    VERB_BRING,
    VERB_CANCEL,
    VERB_CANCEL_SURE,
    VERB_SCANNED, /* yes, show what was scanned */
};

#define BACK_TO_PAGE 1
#define DAYS_A_WEEK 6 /* there are counters from Monday to Saturday */

/* Slow work that has to be answered before the screen moves on. */
enum request {
    REQUEST_NONE,
    REQUEST_LOCATIONS,
    REQUEST_FIELDS,
    REQUEST_DAYS,
    REQUEST_TIMES,
    REQUEST_HOLD,
    REQUEST_BOOK,
    REQUEST_EXPECT, /* how long one would wait with a number */
    REQUEST_NUMBER, /* for who comes without an appointment */
    REQUEST_PRINT,
    REQUEST_PRINTER, /* how it is */
    /* of an appointment that was made before */
    REQUEST_FIND,
    REQUEST_CHECK_IN,
    REQUEST_MOVE,
    REQUEST_CANCEL,
    REQUEST_UNPRINTED, /* nobody waits for it */
    /* of people who are not there */
    REQUEST_CALL_BACK,
    REQUEST_HELP,
    REQUEST_SLIP,
    REQUEST_COUNT
};

enum move {
    MOVE_STAY,
    MOVE_TO,      /* one screen further */
    MOVE_BACK,    /* one back */
    MOVE_BACK_TO, /* back to that screen, or to it anew */
    MOVE_INSTEAD, /* the screen takes the place of this one */
    MOVE_DONE,    /* what was to be done is done: asks how it went, or ends */
    MOVE_END,     /* the visit is over, and went well */
};

struct outcome {
    enum move move;
    enum screen_id screen;
    enum request request; /* first this; the move is made when it went well */
    bool started;         /* a channel was chosen */
};

static inline struct outcome
stay(void)
{
    return (struct outcome){.move = MOVE_STAY};
}

static inline struct outcome
go_to(enum screen_id screen)
{
    return (struct outcome){.move = MOVE_TO, .screen = screen};
}

#define SCREEN_FUNCTIONS(NAME, name, text)                                             \
    void name##_describe(const struct view *view, struct page *page);                  \
    struct outcome name##_act(const struct view *view, struct session *session,        \
                              struct action action);
SCREENS(SCREEN_FUNCTIONS)
#undef SCREEN_FUNCTIONS

/* --- texts ---------------------------------------------------------------------- */

const char *tr(const struct view *view, const char *message);
/* The catalogue's text, with its mark when it is only there in Dutch. */
const char *
view_words(const struct view *view, struct page *page, const struct words *words);
/* A text of somebody else's that is Dutch: with the mark, on another page than Dutch.
 */
const char *view_dutch(const struct view *view, struct page *page, const char *text);
/* Says so on a page of which much is Dutch for want of its own language. */
void view_say_dutch(const struct view *view, struct page *page);
/* Of a place or a municipality: a name needs no mark. */
const char *view_name(const struct view *view, const struct words *words);
/* As the page says it to whoever stands near: neutral when it is sensitive. */
const char *
view_product(const struct view *view, struct page *page, const struct product *product);
/* "3 mensen", kept in the page */
const char *view_count(const struct view *view, struct page *page, const char *one,
                       const char *many, int count);
struct date view_today(const struct view *view);
struct civil view_civil(const struct view *view, int64_t instant);

/* --- parts of a page ---------------------------------------------------------------
 */

/* Name, place, clock: of every page. */
void view_header(const struct view *view, struct page *page);
/* The five at the bottom: of every page but attract and notices. */
void view_dock(const struct view *view, struct page *page);

struct element *view_title(struct page *page, const char *title, const char *subtitle);
struct element *view_message(struct page *page, const char *id, const char *icon,
                             const char *label, const char *detail);
struct element *view_button(struct page *page, const char *id, const char *label,
                            const char *icon, enum verb verb);
/* A way to go on: what, and a line about it, of which the page keeps a copy. */
struct element *
view_row(struct page *page, enum slot slot, const char *id, const char *icon,
         const char *label, const char *detail, struct action action);
/* The one in the colour, with its arrow behind. */
struct element *
view_primary(struct page *page, const char *id, const char *label, enum verb verb);

/* What the buttons say that turn to other parts of a page; flow asks for it before the
 * screen does, which may say better what there is more of: page->paging.more. */
void view_paging(const struct view *view, struct page *page);

enum step {
    STEP_CHOOSE,
    STEP_CHANNEL,
    STEP_PERSONS,
    STEP_PLACE_AND_DAY,
    STEP_TIME,
    STEP_CONTACT,
    STEP_CONFIRM,
    STEP_PHONE,
};

void view_progress(const struct view *view, struct page *page, enum step step);
int view_step_count(const struct view *view);

/* What to bring: a heading and checks under `card`, by the answers. */
size_t view_bring(const struct view *view, struct page *page,
                  const struct element *card, bool short_texts);
/* The card of the appointment at hand, in the slot. */
void view_appointment(const struct view *view, struct page *page, enum slot slot);
/* Is there a code on the ticket, to read or to scan? Not every system gives one. */
bool view_has_code(const struct view *view);
/* The way to a free time goes for an appointment that was made before. */
bool view_is_moving(const struct view *view);
/* The cost by a channel, false when unknown. Times the people who come. */
bool view_cost(const struct view *view, enum channel channel, int *cents);
/* Where the product can be done: the locations that both the catalogue and the
 * appointment system know, in order of the screen. `list` holds indices. */
size_t view_locations(const struct view *view,
                      const struct location *list[SESSION_LOCATIONS_MAX]);
/* The first free start there, TIME_NONE when unknown. */
int64_t view_earliest(const struct view *view, const struct location *location);
/* Does somebody come when staff are called, now? */
bool view_calls_staff(const struct view *view);
/* A product's channel that can be had here and now. */
bool view_offers(const struct view *view, const struct product_channel *channel);
