#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "device/printer.h"
#include "ticket/escpos.h"
#include "ticket/icalendar.h"
#include "ticket/qr.h"
#include "ticket/ticket.h"
#include "visit/paper.h"

#define QUIET 4
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char folder[] = "/tmp/loketzuil-paper-XXXXXX";
static struct translation *translations[LANGUAGE_COUNT];
static struct qr qr; /* too large for a stack that is watched */

static int
open_all(void **state)
{
    const char *build = getenv("BUILD");
    char path[200];
    struct error error = {0};

    (void)state;
    sign_start();
    snprintf(path, sizeof(path), "%s/translations", build != NULL ? build : "build");
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        /* A language without a file of its own shows the msgids. */
        translations[i] =
            translation_open(path, language_code((enum language)i), &error);
    }
    return mkdtemp(folder) == NULL;
}

static int
close_all(void **state)
{
    char command[200];

    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(translations[i]);
    }
    snprintf(command, sizeof(command), "rm -r '%s'", folder);
    return system(command);
}

static struct paper_ticket
passport(enum language language)
{
    struct paper_ticket ticket = {
        .language = language,
        .name_lines = {"Gemeente", "Voorbeeld"},
        .product = "Paspoort aanvragen",
        .day = "donderdag 12 maart",
        .time = "10.20",
        .time_word = "uur",
        .place = "Bibliotheek De Linde",
        .address = "Lindeplein 4, Voorbeeld",
        .code = "7K4M2Q",
        .bring = {"Uw oude paspoort of ID-kaart", "Pasfoto, max. 6 maanden oud",
                  "Bankpas: u betaalt € 84,00"},
        .bring_count = 3,
        .cost = "U betaalt € 84,00 met pin.",
        .change_address = "voorbeeld.nl/afspraak",
        .phone = "14 000",
        .printed = "10-03-2026 14.07",
        .kiosk = "linde-01",
    };
    const uint8_t appointment[TICKET_ID_BYTES] = {1, 2, 3};
    struct sign_key key;

    sign_key_generate(&key);
    ticket_sign(&key, "HTTPS://AFSPRAAK.VOORBEELD.NL/T/", appointment, 1773307200,
                "linde", ticket.check_in);
    return ticket;
}

static struct bitmap
paint(enum paper_width width, const char *logo, const struct paper_ticket *ticket)
{
    struct error error = {0};
    struct ticket_paper *paper = paper_create(width, translations, logo, &error);
    struct bitmap bitmap = {0};

    assert_non_null(paper);
    assert_true(paper_paint(paper, ticket, &bitmap, &error));
    paper_destroy(paper);
    assert_int_equal(bitmap.width, paper_width_dots(width));
    return bitmap;
}

static bool
is_dark(const struct bitmap *bitmap, int left, int top, int dots, int x, int y)
{
    return bitmap_is_black(bitmap, left + x * dots + dots / 2,
                           top + y * dots + dots / 2);
}

static bool
is_code_at(const struct bitmap *bitmap, int left, int top, int dots)
{
    if (!bitmap_is_black(bitmap, left, top)) {
        return false; /* the middles would agree a little higher too */
    }
    for (int y = 0; y < qr.size; y++) {
        for (int x = 0; x < qr.size; x++) {
            if (is_dark(bitmap, left, top, dots, x, y) !=
                (qr.dark[y * qr.size + x] != 0)) {
                return false;
            }
        }
    }
    return true;
}

/* Where the code's upper side is and how large its modules are. */
static bool
find_code(const struct bitmap *bitmap, const char *text, int *top, int *dots)
{
    struct error error = {0};

    assert_true(qr_encode(text, &qr, &error));
    for (*dots = 4; *dots <= 14; ++*dots) {
        int side = qr.size * *dots;

        for (*top = 0; side <= bitmap->width && *top + side <= bitmap->height; ++*top) {
            if (is_code_at(bitmap, (bitmap->width - side) / 2, *top, *dots)) {
                return true;
            }
        }
    }
    return false;
}

static void
test_nothing_stands_in_the_quiet_zone_of_the_code(void **state)
{
    (void)state;
    for (int width = 0; width < PAPER_WIDTH_COUNT; width++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            struct paper_ticket ticket = passport((enum language)language);
            struct bitmap bitmap = paint((enum paper_width)width, "", &ticket);
            int top, dots, left, side, quiet;

            assert_true(find_code(&bitmap, ticket.check_in, &top, &dots));
            side = qr.size * dots;
            left = (bitmap.width - side) / 2;
            quiet = QUIET * dots;
            assert_true(left >= quiet);
            for (int y = top - quiet; y < top + side + quiet; y++) {
                for (int x = left - quiet; x < left + side + quiet; x++) {
                    bool inside =
                        x >= left && x < left + side && y >= top && y < top + side;

                    assert_false(!inside && bitmap_is_black(&bitmap, x, y));
                }
            }
            free(bitmap.rows);
        }
    }
}

/* What an independent reader (ZBar) makes of the code as a PNG. */
static void
read_back(const char *png, char *text, size_t size)
{
    char command[PRINTER_PATH_BYTES + 100];
    FILE *reader;
    size_t length;

    snprintf(command, sizeof(command), "zbarimg --quiet --raw --nodbus -Sbinary '%s'",
             png);
    reader = popen(command, "r");
    assert_non_null(reader);
    length = fread(text, 1, size - 1, reader);
    text[length] = '\0';
    assert_int_equal(pclose(reader), 0);
}

static void
test_what_the_printer_gets_is_read_by_a_scanner(void **state)
{
    struct error error = {0};
    struct printer *printer = printer_file_create(folder, &error);

    (void)state;
    assert_non_null(printer);
    for (int width = 0; width < PAPER_WIDTH_COUNT; width++) {
        struct paper_ticket ticket = passport(LANGUAGE_NL);
        struct bitmap bitmap = paint((enum paper_width)width, "", &ticket);
        char path[PRINTER_PATH_BYTES], text[APPOINTMENT_CHECK_IN_BYTES];
        size_t length;
        uint8_t *bytes = escpos_encode(&bitmap, &length);

        assert_true(printer_print(printer, &bitmap, bytes, length, &error));
        assert_true(printer_last(printer, path));
        read_back(path, text, sizeof(text));
        assert_string_equal(text, ticket.check_in);
        free(bytes);
        free(bitmap.rows);
    }
    printer_destroy(printer);
}

static void
test_the_code_for_a_calendar_stands_apart_and_whole(void **state)
{
    (void)state;
    for (int width = 0; width < PAPER_WIDTH_COUNT; width++) {
        struct paper_ticket ticket = passport(LANGUAGE_NL);
        struct icalendar_event event = {
            .uid = "00112233445566778899aabbccddeeff@gemeente-voorbeeld.nl",
            .stamp = 1773307200,
            .start = 1773307200,
            .end = 1773308100,
            .summary = "Paspoort of identiteitskaart aanvragen",
            .location = "Bibliotheek De Linde, Voorbeeld-Noord"};
        char *calendar = icalendar_encode(&event);
        struct bitmap bitmap;
        int check_in_top, check_in_side, calendar_top, dots;

        assert_true(strlen(calendar) < sizeof(ticket.calendar));
        strcpy(ticket.calendar, calendar);
        strcpy(ticket.check_in, "e4116a91310001");
        bitmap = paint((enum paper_width)width, "", &ticket);
        assert_true(find_code(&bitmap, ticket.check_in, &check_in_top, &dots));
        check_in_side = qr.size * dots;
        assert_true(find_code(&bitmap, ticket.calendar, &calendar_top, &dots));
        /* Whoever holds one before a scanner does not show it the other. */
        assert_true(calendar_top > check_in_top + check_in_side + 200);
        free(calendar);
        free(bitmap.rows);
    }
}

/* What a scanner reads of a number's slip, in every language and on both rolls. */
static void
test_the_code_that_follows_a_number_is_read_by_a_scanner(void **state)
{
    struct error error = {0};
    struct printer *printer = printer_file_create(folder, &error);

    (void)state;
    assert_non_null(printer);
    for (int i = 0; i < PAPER_WIDTH_COUNT * LANGUAGE_COUNT; i++) {
        struct paper_ticket ticket = {
            .language = (enum language)(i / PAPER_WIDTH_COUNT),
            .name_lines = {"Gemeente", "Voorbeeld"},
            .number = "A 042",
            .check_in = "HTTPS://AFSPRAAK.VOORBEELD.NL/N/0A1B2C3D4E5F6G7H8J9K0M1N2P",
        };
        struct bitmap bitmap =
            paint((enum paper_width)(i % PAPER_WIDTH_COUNT), "", &ticket);
        char path[PRINTER_PATH_BYTES], text[APPOINTMENT_CHECK_IN_BYTES];
        size_t length;
        uint8_t *bytes = escpos_encode(&bitmap, &length);

        assert_true(printer_print(printer, &bitmap, bytes, length, &error));
        assert_true(printer_last(printer, path));
        read_back(path, text, sizeof(text));
        assert_string_equal(text, ticket.check_in);
        free(bytes);
        free(bitmap.rows);
    }
    printer_destroy(printer);
}

static void
test_the_longest_check_in_text_of_any_maker_fits_both_rolls(void **state)
{
    (void)state;
    for (int width = 0; width < PAPER_WIDTH_COUNT; width++) {
        struct paper_ticket ticket = passport(LANGUAGE_NL);
        struct bitmap bitmap;
        int top, dots;

        memset(ticket.check_in, 'x', sizeof(ticket.check_in) - 1);
        bitmap = paint((enum paper_width)width, "", &ticket);
        assert_true(find_code(&bitmap, ticket.check_in, &top, &dots));
        free(bitmap.rows);
    }
}

static int
black_between(const struct bitmap *bitmap, int from, int to)
{
    int count = 0;

    for (int y = 0; y < bitmap->height; y++) {
        for (int x = from; x < to; x++) {
            count += bitmap_is_black(bitmap, x, y);
        }
    }
    return count;
}

static void
test_long_texts_stay_between_the_margins(void **state)
{
    static const int margins[PAPER_WIDTH_COUNT] = {32, 16};

    (void)state;
    for (int width = 0; width < PAPER_WIDTH_COUNT; width++) {
        struct paper_ticket ticket = passport(LANGUAGE_NL);
        struct bitmap bitmap;

        text_copy(
            ticket.product, sizeof(ticket.product),
            "Verklaring omtrent het gedrag aanvragen voor het werken met kinderen "
            "en met kwetsbare ouderen");
        text_copy(ticket.place, sizeof(ticket.place),
                  "Dorpshuis en bibliotheek Het Oude Raadhuis aan de Nieuwe Haven");
        for (size_t i = 0; i < PAPER_BRING_MAX; i++) {
            text_copy(ticket.bring[i], sizeof(ticket.bring[i]),
                      "Het toestemmingsformulier van de ouder die er niet bij is, met "
                      "een kopie van het paspoort van die ouder");
        }
        ticket.bring_count = PAPER_BRING_MAX;
        bitmap = paint((enum paper_width)width, "", &ticket);
        assert_int_equal(
            black_between(&bitmap, bitmap.width - margins[width] + 4, bitmap.width), 0);
        assert_int_equal(black_between(&bitmap, 0, margins[width] - 6), 0);
        free(bitmap.rows);
    }
}

static void
test_what_is_not_known_is_left_out(void **state)
{
    struct paper_ticket ticket = passport(LANGUAGE_NL);
    struct bitmap whole = paint(PAPER_80_MM, "", &ticket);
    struct bitmap bare;
    int top, dots;

    (void)state;
    ticket.bring_count = 0;
    ticket.cost[0] = '\0';
    ticket.check_in[0] = '\0';
    bare = paint(PAPER_80_MM, "", &ticket);
    assert_true(bare.height < whole.height - 400);
    ticket = passport(LANGUAGE_NL);
    assert_false(find_code(&bare, ticket.check_in, &top, &dots));
    free(whole.rows);
    free(bare.rows);
}

static void
test_a_language_from_the_right_begins_at_the_right(void **state)
{
    struct paper_ticket ticket = passport(LANGUAGE_NL);
    struct bitmap left = paint(PAPER_80_MM, "", &ticket);
    struct bitmap right;

    (void)state;
    ticket.language = LANGUAGE_AR;
    right = paint(PAPER_80_MM, "", &ticket);
    assert_true(black_between(&left, 32, 160) > black_between(&left, 416, 544));
    assert_true(black_between(&right, 32, 160) < black_between(&right, 416, 544));
    free(left.rows);
    free(right.rows);
}

static void
test_a_number_stands_large_on_both_rolls(void **state)
{
    struct paper_ticket ticket = {
        .language = LANGUAGE_NL,
        .name_lines = {"Gemeente", "Voorbeeld"},
        .product = "Uittreksel, zonder afspraak",
        .number = "A 042",
        .desk = "Balie 1 of 2",
        .ahead = "6 mensen voor u",
        .wait = "Wachten: ongeveer 20 minuten",
        .estimate = "Dit is een schatting.",
        .printed = "10-03-2026 14.07",
        .kiosk = "linde-01",
    };

    (void)state;
    for (int width = 0; width < PAPER_WIDTH_COUNT; width++) {
        struct bitmap whole = paint((enum paper_width)width, "", &ticket), short_one;

        assert_int_equal(whole.width, paper_width_dots((enum paper_width)width));
        assert_in_range(whole.height, 500, 1202);
        ticket.desk[0] = ticket.ahead[0] = ticket.wait[0] = '\0';
        short_one = paint((enum paper_width)width, "", &ticket);
        assert_true(short_one.height < whole.height - 100);
        free(whole.rows);
        free(short_one.rows);
        snprintf(ticket.desk, sizeof(ticket.desk), "Balie 1 of 2");
        snprintf(ticket.ahead, sizeof(ticket.ahead), "6 mensen voor u");
        snprintf(ticket.wait, sizeof(ticket.wait), "Wachten: ongeveer 20 minuten");
    }
}

static void
test_the_same_ticket_gives_the_same_dots(void **state)
{
    struct paper_ticket ticket = passport(LANGUAGE_NL);
    struct bitmap one = paint(PAPER_58_MM, "", &ticket);
    struct bitmap two = paint(PAPER_58_MM, "", &ticket);

    (void)state;
    assert_int_equal(one.height, two.height);
    assert_memory_equal(one.rows, two.rows, bitmap_stride(&one) * (size_t)one.height);
    free(one.rows);
    free(two.rows);
}

static void
test_a_logo_that_is_not_there_gives_the_plain_mark(void **state)
{
    struct paper_ticket ticket = passport(LANGUAGE_NL);
    struct bitmap plain = paint(PAPER_58_MM, "", &ticket);
    struct bitmap without = paint(PAPER_58_MM, "/nowhere/logo.png", &ticket);
    struct bitmap with = paint(PAPER_58_MM, "assets/example/logo.png", &ticket);
    size_t bytes = bitmap_stride(&plain) * (size_t)plain.height;

    (void)state;
    assert_int_equal(plain.height, without.height);
    assert_memory_equal(plain.rows, without.rows, bytes);
    assert_int_equal(plain.height, with.height);
    assert_memory_not_equal(plain.rows, with.rows, bytes);
    free(plain.rows);
    free(without.rows);
    free(with.rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_stands_in_the_quiet_zone_of_the_code),
        cmocka_unit_test(test_what_the_printer_gets_is_read_by_a_scanner),
        cmocka_unit_test(test_the_code_for_a_calendar_stands_apart_and_whole),
        cmocka_unit_test(test_the_code_that_follows_a_number_is_read_by_a_scanner),
        cmocka_unit_test(test_the_longest_check_in_text_of_any_maker_fits_both_rolls),
        cmocka_unit_test(test_long_texts_stay_between_the_margins),
        cmocka_unit_test(test_what_is_not_known_is_left_out),
        cmocka_unit_test(test_a_language_from_the_right_begins_at_the_right),
        cmocka_unit_test(test_a_number_stands_large_on_both_rolls),
        cmocka_unit_test(test_the_same_ticket_gives_the_same_dots),
        cmocka_unit_test(test_a_logo_that_is_not_there_gives_the_plain_mark),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
