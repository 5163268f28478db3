#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "device/printer.h"
#include "device/printer_fake.h"
#include "support/pty_bridge.h"
#include "ticket/escpos.h"

/*
 * Printers that are a device: a pseudo-terminal is opened as a serial line or as
 * /dev/usb/lp0 would be, and behind it is the fake printer. Parity can't be tried: a
 * pseudo-terminal has none.
 */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct printer_manners manners = {10000, false};
static const struct serial_line plain = {38400, SERIAL_PARITY_NONE, SERIAL_FLOW_NONE};

static struct bitmap bitmap = {576, 400, NULL};
static uint8_t *bytes;
static size_t length;

/* Every byte that there is, also those that mean something to a terminal. */
static int
make_ticket(void **state)
{
    size_t count = bitmap_stride(&bitmap) * (size_t)bitmap.height;

    (void)state;
    bitmap.rows = memory_allocate(count, 1);
    for (size_t i = 0; i < count; i++) {
        bitmap.rows[i] = (uint8_t)(i * 7 + i / 256);
    }
    bytes = escpos_encode(&bitmap, &length);
    return 0;
}

static int
free_ticket(void **state)
{
    (void)state;
    free(bytes);
    free(bitmap.rows);
    return 0;
}

static struct printer_fake *
fake_start(void)
{
    const struct printer_fake_options options = {.port = 0};
    struct error error = {0};
    struct printer_fake *fake = printer_fake_start(&options, &error);

    assert_non_null(fake);
    return fake;
}

static void
assert_whole(struct printer_fake *fake)
{
    const uint8_t *paper;

    assert_int_equal(printer_fake_printed(fake, &paper), length);
    assert_memory_equal(paper, bytes, length);
}

static void
test_a_serial_line_carries_every_byte_both_ways(void **state)
{
    static const struct serial_line lines[] = {
        {38400, SERIAL_PARITY_NONE, SERIAL_FLOW_NONE},
        {115200, SERIAL_PARITY_NONE, SERIAL_FLOW_SOFTWARE},
        {9600, SERIAL_PARITY_NONE, SERIAL_FLOW_HARDWARE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct printer_fake *fake = fake_start();
        struct pty_bridge *bridge = pty_bridge_open(printer_fake_port(fake), 0);
        struct printer *printer =
            printer_serial_create(pty_bridge_path(bridge), &lines[i], &manners);
        struct error error = {0};

        assert_true(printer_print(printer, &bitmap, bytes, length, &error));
        assert_whole(fake);
        printer_fake_set(fake, printer_fake_play_of("cover-open"));
        if (printer_status(printer, &error) != PRINTER_COVER_OPEN) {
            fail_msg("line %zu: %s", i, error.message);
        }
        assert_string_equal(error.message, "printer serial: the cover is open");
        printer_destroy(printer);
        pty_bridge_close(bridge);
        printer_fake_stop(fake);
    }
}

static void
test_a_serial_line_is_set_as_the_settings_say(void **state)
{
    static const struct {
        struct serial_line line;
        speed_t speed;
        tcflag_t set, clear, input;
    } cases[] = {
        {{9600, SERIAL_PARITY_NONE, SERIAL_FLOW_NONE},
         B9600,
         CS8 | CLOCAL | CREAD,
         PARENB | CSTOPB | CRTSCTS | HUPCL,
         0},
        {{19200, SERIAL_PARITY_NONE, SERIAL_FLOW_SOFTWARE}, B19200, CS8, CRTSCTS, IXON},
        {{57600, SERIAL_PARITY_NONE, SERIAL_FLOW_HARDWARE}, B57600, CRTSCTS, 0, 0},
        {{115200, SERIAL_PARITY_NONE, SERIAL_FLOW_NONE}, B115200, CS8, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct printer_fake *fake = fake_start();
        struct pty_bridge *bridge = pty_bridge_open(printer_fake_port(fake), 0);
        struct printer *printer =
            printer_serial_create(pty_bridge_path(bridge), &cases[i].line, &manners);
        struct termios settings;
        struct error error = {0};

        assert_int_equal(printer_status(printer, &error), PRINTER_OK);
        assert_int_equal(tcgetattr(pty_bridge_line(bridge), &settings), 0);
        assert_int_equal(cfgetospeed(&settings), cases[i].speed);
        assert_int_equal(settings.c_cflag & cases[i].set, cases[i].set);
        assert_int_equal(settings.c_cflag & cases[i].clear, 0);
        assert_int_equal(settings.c_iflag & (IXON | IXOFF | ICRNL), cases[i].input);
        assert_int_equal(settings.c_oflag & OPOST, 0);
        printer_destroy(printer);
        pty_bridge_close(bridge);
        printer_fake_stop(fake);
    }
}

static void
test_what_is_no_serial_line_is_offline(void **state)
{
    struct error error = {0};
    struct printer *printer = printer_serial_create("/dev/null", &plain, &manners);

    (void)state;
    assert_int_equal(printer_status(printer, &error), PRINTER_OFFLINE);
    assert_string_equal(error.message, "printer serial: /dev/null is no serial line");
    printer_destroy(printer);
    printer = printer_serial_create("/dev/tty-nowhere", &plain, &manners);
    assert_false(printer_print(printer, &bitmap, bytes, length, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    assert_string_equal(error.message,
                        "printer serial: /dev/tty-nowhere: No such file or directory");
    printer_destroy(printer);
}

static void
link_as(const char *folder, int number, const struct pty_bridge *bridge)
{
    char path[100];

    snprintf(path, sizeof(path), "%s/lp%d", folder, number);
    unlink(path);
    if (bridge != NULL) {
        assert_int_equal(symlink(pty_bridge_path(bridge), path), 0);
    }
}

static void
test_a_usb_printer_is_found_again_after_it_was_pulled_out(void **state)
{
    char folder[] = "/tmp/loketzuil-usb-XXXXXX", message[100];
    struct printer_fake *fake = fake_start();
    struct error error = {0};
    struct printer *printer;

    (void)state;
    assert_non_null(mkdtemp(folder));
    printer = printer_usb_create(folder, &manners);
    assert_int_equal(printer_status(printer, &error), PRINTER_OFFLINE);
    snprintf(message, sizeof(message), "printer usb: no printer in %s", folder);
    assert_string_equal(error.message, message);
    for (int number = 3; number >= 0; number -= 3) {
        struct pty_bridge *bridge = pty_bridge_open(printer_fake_port(fake), 1);

        link_as(folder, number, bridge);
        assert_int_equal(printer_status(printer, &error), PRINTER_OK);
        assert_true(printer_print(printer, &bitmap, bytes, length, &error));
        assert_whole(fake);
        pty_bridge_close(bridge);
        assert_false(printer_print(printer, &bitmap, bytes, length, &error));
        assert_int_equal(error.kind, ERROR_OFFLINE);
        link_as(folder, number, NULL);
    }
    printer_destroy(printer);
    printer_fake_stop(fake);
    assert_int_equal(rmdir(folder), 0);
}

static void
test_a_usb_printer_may_be_named(void **state)
{
    struct printer_fake *fake = fake_start();
    struct pty_bridge *bridge = pty_bridge_open(printer_fake_port(fake), 1);
    struct printer *printer = printer_usb_create(pty_bridge_path(bridge), &manners);
    struct error error = {0};

    (void)state;
    assert_true(printer_print(printer, &bitmap, bytes, length, &error));
    assert_whole(fake);
    printer_destroy(printer);
    pty_bridge_close(bridge);
    printer_fake_stop(fake);
}

static void
test_what_a_mute_printer_was_sent_is_uncertain(void **state)
{
    const struct printer_manners mute = {10000, true};
    struct printer_fake *fake = fake_start();
    struct pty_bridge *bridge = pty_bridge_open(printer_fake_port(fake), 1);
    struct printer *printer = printer_usb_create(pty_bridge_path(bridge), &mute);
    struct printer_traits traits;
    struct error error = {0};

    (void)state;
    printer_fake_set(fake, printer_fake_play_of("silent"));
    assert_int_equal(printer_status(printer, &error), PRINTER_OK);
    assert_true(printer_probe(printer, &traits, &error));
    assert_false(printer_print(printer, &bitmap, bytes, length, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    pty_bridge_close(bridge);
    assert_int_equal(printer_status(printer, &error), PRINTER_OFFLINE);
    printer_destroy(printer);
    printer_fake_stop(fake);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_serial_line_carries_every_byte_both_ways),
        cmocka_unit_test(test_a_serial_line_is_set_as_the_settings_say),
        cmocka_unit_test(test_what_is_no_serial_line_is_offline),
        cmocka_unit_test(test_a_usb_printer_is_found_again_after_it_was_pulled_out),
        cmocka_unit_test(test_a_usb_printer_may_be_named),
        cmocka_unit_test(test_what_a_mute_printer_was_sent_is_uncertain),
    };

    return cmocka_run_group_tests(tests, make_ticket, free_ticket);
}
