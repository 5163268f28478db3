#include "count.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sign.h"
#include "base/text.h"

#define LOG_MODULE "visit"
#include "base/log.h"

static void
append(const struct flow_parts *parts, struct usage_event *event, const char *key,
       int64_t now)
{
    struct error error = {.kind = ERROR_NONE};
    bool good;

    event->time = now < 0 ? 0 : now > USAGE_TIME_MAX ? USAGE_TIME_MAX : now;
    good = key != NULL ? outbox_append_with_receipt(parts->outbox, event, key, &error)
                       : outbox_append(parts->outbox, event, &error);
    if (!good) {
        log_error("not counted: %s", error.message);
        return;
    }
    if (parts->event_recorded != NULL) {
        parts->event_recorded(parts->data);
    }
}

/* Where the citizen is; being asked how it went is still there. */
static enum screen_id
shown(const struct session *session)
{
    size_t depth = session->depth;

    if (depth > 1 && session->frames[depth - 1].screen == SCREEN_FEEDBACK) {
        depth--;
    }
    return depth > 0 ? session->frames[depth - 1].screen : SCREEN_ATTRACT;
}

static void
count_step(const struct flow_parts *parts, const struct session *session,
           const struct attempt *of, enum usage_step step, const char *key, int64_t now)
{
    struct usage_event event = {
        .kind = USAGE_STEP, .step = step, .channel = of->channel};

    if (of->product != NULL) {
        text_copy(event.product_uri, sizeof(event.product_uri), of->product->upl_uri);
    }
    text_copy(event.product, sizeof(event.product),
              of->product != NULL ? of->product->id : of->partner->id);
    if (step == USAGE_ABANDONED) {
        text_copy(event.screen, sizeof(event.screen), screen_name(shown(session)));
    }
    if (step == USAGE_HANDED_OVER && session->token[0] != '\0') {
        uint8_t hash[HASH_BYTES];

        hash_bytes(session->token, strlen(session->token), hash);
        text_hex_encode(event.hand_over_hash, hash, sizeof(hash));
    }
    append(parts, &event, key, now);
}

void
count_visit_begun(const struct flow_parts *parts, int64_t now)
{
    struct usage_event event = {.kind = USAGE_VISIT_BEGUN};

    append(parts, &event, NULL, now);
}

void
count_information(const struct flow_parts *parts, struct session *session, int64_t now)
{
    struct attempt of = {.product = session->product};
    size_t index = (size_t)(session->product - parts->catalogue->products);
    uint8_t bit = (uint8_t)(1u << index % 8);

    assert(index < SESSION_PRODUCTS_MAX);
    session->read = true;
    if ((session->informed[index / 8] & bit) == 0) {
        session->informed[index / 8] |= bit;
        count_step(parts, session, &of, USAGE_INFORMATION, NULL, now);
    }
}

static void
abandon(const struct flow_parts *parts, struct session *session, int64_t now)
{
    if (session->attempt.open) {
        count_step(parts, session, &session->attempt, USAGE_ABANDONED, NULL, now);
        session->attempt.open = false;
    }
}

void
count_started(const struct flow_parts *parts, struct session *session, int64_t now)
{
    bool partner = session->channel == CHANNEL_PARTNER;
    struct attempt attempt = {
        .product = partner ? NULL : session->product,
        .partner = partner ? session->partner : NULL,
        .channel = session->channel,
        .open = true,
    };
    const struct attempt *before = &session->attempt;

    if (before->open && before->product == attempt.product &&
        before->partner == attempt.partner && before->channel == attempt.channel)
    {
        return; /* went back, and chose the same again */
    }
    abandon(parts, session, now);
    session->attempt = attempt;
    count_step(parts, session, &session->attempt, USAGE_STARTED, NULL, now);
}

void
count_completed(const struct flow_parts *parts, struct session *session,
                const char *key, int64_t now)
{
    if (session->attempt.open) {
        count_step(parts, session, &session->attempt, USAGE_COMPLETED, key, now);
        session->attempt.open = false;
    }
    session->completed = session->completed || key != NULL;
}

/*
 * Some pages send the citizen away from the kiosk: who leaves from there has done what
 * the page asks.
 */
void
count_attempt_ended(const struct flow_parts *parts, struct session *session,
                    enum visit_end end, int64_t now)
{
    enum screen_id screen = shown(session);
    enum channel channel = session->attempt.channel;

    if (!session->attempt.open) {
        return;
    }
    if ((screen == SCREEN_HAND_OVER && channel == CHANNEL_ONLINE) ||
        (screen == SCREEN_PARTNER && channel == CHANNEL_PARTNER))
    {
        count_step(parts, session, &session->attempt, USAGE_HANDED_OVER, NULL, now);
        if (screen == SCREEN_HAND_OVER && end == END_DONE) {
            count_step(parts, session, &session->attempt, USAGE_SELF_REPORTED, NULL,
                       now);
        }
        session->handed_over = true;
        session->attempt.open = false;
    } else if ((screen == SCREEN_PERSON || screen == SCREEN_STAFF_CALLED ||
                screen == SCREEN_SLIP) &&
               channel == CHANNEL_PERSON)
    {
        count_completed(parts, session, NULL, now);
    } else {
        abandon(parts, session, now);
    }
}

static enum usage_outcome
outcome_of(const struct session *session, enum visit_end end)
{
    if (session->completed) {
        return USAGE_OUTCOME_COMPLETED;
    }
    if (session->handed_over) {
        return USAGE_OUTCOME_HANDED_OVER;
    }
    if (session->helped) {
        return USAGE_OUTCOME_HELPED;
    }
    if (end == END_TIMED_OUT) {
        return USAGE_OUTCOME_TIMED_OUT;
    }
    return session->read && session->attempt.channel == CHANNEL_NONE
               ? USAGE_OUTCOME_INFORMED
               : USAGE_OUTCOME_STOPPED;
}

static int
more_misses(const void *left, const void *right)
{
    const struct usage_missed *a = left, *b = right;

    return a->misses != b->misses ? b->misses - a->misses
                                  : strcmp(a->screen, b->screen);
}

static int
by_name(const void *left, const void *right)
{
    const struct usage_missed *a = left, *b = right;

    return strcmp(a->screen, b->screen);
}

/* The screens with most misses, in the order of their names. */
static void
tell_missed(const struct session *session, struct usage_event *event)
{
    struct usage_missed all[SCREEN_COUNT];
    size_t count = 0;

    for (int i = 0; i < SCREEN_COUNT; i++) {
        if (session->missed[i] > 0) {
            all[count] = (struct usage_missed){.misses = session->missed[i]};
            text_copy(all[count++].screen, USAGE_SCREEN_BYTES,
                      screen_name((enum screen_id)i));
        }
    }
    qsort(all, count, sizeof(all[0]), more_misses);
    event->missed_count = count < USAGE_MISSED_MAX ? count : USAGE_MISSED_MAX;
    memcpy(event->missed, all, event->missed_count * sizeof(all[0]));
    qsort(event->missed, event->missed_count, sizeof(event->missed[0]), by_name);
}

void
count_miss(struct session *session)
{
    if (session->misses < USAGE_MISSES_MAX) {
        session->misses++;
        session->missed[shown(session)]++;
    }
}

void
count_visit_ended(const struct flow_parts *parts, struct session *session,
                  enum visit_end end, struct moment moment)
{
    struct usage_event event = {
        .kind = USAGE_VISIT_ENDED,
        .duration = usage_duration_of((moment.now_ms - session->begun_ms) / 1000),
        .language = session->language,
        .modes = session->modes,
        .misses = session->misses,
        .help_taken = session->hesitation.taken,
        .satisfaction = session->satisfaction,
        .success = session->success,
    };

    tell_missed(session, &event);
    count_attempt_ended(parts, session, end, moment.now);
    event.outcome = outcome_of(session, end);
    if (session->hesitation.offers > 0) {
        text_copy(event.help_offered, sizeof(event.help_offered),
                  screen_name(session->hesitation.where));
    }
    if (event.satisfaction != 0 || event.success != USAGE_SUCCESS_UNKNOWN) {
        event.channel = session->attempt.channel;
    }
    text_copy(event.screen, sizeof(event.screen), screen_name(shown(session)));
    append(parts, &event, NULL, moment.now);
}
