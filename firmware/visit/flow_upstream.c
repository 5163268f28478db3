#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "base/sign.h"
#include "base/text.h"

#include "choice.h"
#include "flow_parts.h"
#include "navigation.h"
#include "paper_words.h"

/*
 * A move waits until the screen it leads to has what it needs; meanwhile the pressed
 * button stays pressed. Some of it is asked ahead, so that it is there at once.
 */

/* --- asking ------------------------------------------------------------------------
 */

/* The weeks begin where something may be free. */
static void
choose_weeks(struct flow *flow)
{
    struct session *session = &flow->session;
    struct view view = flow_view(flow);
    int64_t earliest = view_earliest(&view, session->location);

    if (session->known.monday.year == 0) {
        session->known.monday = date_monday(view_today(&view));
        if (earliest != TIME_NONE) {
            session->known.monday = date_monday(view_civil(&view, earliest).date);
        }
        session->known.shown = session->known.monday;
    }
}

bool
flow_ask(struct flow *flow, enum request request)
{
    struct session *session = &flow->session;
    bool good;

    if (request == REQUEST_DAYS) {
        choose_weeks(flow); /* also while those of another place are on their way */
    }
    if (flow->asked[request] && request != REQUEST_HOLD && request != REQUEST_BOOK &&
        request <= REQUEST_PRINTER)
    {
        return true; /* its answer comes */
    }
    if ((request == REQUEST_HOLD || request == REQUEST_BOOK ||
         request == REQUEST_MOVE) &&
        session->key[0] == '\0')
    {
        appointment_key_make(session->key);
    }
    if (request == REQUEST_NUMBER) {
        flow_prepare_number(flow);
    }
    if (request == REQUEST_PRINT) {
        struct view view = flow_view(flow);
        struct paper_ticket ticket;

        if (navigation_top(session)->screen == SCREEN_NUMBER) {
            paper_words_number(&view, &ticket);
        } else if (navigation_top(session)->screen == SCREEN_CHECKED_IN) {
            paper_words_arrived(&view, &ticket);
        } else if (navigation_top(session)->screen == SCREEN_SLIP) {
            paper_words_slip(&view, &ticket);
        } else {
            paper_words(&view, &ticket);
        }
        good = upstream_print(flow->upstream, &ticket, flow->visit);
    } else if (request >= REQUEST_CALL_BACK) {
        good = flow_send_errand(flow, request);
    } else {
        good = upstream_ask(flow->upstream, request, session, flow->visit,
                            session->known.monday, flow->moment.now);
    }
    flow->asked[request] = good;
    return good;
}

/* What a screen can't do without, the first of it that is not there. */
static enum request
missing(const struct flow *flow, const struct outcome *outcome)
{
    const struct known *known = &flow->session.known;
    bool moves = outcome->move != MOVE_STAY && outcome->move != MOVE_BACK &&
                 outcome->move != MOVE_DONE && outcome->move != MOVE_END;
    struct view view = flow_view(flow);
    bool moving = view_is_moving(&view);

    if (!moves) {
        return REQUEST_NONE;
    }
    switch ((int)outcome->screen) {
    case SCREEN_PERSONS:
        return known->fields ? REQUEST_NONE : REQUEST_FIELDS;
    case SCREEN_LOCATIONS:
    case SCREEN_DAY:
        if (!known->fields && !moving) {
            return REQUEST_FIELDS;
        }
        if (!known->locations) {
            return REQUEST_LOCATIONS;
        }
        return outcome->screen == SCREEN_DAY && !known->days ? REQUEST_DAYS
                                                             : REQUEST_NONE;
    case SCREEN_TIME:
        return known->times ? REQUEST_NONE : REQUEST_TIMES;
    default:
        return REQUEST_NONE;
    }
}

/* --- moving ------------------------------------------------------------------------
 */

static bool
offers(const struct flow *flow, enum channel channel)
{
    const struct product *product = flow->session.product;
    struct view view = flow_view(flow);

    for (size_t i = 0; i < product->channel_count; i++) {
        if (product->channels[i].channel == channel &&
            view_offers(&view, &product->channels[i]))
        {
            return true;
        }
    }
    return false;
}

/* 128 random bits, in letters that any address may hold. */
static void
make_token(struct session *session)
{
    uint8_t bytes[16];

    random_bytes(bytes, sizeof(bytes));
    text_base32_encode(session->token, bytes, sizeof(bytes));
    session->token_of = session->product;
}

/* Where the citizen comes: what is counted there, and what is asked ahead. */
static void
enter(struct flow *flow)
{
    struct session *session = &flow->session;
    struct view view = flow_view(flow);

    switch ((int)navigation_top(session)->screen) {
    case SCREEN_INFO:
        count_information(&flow->parts, session, flow->moment.now);
        if (!session->known.fields) {
            flow_ask(flow, REQUEST_FIELDS);
        }
        break;
    case SCREEN_CHANNEL:
        session->steps = view_step_count(&view);
        if (offers(flow, CHANNEL_APPOINTMENT) && !session->known.locations) {
            flow_ask(flow, REQUEST_LOCATIONS);
        }
        if (offers(flow, CHANNEL_WALK_IN)) {
            session->expects = false; /* a wait changes: asked anew each time */
            flow_ask(flow, REQUEST_EXPECT);
        }
        if (offers(flow, CHANNEL_WALK_IN) && flow->parts.printer != NULL) {
            flow_ask(flow, REQUEST_PRINTER);
        }
        break;
    case SCREEN_HAND_OVER:
        if (session->token_of != session->product) {
            make_token(
                session); /* one an attempt: a code that was scanned stays good */
        }
        break;
    case SCREEN_CONFIRM:
    case SCREEN_CHECKED_IN:
    case SCREEN_MANAGE:
    case SCREEN_MOVE:
        if (flow->parts.printer != NULL) {
            flow_ask(flow, REQUEST_PRINTER);
        }
        break;
    case SCREEN_PERSON:
    case SCREEN_STAFF_CALLED:
    case SCREEN_SLIP:
        session->helped = true;
        break;
    default:
        break;
    }
}

static void
move(struct flow *flow, const struct outcome *outcome)
{
    struct session *session = &flow->session;

    switch (outcome->move) {
    case MOVE_STAY:
        return;
    case MOVE_TO:
        navigation_push(session, outcome->screen);
        break;
    case MOVE_BACK:
        navigation_pop(session);
        break;
    case MOVE_BACK_TO:
        navigation_pop_to(session, outcome->screen);
        break;
    case MOVE_INSTEAD:
        navigation_pop(session);
        navigation_push(session, outcome->screen);
        break;
    case MOVE_DONE:
        flow_finish(flow);
        return;
    case MOVE_END:
        flow_end(flow, END_DONE);
        return;
    }
    enter(flow);
}

/* When nobody answered the key stays: with it a second try can't book twice. */
void
flow_give_key_up(struct flow *flow)
{
    struct session *session = &flow->session;

    if (session->held) {
        upstream_release(flow->upstream, session->key);
    }
    session->held = false;
    session->key[0] = '\0';
}

/* So that another kiosk may print it. */
static void
say_unprinted(struct flow *flow)
{
    if (flow->parts.client->operations->unprinted != NULL &&
        flow->session.appointment.code[0] != '\0')
    {
        flow_ask(flow, REQUEST_UNPRINTED);
    }
}

static void
fail(struct flow *flow, enum error_kind kind)
{
    struct session *session = &flow->session;
    struct pending failed = flow->pending;

    flow->pending = (struct pending){.outcome.request = REQUEST_NONE};
    if (failed.asked >= REQUEST_CALL_BACK) {
        flow_fail_errand(flow, failed.asked);
        return;
    }
    if (failed.asked == REQUEST_PRINT) {
        session->notice =
            kind == ERROR_UNCERTAIN ? NOTICE_PRINT_UNSURE : NOTICE_PRINT_FAILED;
        say_unprinted(flow);
        return;
    }
    if (kind == ERROR_TAKEN) {
        session->notice = NOTICE_TIME_TAKEN;
        session->start = 0;
        flow_give_key_up(flow);
        session->known.times = session->known.days = false;
        flow_apply(flow, (struct outcome){.move = MOVE_BACK_TO, .screen = SCREEN_TIME});
        return;
    }
    if (kind == ERROR_UNCERTAIN && failed.asked == REQUEST_BOOK) {
        session->held = false;
        navigation_reset(session, SCREEN_UNCERTAIN);
        return;
    }
    session->trouble_of_standing = false;
    if (flow_fail_lookup(flow, failed.asked, kind)) {
        return;
    }
    session->trouble = kind;
    flow->failed = failed;
    navigation_push(session, SCREEN_TROUBLE);
}

/* Asks the next thing that is missing, or makes the move. */
static void
advance(struct flow *flow)
{
    struct outcome outcome = flow->pending.outcome;
    enum request next = missing(flow, &outcome);

    if (next == REQUEST_NONE) {
        flow->pending = (struct pending){.outcome.request = REQUEST_NONE};
        flow->session.notice =
            outcome.move == MOVE_BACK_TO ? flow->session.notice : NOTICE_NONE;
        move(flow, &outcome);
        return;
    }
    flow->pending.asked = next;
    if (!flow_ask(flow, next)) {
        fail(flow, ERROR_OFFLINE);
    }
}

void
flow_apply(struct flow *flow, struct outcome outcome)
{
    enum request first = outcome.request;

    if (outcome.started) {
        count_started(&flow->parts, &flow->session, flow->moment.now);
    }
    if (first == REQUEST_NONE) {
        first = missing(flow, &outcome);
    }
    if (first == REQUEST_NONE) {
        if (outcome.move != MOVE_STAY && outcome.move != MOVE_BACK_TO) {
            flow->session.notice = NOTICE_NONE;
        }
        move(flow, &outcome);
        return;
    }
    outcome.request = first;
    outcome.started = false;
    flow->pending = (struct pending){outcome, first, flow->moment.now_ms};
    if (!flow_ask(flow, first)) {
        fail(flow, ERROR_OFFLINE);
    }
}

/* --- taking answers ----------------------------------------------------------------
 */

static size_t
at_most(size_t count, size_t most)
{
    return count < most ? count : most;
}

/* An empty list is NULL, which memcpy() may not see. */
static void
copy_list(void *to, const void *from, size_t bytes)
{
    if (bytes > 0) {
        memcpy(to, from, bytes);
    }
}

static void
take_days(struct session *session, const struct answer_of_upstream *answer)
{
    struct known *known = &session->known;

    known->days = true;
    known->day_count = at_most(answer->count, SESSION_DAYS);
    copy_list(known->day, answer->days, known->day_count * sizeof(known->day[0]));
    for (size_t i = 0; i < known->day_count; i++) {
        if (date_compare(known->day[i].date, session->date) == 0 &&
            known->day[i].free != 0) {
            return; /* what was chosen is still there */
        }
    }
    choice_first_day(session);
}

static void
take_fields(struct flow *flow, const struct answer_of_upstream *answer)
{
    struct session *session = &flow->session;
    struct known *known = &session->known;

    known->fields = true;
    known->field_count = 0;
    for (size_t i = 0; i < answer->count; i++) {
        struct appointment_value *value = &session->typed.values[known->field_count];

        if (answer->fields[i].state != APPOINTMENT_FIELD_REQUIRED) {
            continue;
        }
        if (strcmp(value->name, answer->fields[i].name) != 0) {
            *value = (struct appointment_value){{0}, {0}};
            text_copy(value->name, sizeof(value->name), answer->fields[i].name);
        }
        known->field[known->field_count++] = answer->fields[i];
    }
    flow->fields_usual = known->field_count > 0;
}

static void
take_booking(struct flow *flow, const struct answer_of_upstream *answer)
{
    struct session *session = &flow->session;

    session->appointment = *answer->appointment;
    session->booked = true;
    memory_wipe(&session->typed, sizeof(session->typed)); /* as was promised */
    count_completed(&flow->parts, session, answer->key, flow->moment.now);
    navigation_reset(session, SCREEN_DONE);
    if (!printer_state_can_print(session->printer) &&
        session->printer != PRINTER_ABSENT) {
        say_unprinted(flow); /* it is known before: no paper, for one */
    }
    upstream_settle_shown(flow->upstream, answer->key);
}

/* True when it is the answer to how the session is now. */
static bool
is_current(const struct session *session, const struct answer_of_upstream *answer)
{
    const struct appointment_wish *wish = &answer->wish;

    if (answer->request == REQUEST_PRINT || answer->request >= REQUEST_PRINTER) {
        return true;
    }
    if (session->product == NULL ||
        strcmp(wish->items[0].product, session->product->id) != 0)
    {
        return false;
    }
    if (answer->request == REQUEST_DAYS || answer->request == REQUEST_TIMES) {
        return session->location != NULL &&
               strcmp(wish->location, session->location->id) == 0 &&
               wish->items[0].persons ==
                   (session->persons > 0 ? session->persons : 1) &&
               date_compare(answer->date, answer->request == REQUEST_DAYS
                                              ? session->known.monday
                                              : session->date) == 0;
    }
    return true;
}

static void
take(struct flow *flow, const struct answer_of_upstream *answer)
{
    struct session *session = &flow->session;
    struct known *known = &session->known;

    switch (answer->request) {
    case REQUEST_LOCATIONS:
        known->locations = true;
        known->location_count = at_most(answer->count, SESSION_LOCATIONS_MAX);
        copy_list(known->location, answer->locations,
                  known->location_count * sizeof(known->location[0]));
        break;
    case REQUEST_DAYS:
        take_days(session, answer);
        break;
    case REQUEST_TIMES:
        known->times = true;
        known->time_count = at_most(answer->count, SESSION_TIMES_MAX);
        copy_list(known->time, answer->times,
                  known->time_count * sizeof(known->time[0]));
        break;
    case REQUEST_FIELDS:
        take_fields(flow, answer);
        break;
    case REQUEST_HOLD:
        session->held = true;
        break;
    case REQUEST_BOOK:
        take_booking(flow, answer);
        break;
    case REQUEST_EXPECT:
        session->expected = *answer->number;
        session->expects = true;
        break;
    case REQUEST_NUMBER:
        flow_take_number(flow, answer);
        break;
    case REQUEST_PRINT:
        session->notice = NOTICE_PRINTED;
        break;
    case REQUEST_PRINTER:
        session->printer = answer->printer;
        session->can_print = printer_state_can_print(answer->printer);
        break;
    case REQUEST_FIND:
    case REQUEST_CHECK_IN:
    case REQUEST_MOVE:
    case REQUEST_CANCEL:
    case REQUEST_UNPRINTED: /* flow_lookup.c */
    case REQUEST_CALL_BACK:
    case REQUEST_HELP:
    case REQUEST_SLIP: /* flow_errand.c */
    case REQUEST_NONE:
    case REQUEST_COUNT:
        assert(false);
    }
}

static void
drop(struct flow *flow, const struct answer_of_upstream *answer)
{
    if (answer->request == REQUEST_BOOK && answer->good) {
        upstream_cancel(flow->upstream, answer->key, answer->appointment->id);
    } else if (answer->request == REQUEST_HOLD && answer->good) {
        upstream_release(flow->upstream, answer->key);
    }
}

/* Since when there has been no internet, as far as this kiosk knows. */
static void
note_reach(struct flow *flow, const struct answer_of_upstream *answer)
{
    bool far = answer->request < REQUEST_PRINT || answer->request > REQUEST_PRINTER;

    if (!far || answer->from_ticket) {
        return;
    }
    if (answer->good) {
        flow->offline_since = 0;
    } else if (answer->error.kind == ERROR_OFFLINE && flow->offline_since == 0) {
        flow->offline_since = flow->moment.now;
    }
}

void
flow_take_answer(void *data, const struct answer_of_upstream *answer)
{
    struct flow *flow = data;
    bool awaited;

    note_reach(flow, answer);
    if (answer->visit != flow->visit) {
        drop(flow, answer);
        return;
    }
    flow->asked[answer->request] = false;
    awaited = flow->pending.outcome.request != REQUEST_NONE &&
              flow->pending.asked == answer->request;
    if (awaited && answer->request != REQUEST_PRINT) {
        flow->alive_ms = flow->moment.now_ms;
    }
    if (answer->request >= REQUEST_CALL_BACK) {
        flow_take_errand(flow, answer, awaited);
    } else if (!is_current(&flow->session, answer)) {
        if (awaited && !flow_ask(flow, answer->request)) {
            fail(flow, ERROR_OFFLINE);
        }
    } else if (!answer->good) {
        if (answer->request == REQUEST_PRINT) {
            flow->session.printer = answer->printer;
        }
        if (awaited) {
            fail(flow, answer->error.kind);
        }
    } else if (answer->request > REQUEST_PRINTER) {
        if (answer->request == REQUEST_UNPRINTED) {
            flow->session.elsewhere = true;
        } else if (awaited) {
            flow->pending = (struct pending){.outcome.request = REQUEST_NONE};
            flow_take_lookup(flow, answer);
        }
    } else {
        take(flow, answer);
        if (awaited && answer->request == REQUEST_PRINT) {
            flow->pending = (struct pending){.outcome.request = REQUEST_NONE};
        } else if (awaited && answer->request == REQUEST_NUMBER) {
            flow->pending = (struct pending){.outcome.request = REQUEST_NONE};
        } else if (awaited && answer->request == REQUEST_BOOK) {
            flow->pending = (struct pending){.outcome.request = REQUEST_NONE};
            flow->session.notice = NOTICE_NONE;
        } else if (awaited) {
            advance(flow);
        }
    }
    flow_keep_weeks(flow);
    flow_changed(flow);
}
