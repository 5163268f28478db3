/*
 * Very many attempts at the same places of one book, by 64 bookers in 8 processes that
 * are killed in the middle; then the file is compared with what the bookers were told.
 *
 *     soak_book ours|naive FOLDER ATTEMPTS SEED
 *
 * One line of figures. Exit 0: nothing double, lost, orphaned or unknown; 1: something
 * was; 2: wrong use. Which booker is where when it is killed differs from run to run;
 * what they want does not.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/book_ask.h"
#include "bookers.h"
#include "ledger.h"

#define KILLS_MAX 500
#define ATTEMPTS_MAX 100000000u

struct soak {
    const struct soak_maker *maker;
    char path[300];
    int ends[2];
    pid_t processes[SOAK_PROCESSES];
    bool ended[SOAK_PROCESSES];
    int running;
    uint32_t told, killed, power_cuts;
    uint32_t kill_every;
    uint64_t seed;
    struct ledger *ledger;
};

static _Noreturn void
fail(const char *what)
{
    fprintf(stderr, "soak_book: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

static void
start(struct soak *soak, int process)
{
    pid_t parent = getpid();

    fflush(NULL);
    soak->processes[process] = fork();
    if (soak->processes[process] < 0) {
        fail("fork");
    }
    if (soak->processes[process] == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) {
            _exit(5);
        }
        close(soak->ends[0]);
        soak_book(soak->maker, soak->path, process, soak->ends[1]);
    }
}

/* Waits for one that was killed, or has said that it ends. */
static void
reap(struct soak *soak, int process)
{
    int status;

    if (waitpid(soak->processes[process], &status, 0) < 0) {
        fail("waitpid");
    }
    if (WIFSIGNALED(status) ? WTERMSIG(status) != SIGKILL : WEXITSTATUS(status) != 0) {
        fprintf(stderr, "soak_book: a booker ended with status %d\n", status);
        exit(EXIT_FAILURE);
    }
}

/* In the middle of whatever it is at; `power`: all of them at once. */
static void
kill_some(struct soak *soak, bool power)
{
    int chosen = (int)ask_chance(&soak->seed, SOAK_PROCESSES);

    for (int i = 0; i < SOAK_PROCESSES; i++) {
        if (!soak->ended[i] && (power || i == chosen)) {
            kill(soak->processes[i], SIGKILL);
            soak->killed++;
        }
    }
    for (int i = 0; i < SOAK_PROCESSES; i++) {
        if (!soak->ended[i] && (power || i == chosen)) {
            reap(soak, i);
        }
    }
    for (int i = 0; i < SOAK_PROCESSES; i++) {
        if (!soak->ended[i] && (power || i == chosen)) {
            start(soak, i);
        }
    }
    soak->power_cuts += power;
}

/* Said twice by one that was killed with that in the pipe: it was started again. */
static void
end(struct soak *soak, int process)
{
    if (!soak->ended[process]) {
        reap(soak, process);
        soak->ended[process] = true;
        soak->running--;
    }
}

static void
take(struct soak *soak, const struct soak_record *record)
{
    if (record->event == SOAK_ENDED) {
        end(soak, (int)record->number);
        return;
    }
    ledger_note(soak->ledger, record);
    if (record->event <= SOAK_BOOKED && ++soak->told % soak->kill_every == 0) {
        kill_some(soak, soak->told / soak->kill_every % 5 == 4);
    }
}

static void
run(struct soak *soak)
{
    struct soak_record record;

    /* The first to open it makes the file, and alone. */
    soak->maker->close(soak->maker->open(soak->path, soak_clock));
    if (pipe(soak->ends) != 0) {
        fail("pipe");
    }
    for (int i = 0; i < SOAK_PROCESSES; i++) {
        start(soak, i);
    }
    soak->running = SOAK_PROCESSES;
    while (soak->running > 0) {
        if (read(soak->ends[0], &record, sizeof(record)) != sizeof(record)) {
            fail("read");
        }
        take(soak, &record);
    }
}

/* Opened anew, after all holds are over and whatever is to be forgotten is. */
static void
come_to_rest(struct soak *soak)
{
    void *book;

    atomic_fetch_add(&soak_shared->next, 200); /* BOOK_HOLD_S, and some more */
    book = soak->maker->open(soak->path, soak_clock);
    soak->maker->tidy(book);
    soak->maker->close(book);
}

static int
report(const struct soak *soak)
{
    struct ledger_result result = ledger_compare(soak->ledger, soak->maker, soak->path);

    printf("%s: %u attempts by %d bookers, %u brought to an end; "
           "%u processes killed, %u times all of them; "
           "%zu bookings stand, %zu were cancelled, %zu moved; "
           "%zu double, %zu lost, %zu unknown, %zu orphaned, %zu contradicted\n",
           soak->maker->name, soak_shared->attempts, SOAK_BOOKERS, soak->told,
           soak->killed, soak->power_cuts, result.standing, result.cancelled,
           result.moved, result.doubled, result.lost, result.unknown, result.orphaned,
           result.contradicted);
    return result.doubled + result.lost + result.unknown + result.orphaned +
                       result.contradicted ==
                   0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
    struct soak soak = {0};
    unsigned long attempts = argc == 5 ? strtoul(argv[3], NULL, 10) : 0;
    int status;

    for (size_t i = 0; argc == 5 && i < 2; i++) {
        const struct soak_maker *maker = i == 0 ? &soak_ours : &soak_naive;

        soak.maker = strcmp(argv[1], maker->name) == 0 ? maker : soak.maker;
    }
    if (soak.maker == NULL || attempts < 100 || attempts > ATTEMPTS_MAX) {
        fprintf(stderr, "use: soak_book ours|naive FOLDER ATTEMPTS SEED\n");
        return 2;
    }
    soak_shared = mmap(NULL, sizeof(*soak_shared), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (soak_shared == MAP_FAILED) {
        fail("mmap");
    }
    soak_shared->attempts = (uint32_t)attempts;
    soak_shared->seed = strtoull(argv[4], NULL, 10);
    soak.seed = soak_shared->seed * 2 + 1;
    soak.kill_every = (uint32_t)(attempts / (attempts < 50000 ? 20 : KILLS_MAX));
    soak.ledger = ledger_create((uint32_t)attempts);
    snprintf(soak.path, sizeof(soak.path), "%s/%s.db", argv[2], soak.maker->name);
    run(&soak);
    come_to_rest(&soak);
    status = report(&soak);
    ledger_destroy(soak.ledger);
    return status;
}
