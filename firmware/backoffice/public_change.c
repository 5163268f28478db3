#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/http_form.h"
#include "backoffice/public_page.h"
#include "base/sign.h"
#include "base/text.h"

#define LOG_MODULE "public"
#include "base/log.h"

/*
 * Another time, or none. Looking is a link; doing is a form that is sent, and its
 * answer leads to the page, so that loading that again does nothing again. The form for
 * another time carries a key made for it: sent twice it moves once.
 */

#define DAYS_SHOWN 12
#define VALUE_BYTES 80

/* --- forms ---------------------------------------------------------------------- */

/* One within the horizon; whether it is free and on the grid the book knows. */
static bool
read_start(const struct public_page *page, const char *text, int64_t *start)
{
    int64_t now = page->request->now_s;
    char *end = NULL;

    *start = text != NULL ? strtoll(text, &end, 10) : 0;
    return end != text && *end == '\0' && *start > now &&
           *start < now + (BOOK_HORIZON_DAYS + 1) * 86400;
}

/* 303 (RFC 9110 §15.4.4): the answer to a form is another page, got anew. */
static void
lead_to(struct public_page *page, const char *part, const char *query)
{
    char url[PUBLIC_URL_BYTES];

    page->answer->status = 303;
    http_server_answer_header(page->answer, "Location",
                              public_url(page, part, query, url));
    http_server_answer_header(page->answer, "Referrer-Policy", "no-referrer");
}

static void
write_form_button(struct public_page *page, const char *look, enum public_icon icon,
                  const char *label)
{
    char class[40];

    snprintf(class, sizeof(class), "button %s", look);
    html_open(page->html, "button", "class", class, "type", "submit", NULL);
    public_icon(page, icon);
    html_line(page->html, "span", label, NULL);
    html_close(page->html);
}

static void
write_back(struct public_page *page, const char *label)
{
    char url[PUBLIC_URL_BYTES];

    html_line(page->html, "a", label, "class", "button", "href",
              public_url(page, "", NULL, url), NULL);
}

/* --- another time --------------------------------------------------------------- */

/* False when it can't be changed; the answer says so. */
static bool
check_can_change(struct public_page *page, struct book_wish *wish)
{
    int64_t from, until;

    book_arrival_hours(page->pages->book, &page->booking, &from, &until);
    if (page->booking.state == BOOKING_BOOKED && page->request->now_s <= until &&
        book_wish_of(page->pages->book, &page->booking, wish))
    {
        return true;
    }
    public_answer_sentence(
        page, 409, public_tr(page, "Your appointment"),
        public_tr(page, "This appointment can't be changed any more."));
    return false;
}

static void
answer_failure(struct public_page *page, const struct error *error)
{
    log_error("%s", error->message);
    public_answer_sentence(page, 503, public_tr(page, "One moment, please"),
                           public_tr(page, "Try it again in a minute."));
    http_server_answer_header(page->answer, "Retry-After", "60");
}

static void
write_day(struct public_page *page, const struct book_day *day)
{
    char query[60], date[TIME_TEXT_BYTES], url[PUBLIC_URL_BYTES], text[WORDING_BYTES];

    date_format(day->date, date);
    snprintf(query, sizeof(query), "day=%s", date);
    html_open(page->html, "a", "class", "option", "href",
              public_url(page, "change", query, url), NULL);
    html_line(page->html, "b", wording_day_short(page->tongue, text, day->date), NULL);
    html_line(page->html, "span",
              wording_number(text, public_tr(page, "{1} free"), day->free), NULL);
    html_close(page->html);
}

/* As many days with room as fit a page; returns the day to go on from, if any. */
static bool
write_days(struct public_page *page, const struct book_day *days, size_t count,
           struct date *next)
{
    size_t shown = 0;

    html_open(page->html, "div", "class", "options", NULL);
    for (size_t i = 0; i < count; i++) {
        if (days[i].free == 0) {
            continue;
        }
        if (shown == DAYS_SHOWN) {
            *next = days[i].date;
            html_close(page->html);
            return true;
        }
        write_day(page, &days[i]);
        shown++;
    }
    html_close(page->html);
    if (shown == 0) {
        html_line(page->html, "p", public_tr(page, "No time free"), NULL);
    }
    return false;
}

static void
show_days(struct public_page *page, const struct book_wish *wish)
{
    const char *from = http_server_query(page->request, "from");
    struct date first = {0}, next;
    struct book_day *days;
    struct error error = {0};
    char query[60], date[TIME_TEXT_BYTES], url[PUBLIC_URL_BYTES];
    size_t count;

    if (from != NULL && !date_parse(from, &first)) {
        first = (struct date){0};
    }
    if (!book_days(page->pages->book, wish, first, (struct date){0}, &days, &count,
                   &error)) {
        answer_failure(page, &error);
        return;
    }
    public_begin(page, public_tr(page, "Choose a day"));
    public_card(page, false);
    if (write_days(page, days, count, &next)) {
        date_format(next, date);
        snprintf(query, sizeof(query), "from=%s", date);
        html_line(page->html, "a", public_tr(page, "Later days"), "class", "button",
                  "href", public_url(page, "change", query, url), NULL);
    }
    write_back(page, public_tr(page, "Back to your appointment"));
    public_end(page, 200);
    free(days);
}

static void
write_time(struct public_page *page, const struct book_time *time)
{
    struct civil at =
        zone_civil(book_zone(page->pages->book, page->location), time->start);
    char query[40], url[PUBLIC_URL_BYTES], text[WORDING_BYTES];

    snprintf(query, sizeof(query), "start=%lld", (long long)time->start);
    html_open(page->html, "a", "class", "option", "href",
              public_url(page, "change", query, url), NULL);
    html_line(page->html, "b", wording_time(page->tongue, text, at.hour, at.minute),
              NULL);
    if (time->quiet) {
        html_line(page->html, "span", public_tr(page, "quiet moment"), NULL);
    }
    html_close(page->html);
}

/* All but its own, which is on offer when another desk is free. */
static void
write_times(struct public_page *page, const struct book_time *times, size_t count)
{
    size_t shown = 0;

    html_open(page->html, "div", "class", "options", NULL);
    for (size_t i = 0; i < count; i++) {
        if (times[i].start != page->booking.start) {
            write_time(page, &times[i]);
            shown++;
        }
    }
    html_close(page->html);
    if (shown == 0) {
        html_line(page->html, "p", public_tr(page, "No time free"), NULL);
    }
}

static void
show_times(struct public_page *page, const struct book_wish *wish, struct date date)
{
    struct book_time *times;
    struct error error = {0};
    char text[WORDING_BYTES], url[PUBLIC_URL_BYTES];
    size_t count;

    if (!book_times(page->pages->book, wish, date, &times, &count, &error)) {
        answer_failure(page, &error);
        return;
    }
    public_begin(page, public_tr(page, "Choose a time"));
    if (http_server_query(page->request, "gone") != NULL) {
        public_notice(page, "attention",
                      public_tr(page, "That time has just gone. Choose another time."));
    }
    html_line(page->html, "h2", wording_day(page->tongue, text, date), NULL);
    write_times(page, times, count);
    html_line(page->html, "a", public_tr(page, "Choose another day"), "class", "button",
              "href", public_url(page, "change", NULL, url), NULL);
    write_back(page, public_tr(page, "Back to your appointment"));
    public_end(page, 200);
    free(times);
}

static void
write_line(struct public_page *page, const char *label, struct civil at)
{
    char text[WORDING_BYTES];

    html_open(page->html, "p", NULL);
    html_line(page->html, "span", label, NULL);
    html_void(page->html, "br", NULL);
    html_line(page->html, "b", wording_moment(page->tongue, text, at), NULL);
    html_close(page->html);
}

static void
show_question(struct public_page *page, int64_t start)
{
    struct html *html = page->html;
    struct civil at = zone_civil(book_zone(page->pages->book, page->location), start);
    char key[BOOK_KEY_BYTES], instant[24], url[PUBLIC_URL_BYTES];
    uint8_t bytes[(BOOK_KEY_BYTES - 1) / 2];

    random_bytes(bytes, sizeof(bytes));
    text_hex_encode(key, bytes, sizeof(bytes));
    snprintf(instant, sizeof(instant), "%lld", (long long)start);
    public_begin(page, public_tr(page, "Move the appointment"));
    html = page->html;
    html_open(html, "section", "class", "card", NULL);
    write_line(page, public_tr(page, "New time"), at);
    write_line(page, public_tr(page, "Old time, which lapses"), page->at);
    html_close(html);
    html_open(html, "form", "method", "post", "action",
              public_url(page, "change", NULL, url), NULL);
    html_void(html, "input", "type", "hidden", "name", "start", "value", instant, NULL);
    html_void(html, "input", "type", "hidden", "name", "key", "value", key, NULL);
    write_form_button(page, "primary", PUBLIC_ICON_CHECK,
                      public_tr(page, "Move the appointment"));
    html_close(html);
    html_line(html, "a", public_tr(page, "Choose another day or time"), "class",
              "button", "href", public_url(page, "change", NULL, url), NULL);
    write_back(page, public_tr(page, "No, keep the appointment"));
    public_end(page, 200);
}

void
public_change(struct public_page *page)
{
    const char *day = http_server_query(page->request, "day");
    const char *start = http_server_query(page->request, "start");
    struct book_wish wish;
    struct date date;
    int64_t instant;

    if (!check_can_change(page, &wish)) {
        return;
    }
    if (read_start(page, start, &instant)) {
        show_question(page, instant);
    } else if (day != NULL && date_parse(day, &date)) {
        show_times(page, &wish, date);
    } else {
        show_days(page, &wish);
    }
}

static void
answer_taken(struct public_page *page, int64_t start)
{
    struct civil at = zone_civil(book_zone(page->pages->book, page->location), start);
    char query[60], date[TIME_TEXT_BYTES];

    date_format(at.date, date);
    snprintf(query, sizeof(query), "day=%s&gone=1", date);
    lead_to(page, "change", query);
}

void
public_post_change(struct public_page *page)
{
    char start[VALUE_BYTES], key[VALUE_BYTES];
    struct book_move move = {.id = page->booking.id, .key = key};
    struct booking moved;
    struct book_wish wish;
    struct error error = {0};

    if (!http_form_value(page->request, "start", start, sizeof(start)) ||
        !http_form_value(page->request, "key", key, sizeof(key)) ||
        !read_start(page, start, &move.start))
    {
        lead_to(page, "change", NULL);
        return;
    }
    if (!check_can_change(page, &wish)) {
        return;
    }
    if (book_move(page->pages->book, &move, &moved, &error)) {
        lead_to(page, "", "done=moved");
    } else if (error.kind == ERROR_TAKEN) {
        answer_taken(page, move.start);
    } else if (error.kind == ERROR_STORAGE) {
        answer_failure(page, &error);
    } else {
        lead_to(page, "change", NULL);
    }
}

/* --- none ----------------------------------------------------------------------- */

void
public_cancel(struct public_page *page)
{
    static const char *const consequences[] = {
        N_("Cancelling costs nothing."),
        N_("Somebody else then gets your place."),
        N_("You can make a new appointment later."),
    };
    struct book_wish wish;
    char url[PUBLIC_URL_BYTES];

    if (page->booking.state == BOOKING_CANCELLED) {
        lead_to(page, "", NULL);
        return;
    }
    if (page->booking.state != BOOKING_BOOKED) {
        check_can_change(page, &wish);
        return;
    }
    public_begin(page, public_tr(page, "Do you want to cancel this appointment?"));
    public_card(page, true);
    html_open(page->html, "ul", "class", "plain", NULL);
    for (size_t i = 0; i < sizeof(consequences) / sizeof(consequences[0]); i++) {
        html_line(page->html, "li", public_tr(page, consequences[i]), NULL);
    }
    html_close(page->html);
    html_open(page->html, "form", "method", "post", "action",
              public_url(page, "cancel", NULL, url), NULL);
    html_void(page->html, "input", "type", "hidden", "name", "sure", "value", "1",
              NULL);
    write_form_button(page, "danger filled", PUBLIC_ICON_CANCEL,
                      public_tr(page, "Yes, cancel the appointment"));
    html_close(page->html);
    public_button(page, public_url(page, "change", NULL, url), "", PUBLIC_ICON_CHANGE,
                  public_tr(page, "Rather another day or time"));
    write_back(page, public_tr(page, "No, keep the appointment"));
    public_end(page, 200);
}

void
public_post_cancel(struct public_page *page)
{
    char sure[VALUE_BYTES];
    struct error error = {0};

    if (!http_form_value(page->request, "sure", sure, sizeof(sure))) {
        lead_to(page, "cancel", NULL);
        return;
    }
    if (!book_cancel(page->pages->book, page->booking.id, &error) &&
        error.kind == ERROR_STORAGE)
    {
        answer_failure(page, &error);
        return;
    }
    lead_to(page, "", NULL);
}
