#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/usage_stream.h"
#include "usage/outbox.h"

/*
 * A child appends visits and tells over a pipe each event that outbox_append() has
 * promised; the parent kills it somewhere. Afterwards every promised event must be
 * there, in order, in streams without gaps and with a right chain, and every visit
 * that was begun must have ended exactly once. Between kills another process sends
 * part of what waits, and is killed as well.
 *
 * The first argument, or SEED, is the seed; it is printed.
 */

#define KILLS 120
#define NOW 1795340000

static char folder[64];
static char path[80];
static uint64_t seed = 20261122;

static uint32_t
draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static struct outbox *
open_outbox(void)
{
    struct outbox_options options = {path, "balie-1", 64 << 20};
    struct error error = {0};
    struct outbox *outbox = outbox_open(&options, &error);

    if (outbox == NULL) {
        fprintf(stderr, "%s\n", error.message);
        _exit(2);
    }
    return outbox;
}

/* The n-th event of a round; a visit is begun, three steps, ended. */
static struct usage_event
event_of(int round, int number)
{
    struct usage_event event = {.kind = USAGE_STEP, .time = NOW + round};

    if (number % 5 == 0) {
        event.kind = USAGE_VISIT_BEGUN;
    } else if (number % 5 == 4) {
        event.kind = USAGE_VISIT_ENDED;
    }
    /* Every event can be told from every other, so that none hides another's loss. */
    snprintf(event.product, sizeof(event.product), "r%d-%d", round, number);
    event.misses = number;
    return event;
}

static void
append_until_killed(int round, int pipe_end)
{
    struct outbox *outbox = open_outbox();

    for (int number = 0;; number++) {
        struct usage_event event = event_of(round, number);
        struct error error;

        if (!outbox_append(outbox, &event, &error) || write(pipe_end, "x", 1) != 1) {
            _exit(3);
        }
    }
}

/* Acknowledges what it can until it is killed or all is sent. */
static void
send_until_killed(int pipe_end)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_batch batch;
    struct error error;

    while (outbox_next_batch(outbox, 0, &batch, &error) && batch.text != NULL) {
        usage_batch_read(&batch, &read);
        if (!outbox_acknowledge(outbox, batch.stream, batch.last, read.link, NOW,
                                &error) ||
            write(pipe_end, "x", 1) != 1)
        {
            _exit(3);
        }
        outbox_batch_finish(&batch);
    }
    close(pipe_end); /* all is sent: nothing more will be told */
    for (;;) {
        pause();
    }
}

/* A moment of at most 2 ms, spent in this process: where the other is, is chance. */
static void
linger(void)
{
    clock_t end = clock() + (clock_t)draw(2000) * CLOCKS_PER_SEC / 1000000;

    while (clock() < end) {
    }
}

/* Kills after `told` messages and a moment; returns how many promises were made. */
static int
run_and_kill(int round, bool sends, int told)
{
    int ends[2], status, promised = 0;
    char byte;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        if (sends) {
            send_until_killed(ends[1]);
        }
        append_until_killed(round, ends[1]);
    }
    close(ends[1]);
    while (promised < told && read(ends[0], &byte, 1) == 1) {
        promised++;
    }
    linger();
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    if (!WIFSIGNALED(status)) {
        fail_msg("round %d: the child ended by itself, %d", round, status);
    }
    while (read(ends[0], &byte, 1) == 1) {
        promised++;
    }
    close(ends[0]);
    return promised;
}

struct found {
    int next[KILLS];   /* the number of the event that has to come next */
    bool visit[KILLS]; /* one is going on */
    int interrupted;
    bool closed[KILLS]; /* by the start after it */
};

static void
check_event(struct found *found, const struct usage_event *event)
{
    int round = (int)(event->time - NOW);
    int number = found->next[round];
    struct usage_event wanted = event_of(round, number);

    assert_false(found->closed[round]);
    if (event->kind == USAGE_VISIT_ENDED && event->outcome == USAGE_OUTCOME_INTERRUPTED)
    {
        assert_true(found->visit[round]);
        found->visit[round] = false;
        found->closed[round] = true;
        found->interrupted++;
        return;
    }
    assert_int_equal(event->kind, wanted.kind);
    if (event->kind == USAGE_STEP) {
        assert_string_equal(event->product, wanted.product);
    }
    if (event->kind != USAGE_STEP) {
        found->visit[round] = event->kind == USAGE_VISIT_BEGUN;
    }
    found->next[round]++;
}

static void
read_everything(struct found *found)
{
    static struct usage_batch_read read;
    struct outbox *outbox = open_outbox();
    struct outbox_mark marks[KILLS];
    struct outbox_batch batch;
    struct error error;
    size_t count;

    /* What the killed senders marked is wanted once more. */
    assert_true(outbox_marks(outbox, 0, marks, KILLS, &count, &error));
    for (size_t i = 0; i < count; i++) {
        assert_true(outbox_rewind(outbox, marks[i].stream, 1, &error));
    }
    for (;;) {
        assert_true(outbox_next_batch(outbox, 0, &batch, &error));
        if (batch.text == NULL) {
            break;
        }
        assert_false(batch.resume);
        usage_batch_read(&batch, &read);
        for (size_t i = 0; i < read.count; i++) {
            check_event(found, &read.events[i]);
        }
        if (!outbox_acknowledge(outbox, batch.stream, batch.last, read.link, NOW,
                                &error)) {
            fail_msg("%s", error.message);
        }
        outbox_batch_finish(&batch);
    }
    outbox_close(outbox);
}

static void
test_no_promised_event_is_lost_by_a_kill(void **state)
{
    static struct found found;
    int promised[KILLS], total = 0;

    (void)state;
    for (int round = 0; round < KILLS; round++) {
        promised[round] = run_and_kill(round, false, (int)draw(13));
        total += promised[round];
        if (draw(3) == 0) {
            run_and_kill(round, true, (int)draw(2));
        }
    }
    read_everything(&found);
    for (int round = 0; round < KILLS; round++) {
        /* One more may be there: durable, but killed before it could be told. */
        if (found.next[round] != promised[round] &&
            found.next[round] != promised[round] + 1) {
            fail_msg("round %d: %d promised, %d found", round, promised[round],
                     found.next[round]);
        }
        assert_false(found.visit[round]);
    }
    assert_true(total > KILLS);
    assert_true(found.interrupted > KILLS / 4);
    print_message("%d kills, %d events promised, %d visits cut off\n", KILLS, total,
                  found.interrupted);
}

int
main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_promised_event_is_lost_by_a_kill),
    };
    const char *wanted = count > 1 ? arguments[1] : getenv("SEED");
    int failed;

    if (wanted != NULL) {
        seed = strtoull(wanted, NULL, 10);
    }
    printf("seed %llu\n", (unsigned long long)seed);
    sign_start();
    test_folder_make(folder);
    snprintf(path, sizeof(path), "%s/outbox.db", folder);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    test_folder_remove(folder);
    return failed;
}
