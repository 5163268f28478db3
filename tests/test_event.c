#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/text.h"
#include "usage/event.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct usage_position somewhere = {
    .kiosk = "balie-2",
    .stream = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb,
               0xcc, 0xdd, 0xee, 0xff},
    .sequence = 17,
};

#define SOURCE "urn:nld:loketzuil:balie-2:00112233445566778899aabbccddeeff"
#define HEAD(type)                                                                     \
    "{\"specversion\":\"1.0\",\"id\":\"17\",\"source\":\"" SOURCE                      \
    "\",\"type\":\"nl.burgerzaken.loketzuil." type                                     \
    ".v1\",\"time\":\"2026-11-22T09:30:00Z\",\"datacontenttype\":\"application/json\"" \
    ",\"data\":"
#define NOON 1795339800 /* 2026-11-22T09:30:00Z */
/* A case of three misses, told apart so. */
#define MISSED(screens) "\"misses\":0", "\"misses\":3,\"missed\":{" screens "}"
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static bool
read_text(const char *text, struct usage_event *event, struct usage_position *position,
          struct error *error)
{
    struct json *root = json_parse(text, strlen(text), error);
    bool good;

    assert_non_null(root);
    good = usage_event_read(root, event, position, error);
    json_destroy(root);
    return good;
}

static void
test_each_kind_is_written_as_its_cloud_event(void **state)
{
    static const struct {
        struct usage_event event;
        const char *text;
    } cases[] = {
        {{.kind = USAGE_VISIT_BEGUN, .time = NOON}, HEAD("bezoek-begonnen") "{}}"},
        {{.kind = USAGE_STEP,
          .time = NOON,
          .step = USAGE_INFORMATION,
          .product = "paspoort",
          .product_uri = "http://standaarden.overheid.nl/owms/terms/paspoort"},
         HEAD("informatie-bekeken") "{\"product_uri\":\"http://"
                                    "standaarden.overheid.nl/owms/terms/paspoort\","
                                    "\"product\":\"paspoort\",\"channel\":\"none\"}}"},
        {{.kind = USAGE_STEP,
          .time = NOON,
          .step = USAGE_STARTED,
          .product = "a\"b\\c",
          .channel = CHANNEL_APPOINTMENT,
          .variant = "b"},
         HEAD("aanvraag-gestart") "{\"product\":\"a\\\"b\\\\c\",\"channel\":"
                                  "\"appointment\",\"variant\":\"b\"}}"},
        {{.kind = USAGE_STEP,
          .time = NOON,
          .step = USAGE_HANDED_OVER,
          .product = "verhuizing",
          .channel = CHANNEL_ONLINE,
          .hand_over_hash = HASH},
         HEAD("aanvraag-overgedragen") "{\"product\":\"verhuizing\",\"channel\":"
                                       "\"online\",\"hand_over_hash\":\"" HASH "\"}}"},
        {{.kind = USAGE_STEP,
          .time = NOON,
          .step = USAGE_COMPLETED,
          .product = "paspoort",
          .channel = CHANNEL_WALK_IN,
          .screen = "done"},
         HEAD("aanvraag-afgerond") "{\"product\":\"paspoort\",\"channel\":"
                                   "\"walk-in\"}}"},
        {{.kind = USAGE_STEP,
          .time = NOON,
          .step = USAGE_SELF_REPORTED,
          .product = "verhuizing",
          .channel = CHANNEL_ONLINE,
          .hand_over_hash = HASH},
         HEAD("aanvraag-zelf-gemeld") "{\"product\":\"verhuizing\",\"channel\":"
                                      "\"online\"}}"},
        {{.kind = USAGE_STEP,
          .time = NOON,
          .step = USAGE_ABANDONED,
          .product = "paspoort",
          .channel = CHANNEL_APPOINTMENT,
          .screen = "time"},
         HEAD("aanvraag-afgebroken") "{\"product\":\"paspoort\",\"channel\":"
                                     "\"appointment\",\"screen\":\"time\"}}"},
        {{.kind = USAGE_VISIT_ENDED,
          .time = NOON,
          .outcome = USAGE_OUTCOME_COMPLETED,
          .duration = USAGE_DURATION_UNDER_2_MIN,
          .language = LANGUAGE_AR,
          .modes = USAGE_MODE_LARGE_TEXT | USAGE_MODE_KEYS,
          .misses = 1000,
          .help_offered = "day",
          .help_taken = true,
          .satisfaction = 4,
          .success = USAGE_SUCCESS_PARTLY,
          .channel = CHANNEL_WALK_IN,
          .screen = "done"},
         HEAD("bezoek-beeindigd") "{\"outcome\":\"completed\",\"duration\":"
                                  "\"under-2-min\",\"language\":\"ar\",\"modes\":"
                                  "[\"large-text\",\"keys\"],\"misses\":999,"
                                  "\"help_offered\":\"day\",\"help_taken\":true,"
                                  "\"satisfaction\":4,\"success\":\"partly\","
                                  "\"channel\":\"walk-in\",\"screen\":\"done\"}}"},
        {{.kind = USAGE_VISIT_ENDED,
          .time = NOON,
          .outcome = USAGE_OUTCOME_STOPPED,
          .misses = 4,
          .missed = {{"day", 1}, {"home", 2}},
          .missed_count = 2,
          .screen = "time"},
         HEAD("bezoek-beeindigd") "{\"outcome\":\"stopped\",\"duration\":"
                                  "\"under-30-s\",\"language\":\"nl\",\"modes\":[],"
                                  "\"misses\":4,\"missed\":{\"day\":1,\"home\":2},"
                                  "\"screen\":\"time\"}}"},
        {{.kind = USAGE_VISIT_ENDED,
          .time = NOON,
          .outcome = USAGE_OUTCOME_INTERRUPTED,
          .misses = 3},
         HEAD("bezoek-beeindigd") "{\"outcome\":\"interrupted\"}}"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[USAGE_EVENT_BYTES_MAX];

        assert_int_equal(usage_event_write(&cases[i].event, &somewhere, text),
                         strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
}

static void
test_a_kiosk_of_any_name_stands_percent_encoded_in_a_urn(void **state)
{
    static const struct {
        const char *kiosk, *source;
    } cases[] = {
        {"Bergen (L)", "urn:nld:loketzuil:Bergen%20%28L%29:"},
        {"gm0000:balie", "urn:nld:loketzuil:gm0000%3Abalie:"},
        {"súdwest", "urn:nld:loketzuil:s%C3%BAdwest:"},
        {"a-b._~9", "urn:nld:loketzuil:a-b._~9:"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct usage_event event = {.kind = USAGE_VISIT_BEGUN};
        struct usage_position position = somewhere, again;
        char text[USAGE_EVENT_BYTES_MAX];
        struct error error;

        snprintf(position.kiosk, sizeof(position.kiosk), "%s", cases[i].kiosk);
        usage_event_write(&event, &position, text);
        assert_non_null(strstr(text, cases[i].source));
        assert_true(read_text(text, &event, &again, &error));
        assert_string_equal(again.kiosk, cases[i].kiosk);
    }
}

/* --- random events ------------------------------------------------------------ */

static uint32_t
draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

/* Fills a field to at most its size, with characters that are hard to write. */
static void
draw_text(uint64_t *seed, char *target, size_t size, size_t shortest)
{
    static const char *const pieces[] = {"a", "Z", "9", "\"", "\\", "-", "é",
                                         "€", "😀", " ", "%",  "/",  ":", "ع"};
    struct text text = text_begin(target, size);
    size_t wanted = shortest + draw(seed, (uint32_t)size);

    while (text.length < wanted && !text.truncated) {
        text_add(&text, pieces[draw(seed, COUNT(pieces))]);
    }
}

static void
draw_missed(uint64_t *seed, struct usage_event *event)
{
    size_t most = draw(seed, USAGE_MISSED_MAX + 1);
    int told = 0;

    for (size_t i = 0; i < most; i++) {
        struct usage_missed *missed = &event->missed[event->missed_count];

        draw_text(seed, missed->screen, sizeof(missed->screen), 1);
        missed->misses = 1 + (int)draw(seed, 100);
        if (told + missed->misses <= event->misses &&
            (event->missed_count == 0 || strcmp(missed[-1].screen, missed->screen) < 0))
        {
            told += missed->misses;
            event->missed_count++;
        } else {
            *missed = (struct usage_missed){.misses = 0};
        }
    }
}

static void
draw_event(uint64_t *seed, struct usage_event *event, struct usage_position *position)
{
    *event = (struct usage_event){
        .kind = (enum usage_kind)draw(seed, USAGE_KIND_COUNT),
        .time = (int64_t)draw(seed, 1u << 31) * draw(seed, 118),
    };
    *position = (struct usage_position){.sequence = 1 + (int64_t)draw(seed, 1u << 30)};
    draw_text(seed, position->kiosk, sizeof(position->kiosk), 1);
    for (size_t i = 0; i < USAGE_STREAM_BYTES; i++) {
        position->stream[i] = (uint8_t)draw(seed, 256);
    }
    if (event->kind == USAGE_STEP) {
        event->step = (enum usage_step)draw(seed, USAGE_STEP_COUNT);
        event->channel = (enum channel)draw(seed, CHANNEL_COUNT);
        draw_text(seed, event->product_uri, sizeof(event->product_uri), 0);
        draw_text(seed, event->product, sizeof(event->product), 1);
        draw_text(seed, event->variant, sizeof(event->variant), 0);
        if (event->step == USAGE_HANDED_OVER && draw(seed, 2) == 1) {
            strcpy(event->hand_over_hash, HASH);
        }
    }
    if (event->kind == USAGE_VISIT_ENDED) {
        event->outcome = (enum usage_outcome)draw(seed, USAGE_OUTCOME_COUNT);
    }
    if (event->kind == USAGE_VISIT_ENDED && event->outcome != USAGE_OUTCOME_INTERRUPTED)
    {
        event->duration = (enum usage_duration)draw(seed, USAGE_DURATION_COUNT);
        event->language = (enum language)draw(seed, LANGUAGE_COUNT);
        event->modes = draw(seed, USAGE_MODE_ALL + 1);
        event->misses = (int)draw(seed, USAGE_MISSES_MAX + 1);
        draw_text(seed, event->help_offered, sizeof(event->help_offered), 0);
        event->help_taken = event->help_offered[0] != '\0' && draw(seed, 2) == 1;
        event->satisfaction = (int)draw(seed, 6);
        draw_missed(seed, event);
        event->success = (enum usage_success)draw(seed, USAGE_SUCCESS_COUNT);
        event->channel = (enum channel)draw(seed, CHANNEL_COUNT);
    }
    if (event->kind == USAGE_VISIT_ENDED ||
        (event->kind == USAGE_STEP && event->step == USAGE_ABANDONED))
    {
        draw_text(seed, event->screen, sizeof(event->screen), 0);
    }
}

static void
assert_same_event(const struct usage_event *a, const struct usage_event *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->time, b->time);
    assert_int_equal(a->step, b->step);
    assert_string_equal(a->product_uri, b->product_uri);
    assert_string_equal(a->product, b->product);
    assert_int_equal(a->channel, b->channel);
    assert_string_equal(a->variant, b->variant);
    assert_string_equal(a->hand_over_hash, b->hand_over_hash);
    assert_int_equal(a->outcome, b->outcome);
    assert_int_equal(a->duration, b->duration);
    assert_int_equal(a->language, b->language);
    assert_int_equal(a->modes, b->modes);
    assert_int_equal(a->misses, b->misses);
    assert_string_equal(a->help_offered, b->help_offered);
    assert_int_equal(a->help_taken, b->help_taken);
    assert_int_equal(a->satisfaction, b->satisfaction);
    assert_int_equal(a->missed_count, b->missed_count);
    assert_memory_equal(a->missed, b->missed, sizeof(a->missed));
    assert_int_equal(a->success, b->success);
    assert_string_equal(a->screen, b->screen);
}

static void
test_random_events_written_read_and_written_are_identical(void **state)
{
    uint64_t seed = 20261122;

    (void)state;
    for (int i = 0; i < 5000; i++) {
        char first[USAGE_EVENT_BYTES_MAX], second[USAGE_EVENT_BYTES_MAX];
        struct usage_event event, again;
        struct usage_position position, place;
        struct error error = {0};

        draw_event(&seed, &event, &position);
        usage_event_write(&event, &position, first);
        if (!read_text(first, &again, &place, &error)) {
            fail_msg("%s: %s", first, error.message);
        }
        assert_same_event(&event, &again);
        assert_string_equal(position.kiosk, place.kiosk);
        assert_memory_equal(position.stream, place.stream, sizeof(place.stream));
        assert_int_equal(position.sequence, place.sequence);
        usage_event_write(&again, &place, second);
        assert_string_equal(first, second);
    }
}

/* What the NL GOV profile 1.1 and CloudEvents 1.0.1 ask of context attributes. */
static void
test_context_attributes_follow_the_profile(void **state)
{
    uint64_t seed = 7;

    (void)state;
    for (int i = 0; i < 500; i++) {
        static const char *const required[] = {"id", "source", "specversion", "type"};
        char text[USAGE_EVENT_BYTES_MAX];
        struct usage_event event;
        struct usage_position position;
        const struct json *member;
        struct error error;
        struct json *root;

        draw_event(&seed, &event, &position);
        usage_event_write(&event, &position, text);
        root = json_parse(text, strlen(text), &error);
        assert_non_null(root);
        for (size_t j = 0; j < COUNT(required); j++) {
            assert_true(json_string(json_member(root, required[j]))[0] != '\0');
        }
        assert_string_equal(json_string(json_member(root, "specversion")), "1.0");
        for (member = json_first(root); member != NULL; member = json_next(member)) {
            const char *name = json_name(member);

            assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789"),
                             strlen(name));
            assert_true(strlen(name) <= 20);
            if (!text_equal(name, "data")) {
                assert_true(text_is_clean(json_string(member)));
            }
        }
        /* A URN whose namespace is nld; only characters of a URI. */
        member = json_member(root, "source");
        assert_true(text_starts_with(json_string(member), "urn:nld:"));
        assert_int_equal(strspn(json_string(member),
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~%:"),
                         strlen(json_string(member)));
        /* Reverse domain, and exactly one version number. */
        member = json_member(root, "type");
        assert_true(text_starts_with(json_string(member), "nl.burgerzaken."));
        assert_string_equal(strstr(json_string(member), ".v"), ".v1");
        json_destroy(root);
    }
}

/* --- what is refused ---------------------------------------------------------- */

static char *
replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    size_t size = strlen(text) + strlen(to) + 1;
    char *result = malloc(size);

    if (at == NULL) {
        fail_msg("%s is not in %s", from, text);
    }
    snprintf(result, size, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return result;
}

static void
test_what_is_not_canonical_is_refused_with_its_name(void **state)
{
    static const char step[] = HEAD(
        "aanvraag-overgedragen") "{\"product_uri\":\"u\",\"product\":\"p\",\"channel\":"
                                 "\"online\",\"variant\":\"v\",\"hand_over_hash\":"
                                 "\"" HASH "\"}}";
    static const char ended[] =
        HEAD("bezoek-beeindigd") "{\"outcome\":\"stopped\",\"duration\":\"longer\","
                                 "\"language\":\"nl\",\"modes\":[\"speech\",\"keys\"],"
                                 "\"misses\":0,\"satisfaction\":1,"
                                 "\"success\":\"no\",\"channel\":\"online\","
                                 "\"screen\":\"s\"}}";
    static const struct {
        const char *text, *from, *to, *name;
    } cases[] = {
        {step, "\"1.0\"", "\"1.1\"", "specversion"},
        {step, "\"specversion\":\"1.0\",", "", "specversion"},
        {step, "\"17\"", "\"017\"", "id"},
        {step, "\"17\"", "\"+17\"", "id"},
        {step, "\"17\"", "\"0\"", "id"},
        {step, "\"17\"", "\"-1\"", "id"},
        {step, "\"17\"", "\"17 \"", "id"},
        {step, "\"17\"", "\"9223372036854775808\"", "id"},
        {step, "\"17\"", "\"99999999999999999999\"", "id"},
        {step, "\"17\"", "17", "id"},
        {step, "urn:nld", "URN:nld", "source"},
        {step, "balie-2:", ":", "source"},
        {step, "balie-2", "balie%2D2", "source"},
        {step, "balie-2", "balie%3a2", "source"},
        {step, "balie-2", "balie%", "source"},
        {step, "balie-2", "balie%00", "source"},
        {step, "balie-2", "balie%FF", "source"},
        {step, "balie-2", "balie:2", "source"},
        {step, "balie-2", "balie 2", "source"},
        {step, "balie-2", "1234567890123456789012345678901234567890", "source"},
        {step, "ccddeeff", "ccddeefF", "source"},
        {step, "ccddeeff", "ccddee", "source"},
        {step, ":00112233445566778899aabbccddeeff", "", "source"},
        {step, "overgedragen", "vergeten", "type"},
        {step, ".v1", ".v2", "type"},
        {step, "00Z", "00+00:00", "time"},
        {step, "00Z", "00.5Z", "time"},
        {step, "2026-11-22T", "1969-11-22T", "time"},
        {step, "2026-11-22T", "2026-11-31T", "time"},
        {step, "application/json", "text/plain", "datacontenttype"},
        {step, "{\"product_uri\"", "{\"person\":1,\"product_uri\"", "person"},
        {step, "\"id\":", "\"subject\":\"x\",\"id\":", "subject"},
        {step, "\"product\":\"p\"", "\"product\":\"\"", "product"},
        {step, "\"product\":\"p\"", "\"product\":\"\\u0007\"", "product"},
        {step, "\"product\":\"p\",", "", "product"},
        {step, "\"u\"", "\"\"", "product_uri"},
        {step, "\"u\"", "null", "product_uri"},
        {step, "\"v\"", "\"1234567890123456789012345\"", "variant"},
        {step, "\"online\"", "\"Online\"", "channel"},
        {step, HASH, "0123", "hand_over_hash"},
        {step, "0123456789abcdef", "0123456789ABCDEF", "hand_over_hash"},
        {step, "overgedragen", "gestart", "hand_over_hash"},
        {step, "\"variant\"", "\"screen\":\"s\",\"variant\"", "screen"},
        {ended, "stopped", "lost", "outcome"},
        {ended, "stopped", "interrupted", "duration"},
        {ended, "longer", "long", "duration"},
        {ended, "\"nl\"", "\"xx\"", "language"},
        {ended, "[\"speech\",\"keys\"]", "[\"keys\",\"speech\"]", "modes"},
        {ended, "[\"speech\",\"keys\"]", "[\"keys\",\"keys\"]", "modes"},
        {ended, "[\"speech\",\"keys\"]", "[\"magic\"]", "modes"},
        {ended, "[\"speech\",\"keys\"]", "[1]", "modes"},
        {ended, "[\"speech\",\"keys\"]", "3", "modes"},
        {ended, "\"modes\":[\"speech\",\"keys\"],", "", "modes"},
        {ended, "\"misses\":0", "\"misses\":1000", "misses"},
        {ended, "\"misses\":0", "\"misses\":-1", "misses"},
        {ended, "\"misses\":0,", "", "misses"},
        {ended, MISSED(""), "missed"},
        {ended, MISSED("\"home\":0"), "missed"},
        {ended, MISSED("\"home\":2,\"day\":2"), "missed"},
        {ended, MISSED("\"home\":\"1\""), "missed"},
        {ended, MISSED("\"\":1"), "missed"},
        {ended, MISSED("\"123456789012345678901234\":1"), "missed"},
        {ended, MISSED("\"home\\u0007\":1"), "missed"},
        {ended,
         MISSED("\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,"
                "\"h\":1,\"i\":1"),
         "missed"},
        {ended, "\"misses\":0", "\"misses\":3,\"missed\":[1]", "missed"},
        {ended, "\"satisfaction\":1", "\"satisfaction\":0", "satisfaction"},
        {ended, "\"satisfaction\":1", "\"satisfaction\":6", "satisfaction"},
        {ended, "\"success\"", "\"help_taken\":true,\"success\"", "help_taken"},
        {ended, "\"success\"", "\"help_offered\":\"\",\"success\"", "help_offered"},
        {ended, "\"no\"", "\"unknown\"", "success"},
        {ended, "\"no\"", "\"maybe\"", "success"},
        {ended, "\"online\"", "\"none\"", "channel"},
        {ended, "\"online\"", "\"fax\"", "channel"},
        {ended, "\"screen\":\"s\"", "\"screen\":\"\"", "screen"},
        {ended, "beeindigd", "begonnen", "outcome"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = replaced(cases[i].text, cases[i].from, cases[i].to);
        struct usage_event event;
        struct usage_position position;
        struct error error = {0};

        assert_true(read_text(cases[i].text, &event, &position, &error));
        if (read_text(text, &event, &position, &error)) {
            fail_msg("was read: %s", text);
        }
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        if (strstr(error.message, cases[i].name) == NULL) {
            fail_msg("%s: %s", text, error.message);
        }
        free(text);
    }
}

static void
test_anything_that_is_no_event_is_refused(void **state)
{
    static const char *const cases[] = {
        "1",
        "\"x\"",
        "[]",
        "{}",
        "null",
        HEAD("bezoek-begonnen") "[]}",
        HEAD("bezoek-begonnen") "null}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct usage_event event;
        struct usage_position position;
        struct error error = {0};

        assert_false(read_text(cases[i], &event, &position, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
}

static void
test_durations_fall_in_their_class(void **state)
{
    static const struct {
        int64_t seconds;
        enum usage_duration duration;
    } cases[] = {
        {-5, USAGE_DURATION_UNDER_30_S},   {0, USAGE_DURATION_UNDER_30_S},
        {29, USAGE_DURATION_UNDER_30_S},   {30, USAGE_DURATION_UNDER_1_MIN},
        {59, USAGE_DURATION_UNDER_1_MIN},  {60, USAGE_DURATION_UNDER_2_MIN},
        {120, USAGE_DURATION_UNDER_5_MIN}, {300, USAGE_DURATION_UNDER_10_MIN},
        {600, USAGE_DURATION_LONGER},      {INT64_MAX, USAGE_DURATION_LONGER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(usage_duration_of(cases[i].seconds), cases[i].duration);
    }
}

/* The longest fields, every character escaped, still fit. */
static void
test_the_longest_event_fits(void **state)
{
    struct usage_event event = {
        .kind = USAGE_STEP, .step = USAGE_ABANDONED, .channel = CHANNEL_APPOINTMENT};
    struct usage_position position = {.sequence = INT64_MAX};
    char text[USAGE_EVENT_BYTES_MAX];
    struct error error;

    (void)state;
    memset(event.product_uri, '"', sizeof(event.product_uri) - 1);
    memset(event.product, '\\', sizeof(event.product) - 1);
    memset(event.variant, '"', sizeof(event.variant) - 1);
    memset(event.screen, '"', sizeof(event.screen) - 1);
    memset(position.kiosk, '/', sizeof(position.kiosk) - 1);
    event.time = USAGE_TIME_MAX;
    assert_true(usage_event_write(&event, &position, text) < sizeof(text) - 64);
    assert_true(read_text(text, &event, &position, &error));
    assert_int_equal(position.sequence, INT64_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind_is_written_as_its_cloud_event),
        cmocka_unit_test(test_a_kiosk_of_any_name_stands_percent_encoded_in_a_urn),
        cmocka_unit_test(test_random_events_written_read_and_written_are_identical),
        cmocka_unit_test(test_context_attributes_follow_the_profile),
        cmocka_unit_test(test_what_is_not_canonical_is_refused_with_its_name),
        cmocka_unit_test(test_anything_that_is_no_event_is_refused),
        cmocka_unit_test(test_durations_fall_in_their_class),
        cmocka_unit_test(test_the_longest_event_fits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
