#pragma once

#include <stdint.h>

#include "base/loop.h"
#include "device/display.h"
#include "device/speaker.h"
#include "ui/canvas.h"
#include "ui/layout.h"
#include "ui/page.h"
#include "ui/paint.h"
#include "visit/flow.h"

/*
 * Between the flow and the glass: shows the page that the flow describes, repainting
 * only what differs, and turns fingers and keys into the flow's inputs.
 *
 * A press shows at once, and counts when the finger is lifted inside the pressed target
 * or 6 mm around it, within 3 seconds, while that element still means the same. A hand
 * may tremble; a finger that leaves has changed its mind; a second finger is ignored
 * (visit/finger.h). A touch that hits nothing shows for a moment where it was. The
 * keys' focus shows only while keys are used. After a visit nothing of it stays here.
 *
 * After half an hour without a visit the welcome page is dimmed; the first touch or key
 * then only wakes it.
 *
 * What is shown is also said, once the key that repeats was used or headphones came in
 * (visit/voice.h). Keys reach and do everything. While somebody is spoken to, the visit
 * does not end.
 *
 * Nothing is allocated after creation, and nothing wakes up but for the next thing that
 * is due: one timer for the flow's clock, the lit window of the welcome page, the end
 * of a shown miss, and dimming. Nothing moves: what is shown appears and vanishes.
 */

struct presenter;

struct presenter_parts {
    /* NULL: whoever turns the clock calls presenter_tick() when it is due. */
    struct loop *loop;
    struct moment (*now)(void *data);
    void *now_data;
    struct flow *flow;
    struct fonts *fonts;
    struct painter *painter;
    struct display *display;
    struct speaker *speaker; /* NULL: nothing is said */
    bool headphones;         /* are in when it begins */
    enum display_class display_class;
    struct panel panel;
};

/* Everything in `parts` outlives it. Shows the first page. */
struct presenter *presenter_create(const struct presenter_parts *parts);
void presenter_destroy(struct presenter *presenter); /* NULL is fine */

void presenter_pointer(struct presenter *presenter, const struct pointer *pointer);
void presenter_key(struct presenter *presenter, enum key key);
/* Plugged in they begin the speech, and the visit too; pulled out they end it. */
void presenter_headphones(struct presenter *presenter, bool in);
/* Letters of a real keyboard; "\b" takes one back and "\n" is its enter. */
void presenter_text(struct presenter *presenter, const char *text);
void presenter_scan(struct presenter *presenter, const char *text);

/* The page may look different: flow_parts.changed. */
void presenter_refresh(struct presenter *presenter);

/* When presenter_tick() is next due, on the steady clock; INT64_MAX: never. */
int64_t presenter_next_ms(const struct presenter *presenter);
void presenter_tick(struct presenter *presenter);

/*
 * NULL while what was due is on the glass, else what is wrong, for a watchdog: a tick
 * is half a minute late, or one press has been worked on for five minutes.
 */
const char *presenter_trouble(const struct presenter *presenter);

/* What is on the glass now; good until the next call that may change it. */
const struct page *presenter_page(const struct presenter *presenter);
const struct layout *presenter_layout(const struct presenter *presenter);
const struct canvas *presenter_canvas(const struct presenter *presenter);
/* The index of the element that has the keys' focus, or shows as pressed; else -1. */
int presenter_focused(const struct presenter *presenter);
int presenter_pressed(const struct presenter *presenter);
