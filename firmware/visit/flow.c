#include "visit/flow.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#include "adjust.h"
#include "blank.h"
#include "count.h"
#include "flow_parts.h"
#include "hesitation.h"
#include "navigation.h"
#include "overlays.h"

#define WARN_AFTER_MS 60000              /* without a sign of life */
#define FEEDBACK_MS 30000                /* then it ends without a word */
#define WARN_WAITING_MS (10 * 60 * 1000) /* whoever waits for help stands still */
#define COUNTDOWN_MS 30000 /* more than the 20 s that EN 301 549 asks for */
#define PATIENCE_MS 1000   /* then waiting needs a word */
#define SETTLE_EVERY_MS 60000
#define RENEW_EVERY_MS 300000 /* the lease; as often as the journal while it fails */
#define CLOCK_MS 60000

struct screen {
    const char *name;
    void (*describe)(const struct view *view, struct page *page);
    struct outcome (*act)(const struct view *view, struct session *session,
                          struct action action);
};

static const struct screen screens[SCREEN_COUNT] = {
#define SCREEN_ROW(NAME, name, text)                                                   \
    [SCREEN_##NAME] = {text, name##_describe, name##_act},
    SCREENS(SCREEN_ROW)
#undef SCREEN_ROW
};

const char *
screen_name(enum screen_id screen)
{
    return screens[screen].name;
}

static enum page_shape
shape_of(enum screen_id screen)
{
    return screen == SCREEN_ATTRACT        ? PAGE_ATTRACT
           : screen == SCREEN_HOME         ? PAGE_HOME
           : screen == SCREEN_OUT_OF_ORDER ? PAGE_NOTICE
                                           : PAGE_WORK;
}

/* --- making and ending ------------------------------------------------------------ */

struct flow *
flow_create(const struct flow_parts *parts, struct moment moment)
{
    struct flow *flow = memory_allocate(1, sizeof(*flow));

    flow->parts = *parts;
    flow->visit = 1;
    flow->moment = moment;
    flow->settled_ms = flow->renewed_ms = moment.now_ms;
    flow->fields_usual = true;
    flow->upstream = upstream_create(&flow->parts, flow_take_answer, flow, moment.now);
    return flow;
}

void
flow_destroy(struct flow *flow)
{
    if (flow == NULL) {
        return;
    }
    upstream_destroy(flow->upstream);
    memory_wipe(flow, sizeof(*flow));
    free(flow);
}

struct view
flow_view(const struct flow *flow)
{
    enum language language = flow->session.language;

    return (struct view){
        .parts = &flow->parts,
        .session = &flow->session,
        .tongue = {language, flow->parts.translations[language]},
        .moment = flow->moment,
        .offline_since = flow->offline_since,
        .fields_usual = flow->fields_usual,
    };
}

void
flow_changed(struct flow *flow)
{
    if (flow->parts.changed != NULL) {
        flow->parts.changed(flow->parts.data);
    }
}

static void
begin(struct flow *flow)
{
    struct session *session = &flow->session;

    session->under_way = true;
    session->begun_ms = session->hesitation.progress_ms = flow->moment.now_ms;
    session->language = flow->parts.catalogue->languages[0];
    count_visit_begun(&flow->parts, flow->moment.now);
    navigation_push(session, SCREEN_HOME);
}

/* --- what is pressed ----------------------------------------------------------------
 */

static void
perform(struct flow *flow, struct action action)
{
    struct session *session = &flow->session;
    struct view view;

    if (action.verb <= VERB_NONE || !blank_lets(session, action) ||
        flow_perform(flow, action))
    {
        return;
    }
    session->overlay = OVERLAY_NONE;
    view = flow_view(flow);
    flow_apply(flow,
               screens[navigation_top(session)->screen].act(&view, session, action));
}

/* The page's one action, by a real keyboard's enter. */
static void
press_primary(struct flow *flow)
{
    struct page *page = memory_allocate(1, sizeof(*page));
    struct action action = {.verb = VERB_NONE};

    flow_describe(flow, page, flow->moment);
    for (size_t i = 0; i < page->count; i++) {
        if ((page->elements[i].flags & ELEMENT_PRIMARY) != 0 &&
            page_can_press(page, &page->elements[i]))
        {
            action = page->elements[i].action;
        }
    }
    page_wipe(page);
    free(page);
    perform(flow, action);
}

static void
type(struct flow *flow, const char *text)
{
    uint32_t character;
    unsigned visit = flow->visit;

    while ((character = text_next(&text)) != 0 && flow->visit == visit) {
        perform(flow, (struct action){VERB_KEY, (int)character});
    }
}

static void
act_in_visit(struct flow *flow, const struct input *input)
{
    switch (input->kind) {
    case INPUT_PRESS:
        flow->session.misses_in_row = 0;
        perform(flow, input->action);
        break;
    case INPUT_BACK:
        perform(flow, (struct action){.verb = VERB_BACK});
        break;
    case INPUT_TYPE:
        type(flow, input->text);
        break;
    case INPUT_ERASE:
        perform(flow, (struct action){.verb = VERB_ERASE});
        break;
    case INPUT_ENTER:
        press_primary(flow);
        break;
    case INPUT_MISS:
        count_miss(&flow->session);
        if (!flow_is_busy(flow)) {
            adjust_miss(&flow->session);
        }
        break;
    case INPUT_LISTEN:
        break;
    case INPUT_FOCUS:
        flow->session.modes |= USAGE_MODE_KEYS;
        break;
    case INPUT_SCAN:
        if (!flow->session.blanked) {
            flow_scan(flow, input->text);
        }
        break;
    }
}

void
flow_act(struct flow *flow, const struct input *input, struct moment moment)
{
    bool warned = flow->warned;
    struct seen seen = flow_seen(flow);

    flow->moment = moment;
    if (flow->parts.catalogue == NULL) {
        return;
    }
    flow->alive_ms = moment.now_ms;
    flow->warned = false;
    if (input->kind == INPUT_SCAN && flow_shown(flow) == SCREEN_FEEDBACK) {
        flow_end(flow, END_DONE); /* whoever comes next does not wait for an answer */
    }
    if (!flow->session.under_way) {
        begin(flow);
        if (input->kind == INPUT_SCAN) {
            act_in_visit(flow, input);
        }
    } else if (!warned || input->kind == INPUT_PRESS) {
        enum screen_id before = flow_shown(flow);
        size_t depth = flow->session.depth;

        flow_hesitates_before(flow, input);
        act_in_visit(flow, input);
        flow_hesitates_after(flow, input, before, depth);
    }
    flow_keep_part(flow, &seen, input);
    flow_keep_weeks(flow);
    flow_changed(flow);
}

/* --- time ------------------------------------------------------------------------ */

static int64_t
warn_after_ms(const struct flow *flow)
{
    return flow->session.blanked                     ? BLANK_MS
           : flow_shown(flow) == SCREEN_STAFF_CALLED ? WARN_WAITING_MS
                                                     : WARN_AFTER_MS;
}

/* Nothing is lost by leaving: who is done need not be asked whether they are there. */
static bool
ends_silently(const struct flow *flow)
{
    return !flow->session.blanked && flow_shown(flow) == SCREEN_FEEDBACK &&
           !flow->session.adjustment.speech;
}

/* A blank page has said so from the start. */
static int64_t
countdown_ms(const struct flow *flow)
{
    return flow->session.blanked ? 0 : COUNTDOWN_MS;
}

/* Slow work is no reason to think that somebody left. */
static bool
is_waiting(const struct flow *flow)
{
    return flow_is_busy(flow) || flow->asked[REQUEST_PRINT];
}

/* What waits for the back office is tried again between visits. */
static void
catch_up(struct flow *flow)
{
    struct upstream *upstream = flow->upstream;
    int64_t now_ms = flow->moment.now_ms;
    int64_t renew_ms = upstream_is_stale(upstream) ? SETTLE_EVERY_MS : RENEW_EVERY_MS;

    if (flow->session.under_way || !upstream_is_idle(upstream)) {
        return;
    }
    if (now_ms - flow->renewed_ms >= renew_ms) {
        flow->renewed_ms = now_ms;
        upstream_renew(upstream);
    }
    if (upstream_has_unsettled(upstream) &&
        now_ms - flow->settled_ms >= SETTLE_EVERY_MS) {
        flow->settled_ms = now_ms;
        upstream_settle_journal(upstream, flow->moment.now);
    }
}

void
flow_tick(struct flow *flow, struct moment moment)
{
    bool visit = flow->session.under_way;

    flow->moment = moment;
    if (visit && is_waiting(flow)) {
        flow->alive_ms = flow->session.hesitation.progress_ms = moment.now_ms;
    } else if (visit && ends_silently(flow)) {
        if (moment.now_ms - flow->alive_ms >= FEEDBACK_MS) {
            flow_end(flow, END_DONE);
        }
    } else if (visit && moment.now_ms - flow->alive_ms >=
                            warn_after_ms(flow) + countdown_ms(flow))
    {
        flow_end(flow, END_TIMED_OUT);
    } else if (visit && moment.now_ms - flow->alive_ms >= warn_after_ms(flow)) {
        flow->warned = true;
        flow_hesitates_no_more(flow);
    }
    if (flow->session.under_way) {
        flow_hesitates_still(flow);
        flow_call_again(flow);
    }
    catch_up(flow);
    flow_changed(flow);
}

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t
flow_next_tick_ms(const struct flow *flow)
{
    int64_t now_ms = flow->moment.now_ms;
    int64_t next = now_ms + CLOCK_MS - (flow->moment.now % 60) * 1000;

    if (!flow->session.under_way) {
        return next;
    }
    if (flow_is_busy(flow) && now_ms - flow->pending.since_ms < PATIENCE_MS) {
        next = earlier(next, flow->pending.since_ms + PATIENCE_MS);
    }
    next = earlier(next, flow_call_again_ms(flow));
    next = earlier(next, flow_hesitates_ms(flow));
    if (ends_silently(flow)) {
        return earlier(next, flow->alive_ms + FEEDBACK_MS);
    }
    if (flow->warned) {
        return earlier(next, now_ms + 1000 - (now_ms - flow->alive_ms) % 1000);
    }
    return earlier(next, flow->alive_ms + warn_after_ms(flow));
}

/* --- showing ---------------------------------------------------------------------- */

static void
describe_overlay(const struct flow *flow, const struct view *view, struct page *page)
{
    int64_t idle_ms = view->moment.now_ms - flow->alive_ms;

    if (flow->warned) {
        int64_t left_ms = warn_after_ms(flow) + COUNTDOWN_MS - idle_ms;

        overlay_still_there(view, page,
                            left_ms > 0 ? (int)((left_ms + 999) / 1000) : 0);
    } else if (flow->session.overlay == OVERLAY_LANGUAGES) {
        overlay_languages(view, page);
    } else if (flow->session.overlay == OVERLAY_HELP) {
        overlay_help(view, page);
    } else if (flow->session.overlay == OVERLAY_ADJUST) {
        overlay_adjust(view, page);
    } else if (flow->session.overlay == OVERLAY_LARGER) {
        overlay_larger(view, page);
    } else if (flow->session.overlay == OVERLAY_CANCEL) {
        overlay_cancel(view, page);
    } else if (flow->session.overlay == OVERLAY_SCANNED) {
        overlay_scanned(view, page);
    } else if (flow_is_busy(flow) &&
               view->moment.now_ms - flow->pending.since_ms >= PATIENCE_MS)
    {
        overlay_patience(view, page);
    }
}

void
flow_describe(const struct flow *flow, struct page *page, struct moment moment)
{
    struct view view = flow_view(flow);
    enum screen_id screen = SCREEN_ATTRACT;

    view.moment = moment;
    if (flow->parts.catalogue == NULL) {
        screen = SCREEN_OUT_OF_ORDER;
    } else if (flow->session.under_way) {
        screen = flow->session.frames[flow->session.depth - 1].screen;
    } else {
        view.tongue.language = flow->parts.catalogue->languages[0];
        view.tongue.translation = flow->parts.translations[view.tongue.language];
    }
    if (flow->session.blanked) {
        page_begin(page, PAGE_BLANK, "blank", view.tongue.language);
    } else {
        page_begin(page, shape_of(screen), screen_name(screen), view.tongue.language);
    }
    page->adjustment = flow->session.adjustment;
    view_paging(&view, page);
    if (flow->parts.catalogue != NULL) {
        view_header(&view, page);
    }
    if (flow->session.blanked) {
        blank_describe(&view, page);
    } else {
        screens[screen].describe(&view, page);
        view_say_dutch(&view, page);
    }
    if (flow->session.under_way) {
        describe_overlay(flow, &view, page);
        view_dock(&view, page);
        page->part = flow->session.frames[flow->session.depth - 1].part;
        page->overlay_part = flow->session.overlay_part;
    }
    if (flow->parts.fit != NULL) {
        flow->parts.fit(flow->parts.data, page);
    }
}

bool
flow_is_busy(const struct flow *flow)
{
    return flow->pending.outcome.request != REQUEST_NONE;
}

int64_t
flow_busy_ms(const struct flow *flow, struct moment moment)
{
    return flow_is_busy(flow) ? moment.now_ms - flow->pending.since_ms : 0;
}

bool
flow_is_at_rest(const struct flow *flow)
{
    return !flow->session.under_way;
}

bool
flow_has_work(const struct flow *flow)
{
    return !upstream_is_idle(flow->upstream);
}

struct tongue
flow_tongue(const struct flow *flow, enum language language)
{
    return (struct tongue){language, flow->parts.translations[language]};
}

const struct session *
flow_session(const struct flow *flow)
{
    return &flow->session;
}

bool
flow_swap_catalogue(struct flow *flow, const struct catalogue *catalogue,
                    const struct location *here)
{
    if (flow->session.under_way) {
        return false;
    }
    flow->parts.catalogue = catalogue;
    flow->parts.here = here;
    flow_changed(flow);
    return true;
}
