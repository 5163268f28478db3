#include "backoffice/public_page.h"
#include "backoffice/queue.h"

/*
 * How it stands with a number, on the phone of whoever drew it: the address on the
 * screen and on paper holds a word that nobody else knows. Looking changes nothing.
 */

static void
write_waiting(struct public_page *page, const struct queue_ticket *ticket)
{
    struct html *html = page->html;
    char text[WORDING_BYTES], length[WORDING_BYTES];

    html_line(html, "p",
              ticket->ahead == 0
                  ? public_tr(page, "Nobody before you")
                  : wording_count(page->tongue, text, "{1} person before you",
                                  "{1} people before you", ticket->ahead),
              NULL);
    html_line(
        html, "p",
        ticket->wait_minutes < 0
            ? public_tr(page, "The waiting time is unknown now")
            : wording_fill(text, public_tr(page, "Wait: about {1}"),
                           wording_minutes(page->tongue, length, ticket->wait_minutes),
                           NULL, NULL),
        NULL);
    if (ticket->wait_minutes >= 0) {
        html_line(html, "p",
                  public_tr(page, "This is an estimate. It may be shorter or longer."),
                  NULL);
    }
}

void
public_number(struct public_page *page, const struct queue_ticket *ticket)
{
    const struct queue_number *number = &ticket->number;
    const struct location *location =
        catalogue_location(book_catalogue(page->pages->book), number->location);
    char text[QUEUE_TEXT_BYTES], notice[WORDING_BYTES];
    struct html *html;

    page->renew_s = number->state == QUEUE_ENDED ? 0 : 15;
    public_begin(page, public_tr(page, "This is your number"));
    html = page->html;
    html_open(html, "section", "class", "card", NULL);
    queue_text(number, text);
    html_line(html, "p", text, "class", "number", NULL);
    if (location != NULL) {
        html_line(html, "p", words_in(&location->name, page->tongue.language, NULL),
                  NULL);
    }
    if (number->state == QUEUE_WAITING) {
        write_waiting(page, ticket);
    }
    html_close(html);
    if (number->state == QUEUE_CALLED) {
        public_notice(
            page, "attention",
            wording_number(notice, public_tr(page, "It is your turn: go to desk {1}."),
                           number->desk));
    } else if (number->outcome == QUEUE_NO_SHOW) {
        public_notice(page, "attention",
                      public_tr(page,
                                "Your number was called. Say at the desk that you "
                                "are there."));
    } else if (number->state == QUEUE_ENDED) {
        public_notice(page, "", public_tr(page, "Your number has had its turn."));
    }
    public_end(page, 200);
}
