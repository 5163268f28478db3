#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/sign.h"
#include "errand/errand.h"

/*
 * The post brings a kiosk's errands to the back office, each once.
 *
 * It sends at once, as it is, over TLS. When nobody can be reached, or no answer comes,
 * the errand is sealed and kept in a file: durable before errand_post_send() says so,
 * and nothing but sealed bytes is ever on disk. A thread of the post's own sends it
 * when it can; what was sent twice has the same key and is one errand.
 *
 * A slip to hand over is sent at once or not at all: it can say so, and what it says
 * stands on it in words.
 *
 * A call for help that was not sent when its visit ended, or when the program stopped,
 * is not sent any more: nobody stands there.
 *
 * The key to seal with is asked at the start and once a day, and kept in a file. Safe
 * from any thread.
 */

struct errand_post;

#define ERRAND_POST_RETRY_MS 15000

struct errand_post_options {
    const char *folder;    /* of the post alone; made when it is not there; copied */
    const char *seal_file; /* where the back office's key is kept; copied */
    /* Of the back office; copied. NULL: a rehearsal, in which everything arrives and
     * nothing is sent, sealed or kept. */
    const char *url;
    const struct sign_key *key; /* the kiosk's; copied */
    const char *ca_file;        /* copied; for http_client_trust() */
    int timeout_ms;             /* of one exchange; 0: 10 s */
    int retry_ms;               /* 0: ERRAND_POST_RETRY_MS; waits up to twice that */
};

/* Begins at once with what is kept. */
struct errand_post *
errand_post_open(const struct errand_post_options *options, struct error *error);
/* Waits for the exchange at hand. NULL is fine. */
void errand_post_close(struct errand_post *post);

enum errand_fate {
    ERRAND_ARRIVED, /* the back office has it */
    ERRAND_KEPT,    /* it waits here, sealed */
};

/*
 * Waits for the network: for a worker. False when it neither arrived nor is kept:
 * ERROR_REFUSED the back office said no, ERROR_OFFLINE nobody was reached and there is
 * no key to seal with yet, ERROR_STORAGE it could not be kept.
 */
bool errand_post_send(struct errand_post *post, const struct errand *errand,
                      enum errand_fate *fate, struct error *error);

/* Nobody needs it any more. Does not wait: the post's thread says so when it can. */
void errand_post_withdraw(struct errand_post *post, const char *key);

/* True when nothing is left to send. */
bool errand_post_is_idle(struct errand_post *post);

/* Of a rehearsal: from now on the answer is no. */
void errand_post_refuse(struct errand_post *post);
/* A journey pulls the plug: down, nobody is reached. */
void errand_post_set_network(struct errand_post *post, bool up);
