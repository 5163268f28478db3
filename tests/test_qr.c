#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/bitmap.h"
#include "base/memory.h"
#include "base/picture.h"
#include "base/text.h"
#include "ticket/qr.h"
#include "ticket/ticket.h"

#define QUIET 4
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char folder[] = "/tmp/loketzuil-qr-XXXXXX";
static struct qr qr; /* too large for a stack that is watched */

static int
make_folder(void **state)
{
    (void)state;
    sign_start();
    return mkdtemp(folder) == NULL;
}

static int
remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void
ticket_text(const char *address, char text[TICKET_TEXT_BYTES])
{
    struct sign_key key;
    uint8_t appointment[TICKET_ID_BYTES];

    sign_key_generate(&key);
    random_bytes(appointment, sizeof(appointment));
    ticket_sign(&key, address, appointment, 1795012200, "stadhuis", text);
}

static void
draw(struct bitmap *bitmap, int dots)
{
    for (int y = 0; y < qr.size * dots; y++) {
        for (int x = 0; x < qr.size * dots; x++) {
            if (qr.dark[y / dots * qr.size + x / dots] != 0) {
                bitmap_blacken(bitmap, x + QUIET * dots, y + QUIET * dots);
            }
        }
    }
}

/* What an independent reader (ZBar) makes of the code as a PNG. */
static void
read_back(const char *png, char *text, size_t size)
{
    char command[200];
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
assert_reads_back(const char *text, int dots)
{
    int side = (qr.size + 2 * QUIET) * dots;
    struct bitmap bitmap = {side, side, NULL};
    struct error error = {ERROR_NONE, ""};
    char png[100], read[1000];

    bitmap.rows = memory_allocate(bitmap_stride(&bitmap), (size_t)side);
    draw(&bitmap, dots);
    snprintf(png, sizeof(png), "%s/qr.png", folder);
    assert_true(picture_write(&(struct picture){PICTURE_BITMAP, side, side,
                                                bitmap_stride(&bitmap), bitmap.rows},
                              png, &error));
    read_back(png, read, sizeof(read));
    assert_string_equal(read, text);
    unlink(png);
    free(bitmap.rows);
}

static void
test_a_ticket_is_read_back_at_every_size_of_paper(void **state)
{
    char text[TICKET_TEXT_BYTES];
    struct error error = {ERROR_NONE, ""};

    (void)state;
    ticket_text("HTTPS://AFSPRAAK.VOORBEELD.NL/T/", text);
    assert_true(qr_encode(text, &qr, &error));
    for (int dots = 4; dots <= 7; dots++) {
        assert_reads_back(text, dots);
    }
}

static void
test_a_ticket_stays_at_version_eight(void **state)
{
    /* With a host name of 54 characters too: 221 characters fit. On 58 mm paper
     * (384 dots) a module is then still six dots, where four are needed. */
    static const char *const addresses[] = {
        "HTTPS://AFSPRAAK.VOORBEELD.NL/T/",
        "HTTPS://AFSPRAAK.EEN-GEMEENTE-MET-EEN-LANGE-NAAM.VOORBEELD.NL/T/",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(addresses); i++) {
        char text[TICKET_TEXT_BYTES];
        struct error error = {ERROR_NONE, ""};

        ticket_text(addresses[i], text);
        assert_true(qr_encode(text, &qr, &error));
        assert_int_equal(qr.size, 17 + 4 * 8);
    }
}

static void
test_other_texts_are_read_back_too(void **state)
{
    static const char *const cases[] = {
        "a1b2c3d4e5f6", /* a check-in code of JCC */
        "https://voorbeeld.nl/verhuizen?van=kiosk&t=Zx9",
        "tel:+31201234567",
        "123456789012345678901234567890",
        "Caf\xc3\xa9 \xd9\x85\xd9\x88\xd8\xb9\xd8\xaf",
    };
    struct error error = {ERROR_NONE, ""};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(qr_encode(cases[i], &qr, &error));
        assert_reads_back(cases[i], 4);
    }
}

static void
test_the_largest_code_is_the_bound_of_the_header(void **state)
{
    static char text[3000];
    struct error error = {ERROR_NONE, ""};

    (void)state;
    memset(text, 'x', 2331); /* ISO/IEC 18004: version 40, level M, bytes */
    assert_true(qr_encode(text, &qr, &error));
    assert_int_equal(qr.size, QR_SIZE_MAX);
    text[2331] = 'x';
    assert_false(qr_encode(text, &qr, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    assert_string_equal(error.message, "QR: 2332 bytes are more than one code holds");
}

static void
test_no_text_is_no_code(void **state)
{
    struct error error = {ERROR_NONE, ""};

    (void)state;
    assert_false(qr_encode("", &qr, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_ticket_is_read_back_at_every_size_of_paper),
        cmocka_unit_test(test_a_ticket_stays_at_version_eight),
        cmocka_unit_test(test_other_texts_are_read_back_too),
        cmocka_unit_test(test_the_largest_code_is_the_bound_of_the_header),
        cmocka_unit_test(test_no_text_is_no_code),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
