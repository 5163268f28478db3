#pragma once

#include "base/wording.h"
#include "device/speaker.h"
#include "ui/page.h"
#include "ui/speech.h"
#include "visit/voice_words.h"

/*
 * Says what the presenter shows, while the citizen wants it (page->adjustment.speech):
 * a page that comes, the element that the keys reach, and what changes under them.
 * Whatever the citizen does ends what is being said. Nothing private is said aloud.
 */

struct voice {
    struct speaker
        *speaker;    /* NULL: this kiosk has none, and nothing here does a thing */
    bool headphones; /* are in */
    char told[PAGE_ID_BYTES]; /* the element that was told of last, as having the focus
                               */
};

/* What is shown now, and before: the same page twice is no news. */
struct shown {
    struct tongue tongue, dutch;      /* of `page`; and Dutch */
    const struct page *before, *page; /* before: NULL at the first */
    const struct element *focused;    /* of `page`; NULL for none */
};

void voice_show(struct voice *voice, const struct shown *shown);
/* All of it once more. */
void voice_repeat(struct voice *voice, const struct shown *shown);
/* How somebody who does not see the screen would start the speech. */
void voice_invite(struct voice *voice, const struct shown *shown);
void voice_hush(struct voice *voice);
bool voice_is_speaking(const struct voice *voice);
/* The visit is over: says so to who listened, and keeps nothing of what was said. */
void voice_forget(struct voice *voice, struct tongue tongue, bool listened);
