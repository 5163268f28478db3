#include "backoffice/queue_parts.h"

#include "backoffice/book_parts.h"
#include "base/text.h"

/* What somebody at a desk does. */

struct doing {
    const struct queue *queue;
    struct queue_place at;
    const char *text; /* of the number at hand, as whoever asks knows it */
    bool paused;
    enum queue_outcome outcome;
    int to;
    struct queue_number *number;
};

static bool
run(struct queue *queue, store_work work, struct doing *doing, struct error *error)
{
    doing->queue = queue;
    if (doing->at.desk < 1 || doing->at.desk > QUEUE_DESKS_MAX) {
        return error_set(error, ERROR_BAD_INPUT, "The desk's number must be 1 to %d.",
                         QUEUE_DESKS_MAX);
    }
    return store_write(queue->store, work, doing, error);
}

static bool
find(struct store_session *session, const struct doing *doing,
     struct store_queue_place *at, struct error *error)
{
    return queue_find_place(doing->queue->book, session, doing->at, at, error);
}

/* --- being there ---------------------------------------------------------------- */

static bool
work_set(struct store_session *session, void *data, struct error *error)
{
    const struct doing *doing = data;
    struct store_queue_place at;

    return find(session, doing, &at, error) &&
           store_queue_set_desk(session, &at, doing->paused, error);
}

bool
queue_sit(struct queue *queue, struct queue_place at, struct error *error)
{
    return run(queue, work_set, &(struct doing){.at = at}, error);
}

bool
queue_pause(struct queue *queue, struct queue_place at, struct error *error)
{
    return run(queue, work_set, &(struct doing){.at = at, .paused = true}, error);
}

static bool
work_see(struct store_session *session, void *data, struct error *error)
{
    struct store_queue_place at;

    return find(session, data, &at, error) && store_queue_see_desk(session, &at, error);
}

bool
queue_note_seen(struct queue *queue, struct queue_place at, struct error *error)
{
    return run(queue, work_see, &(struct doing){.at = at}, error);
}

static bool
work_leave(struct store_session *session, void *data, struct error *error)
{
    struct store_queue_place at;
    struct queue_number number;

    if (!find(session, data, &at, error)) {
        return false;
    }
    if (store_queue_at_desk(session, &at, &number, error)) {
        return error_set(error, ERROR_REFUSED, "First say how it went.");
    }
    return error->kind == ERROR_NOT_FOUND && store_queue_leave(session, &at, error);
}

bool
queue_leave(struct queue *queue, struct queue_place at, struct error *error)
{
    return run(queue, work_leave, &(struct doing){.at = at}, error);
}

/* --- numbers -------------------------------------------------------------------- */

static bool
work_call(struct store_session *session, void *data, struct error *error)
{
    const struct doing *doing = data;
    struct store_queue_place at;
    struct queue_number number;

    if (!find(session, doing, &at, error)) {
        return false;
    }
    if (store_queue_at_desk(session, &at, &number, error)) {
        return error_set(error, ERROR_REFUSED, "First say how it went.");
    }
    if (error->kind != ERROR_NOT_FOUND ||
        !store_queue_set_desk(session, &at, false, error)) {
        return false;
    }
    return store_queue_call(session, &at, doing->number, error) ||
           (error->kind == ERROR_NOT_FOUND &&
            error_set(error, ERROR_NOT_FOUND, "Nobody is waiting for this desk."));
}

bool
queue_call(struct queue *queue, struct queue_place at, struct queue_number *number,
           struct error *error)
{
    return run(queue, work_call, &(struct doing){.at = at, .number = number}, error);
}

/* The number at hand, when it is the one that is meant. */
static bool
find_at_hand(struct store_session *session, const struct doing *doing,
             struct store_queue_place *at, struct queue_number *number,
             struct error *error)
{
    char text[QUEUE_TEXT_BYTES] = "";

    if (!find(session, doing, at, error)) {
        return false;
    }
    if (store_queue_at_desk(session, at, number, error)) {
        queue_text(number, text);
    } else if (error->kind != ERROR_NOT_FOUND) {
        return false;
    }
    if (text[0] == '\0' || !text_equal(text, doing->text)) {
        return error_set(error, ERROR_REFUSED, "This desk has %s%s now.",
                         text[0] != '\0' ? "number " : "no number", text);
    }
    return store_queue_see_desk(session, at, error);
}

static bool
work_call_again(struct store_session *session, void *data, struct error *error)
{
    struct store_queue_place at;
    struct queue_number number;

    return find_at_hand(session, data, &at, &number, error) &&
           store_queue_call_again(session, number.id, error);
}

bool
queue_call_again(struct queue *queue, struct queue_place at, const char *text,
                 struct error *error)
{
    return run(queue, work_call_again, &(struct doing){.at = at, .text = text}, error);
}

static bool
work_finish(struct store_session *session, void *data, struct error *error)
{
    const struct doing *doing = data;
    struct store_queue_place at;
    struct queue_number number;

    return find_at_hand(session, doing, &at, &number, error) &&
           store_queue_end(session, number.id, doing->outcome, error);
}

bool
queue_finish(struct queue *queue, struct queue_place at, const char *text,
             enum queue_outcome outcome, struct error *error)
{
    if (outcome < QUEUE_DONE || outcome > QUEUE_NO_SHOW) {
        return error_set(error, ERROR_BAD_INPUT,
                         "outcome: must be \"done\", \"something-missing\", "
                         "\"came-back\" or \"no-show\".");
    }
    return run(queue, work_finish,
               &(struct doing){.at = at, .text = text, .outcome = outcome}, error);
}

/* Is somebody at that other desk? */
static bool
check_other(struct store_session *session, const struct store_queue_place *at, int to,
            struct error *error)
{
    struct queue_desk desks[QUEUE_DESKS_MAX];
    size_t count;

    if (!queue_desks_there(session, at, NULL, desks, &count, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (desks[i].number == to && to != at->desk) {
            return true;
        }
    }
    return error_set(error, ERROR_REFUSED,
                     "to: must be another desk where somebody is.");
}

static bool
work_send_on(struct store_session *session, void *data, struct error *error)
{
    const struct doing *doing = data;
    struct store_queue_place at;
    struct queue_number number;

    return find_at_hand(session, doing, &at, &number, error) &&
           check_other(session, &at, doing->to, error) &&
           store_queue_send_on(session, number.id, doing->to, error);
}

bool
queue_send_on(struct queue *queue, struct queue_place at, const char *text, int to,
              struct error *error)
{
    return run(queue, work_send_on, &(struct doing){.at = at, .text = text, .to = to},
               error);
}

/* --- in words ------------------------------------------------------------------- */

bool
queue_act(struct queue *queue, struct queue_place at, const struct queue_deed *deed,
          struct error *error)
{
    enum queue_outcome outcome = QUEUE_NO_OUTCOME;
    struct queue_number number;

    if (text_equal(deed->act, "sit")) {
        return queue_sit(queue, at, error);
    }
    if (text_equal(deed->act, "pause")) {
        return queue_pause(queue, at, error);
    }
    if (text_equal(deed->act, "leave")) {
        return queue_leave(queue, at, error);
    }
    if (text_equal(deed->act, "call")) {
        return queue_call(queue, at, &number, error);
    }
    if (text_equal(deed->act, "call-again")) {
        return queue_call_again(queue, at, deed->number, error);
    }
    if (text_equal(deed->act, "send-on")) {
        return queue_send_on(queue, at, deed->number, deed->to, error);
    }
    if (text_equal(deed->act, "finish")) {
        (void)queue_outcome_from_name(deed->outcome, &outcome);
        return queue_finish(queue, at, deed->number, outcome, error);
    }
    return error_set(error, ERROR_BAD_INPUT,
                     "do: must be \"sit\", \"call\", \"call-again\", \"finish\", "
                     "\"send-on\", \"pause\" or \"leave\".");
}
