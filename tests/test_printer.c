#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/picture.h"
#include "base/text.h"
#include "device/printer.h"
#include "device/printer_fake.h"
#include "ticket/escpos.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Long, so that a busy machine fails no test; short where silence is waited out. */
#define TIMEOUT_MS 10000
#define SILENCE_MS 400

static struct bitmap bitmap = {576, 400, NULL};
static uint8_t *bytes;
static size_t length;

static int
make_ticket(void **state)
{
    size_t count = bitmap_stride(&bitmap) * (size_t)bitmap.height;

    (void)state;
    bitmap.rows = memory_allocate(count, 1);
    for (size_t i = 0; i < count; i++) {
        bitmap.rows[i] = i % 3 == 0 ? 0x10 : 0x04;
    }
    bytes = escpos_encode(&bitmap, &length);
    /* Our own tickets hold no orders. This one does, as what others print may: the
     * whole picture asks for the state of the paper (DLE EOT 4). */
    for (size_t i = 0; i < length; i++) {
        bytes[i] = bytes[i] == 0x18 ? 0x10 : bytes[i];
    }
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

/* --- names --------------------------------------------------------------- */

static void
test_every_state_has_a_name_that_is_read_back(void **state)
{
    enum printer_state read;

    (void)state;
    for (int i = 0; i < PRINTER_STATE_COUNT; i++) {
        assert_true(
            printer_state_from_name(printer_state_name((enum printer_state)i), &read));
        assert_int_equal(read, i);
    }
    assert_false(printer_state_from_name("", &read));
    assert_false(printer_state_from_name("OK", &read));
}

/* --- network ------------------------------------------------------------- */

static const struct printer_fake_play fine = {.answers = {0x12, 0x12, 0x12, 0x12}};

static struct printer_fake *
fake_start(const struct printer_fake_play *play)
{
    const struct printer_fake_options options = {.port = 0};
    struct error error = {ERROR_NONE, ""};
    struct printer_fake *fake = printer_fake_start(&options, &error);

    assert_non_null(fake);
    printer_fake_set(fake, play);
    return fake;
}

static const char *
address_of(const struct printer_fake *fake)
{
    static char address[40];

    snprintf(address, sizeof(address), "127.0.0.1:%d", printer_fake_port(fake));
    return address;
}

static struct printer *
network_create(const char *address, int timeout_ms, struct error *error)
{
    const struct printer_manners manners = {timeout_ms, false};

    return printer_network_create(address, &manners, error);
}

static int
patience_ms(const struct printer_fake_play *options)
{
    bool silent = options->ignores_done || options->babbles ||
                  options->turns_after != 0 || options->stalls_after != 0;

    for (int i = 0; i < 4; i++) {
        silent = silent || options->answers[i] == 0;
    }
    return silent ? SILENCE_MS : TIMEOUT_MS;
}

struct outcome {
    bool printed;
    struct error error;
    size_t on_paper; /* bytes */
    bool whole;      /* and they are those of the ticket */
};

static struct outcome
print_on(const struct printer_fake_play *options)
{
    struct printer_fake *fake = fake_start(options);
    struct outcome outcome = {.error = {ERROR_NONE, ""}};
    struct printer *printer =
        network_create(address_of(fake), patience_ms(options), &outcome.error);
    const uint8_t *paper;

    assert_non_null(printer);
    outcome.printed = printer_print(printer, &bitmap, bytes, length, &outcome.error);
    outcome.on_paper = printer_fake_printed(fake, &paper);
    outcome.whole = outcome.on_paper == length && memcmp(paper, bytes, length) == 0;
    assert_int_equal(outcome.error.kind != ERROR_NONE, !outcome.printed);
    printer_destroy(printer);
    printer_fake_stop(fake);
    return outcome;
}

static enum printer_state
status_of(const struct printer_fake_play *options, struct error *error)
{
    struct printer_fake *fake = fake_start(options);
    struct printer *printer =
        network_create(address_of(fake), patience_ms(options), error);
    enum printer_state status;

    assert_non_null(printer);
    status = printer_status(printer, error);
    printer_destroy(printer);
    printer_fake_stop(fake);
    return status;
}

static void
test_the_state_of_a_printer_is_read_with_its_reason(void **state)
{
    static const struct {
        uint8_t answers[4];
        enum printer_state state;
        const char *message;
    } cases[] = {
        {{0x12, 0x12, 0x12, 0x12}, PRINTER_OK, ""},
        {{0x16, 0x12, 0x12, 0x12}, PRINTER_OK, ""}, /* the drawer's contact */
        {{0x12, 0x12, 0x12, 0x1e}, PRINTER_PAPER_LOW, ""},
        {{0x1a, 0x12, 0x12, 0x72}, PRINTER_PAPER_OUT, "the paper is out"},
        {{0x1a, 0x32, 0x12, 0x12}, PRINTER_PAPER_OUT, "the paper is out"},
        {{0x1a, 0x32, 0x12, 0x7e}, PRINTER_PAPER_OUT, "the paper is out"},
        {{0x1a, 0x16, 0x12, 0x12}, PRINTER_COVER_OPEN, "the cover is open"},
        {{0x1a, 0x36, 0x12, 0x7e}, PRINTER_COVER_OPEN, "the cover is open"},
        {{0x1a, 0x52, 0x1a, 0x12}, PRINTER_ERROR, "the knife is stuck"},
        {{0x1a, 0x52, 0x32, 0x12}, PRINTER_ERROR, "a fault that needs service"},
        {{0x1a, 0x52, 0x52, 0x12},
         PRINTER_ERROR,
         "the print head is too hot and is cooling"},
        {{0x1a, 0x52, 0x16, 0x12}, PRINTER_ERROR, "a mechanical fault"},
        {{0x1a, 0x52, 0x12, 0x12}, PRINTER_ERROR, "the printer reports an error"},
        {{0x1a, 0x1a, 0x12, 0x12}, PRINTER_OFFLINE, "its feed button is being pressed"},
        {{0x1a, 0x12, 0x12, 0x12},
         PRINTER_OFFLINE,
         "it says it is offline and not why"},
        {{0x12, 0x12, 0x12, 0},
         PRINTER_OFFLINE,
         "it does not answer a status question"},
        {{0, 0, 0, 0}, PRINTER_OFFLINE, "it does not answer a status question"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct printer_fake_play options = fine;
        struct error error = {ERROR_NONE, ""};
        char message[100] = "";

        memcpy(options.answers, cases[i].answers, 4);
        if (cases[i].message[0] != '\0') {
            snprintf(message, sizeof(message), "printer network: %s", cases[i].message);
        }
        options.reports = i % 2 == 1;
        assert_int_equal(status_of(&options, &error), cases[i].state);
        assert_string_equal(error.message, message);
        assert_int_equal(printer_state_can_print(cases[i].state), message[0] == '\0');
    }
}

static void
test_the_bytes_of_a_ticket_come_out_whole(void **state)
{
    struct outcome outcome = print_on(&fine);

    (void)state;
    assert_true(outcome.printed);
    assert_true(outcome.whole);
}

static void
test_answers_to_questions_inside_a_picture_are_not_taken_for_others(void **state)
{
    /* "Paper low" as an answer to another question would be a stuck knife. */
    struct printer_fake_play options = {.answers = {0x12, 0x12, 0x12, 0x1e}};
    struct printer_fake *fake = fake_start(&options);
    struct error error = {ERROR_NONE, ""};
    struct printer *printer = network_create(address_of(fake), TIMEOUT_MS, &error);

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_true(printer_print(printer, &bitmap, bytes, length, &error));
        assert_int_equal(printer_status(printer, &error), PRINTER_PAPER_LOW);
    }
    assert_true(printer_fake_answered(fake) > 3 * 1000);
    printer_destroy(printer);
    printer_fake_stop(fake);
}

static void
test_a_printer_that_reports_unasked_prints(void **state)
{
    struct printer_fake_play options = fine;

    (void)state;
    options.reports = true;
    assert_true(print_on(&options).whole);
}

static void
test_a_printer_that_cannot_say_it_is_done_prints(void **state)
{
    struct printer_fake_play options = fine;
    struct outcome outcome;

    (void)state;
    options.ignores_done = true;
    outcome = print_on(&options);
    assert_true(outcome.printed);
    assert_true(outcome.whole);
}

static void
test_nothing_is_sent_to_a_printer_that_cannot_print(void **state)
{
    static const struct {
        uint8_t answers[4];
        enum error_kind kind;
    } cases[] = {
        {{0x1a, 0x32, 0x12, 0x7e}, ERROR_DEVICE},
        {{0x1a, 0x16, 0x12, 0x12}, ERROR_DEVICE},
        {{0x1a, 0x52, 0x1a, 0x12}, ERROR_DEVICE},
        {{0x1a, 0x12, 0x12, 0x12}, ERROR_OFFLINE},
        {{0, 0, 0, 0}, ERROR_OFFLINE},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct printer_fake_play options = fine;
        struct outcome outcome;

        memcpy(options.answers, cases[i].answers, 4);
        outcome = print_on(&options);
        assert_false(outcome.printed);
        assert_int_equal(outcome.error.kind, cases[i].kind);
        assert_int_equal(outcome.on_paper, 0);
    }
}

static void
test_paper_that_runs_out_while_printing_is_said(void **state)
{
    struct printer_fake_play options = fine;
    struct outcome outcome;

    (void)state;
    options.turns_after = 100;
    memcpy(options.turns_into, printer_fake_play_of("out-of-paper")->answers, 4);
    outcome = print_on(&options);
    assert_false(outcome.printed);
    assert_int_equal(outcome.error.kind, ERROR_DEVICE);
    assert_string_equal(outcome.error.message,
                        "printer network: while printing: the paper is out");
}

static void
test_a_connection_that_breaks_is_an_error(void **state)
{
    static const struct {
        size_t drops_after;
        enum error_kind kind;
        const char *message;
    } cases[] = {
        {1, ERROR_OFFLINE, "it closed the connection"},
        {7, ERROR_OFFLINE, "it closed the connection"},
        /* Of a ticket that a small buffer of ours took whole, the end is unsure. */
        {5000, ERROR_NONE, ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct printer_fake_play options = fine;
        struct outcome outcome;

        options.drops_after = cases[i].drops_after;
        outcome = print_on(&options);
        assert_false(outcome.printed);
        assert_false(outcome.whole);
        if (cases[i].kind == ERROR_NONE) {
            assert_true(outcome.error.kind == ERROR_DEVICE ||
                        outcome.error.kind == ERROR_UNCERTAIN);
        } else {
            assert_int_equal(outcome.error.kind, cases[i].kind);
        }
        assert_non_null(strstr(outcome.error.message, cases[i].message));
    }
}

static void
test_a_ticket_that_was_sent_whole_but_not_confirmed_is_uncertain(void **state)
{
    struct printer_fake_play options = fine;
    struct outcome outcome;

    (void)state;
    options.drops_after = 4 * 3 + length + 3; /* with the last byte of the question */
    options.ignores_done = true;
    outcome = print_on(&options);
    assert_false(outcome.printed);
    assert_int_equal(outcome.error.kind, ERROR_UNCERTAIN);
    assert_string_equal(outcome.error.message,
                        "printer network: it closed the connection before it said that "
                        "it had printed");
}

static void
test_a_large_ticket_that_is_dropped_half_way_is_a_device_error(void **state)
{
    struct printer_fake_play options = fine;
    struct bitmap large = {576, 12000, memory_allocate(72, 12000)};
    size_t large_length;
    uint8_t *large_bytes = escpos_encode(&large, &large_length);
    static const struct {
        size_t drops_after, stalls_after;
        const char *message;
    } cases[] = {
        {20000, 0, "printer network: the connection broke after "},
        {0, 20000, "printer network: it took "},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error error = {ERROR_NONE, ""};
        struct printer_fake *fake;
        struct printer *printer;

        options.drops_after = cases[i].drops_after;
        options.stalls_after = cases[i].stalls_after;
        fake = fake_start(&options);
        printer = network_create(address_of(fake), patience_ms(&options), &error);
        assert_non_null(printer);
        assert_false(printer_print(printer, &large, large_bytes, large_length, &error));
        assert_int_equal(error.kind, ERROR_DEVICE);
        if (!text_starts_with(error.message, cases[i].message)) {
            fail_msg("%s", error.message);
        }
        assert_non_null(strstr(error.message, " of 864"));
        printer_destroy(printer);
        printer_fake_stop(fake);
    }
    free(large_bytes);
    free(large.rows);
}

static void
test_a_printer_that_never_stops_talking_is_offline(void **state)
{
    struct printer_fake_play options = fine;
    struct error error = {ERROR_NONE, ""};

    (void)state;
    options.babbles = true;
    assert_int_equal(status_of(&options, &error), PRINTER_OFFLINE);
}

/* An address at which nobody listens: of a socket that is bound and no more. */
static int
bind_only(char address[40])
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    socklen_t size = sizeof(name);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&name, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&name, &size), 0);
    snprintf(address, 40, "127.0.0.1:%d", ntohs(name.sin_port));
    return fd;
}

static void
test_a_printer_that_is_not_there_is_offline(void **state)
{
    char address[40];
    int fd = bind_only(address);
    struct error error = {ERROR_NONE, ""};
    struct printer *printer = network_create(address, TIMEOUT_MS, &error);

    (void)state;
    assert_false(printer_print(printer, &bitmap, bytes, length, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    assert_non_null(strstr(error.message, "Connection refused"));
    assert_int_equal(printer_status(printer, &error), PRINTER_OFFLINE);
    printer_destroy(printer);
    close(fd);
}

static void
test_a_wrong_address_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",     ":9100", "printer:",  "printer:0", "printer:65536",  "printer:91a",
        "[::1", "[]",    "[::1]9100", "[::1]:",    "printer:9100:1", "printer:-1",
    };
    static const char *const right[] = {
        "printer", "printer.local:9101", "192.168.1.20", "[fe80::1]", "[::1]:9100",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct error error = {ERROR_NONE, ""};

        assert_null(network_create(wrong[i], TIMEOUT_MS, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
    for (size_t i = 0; i < COUNT(right); i++) {
        struct error error = {ERROR_NONE, ""};
        struct printer *printer = network_create(right[i], TIMEOUT_MS, &error);

        assert_non_null(printer);
        printer_destroy(printer);
    }
}

/* --- file and none ------------------------------------------------------- */

static char folder[100];

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/loketzuil-printer-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int
remove_folder(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        char path[200];

        snprintf(path, sizeof(path), "%s/ticket-%04d.png", folder, i);
        unlink(path);
        snprintf(path, sizeof(path), "%s/ticket-%04d.bin", folder, i);
        unlink(path);
    }
    return rmdir(folder);
}

static void
assert_ticket_is_in(const char *name)
{
    char path[200];
    struct error error = {ERROR_NONE, ""};
    struct picture picture;
    size_t raw_length;
    uint8_t *pixels;
    char *raw;

    snprintf(path, sizeof(path), "%s/%s.bin", folder, name);
    raw = file_read(path, 1 << 20, &raw_length, &error);
    assert_non_null(raw);
    assert_int_equal(raw_length, length);
    assert_memory_equal(raw, bytes, length);
    free(raw);

    snprintf(path, sizeof(path), "%s/%s.png", folder, name);
    pixels = picture_read(path, &picture, &error);
    assert_non_null(pixels);
    assert_int_equal(picture.width, bitmap.width);
    assert_int_equal(picture.height, bitmap.height);
    for (int y = 0; y < bitmap.height; y++) {
        for (int x = 0; x < bitmap.width; x++) {
            bool black = pixels[((size_t)y * 576 + (size_t)x) * 4] == 0;

            assert_int_equal(black, bitmap_is_black(&bitmap, x, y));
        }
    }
    free(pixels);
}

static void
test_a_ticket_is_a_picture_and_bytes_in_a_folder(void **state)
{
    struct error error = {ERROR_NONE, ""};
    struct printer *printer = printer_file_create(folder, &error);
    char path[PRINTER_PATH_BYTES], expected[200];

    (void)state;
    assert_non_null(printer);
    assert_false(printer_last(printer, path));
    assert_true(printer_print(printer, &bitmap, bytes, length, &error));
    assert_true(printer_print(printer, &bitmap, bytes, length, &error));
    assert_ticket_is_in("ticket-0001");
    assert_ticket_is_in("ticket-0002");
    assert_true(printer_last(printer, path));
    snprintf(expected, sizeof(expected), "%s/ticket-0002.png", folder);
    assert_string_equal(path, expected);
    assert_int_equal(printer_status(printer, &error), PRINTER_OK);
    printer_destroy(printer);
}

static void
test_numbers_go_on_after_a_restart(void **state)
{
    struct error error = {ERROR_NONE, ""};
    struct printer *printer;
    char path[200];

    /* A ticket of which the power was cut before its picture keeps its number. */
    (void)state;
    snprintf(path, sizeof(path), "%s/ticket-0041.bin", folder);
    assert_true(file_write(path, "x", 1, 0644, &error));
    printer = printer_file_create(folder, &error);
    assert_non_null(printer);
    assert_true(printer_print(printer, &bitmap, bytes, length, &error));
    printer_destroy(printer);
    assert_ticket_is_in("ticket-0042");
}

static void
test_a_file_printer_says_what_it_is_told_to_say(void **state)
{
    struct error error = {ERROR_NONE, ""};
    struct printer *printer = printer_file_create(folder, &error);
    char path[PRINTER_PATH_BYTES];

    (void)state;
    assert_non_null(printer);
    for (int i = 0; i < PRINTER_STATE_COUNT; i++) {
        bool can_print = printer_state_can_print((enum printer_state)i);

        error.kind = ERROR_NONE;
        assert_true(printer_play(printer, printer_state_name((enum printer_state)i)));
        assert_int_equal(printer_status(printer, &error), i);
        assert_int_equal(error.kind == ERROR_NONE, can_print);
        assert_int_equal(printer_print(printer, &bitmap, bytes, length, &error),
                         can_print);
    }
    assert_true(printer_last(printer, path));
    assert_non_null(strstr(path, "/ticket-0002.png")); /* ok and paper low */
    printer_destroy(printer);
}

static void
test_a_folder_that_cannot_be_written_is_a_storage_error(void **state)
{
    struct error error = {ERROR_NONE, ""};
    struct printer *printer = printer_file_create(folder, &error);

    (void)state;
    assert_non_null(printer);
    assert_int_equal(rmdir(folder), 0);
    assert_false(printer_print(printer, &bitmap, bytes, length, &error));
    assert_true(error.kind == ERROR_STORAGE || error.kind == ERROR_NOT_FOUND);
    printer_destroy(printer);
    assert_null(printer_file_create("/dev/null/tickets", &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_int_equal(mkdir(folder, 0700), 0);
}

static void
test_no_printer_is_absent(void **state)
{
    struct printer *printer = printer_none_create();
    struct error error = {ERROR_NONE, ""};

    (void)state;
    assert_int_equal(printer_status(printer, &error), PRINTER_ABSENT);
    assert_string_equal(error.message, "printer none: there is no printer");
    assert_false(printer_print(printer, &bitmap, bytes, length, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    printer_destroy(printer);
    printer_destroy(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_state_has_a_name_that_is_read_back),
        cmocka_unit_test(test_the_state_of_a_printer_is_read_with_its_reason),
        cmocka_unit_test(test_the_bytes_of_a_ticket_come_out_whole),
        cmocka_unit_test(
            test_answers_to_questions_inside_a_picture_are_not_taken_for_others),
        cmocka_unit_test(test_a_printer_that_reports_unasked_prints),
        cmocka_unit_test(test_a_printer_that_cannot_say_it_is_done_prints),
        cmocka_unit_test(test_nothing_is_sent_to_a_printer_that_cannot_print),
        cmocka_unit_test(test_paper_that_runs_out_while_printing_is_said),
        cmocka_unit_test(test_a_connection_that_breaks_is_an_error),
        cmocka_unit_test(
            test_a_ticket_that_was_sent_whole_but_not_confirmed_is_uncertain),
        cmocka_unit_test(
            test_a_large_ticket_that_is_dropped_half_way_is_a_device_error),
        cmocka_unit_test(test_a_printer_that_never_stops_talking_is_offline),
        cmocka_unit_test(test_a_printer_that_is_not_there_is_offline),
        cmocka_unit_test(test_a_wrong_address_is_refused),
        cmocka_unit_test_setup_teardown(
            test_a_ticket_is_a_picture_and_bytes_in_a_folder, make_folder,
            remove_folder),
        cmocka_unit_test_setup_teardown(test_numbers_go_on_after_a_restart, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(test_a_file_printer_says_what_it_is_told_to_say,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(
            test_a_folder_that_cannot_be_written_is_a_storage_error, make_folder,
            remove_folder),
        cmocka_unit_test(test_no_printer_is_absent),
    };

    return cmocka_run_group_tests(tests, make_ticket, free_ticket);
}
