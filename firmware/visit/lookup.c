#include "lookup.h"

#include <string.h>

#include "base/text.h"

static const struct {
    enum notice notice;
    const char *label, *detail;
} notices[] = {
    {NOTICE_NOT_FOUND, N_("We can't find an appointment with this code."),
     N_("Look whether it is right, or ask a member of staff.")},
    {NOTICE_NOT_OURS, N_("This is not a code of an appointment here."),
     N_("Scan the code on your ticket, or type it.")},
    {NOTICE_TOO_MANY_TRIES, N_("A wrong code was typed too often."),
     N_("Scan your ticket, or ask a member of staff.")},
    {NOTICE_IS_CANCELLED, N_("This appointment has been cancelled."),
     N_("You can make a new appointment.")},
    {NOTICE_UNKNOWN_HERE, N_("We have found your appointment."),
     N_("This kiosk can't change it. Ask a member of staff.")},
};

void
lookup_notice(const struct view *view, struct page *page)
{
    for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++) {
        if (notices[i].notice == view->session->notice) {
            view_message(page, "notice", "info", tr(view, notices[i].label),
                         tr(view, notices[i].detail))
                ->flags |= ELEMENT_ACCENT;
        }
    }
}

struct outcome
lookup_text(struct session *session, const char *text)
{
    session->notice = NOTICE_NONE;
    text_copy(session->lookup, sizeof(session->lookup), text);
    return (struct outcome){.move = MOVE_STAY, .request = REQUEST_FIND};
}

static struct outcome
stay_with(struct session *session, enum notice notice)
{
    session->notice = notice;
    return stay();
}

/*
 * False when this kiosk doesn't know the product or the place. Who only has the code is
 * not told the product: then there is none here either.
 */
static bool
take_over(const struct view *view, struct session *session,
          const struct appointment *appointment)
{
    const struct catalogue *catalogue = view->parts->catalogue;
    const struct product *product =
        appointment->item_count > 0
            ? catalogue_product(catalogue, appointment->items[0].product)
            : NULL;
    const struct location *location =
        catalogue_location(catalogue, appointment->location);

    if ((appointment->item_count > 0 && product == NULL) || location == NULL) {
        return false;
    }
    session->event = NULL;
    session->product = product;
    session->partner = NULL;
    session->answer_count = 0;
    session->known = (struct known){0};
    session->channel = CHANNEL_APPOINTMENT;
    session->persons = product != NULL ? appointment->items[0].persons : 1;
    session->location = location;
    session->date = (struct date){0};
    session->start = 0;
    session->key[0] = '\0';
    session->appointment = *appointment;
    session->from_ticket = false;
    return true;
}

static bool
may_arrive(const struct view *view, const struct appointment *appointment)
{
    int64_t now = view->moment.now;

    return view->parts->client->operations->check_in != NULL &&
           view->session->location == view->parts->here &&
           appointment->arrive_from <= now && now <= appointment->arrive_until;
}

struct outcome
lookup_found(const struct view *view, struct session *session,
             const struct appointment *appointment)
{
    if (appointment->state == APPOINTMENT_CANCELLED) {
        return stay_with(session, NOTICE_IS_CANCELLED);
    }
    if (!take_over(view, session, appointment)) {
        return stay_with(session, NOTICE_UNKNOWN_HERE);
    }
    session->completed = true; /* this visit was for something, and it was found */
    if (appointment->state == APPOINTMENT_ARRIVED) {
        return go_to(SCREEN_CHECKED_IN);
    }
    if (appointment->state == APPOINTMENT_BOOKED && may_arrive(view, appointment)) {
        return (struct outcome){
            .move = MOVE_TO, .screen = SCREEN_CHECKED_IN, .request = REQUEST_CHECK_IN};
    }
    return go_to(SCREEN_MANAGE);
}

struct outcome
lookup_read(const struct view *view, struct session *session,
            const struct appointment *appointment)
{
    if (!take_over(view, session, appointment)) {
        return stay_with(session, NOTICE_UNKNOWN_HERE);
    }
    session->from_ticket = true;
    return go_to(SCREEN_MANAGE);
}

struct outcome
lookup_failed(const struct view *view, struct session *session, enum request request,
              enum error_kind kind)
{
    if (request == REQUEST_FIND) {
        bool scanned = strlen(session->lookup) != SESSION_CODE_BYTES - 1;

        return stay_with(session, kind == ERROR_REFUSED ? NOTICE_TOO_MANY_TRIES
                                  : scanned && kind == ERROR_BAD_INPUT
                                      ? NOTICE_NOT_OURS
                                      : NOTICE_NOT_FOUND);
    }
    if (request == REQUEST_CHECK_IN) {
        session->notice = view->moment.now < session->appointment.start
                              ? NOTICE_TOO_EARLY
                              : NOTICE_TOO_LATE;
        return go_to(SCREEN_MANAGE);
    }
    session->notice = NOTICE_CLOSED_FOR_CHANGE;
    return (struct outcome){.move = MOVE_BACK_TO, .screen = SCREEN_MANAGE};
}
