#include "backoffice/tally.h"

#include <stdlib.h>
#include <string.h>

#define HOUR_S 3600

/* The step under which a visit that began is counted, beside those of a product. */
#define STEP_VISIT "visit"

static int64_t
hour_of(int64_t time)
{
    return time >= 0 ? time / HOUR_S : (time - HOUR_S + 1) / HOUR_S;
}

static size_t
tally_step(const struct usage_event *event, const struct tally_place *place,
           int64_t day, struct tally *tallies)
{
    const char *step = usage_step_name(event->step);

    tallies[0] =
        (struct tally){.table = COUNT_STEP,
                       .time = hour_of(event->time),
                       .texts = {place->kiosk, place->location, event->product_uri,
                                 event->product, channel_name(event->channel), step},
                       .count = 1};
    tallies[1] = (struct tally){.table = COUNT_VARIANT,
                                .time = day,
                                .texts = {event->product, event->variant, step},
                                .count = 1};
    return 2;
}

static struct tally
tally_misses(const char *screen, int64_t day, int misses)
{
    return (struct tally){
        .table = COUNT_MISSES, .time = day, .texts = {screen}, .count = misses};
}

/* What is not told apart counts for the screen where the visit ended. */
static size_t
tally_missed(const struct usage_event *event, int64_t day, struct tally *tallies)
{
    int rest = event->misses;
    size_t count = 0;

    for (size_t i = 0; i < event->missed_count; i++) {
        const struct usage_missed *missed = &event->missed[i];

        tallies[count++] = tally_misses(missed->screen, day, missed->misses);
        rest -= missed->misses;
    }
    if (rest > 0) {
        tallies[count++] = tally_misses(event->screen, day, rest);
    }
    return count;
}

static size_t
tally_ended(const struct usage_event *event, int64_t day, struct tally *tallies)
{
    size_t count = 0;

    tallies[count++] =
        (struct tally){.table = COUNT_OUTCOME,
                       .time = day,
                       .texts = {event->screen, usage_outcome_name(event->outcome)},
                       .count = 1};
    if (event->outcome == USAGE_OUTCOME_INTERRUPTED) {
        return count; /* the rest is not known of it */
    }
    tallies[count++] = (struct tally){.table = COUNT_LANGUAGE,
                                      .time = day,
                                      .texts = {language_code(event->language)},
                                      .number = event->modes,
                                      .count = 1};
    tallies[count++] = (struct tally){.table = COUNT_DURATION,
                                      .time = day,
                                      .texts = {usage_duration_name(event->duration)},
                                      .count = 1};
    if (event->satisfaction > 0) {
        tallies[count++] = (struct tally){.table = COUNT_SATISFACTION,
                                          .time = day,
                                          .texts = {channel_name(event->channel)},
                                          .number = event->satisfaction,
                                          .count = 1};
    }
    if (event->success != USAGE_SUCCESS_UNKNOWN) {
        tallies[count++] = (struct tally){
            .table = COUNT_SUCCESS,
            .time = day,
            .texts = {channel_name(event->channel), usage_success_name(event->success)},
            .count = 1};
    }
    if (event->help_offered[0] != '\0') {
        tallies[count++] = (struct tally){
            .table = COUNT_HELP,
            .time = day,
            .texts = {event->help_offered, event->help_taken ? "taken" : "declined"},
            .count = 1};
    }
    return count + tally_missed(event, day, tallies + count);
}

static size_t
tally_event(const struct usage_event *event, const struct tally_place *place,
            struct tally *tallies)
{
    int64_t day = date_to_days(zone_civil(place->zone, event->time).date);

    switch (event->kind) {
    case USAGE_VISIT_BEGUN:
        tallies[0] = (struct tally){.table = COUNT_STEP,
                                    .time = hour_of(event->time),
                                    .texts = {place->kiosk, place->location, "", "",
                                              channel_name(CHANNEL_NONE), STEP_VISIT},
                                    .count = 1};
        return 1;
    case USAGE_VISIT_ENDED:
        return tally_ended(event, day, tallies);
    case USAGE_STEP:
    case USAGE_KIND_COUNT:
    default:
        return tally_step(event, place, day, tallies);
    }
}

static int
compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int
compare(const void *left, const void *right)
{
    const struct tally *a = left, *b = right;
    int order = compare_numbers(a->table, b->table);

    if (order == 0) {
        order = compare_numbers(a->time, b->time);
    }
    for (int i = 0; order == 0 && i < TALLY_TEXTS_MAX && a->texts[i] != NULL; i++) {
        order = strcmp(a->texts[i], b->texts[i]);
    }
    return order != 0 ? order : compare_numbers(a->number, b->number);
}

size_t
tally_events(const struct usage_event *events, size_t count,
             const struct tally_place *place, struct tally *tallies)
{
    size_t made = 0, kept = 0;

    for (size_t i = 0; i < count; i++) {
        made += tally_event(&events[i], place, tallies + made);
    }
    qsort(tallies, made, sizeof(*tallies), compare);
    for (size_t i = 0; i < made; i++) {
        if (kept > 0 && compare(&tallies[kept - 1], &tallies[i]) == 0) {
            tallies[kept - 1].count += tallies[i].count;
        } else {
            tallies[kept++] = tallies[i];
        }
    }
    return kept;
}
