#pragma once

#include "backoffice/html.h"
#include "backoffice/http_server.h"
#include "backoffice/staff_pages.h"
#include "backoffice/store_fleet.h"
#include "backoffice/try_limit.h"
#include "base/wording.h"

/* What the files of the staff's pages share. */

struct staff_pages {
    struct store *store;
    struct book *book;
    struct queue *queue;
    const struct translation *translation;
    char *style, *script; /* as they are served */
    bool has_logo, secure;
    struct try_limit *wrong; /* tokens, of an address */
};

#define STAFF_SECRET_BYTES 53 /* 32 random bytes in base32, and a NUL */
#define STAFF_URL_BYTES 200

/* One request and its answer. */
struct staff_page {
    const struct staff_pages *pages;
    const struct http_server_request *request;
    struct http_server_answer *answer;
    struct html *html;
    struct tongue tongue;            /* Dutch */
    char secret[STAFF_SECRET_BYTES]; /* the cookie's; "": nobody is signed in */
    enum fleet_role role;
};

const char *staff_tr(const struct staff_page *page, const char *message);

/* --- staff_frame.c ---------------------------------------------------------------- */

enum staff_icon {
    STAFF_ICON_CALL,
    STAFF_ICON_DONE,
    STAFF_ICON_MISSING,
    STAFF_ICON_CAME_BACK,
    STAFF_ICON_NO_SHOW,
    STAFF_ICON_AGAIN,
    STAFF_ICON_SEND_ON,
    STAFF_ICON_PAUSE,
    STAFF_ICON_LOCK,
    STAFF_ICON_PLACE,
    STAFF_ICON_CLOCK,
    STAFF_ICON_NEXT,
    STAFF_ICON_COUNT
};

void staff_icon(struct staff_page *page, enum staff_icon icon);

/* Opens the page up to its main part; `renew_s` 0: it does not renew itself. */
void
staff_begin(struct staff_page *page, const char *title, const char *look, int renew_s);
/* Municipality's mark and name. */
void staff_municipality(struct staff_page *page);
void staff_end(struct staff_page *page, int status);
/* Headers of every answer that is for one browser only. */
void staff_headers(struct http_server_answer *answer, bool with_script);
/* 303 (RFC 9110 §15.4.4): the answer to a form is another page, got anew. */
void staff_lead_to(struct staff_page *page, const char *url);
void staff_answer_sentence(struct staff_page *page, int status, const char *sentence);

/* Opens a form that is sent to `url` with the word only these pages know. */
void staff_form(struct staff_page *page, const char *url, const char *look);
void staff_hidden(struct staff_page *page, const char *name, const char *value);
/* `look` is "", "primary", "danger"; `detail` may be "". */
void staff_button(struct staff_page *page, const char *look, enum staff_icon icon,
                  const char *label, const char *detail);

/* --- staff_session.c ---------------------------------------------------------------
 */

/* Who asks, by the cookie; false when nobody is signed in: the answer leads there. */
bool staff_signed_in(struct staff_page *page);
/* The same of a form, with its word, by at least that role; else the answer says so. */
bool staff_may(struct staff_page *page, enum fleet_role at_least);
/* The word that a form carries. */
void staff_form_word(const struct staff_page *page, char word[STAFF_SECRET_BYTES]);

void staff_get_sign_in(void *data, const struct http_server_request *request,
                       struct http_server_answer *answer);
void staff_post_sign_in(void *data, const struct http_server_request *request,
                        struct http_server_answer *answer);
void staff_post_sign_out(void *data, const struct http_server_request *request,
                         struct http_server_answer *answer);

/* --- counter.c, counter_page.c, waiting_room.c -------------------------------------
 */

void counter_get_desks(void *data, const struct http_server_request *request,
                       struct http_server_answer *answer);
void counter_get(void *data, const struct http_server_request *request,
                 struct http_server_answer *answer);
void counter_post(void *data, const struct http_server_request *request,
                  struct http_server_answer *answer);
/* Writes the counter's page and makes it the answer. */
void counter_show(struct staff_page *page, struct queue_place at,
                  const struct queue_sight *sight);

/* --- slip_page.c ------------------------------------------------------------------
 */

/* The field for a slip's code, and what was found by it. */
void slip_page_write(struct staff_page *page);

/* --- errand_page.c ----------------------------------------------------------------
 */

void errand_page_get(void *data, const struct http_server_request *request,
                     struct http_server_answer *answer);
void errand_page_post(void *data, const struct http_server_request *request,
                      struct http_server_answer *answer);

void waiting_get(void *data, const struct http_server_request *request,
                 struct http_server_answer *answer);
