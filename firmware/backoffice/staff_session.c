#include <stdio.h>
#include <string.h>

#include "backoffice/http_form.h"
#include "backoffice/identity.h"
#include "backoffice/staff_page.h"
#include "backoffice/store_staff.h"
#include "base/memory.h"
#include "base/text.h"

/*
 * Signing in with a token. The browser gets a random word in a cookie, of which the
 * database keeps the hash. What a form carries follows from that word, so that only a
 * page of ours can have made it.
 */

#define COOKIE "loketzuil-staff"
#define COOKIE_BYTES 240

/* --- the cookie ------------------------------------------------------------------ */

/* Out of "a=b; loketzuil-staff=SECRET". */
static void
read_cookie(const struct http_server_request *request, char secret[STAFF_SECRET_BYTES])
{
    const char *at = http_server_header(request, "Cookie");

    secret[0] = '\0';
    while (at != NULL && *at != '\0') {
        size_t length = strcspn(at, ";");

        if (length > sizeof(COOKIE) && length - sizeof(COOKIE) < STAFF_SECRET_BYTES &&
            memcmp(at, COOKIE "=", sizeof(COOKIE)) == 0)
        {
            snprintf(secret, STAFF_SECRET_BYTES, "%.*s", (int)(length - sizeof(COOKIE)),
                     at + sizeof(COOKIE));
            return;
        }
        at += length;
        at += strspn(at, "; ");
    }
}

/* Not to be read by a script, not sent along with another site's request. */
static void
set_cookie(const struct staff_page *page, const char *secret, int seconds)
{
    char cookie[COOKIE_BYTES];

    snprintf(cookie, sizeof(cookie),
             COOKIE "=%s; Path=/staff; Max-Age=%d; HttpOnly; SameSite=Strict%s", secret,
             seconds, page->pages->secure ? "; Secure" : "");
    http_server_answer_header(page->answer, "Set-Cookie", cookie);
}

void
staff_form_word(const struct staff_page *page, char word[STAFF_SECRET_BYTES])
{
    char text[STAFF_SECRET_BYTES + 8];
    uint8_t hash[HASH_BYTES];

    snprintf(text, sizeof(text), "form %s", page->secret);
    hash_bytes(text, strlen(text), hash);
    text_base32_encode(word, hash, sizeof(hash));
    word[text_base32_length(sizeof(hash))] = '\0';
    memory_wipe(text, sizeof(text));
}

struct look_up {
    uint8_t hash[HASH_BYTES], token[HASH_BYTES];
    enum fleet_role role;
};

static bool
work_role(struct store_session *session, void *data, struct error *error)
{
    struct look_up *look_up = data;

    return store_staff_role(session, look_up->hash, &look_up->role, error);
}

bool
staff_signed_in(struct staff_page *page)
{
    struct look_up look_up;
    struct error error = {0};

    read_cookie(page->request, page->secret);
    hash_bytes(page->secret, strlen(page->secret), look_up.hash);
    if (page->secret[0] != '\0' &&
        store_read(page->pages->store, work_role, &look_up, &error))
    {
        page->role = look_up.role;
        return true;
    }
    page->secret[0] = '\0';
    if (error.kind != ERROR_NONE && error.kind != ERROR_NOT_FOUND) {
        http_server_answer_error(page->answer, &error);
    } else {
        staff_lead_to(page, "/staff/sign-in");
    }
    return false;
}

bool
staff_may(struct staff_page *page, enum fleet_role at_least)
{
    char word[STAFF_SECRET_BYTES], sent[STAFF_SECRET_BYTES];

    if (!staff_signed_in(page)) {
        return false;
    }
    staff_form_word(page, word);
    if (!http_form_value(page->request, "word", sent, sizeof(sent)) ||
        strlen(sent) != strlen(word) || !bytes_equal(sent, word, strlen(word)))
    {
        staff_answer_sentence(page, 403,
                              staff_tr(page, "This form is not of this page. Go back "
                                             "and try again."));
        return false;
    }
    if (page->role < at_least) {
        staff_answer_sentence(
            page, 403, staff_tr(page, "You may look here, and not change anything."));
        return false;
    }
    return true;
}

/* --- in and out ------------------------------------------------------------------- */

static void
show_sign_in(struct staff_page *page, int status, const char *wrong)
{
    struct html *html;

    staff_begin(page, staff_tr(page, "Sign in"), "sign-in", 0);
    html = page->html;
    html_open(html, "section", "class", "stage", NULL);
    staff_municipality(page);
    html_line(html, "p", staff_tr(page, "Loketzuil counter"), "class", "name", NULL);
    html_close(html);
    html_open(html, "form", "class", "card", "method", "post", "action",
              "/staff/sign-in", NULL);
    html_line(html, "h1", staff_tr(page, "Sign in"), NULL);
    html_line(html, "label",
              staff_tr(page, "The token that you got from your administrator"), "for",
              "token", NULL);
    html_void(html, "input", "id", "token", "name", "token", "type", "password",
              "autocomplete", "current-password", "required", "", "autofocus", "",
              "aria-invalid", wrong != NULL ? "true" : NULL, "aria-describedby",
              wrong != NULL ? "wrong" : NULL, NULL);
    if (wrong != NULL) {
        html_line(html, "p", wrong, "class", "wrong", "id", "wrong", "role", "alert",
                  NULL);
    }
    staff_button(page, "primary", STAFF_ICON_NEXT, staff_tr(page, "Continue"), "");
    html_close(html);
    staff_end(page, status);
}

static struct staff_page
page_of(void *data, const struct http_server_request *request,
        struct http_server_answer *answer)
{
    const struct staff_pages *pages = data;

    return (struct staff_page){.pages = pages,
                               .request = request,
                               .answer = answer,
                               .tongue = {LANGUAGE_NL, pages->translation}};
}

void
staff_get_sign_in(void *data, const struct http_server_request *request,
                  struct http_server_answer *answer)
{
    struct staff_page page = page_of(data, request, answer);

    show_sign_in(&page, 200, NULL);
    html_destroy(page.html);
}

static bool
work_add(struct store_session *session, void *data, struct error *error)
{
    struct look_up *look_up = data;

    return store_token_role(session, look_up->token, &look_up->role, error) &&
           store_staff_add(session, look_up->hash, look_up->token,
                           store_now(session) + STAFF_SESSION_S, error);
}

void
staff_post_sign_in(void *data, const struct http_server_request *request,
                   struct http_server_answer *answer)
{
    struct staff_page page = page_of(data, request, answer);
    struct try_limit *limit = page.pages->wrong;
    char token[2 * IDENTITY_TOKEN_BYTES], secret[IDENTITY_TOKEN_BYTES];
    struct look_up look_up;
    struct error error = {0};

    if (!try_limit_allows(limit, request->peer, request->now_s)) {
        show_sign_in(&page, 429,
                     staff_tr(&page, "That was wrong too often. Wait a minute."));
        http_server_answer_header(answer, "Retry-After", "60");
        html_destroy(page.html);
        return;
    }
    http_form_value(request, "token", token, sizeof(token));
    hash_bytes(token, strlen(token), look_up.token);
    memory_wipe(token, sizeof(token));
    identity_token_make(secret, look_up.hash);
    if (store_write(page.pages->store, work_add, &look_up, &error)) {
        staff_lead_to(&page, "/staff/counter");
        set_cookie(&page, secret, STAFF_SESSION_S);
    } else if (error.kind == ERROR_NOT_FOUND) {
        try_limit_note_wrong(limit, request->peer, request->now_s);
        show_sign_in(&page, 403, staff_tr(&page, "This token is not known here."));
    } else {
        http_server_answer_error(answer, &error);
    }
    memory_wipe(secret, sizeof(secret));
    html_destroy(page.html);
}

static bool
work_end(struct store_session *session, void *data, struct error *error)
{
    const struct look_up *look_up = data;

    return store_staff_end(session, look_up->hash, error);
}

void
staff_post_sign_out(void *data, const struct http_server_request *request,
                    struct http_server_answer *answer)
{
    struct staff_page page = page_of(data, request, answer);
    struct look_up look_up;
    struct error error = {0};

    if (staff_may(&page, ROLE_VIEWER)) {
        hash_bytes(page.secret, strlen(page.secret), look_up.hash);
        if (store_write(page.pages->store, work_end, &look_up, &error)) {
            staff_lead_to(&page, "/staff/sign-in");
            set_cookie(&page, "", 0);
        } else {
            http_server_answer_error(answer, &error);
        }
    }
    html_destroy(page.html);
}
