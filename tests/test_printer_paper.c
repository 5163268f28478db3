#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "device/printer.h"

/* Of 1,008 mm each with the feed, so that metres are easily counted. */
#define TICKET_ROWS (8 * 1008 - 192)

static char folder[100], path[120], tickets[120];
static struct bitmap bitmap = {8, TICKET_ROWS, NULL};

static int
set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/loketzuil-paper-XXXXXX");
    bitmap.rows = calloc(TICKET_ROWS, 1);
    if (bitmap.rows == NULL || mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof(path), "%s/paper", folder);
    snprintf(tickets, sizeof(tickets), "%s/tickets", folder);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    for (int i = 0; i < 1000; i++) {
        char name[200];

        snprintf(name, sizeof(name), "%s/ticket-%04d.png", tickets, i);
        unlink(name);
        snprintf(name, sizeof(name), "%s/ticket-%04d.bin", tickets, i);
        unlink(name);
    }
    unlink(path);
    free(bitmap.rows);
    return rmdir(tickets) != 0 || rmdir(folder) != 0;
}

/* Each time anew, as after a restart: what counts is in the file. */
static struct printer *
printer_new(void)
{
    struct error error = {ERROR_NONE, ""};
    struct printer *printer = printer_file_create(tickets, &error);

    assert_non_null(printer);
    return printer_metered_create(printer, path);
}

static void
print_some(int count)
{
    struct printer *printer = printer_new();
    struct error error = {ERROR_NONE, ""};

    for (int i = 0; i < count; i++) {
        assert_true(printer_print(printer, &bitmap, "", 0, &error));
    }
    printer_destroy(printer);
}

static struct printer_paper
paper_when(const char *name)
{
    struct printer *printer = printer_new();
    struct error error = {ERROR_NONE, ""};
    struct printer_paper paper;

    assert_true(printer_play(printer, name));
    printer_status(printer, &error);
    assert_true(printer_paper(printer, &paper));
    printer_destroy(printer);
    return paper;
}

static void
assert_about(double metres, double wanted)
{
    if (metres < wanted - 0.2 || metres > wanted + 0.2) {
        fail_msg("%.2f m, not about %.2f m", metres, wanted);
    }
}

static void
test_metres_are_counted_from_ticket_to_ticket(void **state)
{
    struct printer_paper paper;

    (void)state;
    unlink(path);
    paper = paper_when("ok");
    assert_about(paper.printed_m, 0);
    assert_true(paper.left_m < 0);
    assert_int_equal(paper.rolls, 0);
    print_some(3);
    paper = paper_when("ok");
    assert_about(paper.printed_m, 3.02);
    assert_true(paper.left_m < 0);
}

static void
test_the_length_of_a_roll_is_learned_when_it_runs_out(void **state)
{
    struct printer_paper paper;

    (void)state;
    unlink(path);
    print_some(20);
    paper_when("paper-low");
    print_some(4);
    paper = paper_when("out-of-paper");
    assert_about(paper.roll_m, 24.2);
    assert_about(paper.left_m, 0);
    paper_when("out-of-paper"); /* said again, learned once */
    paper = paper_when("ok");
    assert_int_equal(paper.rolls, 1);
    assert_about(paper.printed_m, 0);
    assert_about(paper.left_m, 24.2);
    print_some(10);
    paper = paper_when("ok");
    assert_about(paper.left_m, 14.1);
    print_some(10);
    paper_when("cover-open");
    paper = paper_when("out-of-paper");
    assert_about(paper.roll_m, 23.2); /* a quarter of the way to 20.2 */
}

static void
test_a_roll_that_is_changed_while_it_is_low_counts_from_nothing(void **state)
{
    struct printer_paper paper;

    (void)state;
    unlink(path);
    print_some(6);
    paper_when("paper-low");
    paper_when("offline");
    paper_when("cover-open");
    paper = paper_when("ok");
    assert_int_equal(paper.rolls, 1);
    assert_about(paper.printed_m, 0);
    assert_about(paper.roll_m, 0); /* it was not at its end */
}

static void
test_a_remnant_teaches_nothing(void **state)
{
    struct printer_paper paper;

    (void)state;
    unlink(path);
    print_some(2);
    paper = paper_when("out-of-paper");
    assert_about(paper.roll_m, 0);
    /* One that is nearly empty is put in. */
    paper = paper_when("paper-low");
    assert_int_equal(paper.rolls, 1);
    paper = paper_when("ok");
    assert_int_equal(paper.rolls, 2);
}

static void
test_what_was_not_printed_is_not_counted(void **state)
{
    struct printer *printer = printer_new();
    struct error error = {ERROR_NONE, ""};
    struct printer_paper paper;

    (void)state;
    unlink(path);
    assert_true(printer_play(printer, "cover-open"));
    assert_false(printer_print(printer, &bitmap, "", 0, &error));
    assert_true(printer_paper(printer, &paper));
    assert_about(paper.printed_m, 0);
    printer_destroy(printer);
}

static void
test_a_broken_file_is_a_new_beginning(void **state)
{
    static const char *const broken[] = {"", "rows",
                                         "rows -5 learned 1 rolls 1 low 0 out 0",
                                         "rows 5 learned 1 rolls", "\xff\xfe"};
    struct error error = {ERROR_NONE, ""};

    (void)state;
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        assert_true(file_write(path, broken[i], strlen(broken[i]), 0644, &error));
        assert_about(paper_when("ok").printed_m, 0);
    }
    print_some(1);
    assert_about(paper_when("ok").printed_m, 1.0);
}

static void
test_paper_that_can_not_be_counted_prints(void **state)
{
    struct error error = {ERROR_NONE, ""};
    struct printer *printer = printer_metered_create(
        printer_file_create(tickets, &error), "/nowhere/loketzuil/paper");

    (void)state;
    assert_true(printer_print(printer, &bitmap, "", 0, &error));
    assert_int_equal(printer_status(printer, &error), PRINTER_OK);
    printer_destroy(printer);
}

static void
test_nobody_counts_without_being_asked(void **state)
{
    struct error error = {ERROR_NONE, ""};
    struct printer *printer = printer_file_create(tickets, &error);
    struct printer_paper paper;

    (void)state;
    assert_false(printer_paper(printer, &paper));
    printer_destroy(printer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metres_are_counted_from_ticket_to_ticket),
        cmocka_unit_test(test_the_length_of_a_roll_is_learned_when_it_runs_out),
        cmocka_unit_test(
            test_a_roll_that_is_changed_while_it_is_low_counts_from_nothing),
        cmocka_unit_test(test_a_remnant_teaches_nothing),
        cmocka_unit_test(test_what_was_not_printed_is_not_counted),
        cmocka_unit_test(test_a_broken_file_is_a_new_beginning),
        cmocka_unit_test(test_paper_that_can_not_be_counted_prints),
        cmocka_unit_test(test_nobody_counts_without_being_asked),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
