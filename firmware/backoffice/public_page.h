#pragma once

#include <stdbool.h>

#include "backoffice/html.h"
#include "backoffice/http_server.h"
#include "backoffice/public.h"
#include "backoffice/queue.h"
#include "backoffice/try_limit.h"
#include "base/wording.h"

/* What the files of the public pages share. */

struct public_pages {
    struct book *book;
    struct queue *queue; /* NULL: there are no numbers */
    const struct translation *const *translations;
    char *style, *street; /* as they are served */
    char *logo;           /* NULL: none */
    size_t logo_length;
    struct try_limit *wrong;   /* tickets, of an address */
    struct try_limit *changes; /* of an appointment */
};

#define PUBLIC_URL_BYTES 400

/* The colours as variables, and the style sheet at `path` after them; the caller frees.
 */
char *public_make_style(const struct theme *theme, const struct theme *contrast,
                        const char *path, struct error *error);

/* One request and its answer. */
#define PUBLIC_DUTCH_TEXTS 4    /* at hand at once */
#define PUBLIC_DUTCH_BYTES 1720 /* the longest text of a catalogue, with its mark */

struct public_page {
    const struct public_pages *pages;
    const struct http_server_request *request;
    struct http_server_answer *answer;
    struct html *html;
    struct tongue tongue;
    int renew_s;        /* 0: it does not renew itself */
    bool said_language; /* in the address, so that it goes along */
    struct booking booking;
    const struct location *location;
    struct civil at; /* when it starts, by the clock there */
    char dutch[PUBLIC_DUTCH_TEXTS][PUBLIC_DUTCH_BYTES]; /* marked, the oldest goes */
    size_t dutch_turn;
};

const char *public_tr(const struct public_page *page, const char *message);

/* --- public_frame.c: what is around every page ----------------------------------- */

/* Opens the page up to its sheet: street, municipality and that title. */
void public_begin(struct public_page *page, const char *title);
/* Closes it and makes it the answer. */
void public_end(struct public_page *page, int status);

/* The address of a part of this appointment, "" for the page itself; `query` may be
 * NULL. */
const char *public_url(const struct public_page *page, const char *part,
                       const char *query, char url[PUBLIC_URL_BYTES]);

enum public_icon {
    PUBLIC_ICON_CALENDAR,
    PUBLIC_ICON_CANCEL,
    PUBLIC_ICON_CHANGE,
    PUBLIC_ICON_CHECK,
    PUBLIC_ICON_PHONE,
    PUBLIC_ICON_PLACE,
    PUBLIC_ICON_ROUTE,
    PUBLIC_ICON_COUNT
};

void public_icon(struct public_page *page, enum public_icon icon);
/* A link that looks like a button; `look` is "primary", "danger" or "". */
void public_button(struct public_page *page, const char *url, const char *look,
                   enum public_icon icon, const char *label);
/* A strip with a sentence; `look` is "" or "attention". */
void public_notice(struct public_page *page, const char *look, const char *text);

/* A page with a title and a sentence: not there, too often, not now. */
void public_answer_sentence(struct public_page *page, int status, const char *title,
                            const char *sentence);

/* --- public_appointment.c -------------------------------------------------------- */

/* Day, time, what and where. */
void public_card(struct public_page *page, bool with_place);
void public_show(struct public_page *page);
void public_calendar(struct public_page *page);

/* --- public_number.c -------------------------------------------------------------- */

void public_number(struct public_page *page, const struct queue_ticket *ticket);

/* --- public_change.c -------------------------------------------------------------- */

/* Days, times of a day, or the question whether that time is the one. */
void public_change(struct public_page *page);
void public_post_change(struct public_page *page);
void public_cancel(struct public_page *page);
void public_post_cancel(struct public_page *page);
