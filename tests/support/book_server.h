#pragma once

#include <sys/types.h>

#include "base/sign.h"
#include "book_setup.h"

/* The book's API on loopback, in a process of its own that can be killed. */

struct book_server {
    pid_t process;
    int port, told;
    char url[48];
};

/* Claims a kiosk with a fresh key. While no other process has the database. */
void book_server_claim(const struct book_setup *setup, const char *name,
                       struct sign_key *key);

/*
 * Starts it on the setup's database; the setup's own store is closed first, since no
 * threads may live across fork(). Restarting keeps the port. `lives` times it dies
 * with its `deaths`-th booking, committed and not yet answered, and is started again
 * at once; book_server_wait() returns when it is up once more.
 */
void book_server_start(struct book_server *server, struct book_setup *setup, int deaths,
                       int lives);
void book_server_wait(struct book_server *server);
void book_server_kill(struct book_server *server); /* as a power cut would */
