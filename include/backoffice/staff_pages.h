#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "backoffice/book.h"
#include "backoffice/queue.h"
#include "base/theme.h"
#include "base/translation.h"

/*
 * The pages of staff: signing in, and the counter that calls numbers; and beside them
 * the waiting room, which anybody may see.
 *
 * Who has a token (loketzuilctl token create) signs in with it, and gets a cookie that
 * no script can read and no other site can make a browser send; every form carries a
 * word besides that only these pages know. A viewer looks, an editor does. They work
 * without script; the waiting room's is one small file of our own, which renews the
 * page and speaks. There is no name on any of them.
 *
 * Safe from any thread.
 */

struct staff_pages;

#define STAFF_SESSION_S (12 * 3600)

struct staff_options {
    struct store *store; /* all of these outlive the pages */
    struct book *book;
    struct queue *queue;
    const struct translation *translation; /* Dutch; NULL: the msgids */
    const struct theme *theme;
    const struct theme *contrast; /* for who asked their browser for more of it */
    const char *folder;           /* with staff.css and waiting.js */
    bool has_logo;                /* there is a /public/logo.png */
    bool secure;                  /* TLS: the cookie never goes without */
};

struct staff_pages *
staff_pages_open(const struct staff_options *options, struct error *error);
void staff_pages_close(struct staff_pages *pages); /* NULL is fine */

/* Forgets who was signed in. Hourly is enough. */
bool staff_pages_tidy(struct staff_pages *pages, struct error *error);

struct http_route;

/* Under /staff and /waiting; the routes' data is the pages. */
const struct http_route *staff_routes(size_t *count);
