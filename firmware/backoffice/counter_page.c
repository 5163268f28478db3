#include <stdio.h>
#include <string.h>

#include "backoffice/book.h"
#include "backoffice/staff_page.h"
#include "base/text.h"

/* What a desk sees: who waits, who is there, and what can be done. */

#define RENEW_S 15
#define LONG_WAIT_S (20 * 60)

struct view {
    struct staff_page *page;
    struct queue_place at;
    const struct queue_sight *sight;
    const struct queue_desk *desk; /* this one; NULL: nobody is there */
    const struct zone *zone;
    const char *url; /* where its forms go */
};

static const char *
tr(const struct view *view, const char *message)
{
    return staff_tr(view->page, message);
}

static const char *
minutes(const struct view *view, char text[WORDING_BYTES], int64_t seconds)
{
    return wording_number(text, tr(view, "{1} min"),
                          (int)(seconds > 0 ? seconds / 60 : 0));
}

static const char *
clock_of(const struct view *view, char text[WORDING_BYTES], int64_t instant)
{
    struct civil at = zone_civil(view->zone, instant);

    return wording_time_bare(view->page->tongue, text, at.hour, at.minute);
}

static const char *
product_of(const struct view *view, const struct queue_number *number)
{
    const struct product *product =
        catalogue_product(book_catalogue(view->page->pages->book), number->product);

    return product != NULL ? words_in(&product->name, LANGUAGE_NL, NULL)
                           : number->product;
}

/* "afspraak 14.20", "zonder afspraak" */
static const char *
kind_of(const struct view *view, const struct queue_number *number,
        char text[WORDING_BYTES])
{
    char time[WORDING_BYTES];

    if (number->start == TIME_NONE) {
        text_copy(text, WORDING_BYTES, tr(view, "without an appointment"));
        return text;
    }
    return wording_fill(text, tr(view, "appointment {1}"),
                        clock_of(view, time, number->start), NULL, NULL);
}

/* The language that the citizen chose, when it is another. */
static void
write_language(const struct view *view, const struct queue_number *number)
{
    enum language language;

    if (language_from_code(number->language, &language) && language != LANGUAGE_NL) {
        html_line(view->page->html, "span", language_name(language), "class", "tag",
                  "lang", number->language, NULL);
    }
}

/* --- who waits -------------------------------------------------------------------- */

static void
write_row(const struct view *view, const struct queue_number *number)
{
    struct html *html = view->page->html;
    bool next = number->id == view->sight->next;
    int64_t waited = view->sight->now - number->drawn;
    char text[WORDING_BYTES];

    queue_text(number, text);
    html_open(html, "li", "class", next ? "next" : NULL, NULL);
    html_line(html, "b", text, "class", "number", NULL);
    html_open(html, "span", "class", "what", NULL);
    html_line(html, "b", product_of(view, number), NULL);
    html_line(html, "small", kind_of(view, number, text), NULL);
    html_close(html);
    write_language(view, number);
    if (number->for_desk > 0) {
        html_line(html, "span",
                  wording_number(text, tr(view, "for desk {1}"), number->for_desk),
                  "class", "tag", NULL);
    }
    if (next) {
        html_line(html, "span", tr(view, "next"), "class", "tag good", NULL);
    }
    html_open(html, "span", "class", waited >= LONG_WAIT_S ? "wait long" : "wait",
              NULL);
    html_line(html, "b", minutes(view, text, waited), NULL);
    html_line(html, "small",
              waited >= LONG_WAIT_S ? tr(view, "long") : tr(view, "waits"), NULL);
    html_close(html);
    html_close(html);
}

static void
write_totals(const struct view *view)
{
    const struct queue_sight *sight = view->sight;
    struct html *html = view->page->html;
    char text[WORDING_BYTES], number[WORDING_BYTES];
    int with = 0;
    int64_t waited = 0;

    for (size_t i = 0; i < sight->waiting_count; i++) {
        with += sight->waiting[i].kind == QUEUE_APPOINTMENT;
        waited += sight->now - sight->waiting[i].drawn;
    }
    html_open(html, "p", "class", "totals", NULL);
    html_line(html, "span",
              wording_number(text, tr(view, "With an appointment {1}"), with), "class",
              "tag", NULL);
    html_line(html, "span",
              wording_number(text, tr(view, "Without an appointment {1}"),
                             (int)sight->waiting_count - with),
              "class", "tag", NULL);
    if (sight->waiting_count > 0) {
        minutes(view, number, waited / (int64_t)sight->waiting_count);
        html_line(html, "small",
                  wording_fill(text, tr(view, "{1} on average"), number, NULL, NULL),
                  NULL);
    }
    html_close(html);
}

static void
write_waiting(const struct view *view)
{
    const struct queue_sight *sight = view->sight;
    struct html *html = view->page->html;
    char text[WORDING_BYTES];

    html_open(html, "section", "class", "card waiting", NULL);
    html_line(html, "h2",
              sight->waiting_count == 0
                  ? tr(view, "Nobody is waiting")
                  : wording_count(view->page->tongue, text, "{1} person is waiting",
                                  "{1} people are waiting", (int)sight->waiting_count),
              NULL);
    write_totals(view);
    html_open(html, "ol", NULL);
    for (size_t i = 0; i < sight->waiting_count; i++) {
        write_row(view, &sight->waiting[i]);
    }
    html_close(html);
    html_open(html, "p", "class", "note", NULL);
    staff_icon(view->page, STAFF_ICON_LOCK);
    html_line(html, "span", tr(view, "There are no names here. A number is enough."),
              NULL);
    html_close(html);
    html_close(html);
}

/* --- who is at the desk ------------------------------------------------------------
 */

static void
write_bring(const struct view *view, const struct queue_number *number)
{
    const struct product *product =
        catalogue_product(book_catalogue(view->page->pages->book), number->product);
    struct html *html = view->page->html;

    if (product == NULL || product->bring_count == 0) {
        return;
    }
    html_open(html, "div", "class", "bring", NULL);
    html_line(html, "b", tr(view, "Asked to bring"), NULL);
    html_open(html, "ul", NULL);
    for (size_t i = 0; i < product->bring_count; i++) {
        html_line(html, "li", words_in(&product->bring[i].label, LANGUAGE_NL, NULL),
                  NULL);
    }
    html_close(html);
    html_close(html);
}

static void
write_at_desk(const struct view *view)
{
    const struct queue_number *number = &view->desk->at;
    struct html *html = view->page->html;
    char text[WORDING_BYTES], begun[WORDING_BYTES], busy[WORDING_BYTES];

    html_open(html, "section", "class", "card at", NULL);
    html_open(html, "div", NULL);
    html_line(html, "span", tr(view, "Now at your desk"), NULL);
    queue_text(number, text);
    html_line(html, "b", text, "class", "number", NULL);
    html_close(html);
    html_open(html, "div", "class", "what", NULL);
    html_line(html, "b", product_of(view, number), NULL);
    html_line(html, "small", kind_of(view, number, text), NULL);
    html_line(html, "small",
              wording_fill(text, tr(view, "called at {1}, {2} ago"),
                           clock_of(view, begun, number->called),
                           minutes(view, busy, view->sight->now - number->called),
                           NULL),
              NULL);
    write_language(view, number);
    if (number->kiosk[0] != '\0') {
        html_line(
            html, "span",
            wording_fill(text, tr(view, "from kiosk {1}"), number->kiosk, NULL, NULL),
            "class", "tag", NULL);
    }
    html_close(html);
    write_bring(view, number);
    html_close(html);
}

/* --- what can be done --------------------------------------------------------------
 */

static void
write_deed(const struct view *view, const char *act, const char *outcome)
{
    char text[QUEUE_TEXT_BYTES];

    staff_form(view->page, view->url, "");
    staff_hidden(view->page, "do", act);
    if (view->desk != NULL && view->desk->at.number > 0) {
        queue_text(&view->desk->at, text);
        staff_hidden(view->page, "number", text);
    }
    if (outcome != NULL) {
        staff_hidden(view->page, "outcome", outcome);
    }
}

static void
write_outcomes(const struct view *view)
{
    static const struct {
        enum queue_outcome outcome;
        enum staff_icon icon;
        const char *label, *detail, *look;
    } ways[] = {
        {QUEUE_DONE, STAFF_ICON_DONE, N_("Finished"), N_("everything is arranged"), ""},
        {QUEUE_MISSING, STAFF_ICON_MISSING, N_("Something missing"),
         N_("a document was not there"), ""},
        {QUEUE_CAME_BACK, STAFF_ICON_CAME_BACK, N_("Came back"),
         N_("second time for this"), ""},
        {QUEUE_NO_SHOW, STAFF_ICON_NO_SHOW, N_("Did not come"), "", "danger"},
    };
    struct html *html = view->page->html;
    char text[WORDING_BYTES];

    html_line(html, "h2", tr(view, "How did it go? Choose one. Then call the next."),
              NULL);
    html_open(html, "div", "class", "grid two", NULL);
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        write_deed(view, "finish", queue_outcome_name(ways[i].outcome));
        staff_button(view->page, ways[i].look, ways[i].icon, tr(view, ways[i].label),
                     ways[i].outcome == QUEUE_NO_SHOW
                         ? wording_count(view->page->tongue, text, "called {1} time",
                                         "called {1} times", view->desk->at.calls)
                         : tr(view, ways[i].detail));
        html_close(html);
    }
    html_close(html);
}

static const struct queue_number *
next_of(const struct queue_sight *sight)
{
    for (size_t i = 0; i < sight->waiting_count; i++) {
        if (sight->waiting[i].id == sight->next) {
            return &sight->waiting[i];
        }
    }
    return NULL;
}

static void
write_call(const struct view *view)
{
    const struct queue_number *next = next_of(view->sight);
    struct html *html = view->page->html;
    char text[WORDING_BYTES], number[QUEUE_TEXT_BYTES], kind[WORDING_BYTES];
    char detail[2 * WORDING_BYTES];

    if (next == NULL) {
        html_line(html, "p", tr(view, "Nobody is waiting for this desk."), "class",
                  "call-none", NULL);
        return;
    }
    queue_text(next, number);
    snprintf(detail, sizeof(detail), "%s, %s", kind_of(view, next, kind),
             product_of(view, next));
    write_deed(view, "call", NULL);
    staff_button(view->page, "primary large", STAFF_ICON_CALL,
                 wording_fill(text, tr(view, "Call {1}"), number, NULL, NULL), detail);
    html_close(html);
}

/* To another desk where somebody is; nothing when there is none. */
static void
write_send_on(const struct view *view)
{
    const struct queue_sight *sight = view->sight;
    struct html *html = view->page->html;
    char value[16], text[WORDING_BYTES];
    bool others = false;

    for (size_t i = 0; i < sight->desk_count; i++) {
        others |= sight->desks[i].number != view->at.desk;
    }
    if (!others) {
        return;
    }
    write_deed(view, "send-on", NULL);
    html_line(html, "label", tr(view, "To which desk"), "for", "to", "class", "unseen",
              NULL);
    html_open(html, "select", "name", "to", "id", "to", NULL);
    for (size_t i = 0; i < sight->desk_count; i++) {
        if (sight->desks[i].number != view->at.desk) {
            snprintf(value, sizeof(value), "%d", sight->desks[i].number);
            html_line(
                html, "option",
                wording_number(text, tr(view, "Desk {1}"), sight->desks[i].number),
                "value", value, NULL);
        }
    }
    html_close(html);
    staff_button(view->page, "", STAFF_ICON_SEND_ON, tr(view, "Send on"), "");
    html_close(html);
}

static void
write_others(const struct view *view)
{
    struct html *html = view->page->html;
    bool busy = view->desk != NULL && view->desk->at.number > 0;
    bool paused = view->desk != NULL && view->desk->paused;
    char text[WORDING_BYTES], number[QUEUE_TEXT_BYTES];

    html_open(html, "div", "class", "grid three", NULL);
    if (busy) {
        queue_text(&view->desk->at, number);
        write_deed(view, "call-again", NULL);
        staff_button(view->page, "", STAFF_ICON_AGAIN,
                     wording_fill(text, tr(view, "Call {1} again"), number, NULL, NULL),
                     "");
        html_close(html);
        write_send_on(view);
    }
    write_deed(view, paused ? "sit" : "pause", NULL);
    staff_button(view->page, "", STAFF_ICON_PAUSE,
                 paused ? tr(view, "Go on after the pause") : tr(view, "Pause"), "");
    html_close(html);
    if (!busy) {
        write_deed(view, "leave", NULL);
        staff_button(view->page, "", STAFF_ICON_PLACE, tr(view, "Leave this desk"), "");
        html_close(html);
    }
    html_close(html);
}

static void
write_said(const struct view *view)
{
    const char *said = http_server_query(view->page->request, "said");
    const char *sentence =
        said == NULL                  ? NULL
        : text_equal(said, "nobody")  ? tr(view, "Nobody is waiting for this desk.")
        : text_equal(said, "no-desk") ? tr(view, "Nobody is at that desk now.")
                                      : tr(view, "That was not done: this desk has "
                                                 "changed meanwhile. Look below.");

    if (sentence != NULL) {
        html_line(view->page->html, "p", sentence, "class", "notice", "role", "alert",
                  NULL);
    }
}

/* --- the page --------------------------------------------------------------------- */

static void
write_top(const struct view *view)
{
    struct html *html = view->page->html;
    char text[WORDING_BYTES], url[STAFF_URL_BYTES];

    html_open(html, "header", NULL);
    staff_municipality(view->page);
    html_open(html, "nav", NULL);
    snprintf(url, sizeof(url), "/waiting/%s", view->at.location);
    html_line(html, "a", tr(view, "Waiting room screen"), "href", url, NULL);
    html_open(html, "a", "href", "/staff/counter", "class", "desk", NULL);
    staff_icon(view->page, STAFF_ICON_PLACE);
    html_line(html, "b", wording_number(text, tr(view, "Desk {1}"), view->at.desk),
              NULL);
    html_close(html);
    staff_form(view->page, "/staff/sign-out", "");
    html_line(html, "button", tr(view, "Sign out"), "type", "submit", NULL);
    html_close(html);
    html_close(html);
    html_close(html);
}

void
counter_show(struct staff_page *page, struct queue_place at,
             const struct queue_sight *sight)
{
    const struct book *book = page->pages->book;
    struct view view = {
        .page = page,
        .at = at,
        .sight = sight,
        .url = page->request->path,
        .zone = book_zone(book, catalogue_location(book_catalogue(book), at.location)),
    };
    char text[WORDING_BYTES];

    for (size_t i = 0; i < sight->desk_count; i++) {
        if (sight->desks[i].number == at.desk) {
            view.desk = &sight->desks[i];
        }
    }
    staff_begin(page, wording_number(text, staff_tr(page, "Desk {1}"), at.desk),
                "counter", RENEW_S);
    write_top(&view);
    html_open(page->html, "main", NULL);
    html_line(page->html, "h1", text, "class", "unseen", NULL);
    write_waiting(&view);
    html_open(page->html, "div", "class", "side", NULL);
    write_said(&view);
    if (view.desk != NULL && view.desk->at.number > 0) {
        write_at_desk(&view);
    }
    if (page->role >= ROLE_EDITOR) {
        if (view.desk != NULL && view.desk->at.number > 0) {
            write_outcomes(&view);
        } else {
            write_call(&view);
        }
        write_others(&view);
        slip_page_write(page);
    }
    html_close(page->html);
    html_close(page->html);
    staff_end(page, 200);
}
