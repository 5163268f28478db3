#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/hand_over.h"
#include "backoffice/http_server.h"
#include "backoffice/office.h"
#include "backoffice/store_fleet.h"
#include "base/http_client.h"
#include "base/sign.h"
#include "usage/outbox.h"

/*
 * A real back office for tests: SQLite file, HTTP server on loopback, and a clock
 * that stands at TEST_NOW until a test moves it. Fails the test when anything of it
 * cannot be made.
 */

#define TEST_NOW 1795340000 /* Sunday 22 November 2026 */

struct test_office {
    char folder[64], database[96];
    struct office office;
    struct hand_overs *hand_overs;
    struct http_server *server;
    char url[64];
};

extern int64_t test_office_time; /* what the clock shows */

void test_office_start(struct test_office *office);
void test_office_stop(struct test_office *office); /* and removes its folder */
/* Closes and opens again: with what is in the file then. */
void test_office_down(struct test_office *office);
void test_office_up(struct test_office *office);

/* A kiosk's key, claimed under that name for location "linde". */
void
test_office_claim(struct test_office *office, const char *name, struct sign_key *key);
/* A token for "Authorization: Bearer …", whole header line. */
void
test_office_token(struct test_office *office, enum fleet_role role, char header[120]);

struct test_request {
    const char *method, *target;
    const struct sign_key *key; /* signs; NULL: nobody does */
    const char *headers[6];     /* more of them */
    const char *body;           /* NULL: none */
};

/* The status; `answer` is the caller's to finish. */
int test_office_ask(struct test_office *office, const struct test_request *request,
                    struct http_answer *answer);
/* The same, where only the status matters. */
int test_office_status(struct test_office *office, const struct test_request *request);

/* Sends the batch as the wire says. */
int test_office_send(struct test_office *office, const struct sign_key *key,
                     const struct outbox_batch *batch, struct http_answer *answer);

/* How long to listen after bytes were sent as they are. */
enum test_listen {
    LISTEN_ANSWER, /* to the end of one answer, by its Content-Length */
    LISTEN_END,    /* until the server closes */
    LISTEN_NOT     /* hang up at once */
};

/* The caller frees what was heard. */
char *test_office_raw(struct test_office *office, const char *bytes, size_t length,
                      enum test_listen listen);

/* Everything in the database as SQL text. Freed by the caller. */
char *test_office_dump(const struct test_office *office);
/* The first column of the first row, 0 when there is none. */
int64_t test_office_number(const struct test_office *office, const char *sql);

/* A connection to the server, for the caller to close. */
int test_office_connect(const struct test_office *office);

/* What `loketzuilctl ARGUMENTS` prints, errors too; the caller frees. */
char *test_command_run(const char *arguments, int *status);
