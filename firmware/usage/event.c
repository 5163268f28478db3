#include "usage/event.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "usage/event_names.h"

const struct event_type event_types[EVENT_TYPE_COUNT] = {
    {EVENT_TYPE("bezoek-begonnen"), USAGE_VISIT_BEGUN, USAGE_INFORMATION},
    {EVENT_TYPE("bezoek-beeindigd"), USAGE_VISIT_ENDED, USAGE_INFORMATION},
    {EVENT_TYPE("informatie-bekeken"), USAGE_STEP, USAGE_INFORMATION},
    {EVENT_TYPE("aanvraag-gestart"), USAGE_STEP, USAGE_STARTED},
    {EVENT_TYPE("aanvraag-overgedragen"), USAGE_STEP, USAGE_HANDED_OVER},
    {EVENT_TYPE("aanvraag-afgerond"), USAGE_STEP, USAGE_COMPLETED},
    {EVENT_TYPE("aanvraag-zelf-gemeld"), USAGE_STEP, USAGE_SELF_REPORTED},
    {EVENT_TYPE("aanvraag-afgebroken"), USAGE_STEP, USAGE_ABANDONED},
};

static const char *const step_names[] = {
    [USAGE_INFORMATION] = "information",     [USAGE_STARTED] = "started",
    [USAGE_HANDED_OVER] = "handed-over",     [USAGE_COMPLETED] = "completed",
    [USAGE_SELF_REPORTED] = "self-reported", [USAGE_ABANDONED] = "abandoned",
};
static_assert(sizeof(step_names) / sizeof(step_names[0]) == USAGE_STEP_COUNT,
              "every step has a name");

static const char *const outcome_names[] = {
    [USAGE_OUTCOME_COMPLETED] = "completed",
    [USAGE_OUTCOME_HANDED_OVER] = "handed-over",
    [USAGE_OUTCOME_HELPED] = "helped",
    [USAGE_OUTCOME_INFORMED] = "informed",
    [USAGE_OUTCOME_STOPPED] = "stopped",
    [USAGE_OUTCOME_TIMED_OUT] = "timed-out",
    [USAGE_OUTCOME_INTERRUPTED] = "interrupted",
};
static_assert(sizeof(outcome_names) / sizeof(outcome_names[0]) == USAGE_OUTCOME_COUNT,
              "every outcome has a name");

static const char *const duration_names[] = {
    [USAGE_DURATION_UNDER_30_S] = "under-30-s",
    [USAGE_DURATION_UNDER_1_MIN] = "under-1-min",
    [USAGE_DURATION_UNDER_2_MIN] = "under-2-min",
    [USAGE_DURATION_UNDER_5_MIN] = "under-5-min",
    [USAGE_DURATION_UNDER_10_MIN] = "under-10-min",
    [USAGE_DURATION_LONGER] = "longer",
};
static_assert(sizeof(duration_names) / sizeof(duration_names[0]) ==
                  USAGE_DURATION_COUNT,
              "every duration has a name");

static const char *const mode_names[] = {
    "large-text", "high-contrast", "reduced-reach", "speech", "keys",
};
static_assert((1 << (sizeof(mode_names) / sizeof(mode_names[0]))) - 1 == USAGE_MODE_ALL,
              "every mode has a name");

static const char *const success_names[] = {
    [USAGE_SUCCESS_UNKNOWN] = "unknown",
    [USAGE_SUCCESS_YES] = "yes",
    [USAGE_SUCCESS_PARTLY] = "partly",
    [USAGE_SUCCESS_NO] = "no",
};
static_assert(sizeof(success_names) / sizeof(success_names[0]) == USAGE_SUCCESS_COUNT,
              "every answer has a name");

const char *
usage_step_name(enum usage_step step)
{
    assert(step < USAGE_STEP_COUNT);
    return step_names[step];
}

const char *
usage_outcome_name(enum usage_outcome outcome)
{
    assert(outcome < USAGE_OUTCOME_COUNT);
    return outcome_names[outcome];
}

const char *
usage_duration_name(enum usage_duration duration)
{
    assert(duration < USAGE_DURATION_COUNT);
    return duration_names[duration];
}

const char *
usage_mode_name(enum usage_mode mode)
{
    for (unsigned i = 0; i < sizeof(mode_names) / sizeof(mode_names[0]); i++) {
        if ((unsigned)mode == 1u << i) {
            return mode_names[i];
        }
    }
    assert(false && "one mode");
    return NULL;
}

const char *
usage_success_name(enum usage_success success)
{
    assert(success < USAGE_SUCCESS_COUNT);
    return success_names[success];
}

enum usage_duration
usage_duration_of(int64_t seconds)
{
    static const int64_t below_s[] = {30, 60, 120, 300, 600};
    size_t i = 0;

    while (i < sizeof(below_s) / sizeof(below_s[0]) && seconds >= below_s[i]) {
        i++;
    }
    return (enum usage_duration)i;
}

const char *
usage_event_type(const struct usage_event *event)
{
    for (size_t i = 0; i < EVENT_TYPE_COUNT; i++) {
        const struct event_type *type = &event_types[i];

        if (type->kind == event->kind &&
            (type->kind != USAGE_STEP || type->step == event->step))
        {
            return type->name;
        }
    }
    assert(false && "a kind and step");
    return NULL;
}

/* A JSON string. Clean text leaves only two characters to escape. */
static void
add_string(struct text *text, const char *value)
{
    assert(text_is_clean(value));
    text_add(text, "\"");
    for (; *value != '\0'; value++) {
        if (*value == '"' || *value == '\\') {
            text_add(text, "\\");
        }
        text_add_bytes(text, value, 1);
    }
    text_add(text, "\"");
}

/* A member of `data`; those after the first get a comma. */
static void
add_member(struct text *text, const char *name, const char *value)
{
    if (text->data[text->length - 1] != '{') {
        text_add(text, ",");
    }
    text_format(text, "\"%s\":", name);
    add_string(text, value);
}

static void
add_member_if_any(struct text *text, const char *name, const char *value)
{
    if (value[0] != '\0') {
        add_member(text, name, value);
    }
}

/* Letters and digits of any language are welcome in a kiosk's name, not in a URN. */
static void
add_percent_encoded(struct text *text, const char *value)
{
    for (; *value != '\0'; value++) {
        if (event_source_keeps(*value)) {
            text_add_bytes(text, value, 1);
        } else {
            text_format(text, "%%%02X", (unsigned)(unsigned char)*value);
        }
    }
}

bool
event_source_keeps(char character)
{
    return (character >= '0' && character <= '9') ||
           (character >= 'A' && character <= 'Z') ||
           (character >= 'a' && character <= 'z') ||
           (character != '\0' && strchr("-._~", character) != NULL);
}

static void
add_source(struct text *text, const struct usage_position *position)
{
    char stream[2 * USAGE_STREAM_BYTES + 1];

    assert(position->kiosk[0] != '\0' && text_is_clean(position->kiosk));
    text_hex_encode(stream, position->stream, USAGE_STREAM_BYTES);
    text_add(text, ",\"source\":\"" EVENT_SOURCE_PREFIX);
    add_percent_encoded(text, position->kiosk);
    text_format(text, ":%s\"", stream);
}

static bool
is_hash_or_empty(const char *text)
{
    return text[0] == '\0' ||
           (strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64);
}

static void
add_step(struct text *text, const struct usage_event *event)
{
    assert(event->product[0] != '\0');
    add_member_if_any(text, "product_uri", event->product_uri);
    add_member(text, "product", event->product);
    add_member(text, "channel", channel_name(event->channel));
    add_member_if_any(text, "variant", event->variant);
    if (event->step == USAGE_HANDED_OVER) {
        assert(is_hash_or_empty(event->hand_over_hash));
        add_member_if_any(text, "hand_over_hash", event->hand_over_hash);
    }
    if (event->step == USAGE_ABANDONED) {
        add_member_if_any(text, "screen", event->screen);
    }
}

/* "missed":{"day":1,"home":2} */
static void
add_missed(struct text *text, const struct usage_event *event)
{
    int told = 0;

    assert(event->missed_count <= USAGE_MISSED_MAX);
    for (size_t i = 0; i < event->missed_count; i++) {
        const struct usage_missed *missed = &event->missed[i];

        assert(missed->screen[0] != '\0' && missed->misses > 0);
        assert(i == 0 || strcmp(missed[-1].screen, missed->screen) < 0);
        told += missed->misses;
        text_add(text, i == 0 ? ",\"missed\":{" : ",");
        add_string(text, missed->screen);
        text_format(text, ":%d", missed->misses);
    }
    assert(told <= event->misses && told <= USAGE_MISSES_MAX);
    text_add(text, event->missed_count > 0 ? "}" : "");
}

/* What the citizen answered, and of which channel. */
static void
add_answers(struct text *text, const struct usage_event *event)
{
    assert(event->satisfaction >= 0 && event->satisfaction <= 5);
    if (event->satisfaction != 0) {
        text_format(text, ",\"satisfaction\":%d", event->satisfaction);
    }
    if (event->success != USAGE_SUCCESS_UNKNOWN) {
        add_member(text, "success", usage_success_name(event->success));
    }
    if (event->channel != CHANNEL_NONE) {
        add_member(text, "channel", channel_name(event->channel));
    }
}

static void
add_ended(struct text *text, const struct usage_event *event)
{
    int misses = event->misses > USAGE_MISSES_MAX ? USAGE_MISSES_MAX : event->misses;
    const char *comma = "";

    add_member(text, "outcome", usage_outcome_name(event->outcome));
    if (event->outcome != USAGE_OUTCOME_INTERRUPTED) {
        assert((event->modes & ~(unsigned)USAGE_MODE_ALL) == 0 && misses >= 0);
        add_member(text, "duration", usage_duration_name(event->duration));
        add_member(text, "language", language_code(event->language));
        text_add(text, ",\"modes\":[");
        for (unsigned mode = 1; mode <= USAGE_MODE_ALL; mode <<= 1) {
            if ((event->modes & mode) != 0) {
                text_format(text, "%s\"%s\"", comma,
                            usage_mode_name((enum usage_mode)mode));
                comma = ",";
            }
        }
        text_format(text, "],\"misses\":%d", misses);
        add_missed(text, event);
        add_member_if_any(text, "help_offered", event->help_offered);
        if (event->help_taken) {
            assert(event->help_offered[0] != '\0');
            text_add(text, ",\"help_taken\":true");
        }
        add_answers(text, event);
    }
    add_member_if_any(text, "screen", event->screen);
}

size_t
usage_event_write(const struct usage_event *event,
                  const struct usage_position *position,
                  char target[USAGE_EVENT_BYTES_MAX])
{
    struct text text = text_begin(target, USAGE_EVENT_BYTES_MAX);
    char time[TIME_TEXT_BYTES];

    assert(position->sequence > 0);
    assert(event->time >= 0 && event->time <= USAGE_TIME_MAX);
    instant_format(NULL, event->time, time);
    text_format(&text, "{\"specversion\":\"1.0\",\"id\":\"%" PRId64 "\"",
                position->sequence);
    add_source(&text, position);
    text_format(&text,
                ",\"type\":\"%s\",\"time\":\"%s\""
                ",\"datacontenttype\":\"application/json\",\"data\":{",
                usage_event_type(event), time);
    if (event->kind == USAGE_STEP) {
        add_step(&text, event);
    } else if (event->kind == USAGE_VISIT_ENDED) {
        add_ended(&text, event);
    }
    text_add(&text, "}}");
    assert(!text.truncated);
    return text.length;
}
