#pragma once

#include "jcc_town.h"

/*
 * A strict JCC on loopback. What a request has wrong, in method, path, query, header or
 * body, is a fault of the client's: it is kept (the first one) and answered with 400.
 * A booking that comes twice is one too.
 */

#define JCC_SERVER_PATH "/JCC/Test/G-Plan/api/api/warp/v1/"
#define JCC_SERVER_ID "kiosk & co"
#define JCC_SERVER_SECRET "s3cr+t/=:\xc3\xa9"

struct jcc_server;

enum jcc_trap {
    JCC_ANSWERS,     /* this, instead of doing anything */
    JCC_CUTS_BEFORE, /* the line, and does nothing */
    JCC_CUTS_AFTER,  /* it does what was asked, and cuts the line */
    JCC_FORGETS,     /* the token: 401 */
};

struct jcc_step {
    const char *method, *path; /* "GET", "appointment/qrcode" */
    enum jcc_trap trap;
    int status;
    const char *body; /* of JCC_ANSWERS */
};

struct jcc_server *jcc_server_start(void);
/* Fails the test when there was a fault. */
void jcc_server_stop(struct jcc_server *server);
const char *jcc_server_url(const struct jcc_server *server);

/* Its town, to be changed while nobody asks. */
struct town *jcc_server_town(struct jcc_server *server);
/* The next request for that path meets this trap, once; traps wait in a row. */
void jcc_server_trap(struct jcc_server *server, struct jcc_step step);
/* How long a token lives; 0: it doesn't say. */
void jcc_server_set_life(struct jcc_server *server, int seconds);

/* Requests that came for it; the request line of the n-th request of all. */
int jcc_server_count(struct jcc_server *server, const char *method, const char *path);
const char *jcc_server_line(struct jcc_server *server, int n);
/* The body of the last booking. */
const char *jcc_server_posted(struct jcc_server *server);
/* The fault so far, "" for none; forgets it. */
const char *jcc_server_take_fault(struct jcc_server *server);
