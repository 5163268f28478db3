#pragma once

#include "visit/presenter.h"

#include "finger.h"
#include "lights.h"
#include "voice.h"

/* What presenter.c (showing, fingers) and presenter_keys.c (keys, focus, speech) share.
 */

/* A page with where its parts are: the one on the glass and the one before it. */
struct glass {
    struct page page;
    struct layout layout;
};

struct presenter {
    struct presenter_parts parts;
    struct canvas *canvas;
    struct glass views[2];
    int shown; /* which of the two; -1 before the first */
    struct finger finger;
    struct action action;        /* of what it went down on, when it did */
    char pressed[PAGE_ID_BYTES]; /* "" for none: under the finger, or being worked on */
    char focused[PAGE_ID_BYTES];
    bool by_keys; /* the last input was a key of the pad */
    bool was_at_rest;
    bool acting; /* inside the flow: it is shown once, afterwards */
    struct lights lights;
    struct voice voice;
    int timer;
    int64_t timer_ms; /* when it rings */
};

/* The one on the glass. */
struct glass *presenter_view(const struct presenter *presenter);
bool presenter_is_busy(const struct presenter *presenter);
/* True when that is all that this touch or key does. */
bool presenter_wakes(struct presenter *presenter);
/* What the citizen did: ends what is being said, and shows what came of it. */
void presenter_act(struct presenter *presenter, const struct input *input);
/* What is on the glass now, after `before`. */
struct shown
presenter_shown(const struct presenter *presenter, const struct page *before);

/* Where the focus goes on a page that is new, or has changed. */
void presenter_check_focus(struct presenter *presenter, const struct page *before,
                           const struct page *page);
