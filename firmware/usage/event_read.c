#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/sign.h"
#include "base/text.h"
#include "base/time.h"
#include "usage/event.h"
#include "usage/event_names.h"

/* As long as a context attribute can be: a kiosk's name with every byte escaped. */
#define ATTRIBUTE_BYTES                                                                \
    (sizeof(EVENT_SOURCE_PREFIX) + 3 * USAGE_KIOSK_BYTES + 2 * USAGE_STREAM_BYTES + 2)

static bool
refuse(const struct json *value, const char *name, const char *rule,
       struct error *error)
{
    return error_set(error, ERROR_BAD_INPUT, "line %d: %s: %s", json_line(value), name,
                     rule);
}

/* `names` is ended by NULL. */
static bool
has_only(const struct json *object, const char *const *names, struct error *error)
{
    const struct json *member;

    for (member = json_first(object); member != NULL; member = json_next(member)) {
        const char *const *name = names;

        while (*name != NULL && !text_equal(*name, json_name(member))) {
            name++;
        }
        if (*name == NULL) {
            return refuse(member, json_name(member), "is not known here", error);
        }
    }
    return true;
}

/* Text that is clean and not empty. */
static bool
read_text(const struct json *object, const char *name, char *target, size_t size,
          struct error *error)
{
    if (!json_get_text(object, name, target, size, error)) {
        return false;
    }
    if (target[0] == '\0' || !text_is_clean(target)) {
        return refuse(json_member(object, name), name,
                      "must be text without control characters", error);
    }
    return true;
}

static bool
read_optional_text(const struct json *object, const char *name, char *target,
                   size_t size, struct error *error)
{
    target[0] = '\0';
    return json_member(object, name) == NULL ||
           read_text(object, name, target, size, error);
}

/* The place of a member's text in a list of names. */
static bool
read_choice(const struct json *object, const char *name, const char *(*name_of)(int),
            int count, int *choice, struct error *error)
{
    char text[40];

    if (!read_text(object, name, text, sizeof(text), error)) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        if (text_equal(text, name_of(i))) {
            *choice = i;
            return true;
        }
    }
    return refuse(json_member(object, name), name, "is not a known value", error);
}

static const char *
outcome_name(int index)
{
    return usage_outcome_name((enum usage_outcome)index);
}

static const char *
duration_name(int index)
{
    return usage_duration_name((enum usage_duration)index);
}

static const char *
success_name(int index)
{
    return usage_success_name((enum usage_success)index);
}

static const char *
channel_name_of(int index)
{
    return channel_name((enum channel)index);
}

static const char *
language_name_of(int index)
{
    return language_code((enum language)index);
}

static bool
read_constant(const struct json *object, const char *name, const char *wanted,
              struct error *error)
{
    char text[ATTRIBUTE_BYTES];

    if (!json_get_text(object, name, text, sizeof(text), error)) {
        return false;
    }
    return text_equal(text, wanted) ||
           refuse(json_member(object, name), name, "is another one than ours", error);
}

static bool
read_sequence(const struct json *object, int64_t *sequence, struct error *error)
{
    char text[24], again[24];

    if (!json_get_text(object, "id", text, sizeof(text), error)) {
        return false;
    }
    *sequence = strtoll(text, NULL, 10); /* too many digits: not the same again */
    if (*sequence < 1) {
        return refuse(json_member(object, "id"), "id", "must be a sequence from 1",
                      error);
    }
    snprintf(again, sizeof(again), "%" PRId64, *sequence);
    return text_equal(text, again) ||
           refuse(json_member(object, "id"), "id", "must be a plain decimal", error);
}

static bool
read_time(const struct json *object, int64_t *time, struct error *error)
{
    char text[TIME_TEXT_BYTES], again[TIME_TEXT_BYTES];

    if (!json_get_text(object, "time", text, sizeof(text), error)) {
        return false;
    }
    if (!instant_parse(text, time) || *time < 0 || *time > USAGE_TIME_MAX) {
        return refuse(json_member(object, "time"), "time",
                      "must be an RFC 3339 time from 1970 to 9999", error);
    }
    instant_format(NULL, *time, again);
    return text_equal(text, again) ||
           refuse(json_member(object, "time"), "time",
                  "must be in whole seconds of UTC, ending in Z", error);
}

/* The kiosk's name of `length` encoded characters; only our own encoding is read. */
static bool
decode_kiosk(const char *encoded, size_t length, char target[USAGE_KIOSK_BYTES])
{
    size_t filled = 0;

    for (size_t i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)encoded[i];

        if (encoded[i] == '%') {
            char digits[3] = {0}, again[3];

            if (length - i < 3) {
                return false;
            }
            memcpy(digits, encoded + i + 1, 2);
            if (!text_hex_decode(&byte, 1, digits) || event_source_keeps((char)byte)) {
                return false;
            }
            snprintf(again, sizeof(again), "%02X", (unsigned)byte);
            if (!text_equal(digits, again)) {
                return false;
            }
            i += 2;
        } else if (!event_source_keeps(encoded[i])) {
            return false;
        }
        if (byte == 0 || filled == USAGE_KIOSK_BYTES - 1) {
            return false;
        }
        target[filled++] = (char)byte;
    }
    target[filled] = '\0';
    return filled > 0 && text_is_clean(target);
}

static bool
read_source(const struct json *object, struct usage_position *position,
            struct error *error)
{
    char text[ATTRIBUTE_BYTES], again[2 * USAGE_STREAM_BYTES + 1];
    const char *kiosk, *stream;

    if (!json_get_text(object, "source", text, sizeof(text), error)) {
        return false;
    }
    kiosk = text + strlen(EVENT_SOURCE_PREFIX);
    stream = strrchr(text, ':');
    if (!text_starts_with(text, EVENT_SOURCE_PREFIX) || stream < kiosk ||
        !text_hex_decode(position->stream, USAGE_STREAM_BYTES, stream + 1) ||
        !decode_kiosk(kiosk, (size_t)(stream - kiosk), position->kiosk))
    {
        return refuse(json_member(object, "source"), "source",
                      "must be " EVENT_SOURCE_PREFIX "KIOSK:STREAM", error);
    }
    text_hex_encode(again, position->stream, USAGE_STREAM_BYTES);
    return text_equal(stream + 1, again) ||
           refuse(json_member(object, "source"), "source",
                  "must have its stream in lower case", error);
}

static bool
read_type(const struct json *object, struct usage_event *event, struct error *error)
{
    char text[ATTRIBUTE_BYTES];

    if (!json_get_text(object, "type", text, sizeof(text), error)) {
        return false;
    }
    for (size_t i = 0; i < EVENT_TYPE_COUNT; i++) {
        if (text_equal(text, event_types[i].name)) {
            event->kind = event_types[i].kind;
            event->step = event_types[i].step;
            return true;
        }
    }
    return refuse(json_member(object, "type"), "type", "is not known", error);
}

static bool
read_hand_over_hash(const struct json *data, char target[2 * HASH_BYTES + 1],
                    struct error *error)
{
    char again[2 * HASH_BYTES + 1];
    uint8_t hash[HASH_BYTES];

    if (!read_optional_text(data, "hand_over_hash", target, 2 * HASH_BYTES + 1, error))
    {
        return false;
    }
    if (target[0] == '\0') {
        return true;
    }
    if (text_hex_decode(hash, sizeof(hash), target)) {
        text_hex_encode(again, hash, sizeof(hash));
        if (text_equal(target, again)) {
            return true;
        }
    }
    return refuse(json_member(data, "hand_over_hash"), "hand_over_hash",
                  "must be 64 lower-case hexadecimal digits", error);
}

static bool
read_step(const struct json *data, struct usage_event *event, struct error *error)
{
    static const char *const names[] = {"product_uri", "product", "channel", "variant",
                                        NULL};
    static const char *const handed_over[] = {
        "product_uri", "product", "channel", "variant", "hand_over_hash", NULL};
    static const char *const abandoned[] = {"product_uri", "product", "channel",
                                            "variant",     "screen",  NULL};
    const char *const *known = event->step == USAGE_HANDED_OVER ? handed_over
                               : event->step == USAGE_ABANDONED ? abandoned
                                                                : names;
    char channel[24];

    if (!has_only(data, known, error) ||
        !read_optional_text(data, "product_uri", event->product_uri,
                            sizeof(event->product_uri), error) ||
        !read_text(data, "product", event->product, sizeof(event->product), error) ||
        !read_text(data, "channel", channel, sizeof(channel), error) ||
        !read_optional_text(data, "variant", event->variant, sizeof(event->variant),
                            error) ||
        !read_hand_over_hash(data, event->hand_over_hash, error) ||
        !read_optional_text(data, "screen", event->screen, sizeof(event->screen),
                            error))
    {
        return false;
    }
    return channel_from_name(channel, &event->channel) ||
           refuse(json_member(data, "channel"), "channel", "is not a known value",
                  error);
}

/* Names in the order of their bits, each at most once. */
static bool
read_modes(const struct json *data, unsigned *modes, struct error *error)
{
    const struct json *list = json_member(data, "modes");
    const struct json *item;
    unsigned next = 1;

    *modes = 0;
    if (list == NULL || json_type(list) != JSON_ARRAY) {
        return refuse(list != NULL ? list : data, "modes", "must be a list", error);
    }
    for (item = json_first(list); item != NULL; item = json_next(item)) {
        if (json_type(item) != JSON_STRING) {
            return refuse(item, "modes", "must be a list of texts", error);
        }
        while (next <= USAGE_MODE_ALL &&
               !text_equal(json_string(item), usage_mode_name((enum usage_mode)next)))
        {
            next <<= 1;
        }
        if (next > USAGE_MODE_ALL) {
            return refuse(item, "modes", "has a value that is unknown or out of order",
                          error);
        }
        *modes |= next;
        next <<= 1;
    }
    return true;
}

static int
compare_missed(const void *left, const void *right)
{
    const struct usage_missed *a = left, *b = right;

    return strcmp(a->screen, b->screen);
}

static bool
read_missed(const struct json *data, struct usage_event *event, struct error *error)
{
    const struct json *object = json_member(data, "missed");
    const struct json *item;
    int64_t misses;
    int told = 0;

    if (object == NULL) {
        return true;
    }
    if (json_type(object) != JSON_OBJECT || json_count(object) == 0 ||
        json_count(object) > USAGE_MISSED_MAX)
    {
        return refuse(object, "missed", "must be an object of 1 to 8 screens", error);
    }
    for (item = json_first(object); item != NULL; item = json_next(item)) {
        struct usage_missed *missed = &event->missed[event->missed_count++];
        const char *screen = json_name(item);

        if (screen[0] == '\0' || strlen(screen) >= USAGE_SCREEN_BYTES ||
            !text_is_clean(screen)) {
            return refuse(item, "missed", "has a name that no screen has", error);
        }
        if (!json_get_integer(object, screen, 1, USAGE_MISSES_MAX, &misses, error)) {
            return error_prefix(error, "missed");
        }
        text_copy(missed->screen, sizeof(missed->screen), screen);
        missed->misses = (int)misses;
        told += missed->misses;
    }
    qsort(event->missed, event->missed_count, sizeof(event->missed[0]), compare_missed);
    return told <= event->misses ||
           refuse(object, "missed", "must not be more than misses", error);
}

/* What the citizen answered; an answer that was not given is not there. */
static bool
read_answers(const struct json *data, struct usage_event *event, struct error *error)
{
    int64_t satisfaction = 0;
    int success = 0, channel = 0;

    if ((json_member(data, "satisfaction") != NULL &&
         !json_get_integer(data, "satisfaction", 1, 5, &satisfaction, error)) ||
        (json_member(data, "success") != NULL &&
         !read_choice(data, "success", success_name, USAGE_SUCCESS_COUNT, &success,
                      error)) ||
        (json_member(data, "channel") != NULL &&
         !read_choice(data, "channel", channel_name_of, CHANNEL_COUNT, &channel,
                      error)))
    {
        return false;
    }
    if (json_member(data, "success") != NULL && success == USAGE_SUCCESS_UNKNOWN) {
        return refuse(json_member(data, "success"), "success",
                      "must be left out when it is unknown", error);
    }
    if (json_member(data, "channel") != NULL && channel == CHANNEL_NONE) {
        return refuse(json_member(data, "channel"), "channel",
                      "must be left out when there is none", error);
    }
    event->satisfaction = (int)satisfaction;
    event->success = (enum usage_success)success;
    event->channel = (enum channel)channel;
    return true;
}

/* Only what is so is said. */
static bool
read_help(const struct json *data, struct usage_event *event, struct error *error)
{
    const struct json *taken = json_member(data, "help_taken");

    if (!read_optional_text(data, "help_offered", event->help_offered,
                            sizeof(event->help_offered), error))
    {
        return false;
    }
    event->help_taken = taken != NULL;
    return taken == NULL ||
           (json_type(taken) == JSON_BOOLEAN && json_boolean(taken) &&
            event->help_offered[0] != '\0') ||
           refuse(taken, "help_taken", "must be true, of help that was offered", error);
}

static bool
read_experience(const struct json *data, struct usage_event *event, struct error *error)
{
    int duration = 0, language = 0;
    int64_t misses;

    if (!read_choice(data, "duration", duration_name, USAGE_DURATION_COUNT, &duration,
                     error) ||
        !read_choice(data, "language", language_name_of, LANGUAGE_COUNT, &language,
                     error) ||
        !read_modes(data, &event->modes, error) ||
        !json_get_integer(data, "misses", 0, USAGE_MISSES_MAX, &misses, error) ||
        !read_help(data, event, error) || !read_answers(data, event, error))
    {
        return false;
    }
    event->duration = (enum usage_duration)duration;
    event->language = (enum language)language;
    event->misses = (int)misses;
    return read_missed(data, event, error);
}

static bool
read_ended(const struct json *data, struct usage_event *event, struct error *error)
{
    static const char *const interrupted[] = {"outcome", "screen", NULL};
    static const char *const names[] = {
        "outcome", "duration",     "language",   "modes",        "misses",
        "missed",  "help_offered", "help_taken", "satisfaction", "success",
        "channel", "screen",       NULL};
    int outcome = 0;

    if (!read_choice(data, "outcome", outcome_name, USAGE_OUTCOME_COUNT, &outcome,
                     error) ||
        !read_optional_text(data, "screen", event->screen, sizeof(event->screen),
                            error))
    {
        return false;
    }
    event->outcome = (enum usage_outcome)outcome;
    if (event->outcome == USAGE_OUTCOME_INTERRUPTED) {
        return has_only(data, interrupted, error);
    }
    return has_only(data, names, error) && read_experience(data, event, error);
}

static bool
read_data(const struct json *object, struct usage_event *event, struct error *error)
{
    static const char *const nothing[] = {NULL};
    const struct json *data = json_member(object, "data");

    if (data == NULL || json_type(data) != JSON_OBJECT) {
        return refuse(data != NULL ? data : object, "data", "must be an object", error);
    }
    if (event->kind == USAGE_STEP) {
        return read_step(data, event, error);
    }
    if (event->kind == USAGE_VISIT_ENDED) {
        return read_ended(data, event, error);
    }
    return has_only(data, nothing, error);
}

bool
usage_event_read(const struct json *value, struct usage_event *event,
                 struct usage_position *position, struct error *error)
{
    static const char *const names[] = {
        "specversion", "id", "source", "type", "time", "datacontenttype", "data", NULL};

    *event = (struct usage_event){0};
    *position = (struct usage_position){0};
    if (json_type(value) != JSON_OBJECT) {
        return refuse(value, "event", "must be an object", error);
    }
    return has_only(value, names, error) &&
           read_constant(value, "specversion", "1.0", error) &&
           read_sequence(value, &position->sequence, error) &&
           read_source(value, position, error) && read_type(value, event, error) &&
           read_time(value, &event->time, error) &&
           read_constant(value, "datacontenttype", "application/json", error) &&
           read_data(value, event, error);
}
