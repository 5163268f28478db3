#include "paper_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "number_words.h"
#include "slip.h"
#include "ticket/icalendar.h"

/* The catalogue's text, with its mark when it is only there in Dutch. */
static void
put_words(const struct paper_ticket *ticket, char target[PAPER_TEXT_BYTES],
          const struct words *words)
{
    bool fallback = false;
    struct text text = text_begin(target, PAPER_TEXT_BYTES);

    text_add(&text, words_in(words, ticket->language, &fallback));
    text_add(&text, fallback && text.length > 0 ? LANGUAGE_DUTCH_MARK : "");
}

static void
put_bring(const struct view *view, struct paper_ticket *ticket)
{
    const struct session *session = view->session;
    const struct product *product = session->product;

    for (size_t i = 0;
         i < product->bring_count && ticket->bring_count < PAPER_BRING_MAX; i++)
    {
        const struct bring *bring = &product->bring[i];
        const struct words *words =
            bring->ticket.in[LANGUAGE_NL] != NULL ? &bring->ticket : &bring->label;

        if (condition_holds(&bring->when, session->answers, session->answer_count)) {
            put_words(ticket, ticket->bring[ticket->bring_count++], words);
        }
    }
}

static void
put_cost(const struct view *view, struct paper_ticket *ticket)
{
    char price[WORDING_BYTES], text[WORDING_BYTES];
    int cents;

    if (!view_cost(view, CHANNEL_APPOINTMENT, &cents)) {
        return;
    }
    if (cents == 0) {
        text_copy(ticket->cost, PAPER_TEXT_BYTES, tr(view, "You pay nothing."));
        return;
    }
    wording_price(view->tongue, price, cents);
    text_copy(ticket->cost, PAPER_TEXT_BYTES,
              wording_fill(text, tr(view, "You pay {1} by card."), price, NULL, NULL));
}

/* Who gives it, where and when: of every slip. */
static void
put_frame(const struct view *view, struct paper_ticket *ticket)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    enum language language = view->tongue.language;
    struct civil now = view_civil(view, view->moment.now);
    char text[WORDING_BYTES];

    *ticket = (struct paper_ticket){.language = language};
    for (int i = 0; i < 2; i++) {
        text_copy(ticket->name_lines[i], PAPER_TEXT_BYTES,
                  words_in(&municipality->name_lines[i], language, NULL));
    }
    snprintf(ticket->printed, PAPER_TEXT_BYTES, "%02d-%02d-%d %s", now.date.day,
             now.date.month, now.date.year,
             wording_time_bare(view->tongue, text, now.hour, now.minute));
    text_copy(ticket->kiosk, PAPER_TEXT_BYTES, view->parts->kiosk);
}

/* Our own code leads to a page that puts it into the calendar. Another system's is only
 * to be shown: beside it stands the appointment itself. */
static void
put_calendar(const struct view *view, struct paper_ticket *ticket)
{
    const struct appointment *appointment = &view->session->appointment;
    const char *place = view->parts->catalogue->municipality.change_address;
    char uid[APPOINTMENT_ID_BYTES + PAPER_TEXT_BYTES];
    struct icalendar_event event = {.uid = uid,
                                    .stamp = view->moment.now,
                                    .start = appointment->start,
                                    .end = appointment->end,
                                    .summary = ticket->product,
                                    .location = ticket->place};
    char *calendar;

    if (text_starts_with(appointment->check_in, "HTTPS://")) {
        return;
    }
    snprintf(uid, sizeof(uid), "%s@%.*s", appointment->id, (int)strcspn(place, "/"),
             place);
    calendar = icalendar_encode(&event);
    if (strlen(calendar) < sizeof(ticket->calendar)) {
        text_copy(ticket->calendar, sizeof(ticket->calendar), calendar);
    }
    free(calendar);
}

void
paper_words(const struct view *view, struct paper_ticket *ticket)
{
    const struct session *session = view->session;
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    const struct product *product = session->product;
    const struct location *location = session->location;
    enum language language = view->tongue.language;
    struct civil at = view_civil(view, session->appointment.start);
    char text[WORDING_BYTES];

    put_frame(view, ticket);
    put_words(ticket, ticket->product, product_public_name(product));
    text_copy(ticket->day, PAPER_TEXT_BYTES, wording_day(view->tongue, text, at.date));
    text_copy(ticket->time, PAPER_TEXT_BYTES,
              wording_time_bare(view->tongue, text, at.hour, at.minute));
    text_copy(ticket->time_word, PAPER_TEXT_BYTES,
              wording_time_word(view->tongue, text));
    ticket->time_word_leads = wording_time_word_leads(view->tongue);
    text_copy(ticket->place, PAPER_TEXT_BYTES,
              words_in(&location->name, language, NULL));
    snprintf(ticket->address, PAPER_TEXT_BYTES, "%s %s, %s", location->street,
             location->house_number, location->city);
    text_copy(ticket->check_in, sizeof(ticket->check_in),
              session->appointment.check_in);
    text_copy(ticket->code, sizeof(ticket->code), session->appointment.code);
    put_bring(view, ticket);
    put_cost(view, ticket);
    put_calendar(view, ticket);
    text_copy(ticket->change_address, PAPER_TEXT_BYTES, municipality->change_address);
    text_copy(ticket->phone, PAPER_TEXT_BYTES, municipality->phone);
}

void
paper_words_number(const struct view *view, struct paper_ticket *ticket)
{
    const struct session *session = view->session;
    const struct walk_in_number *number = &session->number;
    char product[PAPER_TEXT_BYTES], text[WORDING_BYTES], wait[WORDING_BYTES];

    put_frame(view, ticket);
    put_words(ticket, product, number_product(view));
    text_copy(ticket->number, sizeof(ticket->number), number->text);
    text_copy(ticket->product, PAPER_TEXT_BYTES,
              wording_fill(text, tr(view, "{1}, without an appointment"), product, NULL,
                           NULL));
    text_copy(ticket->check_in, sizeof(ticket->check_in), number->follow);
    text_copy(ticket->desk, PAPER_TEXT_BYTES, number_desks(view, text));
    if (number->ahead == 0) {
        text_copy(ticket->ahead, PAPER_TEXT_BYTES, tr(view, "Nobody before you"));
    } else {
        text_copy(ticket->ahead, PAPER_TEXT_BYTES,
                  wording_count(view->tongue, text, "{1} person before you",
                                "{1} people before you", number->ahead));
    }
    if (number->wait_minutes >= 0) {
        text_copy(ticket->wait, PAPER_TEXT_BYTES,
                  wording_fill(text, tr(view, "Wait: {1}"), number_wait(view, wait),
                               NULL, NULL));
        text_copy(ticket->estimate, PAPER_TEXT_BYTES, tr(view, "This is an estimate."));
    }
}

void
paper_words_slip(const struct view *view, struct paper_ticket *ticket)
{
    const struct session *session = view->session;
    struct civil until = view_civil(view, session->slip.until);
    struct page *page = memory_allocate(1, sizeof(*page)); /* holds the words */
    char time[WORDING_BYTES], text[WORDING_BYTES];

    page_begin(page, PAGE_WORK, "slip", view->tongue.language);
    put_frame(view, ticket);
    ticket->is_slip = true;
    if (session->slip.sent) {
        snprintf(ticket->slip_code, sizeof(ticket->slip_code), "%.1s %s",
                 session->slip.code, session->slip.code + 1);
        text_copy(ticket->check_in, sizeof(ticket->check_in), session->slip.code);
        wording_time(view->tongue, time, until.hour, until.minute);
        text_copy(
            ticket->until, PAPER_TEXT_BYTES,
            wording_fill(text, tr(view, "Works today until {1}."), time, NULL, NULL));
    } else {
        text_copy(ticket->until, PAPER_TEXT_BYTES,
                  tr(view, "Without a code: all of it stands here."));
    }
    text_copy(ticket->want, PAPER_TEXT_BYTES, slip_want(view, page));
    text_copy(ticket->chosen, sizeof(ticket->chosen), slip_chosen(view, page));
    text_copy(ticket->stuck, PAPER_TEXT_BYTES, slip_stuck(view, page));
    text_copy(ticket->speaks, PAPER_TEXT_BYTES, language_name(session->language));
    text_copy(ticket->phone, PAPER_TEXT_BYTES,
              view->parts->catalogue->municipality.phone);
    page_wipe(page);
    free(page);
}

void
paper_words_arrived(const struct view *view, struct paper_ticket *ticket)
{
    const struct session *session = view->session;
    struct civil at = view_civil(view, session->appointment.start);
    char text[WORDING_BYTES], time[WORDING_BYTES];

    put_frame(view, ticket);
    text_copy(ticket->number, sizeof(ticket->number), session->appointment.number);
    text_copy(ticket->product, PAPER_TEXT_BYTES,
              wording_fill(text, tr(view, "Your appointment: {1}"),
                           wording_time(view->tongue, time, at.hour, at.minute), NULL,
                           NULL));
}
