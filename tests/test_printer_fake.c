#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/picture.h"
#include "device/printer.h"
#include "device/printer/escpos_status.h"
#include "device/printer_fake.h"
#include "ticket/escpos.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Long, so that a busy machine fails no test; short where silence is waited out. */
#define TIMEOUT_MS 10000
#define SILENCE_MS 400
#define FEED_ROWS 96 /* after the picture: ticket/escpos.c */

static char folder[100];
static struct bitmap bitmap = {576, 1200, NULL};
static uint8_t *bytes;
static size_t length;

static int
set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/loketzuil-fake-XXXXXX");
    bitmap.rows = memory_allocate(bitmap_stride(&bitmap) * (size_t)bitmap.height, 1);
    for (int y = 0; y < bitmap.height; y++) {
        for (int x = 0; x < bitmap.width; x++) {
            if ((x * x + 3 * y) % 11 < 4) {
                bitmap_blacken(&bitmap, x, y);
            }
        }
    }
    bytes = escpos_encode(&bitmap, &length);
    return mkdtemp(folder) == NULL;
}

static int
tear_down(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        char path[200];

        snprintf(path, sizeof(path), "%s/ticket-%04d.png", folder, i);
        unlink(path);
        snprintf(path, sizeof(path), "%s/ticket-%04d.bin", folder, i);
        unlink(path);
    }
    free(bytes);
    free(bitmap.rows);
    return rmdir(folder);
}

static struct printer *
fake_create(int timeout_ms)
{
    struct error error = {0};
    struct printer *printer = printer_fake_create(folder, 80, timeout_ms, &error);

    assert_non_null(printer);
    return printer;
}

static void
test_the_picture_it_keeps_is_the_ticket(void **state)
{
    struct printer *printer = fake_create(TIMEOUT_MS);
    char path[PRINTER_PATH_BYTES];
    struct error error = {0};
    struct picture picture;
    uint8_t *pixels;

    (void)state;
    assert_false(printer_last(printer, path));
    assert_true(printer_print(printer, &bitmap, bytes, length, &error));
    assert_true(printer_last(printer, path));
    pixels = picture_read(path, &picture, &error);
    assert_non_null(pixels);
    assert_int_equal(picture.width, bitmap.width);
    assert_int_equal(picture.height, bitmap.height + FEED_ROWS);
    for (int y = 0; y < bitmap.height; y++) {
        for (int x = 0; x < bitmap.width; x++) {
            bool black = pixels[(size_t)y * picture.stride + 4 * (size_t)x] == 0;

            if (bitmap_is_black(&bitmap, x, y) && !black) {
                fail_msg("dot %d of row %d is missing", x, y);
            }
        }
    }
    free(pixels);
    printer_destroy(printer);
}

/* What others print, in any order: a letter after a cut, a feed within a line. */
static void
test_letters_and_cuts_come_in_any_order(void **state)
{
    static const char receipt[] = "AB\x1dV\0CD\x1bJ\x01"
                                  "E\n\x1b"
                                  "d\x02"
                                  "F\x1dV\x42\0GH\n\x1dV\0";
    struct printer *printer = fake_create(TIMEOUT_MS);
    struct error error = {0};
    char path[PRINTER_PATH_BYTES];

    (void)state;
    assert_true(printer_print(printer, &bitmap, receipt, sizeof(receipt) - 1, &error));
    assert_true(printer_last(printer, path));
    assert_non_null(strstr(path, "ticket-0004.png")); /* three, and one before */
    printer_destroy(printer);
}

/* What every trouble comes to. */
static void
test_every_play_ends_as_it_should(void **state)
{
    static const struct {
        const char *name;
        enum printer_state state;
        enum error_kind kind; /* of printing; ERROR_NONE: it was printed */
        const char *message;
        int patience_ms;
    } cases[] = {
        {"ok", PRINTER_OK, ERROR_NONE, "", TIMEOUT_MS},
        {"paper-low", PRINTER_PAPER_LOW, ERROR_NONE, "", TIMEOUT_MS},
        {"unasked", PRINTER_OK, ERROR_NONE, "", TIMEOUT_MS},
        {"slow", PRINTER_OK, ERROR_NONE, "", TIMEOUT_MS},
        {"never-done", PRINTER_OK, ERROR_NONE, "", SILENCE_MS},
        {"out-of-paper", PRINTER_PAPER_OUT, ERROR_DEVICE, "the paper is out",
         TIMEOUT_MS},
        {"cover-open", PRINTER_COVER_OPEN, ERROR_DEVICE, "the cover is open",
         TIMEOUT_MS},
        {"knife", PRINTER_ERROR, ERROR_DEVICE, "the knife is stuck", TIMEOUT_MS},
        {"service", PRINTER_ERROR, ERROR_DEVICE, "a fault that needs service",
         TIMEOUT_MS},
        {"hot", PRINTER_ERROR, ERROR_DEVICE, "the print head is too hot and is cooling",
         TIMEOUT_MS},
        {"error", PRINTER_ERROR, ERROR_DEVICE, "the printer reports an error",
         TIMEOUT_MS},
        {"offline", PRINTER_OFFLINE, ERROR_OFFLINE, "it says it is offline and not why",
         TIMEOUT_MS},
        {"silent", PRINTER_OFFLINE, ERROR_OFFLINE,
         "it does not answer a status question", SILENCE_MS},
        {"half-answer", PRINTER_OFFLINE, ERROR_OFFLINE,
         "it does not answer a status question", SILENCE_MS},
        {"babbles", PRINTER_OFFLINE, ERROR_OFFLINE, "", SILENCE_MS},
        /* Told by itself: nobody has to wait until a question is not answered. */
        {"out-of-paper-half-way", PRINTER_OK, ERROR_DEVICE,
         "while printing: the paper is out", TIMEOUT_MS},
        {"cover-open-half-way", PRINTER_OK, ERROR_DEVICE,
         "while printing: the cover is open", TIMEOUT_MS},
        {"knife-half-way", PRINTER_OK, ERROR_DEVICE,
         "while printing: the knife is stuck", TIMEOUT_MS},
        {"stalls", PRINTER_OK, ERROR_DEVICE, "then none for 400 ms", SILENCE_MS},
        {"drops", PRINTER_OK, ERROR_DEVICE, "the connection broke after", TIMEOUT_MS},
        {"drops-at-the-end", PRINTER_OK, ERROR_UNCERTAIN,
         "it closed the connection before it said that it had printed", TIMEOUT_MS},
    };
    size_t names = 0;

    (void)state;
    while (printer_fake_name(names) != NULL) {
        names++;
    }
    assert_int_equal(names, COUNT(cases));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct printer *printer = fake_create(cases[i].patience_ms);
        struct error error = {0};
        bool printed;

        print_message("%s\n", cases[i].name);
        assert_true(printer_play(printer, cases[i].name));
        assert_int_equal(printer_status(printer, &error), cases[i].state);
        assert_true(printer_play(printer, cases[i].name));
        error = (struct error){.kind = ERROR_NONE};
        printed = printer_print(printer, &bitmap, bytes, length, &error);
        assert_int_equal(printed, cases[i].kind == ERROR_NONE);
        assert_int_equal(error.kind, cases[i].kind);
        if (strstr(error.message, cases[i].message) == NULL) {
            fail_msg("\"%s\" does not say \"%s\"", error.message, cases[i].message);
        }
        /* A printer that is helped prints the next one. */
        assert_true(printer_play(printer, "ok"));
        assert_true(printer_print(printer, &bitmap, bytes, length, &error));
        printer_destroy(printer);
    }
}

static void
test_an_unknown_play_changes_nothing(void **state)
{
    struct printer *printer = fake_create(TIMEOUT_MS);
    struct error error = {0};

    (void)state;
    assert_true(printer_play(printer, "cover-open"));
    assert_false(printer_play(printer, "sings"));
    assert_int_equal(printer_status(printer, &error), PRINTER_COVER_OPEN);
    printer_destroy(printer);
}

/* --- probing ----------------------------------------------------------------- */

static struct printer_traits
probe(const struct printer_fake_options *options, const char *play, bool *good)
{
    struct error error = {0};
    struct printer_fake *fake = printer_fake_start(options, &error);
    const struct printer_manners manners = {SILENCE_MS, false};
    struct printer_traits traits;
    struct printer *printer;
    char address[40];

    assert_non_null(fake);
    printer_fake_set(fake, printer_fake_play_of(play));
    snprintf(address, sizeof(address), "127.0.0.1:%d", printer_fake_port(fake));
    printer = printer_network_create(address, &manners, &error);
    *good = printer_probe(printer, &traits, &error);
    printer_destroy(printer);
    printer_fake_stop(fake);
    return traits;
}

static void
test_a_printer_tells_what_it_is(void **state)
{
    const struct printer_fake_options known = {
        .maker = "EPSON", .model = "TM-T88V", .knife = true, .roll_mm = 58};
    const struct printer_fake_options wide = {.maker = "STAR", .roll_mm = 80};
    const struct printer_fake_options unknown = {.port = 0};
    struct printer_traits traits;
    bool good;

    (void)state;
    traits = probe(&known, "ok", &good);
    assert_true(good);
    assert_string_equal(traits.maker, "EPSON");
    assert_string_equal(traits.model, "TM-T88V");
    assert_int_equal(traits.knife, PRINTER_YES);
    assert_int_equal(traits.roll_mm, 58);

    traits = probe(&known, "unasked", &good);
    assert_string_equal(traits.model, "TM-T88V");

    traits = probe(&wide, "ok", &good);
    assert_true(good);
    assert_string_equal(traits.model, "");
    assert_int_equal(traits.knife, PRINTER_NO);
    assert_int_equal(traits.roll_mm, 80);

    traits = probe(&unknown, "ok", &good);
    assert_true(good);
    assert_string_equal(traits.maker, "");
    assert_int_equal(traits.knife, PRINTER_UNKNOWN);
    assert_int_equal(traits.roll_mm, 0);

    probe(&known, "out-of-paper", &good);
    assert_false(good);
    probe(&known, "silent", &good);
    assert_false(good);
}

/* --- what its bytes say ------------------------------------------------------ */

static void
test_a_report_says_the_same_as_the_answers(void **state)
{
    (void)state;
    for (size_t i = 0; printer_fake_name(i) != NULL; i++) {
        const uint8_t *answers = printer_fake_play_of(printer_fake_name(i))->answers;
        uint8_t report[ESCPOS_REPORT_BYTES], again[ESCPOS_QUESTION_COUNT];
        struct error error = {0};

        if (answers[ESCPOS_PRINTER] == 0 || answers[ESCPOS_FAULT] == 0 ||
            strcmp(printer_fake_name(i), "error") == 0)
        {
            continue; /* silent; and an error without a kind has no bit in a report */
        }
        escpos_report_of_answers(answers, report);
        escpos_answers_of_report(report, again);
        assert_int_equal(escpos_state(again, &error), escpos_state(answers, &error));
    }
}

static void
test_bytes_are_told_apart_wherever_they_come(void **state)
{
    static const uint8_t stream[] = {
        0x12,                   /* an answer */
        0x18, 0x00, 0x0c, 0x0f, /* a report: offline, out of paper */
        0x00,                   /* done */
        0x18, 0x00, 0x16,       /* a report that an answer breaks off */
        0x11, 0x13,             /* XON, XOFF */
        0x10, 0x00, 0x00, 0x00, /* a report: all is well */
        0x72,                   /* an answer */
    };
    static const enum escpos_byte kinds[] = {
        ESCPOS_BYTE_STATUS, ESCPOS_BYTE_OTHER, ESCPOS_BYTE_OTHER,  ESCPOS_BYTE_OTHER,
        ESCPOS_BYTE_REPORT, ESCPOS_BYTE_DONE,  ESCPOS_BYTE_OTHER,  ESCPOS_BYTE_OTHER,
        ESCPOS_BYTE_STATUS, ESCPOS_BYTE_OTHER, ESCPOS_BYTE_OTHER,  ESCPOS_BYTE_OTHER,
        ESCPOS_BYTE_OTHER,  ESCPOS_BYTE_OTHER, ESCPOS_BYTE_REPORT, ESCPOS_BYTE_STATUS,
    };
    struct escpos_sorter sorter = {.report_length = 0};

    (void)state;
    for (size_t i = 0; i < sizeof(stream); i++) {
        assert_int_equal(escpos_sort(&sorter, stream[i]), kinds[i]);
        if (i == 4) {
            assert_memory_equal(sorter.report, stream + 1, ESCPOS_REPORT_BYTES);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_picture_it_keeps_is_the_ticket),
        cmocka_unit_test(test_letters_and_cuts_come_in_any_order),
        cmocka_unit_test(test_every_play_ends_as_it_should),
        cmocka_unit_test(test_an_unknown_play_changes_nothing),
        cmocka_unit_test(test_a_printer_tells_what_it_is),
        cmocka_unit_test(test_a_report_says_the_same_as_the_answers),
        cmocka_unit_test(test_bytes_are_told_apart_wherever_they_come),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
