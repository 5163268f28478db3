#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "backoffice/book.h"
#include "backoffice/staff_page.h"

/*
 * The screen in the waiting room: who is called to which desk. Anybody may see it:
 * there is nothing on it but numbers. Without script it renews itself whole; with it
 * the same page is fetched and put in place, and new calls are spoken.
 */

#define RENEW_S 10
#define SHOWN_MAX 4

static void
write_head(struct staff_page *page, const char *title)
{
    struct html *html = html_create();
    char seconds[16];

    page->html = html;
    snprintf(seconds, sizeof(seconds), "%d", RENEW_S);
    html_open(html, "html", "lang", language_code(page->tongue.language), NULL);
    html_open(html, "head", NULL);
    html_void(html, "meta", "charset", "utf-8", NULL);
    html_void(html, "meta", "name", "viewport", "content",
              "width=device-width, initial-scale=1", NULL);
    html_open(html, "noscript", NULL);
    html_void(html, "meta", "http-equiv", "refresh", "content", seconds, NULL);
    html_close(html);
    html_line(html, "title", title, NULL);
    html_void(html, "link", "rel", "stylesheet", "href", "/staff/style.css", NULL);
    html_line(html, "script", "", "src", "/waiting/script/waiting.js", "defer", "",
              NULL);
    html_close(html);
}

static const char *
desk_words(const struct staff_page *page, const struct queue_number *number,
           char text[WORDING_BYTES])
{
    return wording_number(text, staff_tr(page, "Desk {1}"), number->desk);
}

/* What identifies this call, and how it is said: "Nummer A 41, balie 2". */
static void
open_call(struct staff_page *page, const struct queue_number *number,
          const char *element, const char *look)
{
    char call[48], say[WORDING_BYTES], spoken[24], desk[24];

    snprintf(call, sizeof(call), "%" PRId64 ":%d", number->id, number->calls);
    snprintf(spoken, sizeof(spoken), "%c %d",
             number->kind == QUEUE_APPOINTMENT ? 'P' : 'A', number->number);
    snprintf(desk, sizeof(desk), "%d", number->desk);
    wording_fill(say, staff_tr(page, "Number {1}, to desk {2}."), spoken, desk, NULL);
    html_open(page->html, element, "class", look, "data-call", call, "data-say", say,
              NULL);
}

static void
write_now(struct staff_page *page, const struct queue_number *number)
{
    struct html *html = page->html;
    char text[WORDING_BYTES];

    html_open(html, "p", "class", "lead", NULL);
    staff_icon(page, STAFF_ICON_CALL);
    html_line(html, "span", staff_tr(page, "It is the turn of"), NULL);
    html_close(html);
    open_call(page, number, "div", "now");
    queue_text(number, text);
    html_line(html, "b", text, "class", "number", NULL);
    html_open(html, "p", "class", "to", NULL);
    staff_icon(page, STAFF_ICON_NEXT);
    html_line(html, "b", desk_words(page, number, text), NULL);
    html_close(html);
    html_close(html);
}

static void
write_before(struct staff_page *page, const struct queue_sight *sight)
{
    struct html *html = page->html;
    char text[WORDING_BYTES];

    html_open(html, "ul", NULL);
    for (size_t i = 1; i < sight->called_count && i < SHOWN_MAX; i++) {
        open_call(page, &sight->called[i], "li", "before");
        queue_text(&sight->called[i], text);
        html_line(html, "b", text, "class", "number", NULL);
        html_line(html, "span", desk_words(page, &sight->called[i], text), NULL);
        html_close(html);
    }
    html_close(html);
}

static void
write_wait(struct staff_page *page, int wait_minutes)
{
    struct html *html = page->html;
    char text[WORDING_BYTES], length[WORDING_BYTES];

    html_open(html, "p", "class", "estimate", NULL);
    staff_icon(page, STAFF_ICON_CLOCK);
    html_open(html, "span", NULL);
    if (wait_minutes >= 0) {
        html_text(html, staff_tr(page, "Without an appointment you wait"));
        html_text(html, " ");
        wording_minutes(page->tongue, length, wait_minutes);
        html_line(html, "b",
                  wording_fill(text, staff_tr(page, "about {1}"), length, NULL, NULL),
                  NULL);
    } else {
        html_text(html, staff_tr(page, "The waiting time is unknown now"));
    }
    html_close(html);
    html_close(html);
}

/* Where numbers have a page: then nobody need stay to see this one. */
static void
write_follow(struct staff_page *page)
{
    const struct queue_number any = {.follow = "0"};
    char address[QUEUE_ADDRESS_BYTES];

    queue_follow_address(page->pages->queue, &any, address);
    if (address[0] != '\0') {
        html_line(page->html, "p",
                  staff_tr(page, "Follow your number on your phone. You may go out for "
                                 "a while."),
                  "class", "follow", NULL);
    }
}

static void
show(struct staff_page *page, const struct location *location,
     const struct queue_sight *sight)
{
    struct html *html;
    struct civil now = zone_civil(book_zone(page->pages->book, location), sight->now);
    char text[WORDING_BYTES];

    write_head(page, words_in(&location->name, LANGUAGE_NL, NULL));
    html = page->html;
    html_open(html, "body", "class", "room", NULL);
    html_open(html, "main", "id", "room", NULL);
    html_open(html, "section", "class", "stage", NULL);
    staff_municipality(page);
    if (sight->called_count > 0) {
        write_now(page, &sight->called[0]);
    } else {
        html_line(html, "p", staff_tr(page, "Your number appears here."), "class",
                  "lead", NULL);
    }
    html_close(html);
    html_open(html, "section", "class", "sheet", NULL);
    html_open(html, "h1", NULL);
    html_line(html, "span", staff_tr(page, "Just called"), NULL);
    html_line(html, "time", wording_time_bare(page->tongue, text, now.hour, now.minute),
              NULL);
    html_close(html);
    write_before(page, sight);
    write_wait(page, sight->wait_minutes);
    write_follow(page);
    html_close(html);
    html_close(html);
    html_close(html);
    html_close(html);
    http_server_answer_text(page->answer, 200, "text/html; charset=utf-8",
                            html_done(html));
    staff_headers(page->answer, true);
}

void
waiting_get(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    const struct staff_pages *pages = data;
    struct staff_page page = {.pages = pages,
                              .request = request,
                              .answer = answer,
                              .tongue = {LANGUAGE_NL, pages->translation}};
    const struct queue_place at = {.location = request->parameters[0]};
    const struct location *location =
        catalogue_location(book_catalogue(pages->book), at.location);
    struct queue_sight sight;
    struct error error = {0};

    if (location == NULL) {
        staff_answer_sentence(&page, 404,
                              staff_tr(&page, "There is no such waiting room."));
    } else if (queue_look(pages->queue, at, &sight, &error)) {
        show(&page, location, &sight);
        queue_sight_finish(&sight);
    } else {
        http_server_answer_error(answer, &error);
    }
    html_destroy(page.html);
}
