#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/http_client.h"
#include "base/sign.h"
#include "usage/outbox.h"

/*
 * One exchange of the uploader with the back office: whatever is next to be told or
 * asked. Waits for the network; used by one thread at a time.
 */

enum exchange_result {
    EXCHANGE_DONE,    /* as it should be; there may be more */
    EXCHANGE_IDLE,    /* there was nothing to do */
    EXCHANGE_FAILED,  /* try again later */
    EXCHANGE_STOPPED, /* never again in this run */
};

struct exchange {
    struct outbox *outbox;
    struct sign_key key;
    char *url; /* scheme, host and port */
    struct http_client *client;

    int64_t ask_at_ms;  /* on the steady clock: the daily question and clearing up */
    int64_t refused;    /* number of the last stream that did not get through */
    bool others_first;  /* after it, so that reports and questions get their turn too */
    int64_t asked_mark; /* number of the last stream asked about, 0: begin */

    enum exchange_result result;
    bool is_unclaimed;  /* the back office takes us when somebody claims us */
    int retry_after_s;  /* -1: not said */
    struct error error; /* EXCHANGE_FAILED, EXCHANGE_STOPPED */
};

#define EXCHANGE_ASK_EVERY_MS (24 * 3600 * 1000)

void exchange_run(struct exchange *exchange);

/*
 * Signs and sends. `header` is one more "Name: value", or NULL. False, with the result
 * set, when no answer came.
 */
bool exchange_post(struct exchange *exchange, const char *target,
                   const char *content_type, const char *header, const char *body,
                   size_t length, struct http_answer *answer);

/* For an answer that is none of the expected: sets the result and says so. */
void exchange_refuse(struct exchange *exchange, const struct http_answer *answer);
void exchange_fail(struct exchange *exchange);

/*
 * Says which key this is (exchange_announce.c). True when the back office knows it, or
 * takes no announcements; else the result is set.
 */
bool exchange_announce(struct exchange *exchange);

/* What was set aside of a second card (exchange_conflict.c). False: nothing waits. */
bool exchange_report_conflict(struct exchange *exchange);
/* Whether the back office has lost something (exchange_marks.c). */
void exchange_ask(struct exchange *exchange);
