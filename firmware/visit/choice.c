#include "choice.h"

#include "base/memory.h"

void
choice_answer(struct session *session, const struct question *question,
              const struct option *option)
{
    size_t kept = 0;

    for (size_t i = 0; i < session->answer_count; i++) {
        if (session->answers[i].question != question) {
            session->answers[kept++] = session->answers[i];
        }
    }
    if (kept == SESSION_ANSWERS_MAX) { /* the oldest is of a product long passed */
        for (size_t i = 1; i < kept; i++) {
            session->answers[i - 1] = session->answers[i];
        }
        kept--;
    }
    session->answers[kept++] = (struct answer){question, option};
    session->answer_count = kept;
}

/* What was chosen for another product means nothing for this one. */
static void
forget_choices(struct session *session)
{
    session->known = (struct known){0};
    session->channel = CHANNEL_NONE;
    session->steps = 0;
    session->persons = 0;
    session->location = NULL;
    session->date = (struct date){0};
    session->start = 0;
}

struct outcome
choice_product(struct session *session, const struct product *product,
               const struct answer *answers, size_t answer_count)
{
    if (session->product != product) {
        forget_choices(session);
    }
    session->product = product;
    session->partner = NULL;
    for (size_t i = 0; i < answer_count; i++) {
        choice_answer(session, answers[i].question, answers[i].option);
    }
    return go_to(SCREEN_INFO);
}

struct outcome
choice_partner(struct session *session, const struct partner *partner)
{
    session->partner = partner;
    session->channel = CHANNEL_PARTNER;
    return (struct outcome){.move = MOVE_TO, .screen = SCREEN_PARTNER, .started = true};
}

/* An answer that led away from another product is no answer here: it is asked again. */
static bool
is_answered(const struct session *session, const struct question *question)
{
    for (size_t i = 0; i < session->answer_count; i++) {
        const struct option *option = session->answers[i].option;

        if (session->answers[i].question == question && option->product == NULL &&
            option->partner == NULL && option->channel == CHANNEL_NONE)
        {
            return true;
        }
    }
    return false;
}

const struct question *
choice_question(const struct session *session)
{
    const struct product *product = session->product;

    for (size_t i = 0; i < product->question_count; i++) {
        if (!is_answered(session, product->questions[i])) {
            return product->questions[i];
        }
    }
    return NULL;
}

struct outcome
choice_next(const struct session *session)
{
    return go_to(choice_question(session) != NULL ? SCREEN_QUESTION : SCREEN_CHANNEL);
}

void
choice_location(struct session *session, const struct location *location)
{
    if (session->location != location) {
        session->known.days = session->known.times = false;
        session->known.monday = (struct date){0};
        session->known.shown = (struct date){0};
        session->known.days_shown = 0;
        session->date = (struct date){0};
        session->start = 0;
    }
    session->location = location;
}

struct outcome
choice_place(const struct view *view, struct session *session)
{
    const struct product *product = session->product;

    if (product->location_count > 2) {
        return go_to(SCREEN_LOCATIONS);
    }
    if (session->location == NULL) {
        const struct location *first = product->locations[0];

        for (size_t i = 0; i < product->location_count; i++) {
            if (product->locations[i] == view->parts->here) {
                first = view->parts->here;
            }
        }
        choice_location(session, first);
    }
    return go_to(SCREEN_DAY);
}

void
choice_first_day(struct session *session)
{
    const struct known *known = &session->known;
    struct date end = date_add(known->shown, known->days_shown > 0 ? known->days_shown
                                                                   : SESSION_DAYS);

    session->date = (struct date){0};
    session->start = 0;
    session->known.times = false;
    for (size_t i = 0; i < known->day_count; i++) {
        const struct appointment_day *day = &known->day[i];

        if (day->free != 0 && !day->closed && date_weekday(day->date) < DAYS_A_WEEK &&
            date_compare(day->date, known->shown) >= 0 &&
            date_compare(day->date, end) < 0)
        {
            session->date = day->date;
            return;
        }
    }
}

/* Who was called already is on the way. */
static struct outcome
ask_person(const struct view *view, const struct session *session)
{
    if (session->help.calls > 0 && !session->help.kept) {
        return go_to(SCREEN_STAFF_CALLED);
    }
    if (session->help.calls > 0 || !view_calls_staff(view)) {
        return go_to(SCREEN_PERSON);
    }
    return (struct outcome){.move = MOVE_STAY, .request = REQUEST_HELP};
}

struct outcome
choice_channel(const struct view *view, struct session *session, int index)
{
    struct outcome outcome;

    session->channel = session->product->channels[index].channel;
    if (session->channel == CHANNEL_ONLINE) {
        outcome = go_to(SCREEN_HAND_OVER);
    } else if (session->channel == CHANNEL_WALK_IN) {
        outcome = go_to(SCREEN_NUMBER);
        outcome.request = REQUEST_NUMBER;
    } else if (session->channel == CHANNEL_PERSON) {
        outcome = ask_person(view, session);
    } else if (session->channel == CHANNEL_CALL_BACK) {
        outcome = go_to(SCREEN_CALL_BACK);
    } else if (session->product->persons_max > 1) {
        outcome = go_to(SCREEN_PERSONS);
    } else {
        outcome = choice_place(view, session);
    }
    outcome.started = true;
    return outcome;
}
