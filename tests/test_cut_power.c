#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "appointment/journal.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/jcc_server.h"
#include "support/orchestra_server.h"
#include "support/usage_stream.h"

/*
 * Power that goes at each step of an appointment at JCC and at Qmatic: the shipped
 * kiosk is killed there (faults/kill_at.c), started again, and comes to rest. Nothing
 * was sent twice; what was counted as completed stands; what stands and was not, is
 * unknown.
 */

#define RECORD_BYTES 4096
#define COARSE 10 /* over the whole visit */
#define FINE_MAX 17

struct home {
    char folder[64];
    struct jcc_server *jcc; /* one of the two */
    struct orchestra orchestra;
    struct strict_server *qmatic;
};

/* --- the systems --------------------------------------------------------------------
 */

static const char *
build(void)
{
    return getenv("BUILD") != NULL ? getenv("BUILD") : "build";
}

/* The example's, in which two things have a name of that system. */
static void
write_catalogue(const struct home *home, const char *product, const char *location)
{
    static const char *const marks[] = {"\"id\": \"paspoort\",", "\"id\": \"linde\","};
    const char *names[] = {product, location};
    struct error error = {0};
    size_t length;
    char *text = file_read("assets/example/catalogue.json", 8 << 20, &length, &error);
    char path[100];

    assert_non_null(text);
    for (size_t i = 0; i < 2; i++) {
        char *at = strstr(text, marks[i]), *longer = memory_allocate(length + 200, 1);

        assert_non_null(at);
        at += strlen(marks[i]);
        snprintf(longer, length + 200, "%.*s \"appointment_id\": \"%s\",%s",
                 (int)(at - text), text, names[i], at);
        free(text);
        text = longer;
        length = strlen(text);
    }
    snprintf(path, sizeof(path), "%s/catalogue.json", home->folder);
    assert_true(file_write(path, text, length, 0600, &error));
    free(text);
}

static void
write_settings(const struct home *home, const char *appointments)
{
    char text[1200], path[100];
    struct error error = {0};

    snprintf(text, sizeof(text),
             "[kiosk]\nname = linde-01\nlocation = linde\ndata = %s/data\n"
             "catalogue = %s/catalogue.json\ntranslations = %s/translations\n"
             "[appointments]\n%s",
             home->folder, home->folder, build(), appointments);
    snprintf(path, sizeof(path), "%s/kiosk.conf", home->folder);
    assert_true(file_write(path, text, strlen(text), 0600, &error));
}

static struct home *
home_open(bool jcc)
{
    struct home *home = memory_allocate(1, sizeof(*home));
    char text[600];

    test_folder_make(home->folder);
    if (jcc) {
        home->jcc = jcc_server_start();
        snprintf(text, sizeof(text),
                 "maker = jcc\nurl = %s\nclient_id = %s\nclient_secret = %s\n",
                 jcc_server_url(home->jcc), JCC_SERVER_ID, JCC_SERVER_SECRET);
        write_catalogue(home, TOWN_PASSPORT, TOWN_HALL);
    } else {
        home->qmatic = orchestra_server_start(&home->orchestra);
        snprintf(text, sizeof(text),
                 "maker = qmatic\nurl = %s\napi_key = %s\nrequired = phoneNumber\n",
                 strict_server_url(home->qmatic), ORCHESTRA_KEY);
        write_catalogue(home, ORCHESTRA_PASSPORT, ORCHESTRA_HALL);
    }
    write_settings(home, text);
    return home;
}

/* Fails when the kiosk broke a rule of the system. */
static void
home_close(struct home *home)
{
    if (home->jcc != NULL) {
        jcc_server_stop(home->jcc);
    } else {
        strict_server_stop(home->qmatic);
        orchestra_finish(&home->orchestra);
    }
    test_folder_remove(home->folder);
    free(home);
}

static int
posts(struct home *home)
{
    return home->jcc != NULL ? jcc_server_count(home->jcc, "POST", "appointment")
                             : strict_server_count(home->qmatic, "POST", "/book");
}

static int
standing(struct home *home)
{
    const struct town *town = home->jcc != NULL ? jcc_server_town(home->jcc) : NULL;
    int count = 0;

    for (size_t i = 0; town != NULL && i < town->appointment_count; i++) {
        count += !town->appointments[i].cancelled;
    }
    for (size_t i = 0; i < home->orchestra.appointment_count; i++) {
        count += !home->orchestra.appointments[i].cancelled;
    }
    return count;
}

/* --- the kiosk ----------------------------------------------------------------------
 */

/* Its wait status; dies at that step, 0: never. */
static int
run_kiosk(const struct home *home, const char *journey, int step, uint64_t *steps)
{
    static const char empty[RECORD_BYTES];
    char record[100], library[200], program[200], conf[100], log[100], text[16];
    char *recorded;
    struct error error = {0};
    size_t length;
    pid_t process;
    int status;

    snprintf(record, sizeof(record), "%s/steps", home->folder);
    snprintf(library, sizeof(library), "%s/faults/kill_at.so", build());
    snprintf(program, sizeof(program), "%s/loketzuil", build());
    snprintf(conf, sizeof(conf), "%s/kiosk.conf", home->folder);
    snprintf(log, sizeof(log), "%s/kiosk.log", home->folder);
    snprintf(text, sizeof(text), "%d", step);
    assert_true(file_write(record, empty, sizeof(empty), 0600, &error));
    fflush(NULL);
    process = fork();
    if (process == 0) {
        setenv("LD_PRELOAD", library, 1);
        setenv("KILL_AT_RECORD", record, 1);
        setenv("KILL_AT_STEP", text, 1);
        if (freopen(log, "a", stderr) == NULL || freopen(log, "a", stdout) == NULL) {
            _exit(126);
        }
        execl(program, program, "--settings", conf, "--journey", journey, "--pictures",
              home->folder, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(process, &status, 0), process);
    recorded = file_read(record, RECORD_BYTES, &length, &error);
    assert_non_null(recorded);
    memcpy(steps, recorded, sizeof(*steps));
    free(recorded);
    return status;
}

static int
number(const struct home *home, const char *name, const char *sql)
{
    sqlite3 *database;
    sqlite3_stmt *statement;
    char path[100];
    int found;

    snprintf(path, sizeof(path), "%s/data/%s", home->folder, name);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    found = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return found;
}

static int
events(const struct home *home, const char *like)
{
    char sql[120];

    snprintf(sql, sizeof(sql), "SELECT count(*) FROM event WHERE text LIKE '%%%s%%'",
             like);
    return number(home, "outbox.db", sql);
}

struct outcome {
    uint64_t steps;
    bool posted, completed;
    bool cancelled;     /* booked, and given back since nobody saw it */
    bool stands_unseen; /* booked, and nobody knows */
};

static void
fail_with_log(const struct home *home, int step, const char *what)
{
    char path[100];
    struct error error = {0};
    size_t length;
    char *log;

    snprintf(path, sizeof(path), "%s/kiosk.log", home->folder);
    log = file_read(path, 1 << 20, &length, &error);
    fail_msg("%s, killed at step %d: %s\n%s", home->jcc != NULL ? "jcc" : "qmatic",
             step, what, log != NULL ? log : "");
}

/* One visit that is killed there, and what is right afterwards. */
static struct outcome
visit(bool jcc, int step)
{
    struct home *home = home_open(jcc);
    struct outcome outcome;
    uint64_t ignored;
    int status = run_kiosk(home, "tests/faults/passport.journey", step, &outcome.steps);
    int unknown;

    if (step > 0 ? !WIFSIGNALED(status) && status != 0 : status != 0) {
        fail_with_log(home, step, "the visit failed");
    }
    if (run_kiosk(home, "tests/faults/settle.journey", 0, &ignored) != 0) {
        fail_with_log(home, step, "it does not come to rest");
    }
    outcome.posted = posts(home) > 0;
    outcome.completed = events(home, "aanvraag-afgerond") == 1;
    unknown = number(home, "journal.db", "SELECT count(*) FROM unknown");
    if (posts(home) > 1) {
        fail_with_log(home, step, "it was sent twice");
    }
    if (number(home, "journal.db", "SELECT count(*) FROM booking") != 0) {
        fail_with_log(home, step, "the journal is not at rest");
    }
    if (outcome.completed ? standing(home) != 1 || unknown != 0
                          : standing(home) != 0 && unknown != 1)
    {
        fail_with_log(home, step, "what stands is not what was counted");
    }
    outcome.cancelled = outcome.posted && standing(home) == 0 && unknown == 0;
    outcome.stands_unseen = standing(home) == 1 && unknown == 1;
    if (events(home, "bezoek-begonnen") != events(home, "bezoek-beeindigd")) {
        fail_with_log(home, step, "a visit has no end");
    }
    home_close(home);
    return outcome;
}

/* --- the steps ----------------------------------------------------------------------
 */

/* A few over the whole visit, then each from the booking to the ticket. */
static void
kill_everywhere(bool jcc)
{
    int steps = (int)visit(jcc, 0).steps, first = 1, last = steps, stride;
    bool cancelled = false, stands_unseen = false;

    for (int i = 1; i < COARSE; i++) {
        int step = i * steps / COARSE;
        struct outcome outcome = visit(jcc, step);

        if (!outcome.posted) {
            first = step;
        }
        if (outcome.completed && step < last) {
            last = step;
        }
    }
    stride = (last - first) / FINE_MAX + 1;
    for (int step = first + 1; step < last; step += stride) {
        struct outcome outcome = visit(jcc, step);

        cancelled = cancelled || outcome.cancelled;
        stands_unseen = stands_unseen || outcome.stands_unseen;
    }
    assert_true(cancelled && stands_unseen); /* or it was not killed where it counts */
}

static void
test_power_that_goes_at_any_step_books_once_at_jcc(void **state)
{
    (void)state;
    kill_everywhere(true);
}

static void
test_power_that_goes_at_any_step_books_once_at_qmatic(void **state)
{
    (void)state;
    kill_everywhere(false);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power_that_goes_at_any_step_books_once_at_jcc),
        cmocka_unit_test(test_power_that_goes_at_any_step_books_once_at_qmatic),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
