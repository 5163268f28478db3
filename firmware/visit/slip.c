#include "slip.h"

#include "base/text.h"
#include "catalogue/opening.h"
#include "choice.h"

#define CHOSEN_BYTES 300

static bool
is_of_help(enum screen_id screen)
{
    return screen == SCREEN_PERSON || screen == SCREEN_STAFF_CALLED ||
           screen == SCREEN_CHAT || screen == SCREEN_CALL_BACK || screen == SCREEN_SLIP;
}

static const struct frame *
stuck_at(const struct session *session)
{
    size_t depth = session->depth;

    while (depth > 1 && is_of_help(session->frames[depth - 1].screen)) {
        depth--;
    }
    return &session->frames[depth - 1];
}

static enum errand_step
step_of(enum screen_id screen)
{
    switch ((int)screen) {
    case SCREEN_INFO:
    case SCREEN_MORE:
        return ERRAND_STEP_READING;
    case SCREEN_QUESTION:
        return ERRAND_STEP_QUESTION;
    case SCREEN_CHANNEL:
    case SCREEN_HAND_OVER:
    case SCREEN_PARTNER:
    case SCREEN_NO_NUMBER:
        return ERRAND_STEP_CHANNEL;
    case SCREEN_PERSONS:
    case SCREEN_LOCATIONS:
    case SCREEN_DAY:
        return ERRAND_STEP_PLACE;
    case SCREEN_TIME:
        return ERRAND_STEP_TIME;
    case SCREEN_CONTACT:
        return ERRAND_STEP_DETAILS;
    case SCREEN_CONFIRM:
        return ERRAND_STEP_CHECKING;
    case SCREEN_CHECK_IN:
    case SCREEN_CODE:
    case SCREEN_MANAGE:
    case SCREEN_BRING:
    case SCREEN_MOVE:
    case SCREEN_DONE:
    case SCREEN_CHECKED_IN:
    case SCREEN_CANCELLED:
        return ERRAND_STEP_APPOINTMENT;
    case SCREEN_TROUBLE:
    case SCREEN_UNCERTAIN:
        return ERRAND_STEP_TROUBLE;
    default:
        return ERRAND_STEP_SUBJECT;
    }
}

enum errand_step
slip_step(const struct session *session, const struct question **question)
{
    const struct frame *frame = stuck_at(session);
    enum errand_step step = step_of(frame->screen);

    *question = NULL;
    if (step == ERRAND_STEP_QUESTION) {
        *question =
            frame->question != NULL ? frame->question : choice_question(session);
    }
    return step;
}

int64_t
slip_until(const struct view *view)
{
    struct civil now = view_civil(view, view->moment.now);
    const struct day_hours *hours = opening_hours(view->parts->here, now.date, NULL);
    int minute;

    if (hours->count == 0) {
        return TIME_NONE;
    }
    minute = hours->periods[hours->count - 1].close_minute;
    if (now.hour * 60 + now.minute >= minute) {
        return TIME_NONE;
    }
    return zone_instant(view->parts->zone,
                        (struct civil){.date = date_add(now.date, minute / (24 * 60)),
                                       .hour = minute % (24 * 60) / 60,
                                       .minute = minute % 60});
}

const char *
slip_want(const struct view *view, struct page *page)
{
    const struct session *session = view->session;

    if (session->product != NULL) {
        return view_product(view, page, session->product);
    }
    if (session->partner != NULL) {
        return view_words(view, page, &session->partner->name);
    }
    if (session->event != NULL && !session->event->sensitive) {
        return view_words(view, page, &session->event->name);
    }
    return "";
}

const char *
slip_chosen(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    char bytes[CHOSEN_BYTES];
    struct text chosen = text_begin(bytes, sizeof(bytes));

    if (session->product == NULL || session->product->sensitive) {
        return "";
    }
    for (size_t i = 0; i < session->answer_count; i++) {
        text_format(&chosen, "%s%s", i > 0 ? ", " : "",
                    view_words(view, page, &session->answers[i].option->label));
    }
    return page_text(page, bytes);
}

const char *
slip_stuck(const struct view *view, struct page *page)
{
    const struct question *question;
    enum errand_step step = slip_step(view->session, &question);

    return question != NULL && !view->session->product->sensitive
               ? view_words(view, page, &question->title)
               : page_text(page, tr(view, errand_step_words(step)));
}
