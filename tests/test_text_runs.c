#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/text_runs.h"

/* Runs in the order that they are seen from left to right, "|" between them. */
static void
write_runs(char *target, size_t size, const char *text, bool right_to_left)
{
    struct text_run runs[TEXT_RUNS_MAX];
    size_t count =
        text_runs_split(text, strlen(text), right_to_left, runs, TEXT_RUNS_MAX);
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        assert_true(used + runs[i].length + 3 < size);
        target[used++] = runs[i].right_to_left ? '<' : '>';
        memcpy(target + used, text + runs[i].start, runs[i].length);
        used += runs[i].length;
        target[used++] = '|';
    }
    target[used] = '\0';
}

static const struct {
    const char *text;
    bool right_to_left;
    const char *runs;
} lines[] = {
    {"Paspoort aanvragen", false, ">Paspoort aanvragen|"},
    {"موعد 12:30", true, ">12:30|<موعد |"},
    {"موعد 12:30 غدا", true, "< غدا|>12:30|<موعد |"},
    {"مكتبة De Linde", true, ">De Linde|<مكتبة |"},
    {"Taal: العربية", false, ">Taal: |<العربية|"},
    {"De Linde.", true, ">De Linde.|"},
    {"Neem uw paspoort mee (of ID-kaart).", true,
     ">Neem uw paspoort mee (of ID-kaart).|"},
    {"سنة 2026 و 12:30", true, ">12:30|< و |>2026|<سنة |"},
    {"X א12ב Y", false, ">X |<ב|>12|<א|> Y|"},
    /* what is copied or dialled stays as it is written */
    {"الهاتف: 14 000.", true, "<.|>14 000|<الهاتف: |"},
    {"14 000", true, ">14 000|"},
    {"أسئلة؟ +31 6 1234 5678", true, ">+31 6 1234 5678|<أسئلة؟ |"},
    {"الرمز 7K4\xC2\xA0M2Q", true, ">7K4\xC2\xA0M2Q|<الرمز |"},
    {"الرمز 234\xC2\xA0"
     "ABC",
     true,
     ">234\xC2\xA0"
     "ABC|<الرمز |"},
    {"مثلًا: 07-03-1960.", true, "<.|>07-03-1960|<مثلًا: |"},
    {"في 2e Lindestraat 4, Voorbeeld", true, ">2e Lindestraat 4, Voorbeeld|<في |"},
    {"أو زيارة voorbeeld.nl/afspraak.", true, "<.|>voorbeeld.nl/afspraak|<أو زيارة |"},
    {"مثل naam@voorbeeld.nl", true, ">naam@voorbeeld.nl|<مثل |"},
    {"84.00 يورو", true, "< يورو|>84.00|"},
    {"1 من 3", true, ">3|< من |>1|"},
    {"Paspoort، 3 أشخاص", true, "< أشخاص|>3|<، |>Paspoort|"},
    /* from nine till twelve, read from the right */
    {"9:00 – 12:00", true, ">12:00|< – |>9:00|"},
    {"", true, ""},
};

static void
test_runs_come_in_the_order_that_they_are_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        char runs[200];

        write_runs(runs, sizeof(runs), lines[i].text, lines[i].right_to_left);
        assert_string_equal(runs, lines[i].runs);
    }
}

static void
test_every_byte_is_in_exactly_one_run(void **state)
{
    static const char text[] = "a\xFF\xD9\x85 12:30 (Voorbeeld) \xE2\x80 مساء b\xD9";
    struct text_run runs[TEXT_RUNS_MAX];

    (void)state;
    for (size_t length = 0; length < sizeof(text); length++) {
        for (size_t max = 1; max <= 4; max++) {
            unsigned char seen[sizeof(text)] = {0};
            size_t count = text_runs_split(text, length, true, runs, max);

            assert_true(count <= max);
            for (size_t i = 0; i < count; i++) {
                for (size_t at = 0; at < runs[i].length; at++) {
                    seen[runs[i].start + at]++;
                }
            }
            for (size_t at = 0; at < length; at++) {
                assert_int_equal(seen[at], 1);
            }
        }
    }
}

static void
test_characters_end_at_the_end_of_the_text(void **state)
{
    static const char text[] = "a\xC3\xA9\xE2\x82\xAC";
    const char *at = text;

    (void)state;
    assert_int_equal(text_runs_next(&at, text + 6), 'a');
    assert_int_equal(text_runs_next(&at, text + 6), 0xE9);
    assert_int_equal(text_runs_next(&at, text + 6), 0x20AC);
    assert_int_equal(text_runs_next(&at, text + 6), 0);
    at = text + 3; /* the euro sign without its last byte */
    assert_int_equal(text_runs_next(&at, text + 5), 0xFFFD);
    assert_ptr_equal(at, text + 4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs_come_in_the_order_that_they_are_seen),
        cmocka_unit_test(test_every_byte_is_in_exactly_one_run),
        cmocka_unit_test(test_characters_end_at_the_end_of_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
