#include <stdlib.h>
#include <string.h>

#include "backoffice/book.h"
#include "backoffice/errands.h"
#include "backoffice/http_form.h"
#include "backoffice/staff_page.h"
#include "backoffice/store_errand.h"
#include "base/memory.h"
#include "base/text.h"

/* Whom to call back and whom to help, until somebody says that it is done. */

#define URL "/staff/errands"
#define RENEW_S 20
#define SHOWN_MAX 200 /* of each kind; the oldest stand first */

struct list {
    struct store_errand *rows;
    size_t count;
};

struct view {
    struct staff_page *page;
    const struct catalogue *catalogue;
    const struct zone *zone;
    int64_t now;
};

static const char *
tr(const struct view *view, const char *message)
{
    return staff_tr(view->page, message);
}

/* --- what there is ------------------------------------------------------------------
 */

static bool
take(void *data, const struct store_errand *row)
{
    struct list *list = data;

    list->rows = memory_resize(list->rows, list->count + 1, sizeof(*list->rows));
    list->rows[list->count++] = *row;
    return true;
}

static bool
list_work(struct store_session *session, void *data, struct error *error)
{
    return store_errand_list(session, take, data, error);
}

static void
list_finish(struct list *list)
{
    if (list->rows != NULL) {
        memory_wipe(list->rows, list->count * sizeof(*list->rows));
    }
    free(list->rows);
}

/* --- words --------------------------------------------------------------------------
 */

/* A number from abroad is grouped in ways that we don't know. */
static const char *
phone_of(char target[WORDING_BYTES], const char *phone)
{
    return phone[0] == '+' ? phone : wording_phone(target, phone);
}

static struct date
today(const struct view *view)
{
    return zone_civil(view->zone, view->now).date;
}

/* "vandaag, 14.05 uur" */
static const char *
moment(const struct view *view, char target[WORDING_BYTES], int64_t at)
{
    struct civil civil = zone_civil(view->zone, at);
    char day[WORDING_BYTES], time[WORDING_BYTES];

    return wording_fill(
        target, tr(view, "{1}, {2}"),
        wording_day_near(view->page->tongue, day, civil.date, today(view)),
        wording_time(view->page->tongue, time, civil.hour, civil.minute), NULL);
}

/* "morgen, 9.00 – 12.00 uur" */
static const char *
wish(const struct view *view, char target[WORDING_BYTES], const struct errand *errand)
{
    struct civil from = zone_civil(view->zone, errand->from);
    struct civil until = zone_civil(view->zone, errand->until);
    struct tongue tongue = view->page->tongue;
    char day[WORDING_BYTES], first[WORDING_BYTES], last[WORDING_BYTES];

    return wording_fill(target, tr(view, "{1}, {2} – {3}"),
                        wording_day_near(tongue, day, from.date, today(view)),
                        wording_time_bare(tongue, first, from.hour, from.minute),
                        wording_time(tongue, last, until.hour, until.minute));
}

static void
write_detail(const struct view *view, const char *label, const char *text)
{
    struct html *html = view->page->html;

    if (text[0] != '\0') {
        html_open(html, "small", NULL);
        html_text(html, label);
        html_text(html, text);
        html_close(html);
    }
}

static const char *
place_of(const struct view *view, const struct store_errand *row)
{
    const struct location *location =
        catalogue_location(view->catalogue, row->location);

    return location != NULL ? words_in(&location->name, LANGUAGE_NL, NULL)
                            : row->location;
}

static const char *
product_of(const struct view *view, const struct errand *errand)
{
    const struct product *product = catalogue_product(view->catalogue, errand->product);

    return product != NULL ? words_in(&product->name, LANGUAGE_NL, NULL)
                           : errand->product;
}

/* --- the lists ----------------------------------------------------------------------
 */

static void
write_done(const struct view *view, const struct store_errand *row, const char *label)
{
    staff_form(view->page, URL, "");
    staff_hidden(view->page, "key", row->errand.key);
    staff_button(view->page, "", STAFF_ICON_DONE, label, "");
    html_close(view->page->html);
}

static void
write_asked(const struct view *view, const struct store_errand *row)
{
    char text[WORDING_BYTES], place[2 * WORDING_BYTES];
    struct text where = text_begin(place, sizeof(place));

    text_format(&where, "%s, %s", place_of(view, row), row->kiosk);
    write_detail(view, "", place);
    write_detail(
        view, "",
        moment(view, text, row->unreadable ? row->received_at : row->errand.asked_at));
    if (!row->unreadable && row->errand.language != LANGUAGE_NL) {
        write_detail(view, tr(view, "Speaks: "), language_name(row->errand.language));
    }
}

static void
write_call_back(const struct view *view, const struct store_errand *row)
{
    struct html *html = view->page->html;
    char text[WORDING_BYTES];

    html_open(html, "li", NULL);
    html_open(html, "div", NULL);
    if (row->unreadable) {
        html_line(html, "b", tr(view, "This request can't be read any more"), NULL);
        write_detail(view, "",
                     tr(view, "It was sealed for a key that is gone. Ask your "
                              "administrator."));
    } else {
        html_line(html, "b", phone_of(text, row->errand.phone), NULL);
        if (row->errand.until < view->now) {
            html_text(html, " ");
            html_line(html, "span", tr(view, "late"), "class", "tag", NULL);
        }
        write_detail(view, tr(view, "Wants to be called: "),
                     wish(view, text, &row->errand));
        write_detail(view, tr(view, "About: "), product_of(view, &row->errand));
    }
    write_asked(view, row);
    html_close(html);
    write_done(view, row, tr(view, "Called"));
    html_close(html);
}

static void
write_help(const struct view *view, const struct store_errand *row)
{
    struct html *html = view->page->html;
    char text[WORDING_BYTES];

    html_open(html, "li", NULL);
    html_open(html, "div", NULL);
    html_line(html, "b", row->kiosk, NULL);
    if (row->errand.calls > 1) {
        html_text(html, " ");
        html_line(html, "span",
                  wording_number(text, tr(view, "called {1} times"), row->errand.calls),
                  "class", "tag", NULL);
    }
    write_asked(view, row);
    html_close(html);
    write_done(view, row, tr(view, "Helped"));
    html_close(html);
}

static void
write_list(const struct view *view, const struct list *list, enum errand_kind kind)
{
    bool help = kind == ERRAND_HELP;
    struct html *html = view->page->html;
    size_t count = 0;

    html_open(html, "section", "class", "card", NULL);
    html_line(html, "h2", help ? tr(view, "Help at a kiosk") : tr(view, "Call back"),
              NULL);
    html_open(html, "ol", NULL);
    for (size_t i = 0; i < list->count && count < SHOWN_MAX; i++) {
        if (list->rows[i].errand.kind != kind) {
            continue;
        }
        if (help) {
            write_help(view, &list->rows[i]);
        } else {
            write_call_back(view, &list->rows[i]);
        }
        count++;
    }
    html_close(html);
    if (count == 0) {
        html_line(html, "p", tr(view, "Nobody waits."), NULL);
    }
    html_close(html);
}

static void
write_top(const struct view *view)
{
    struct html *html = view->page->html;

    html_open(html, "header", NULL);
    staff_municipality(view->page);
    html_open(html, "nav", NULL);
    html_line(html, "a", tr(view, "To the counter"), "href", "/staff/counter", NULL);
    staff_form(view->page, "/staff/sign-out", "");
    html_line(html, "button", tr(view, "Sign out"), "type", "submit", NULL);
    html_close(html);
    html_close(html);
    html_close(html);
}

static void
show(struct staff_page *page, const struct list *list)
{
    const struct catalogue *catalogue = book_catalogue(page->pages->book);
    const struct view view = {
        .page = page,
        .catalogue = catalogue,
        .zone = book_zone(page->pages->book, &catalogue->locations[0]),
        .now = page->request->now_s,
    };

    staff_begin(page, tr(&view, "Call back and help"), "counter errands", RENEW_S);
    write_top(&view);
    html_open(page->html, "main", NULL);
    html_line(page->html, "h1", tr(&view, "Call back and help"), "class", "unseen",
              NULL);
    write_list(&view, list, ERRAND_HELP);
    write_list(&view, list, ERRAND_CALL_BACK);
    html_close(page->html);
    staff_end(page, 200);
}

/* --- the routes ---------------------------------------------------------------------
 */

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

/* Numbers stand on it: for who does the calling, not for who looks at figures. */
void
errand_page_get(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct staff_page page = page_of(data, request, answer);
    struct list list = {.count = 0};
    struct error error = {0};

    if (!staff_signed_in(&page)) {
        return;
    }
    if (page.role < ROLE_EDITOR) {
        staff_answer_sentence(&page, 403,
                              staff_tr(&page, "This page is for who calls and helps."));
    } else if (!store_read(page.pages->store, list_work, &list, &error)) {
        http_server_answer_error(answer, &error);
    } else {
        show(&page, &list);
        http_server_answer_header(answer, "Cache-Control", "no-store");
    }
    list_finish(&list);
    html_destroy(page.html);
}

void
errand_page_post(void *data, const struct http_server_request *request,
                 struct http_server_answer *answer)
{
    struct staff_page page = page_of(data, request, answer);
    char key[ERRAND_KEY_BYTES];
    struct error error = {0};

    if (!staff_may(&page, ROLE_EDITOR)) {
        html_destroy(page.html);
        return;
    }
    if (!http_form_value(request, "key", key, sizeof(key)) ||
        (!errand_done(page.pages->store, key, &error) && error.kind == ERROR_NOT_FOUND))
    {
        staff_answer_sentence(&page, 404, staff_tr(&page, "There is no such request."));
    } else if (error.kind != ERROR_NONE) {
        http_server_answer_error(answer, &error);
    } else {
        staff_lead_to(&page, URL);
    }
    html_destroy(page.html);
}
