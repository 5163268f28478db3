/*
 * What the disk under a folder can do at best: the floor below every figure of the
 * back office.
 *
 *     bench_disk sync|sqlite FOLDER COUNT
 *
 * `sync`: 100 bytes appended and fdatasync(); `sqlite`: a commit of one row, settings
 * as ours (WAL, synchronous=FULL). Prints "SECONDS CPU-SECONDS".
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

static double
seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
must(int good, const char *what)
{
    if (!good) {
        perror(what);
        exit(EXIT_FAILURE);
    }
}

static void
do_sync(const char *path, int count)
{
    char bytes[100];
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);

    must(fd >= 0, path);
    memset(bytes, 'x', sizeof(bytes));
    for (int i = 0; i < count; i++) {
        must(write(fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes), "write");
        must(fdatasync(fd) == 0, "fdatasync");
    }
    close(fd);
}

static void
do_sqlite(const char *path, int count)
{
    sqlite3 *database;
    sqlite3_stmt *insert;

    must(sqlite3_open(path, &database) == SQLITE_OK &&
             sqlite3_exec(database,
                          "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                          "CREATE TABLE row (number INTEGER PRIMARY KEY, text TEXT)",
                          NULL, NULL, NULL) == SQLITE_OK &&
             sqlite3_prepare_v2(database, "INSERT INTO row (text) VALUES ('a row')", -1,
                                &insert, NULL) == SQLITE_OK,
         "sqlite");
    for (int i = 0; i < count; i++) {
        must(sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK,
             "insert");
    }
    sqlite3_finalize(insert);
    sqlite3_close(database);
}

int
main(int argc, char **argv)
{
    int count = argc == 4 ? atoi(argv[3]) : 0;
    char path[512];
    double begin_s, cpu_s;

    if (count < 1 || (strcmp(argv[1], "sync") != 0 && strcmp(argv[1], "sqlite") != 0)) {
        fprintf(stderr, "use: bench_disk sync|sqlite FOLDER COUNT\n");
        return 2;
    }
    snprintf(path, sizeof(path), "%s/floor-%s", argv[2], argv[1]);
    begin_s = seconds(CLOCK_MONOTONIC);
    cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (strcmp(argv[1], "sync") == 0) {
        do_sync(path, count);
    } else {
        do_sqlite(path, count);
    }
    printf("%.6f %.6f\n", seconds(CLOCK_MONOTONIC) - begin_s,
           seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_s);
    return EXIT_SUCCESS;
}
