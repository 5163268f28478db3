#pragma once

#include <stddef.h>

#include "backoffice/book.h"
#include "backoffice/queue.h"
#include "base/language.h"
#include "base/theme.h"
#include "base/translation.h"

/*
 * The page of an appointment, that the ticket's QR opens on a citizen's phone: what,
 * where, when, what to bring and to pay, into one's calendar, another time, cancel.
 *
 * Whoever has the ticket's text may see and do all that, and nobody else: the text is
 * in the address, its signature is checked, and there is nothing else that gives a
 * right (no cookie, no sign-in), so that no other site can make a browser do something
 * here. What is no ticket of ours, or of an appointment that is over, gets one and the
 * same page. Looking changes nothing; changing is a form that is sent and answered with
 * a redirection. No script, nothing from elsewhere, and nothing that is kept: not by
 * the browser, not by what lies between, not by a search engine.
 *
 * Beside it, under the same municipality's name: how it stands with a number that was
 * drawn, for whoever has the word in its address.
 *
 * Safe from any thread.
 */

struct public_pages;

struct public_options {
    struct book *book;   /* all of these outlive the pages */
    struct queue *queue; /* NULL: no numbers */
    const struct translation *const
        *translations; /* of each language; NULL: not here */
    const struct theme *theme;
    const struct theme *contrast; /* for who asked their phone for more of it */
    const char *style;            /* path of the style sheet */
    const char *logo;             /* path of a PNG; "": none */
};

struct public_pages *
public_open(const struct public_options *options, struct error *error);
void public_close(struct public_pages *pages); /* NULL is fine */

struct http_route;

/* Under /T/, /N/ and /public/; the routes' data is the pages. */
const struct http_route *public_routes(size_t *count);
