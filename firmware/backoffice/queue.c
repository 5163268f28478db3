#include "backoffice/queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/book_parts.h"
#include "backoffice/queue_parts.h"
#include "backoffice/store_book.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/opening.h"

/* Numbers: who gets one, who gives it back, and the end of the day. */

struct queue *
queue_create(struct store *store, struct book *book)
{
    struct queue *queue = memory_allocate(1, sizeof(*queue));

    queue->store = store;
    queue->book = book;
    return queue;
}

void
queue_destroy(struct queue *queue)
{
    free(queue);
}

/* --- words ---------------------------------------------------------------------- */

static bool
find_name(const char *const *names, size_t count, const char *name, size_t *found)
{
    for (*found = 0; *found < count; (*found)++) {
        if (text_equal(names[*found], name)) {
            return true;
        }
    }
    return false;
}

static const char *const outcome_names[QUEUE_OUTCOME_COUNT] = {
    [QUEUE_NO_OUTCOME] = "none",
    [QUEUE_DONE] = "done",
    [QUEUE_MISSING] = "something-missing",
    [QUEUE_CAME_BACK] = "came-back",
    [QUEUE_NO_SHOW] = "no-show",
    [QUEUE_WITHDRAWN] = "withdrawn",
    [QUEUE_LEFT] = "left",
};

const char *
queue_outcome_name(enum queue_outcome outcome)
{
    return outcome_names[outcome];
}

bool
queue_outcome_from_name(const char *name, enum queue_outcome *outcome)
{
    size_t found;

    if (!find_name(outcome_names, QUEUE_OUTCOME_COUNT, name, &found)) {
        return false;
    }
    *outcome = (enum queue_outcome)found;
    return true;
}

static const char *const mode_names[QUEUE_MODE_COUNT] = {
    [QUEUE_OPEN] = "open", [QUEUE_SHUT] = "closed", [QUEUE_UNUSED] = "unused"};

const char *
queue_mode_name(enum queue_mode mode)
{
    return mode_names[mode];
}

bool
queue_mode_from_name(const char *name, enum queue_mode *mode)
{
    size_t found;

    if (!find_name(mode_names, QUEUE_MODE_COUNT, name, &found)) {
        return false;
    }
    *mode = (enum queue_mode)found;
    return true;
}

void
queue_text(const struct queue_number *number, char text[QUEUE_TEXT_BYTES])
{
    snprintf(text, QUEUE_TEXT_BYTES, "%c %03d",
             number->kind == QUEUE_APPOINTMENT ? 'P' : 'A', number->number % 100000);
}

/* --- drawing -------------------------------------------------------------------- */

bool
queue_find_place(const struct book *book, struct store_session *session,
                 struct queue_place place, struct store_queue_place *at,
                 struct error *error)
{
    const struct location *location =
        catalogue_location(book->catalogue, place.location);

    if (location == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "There is no location with that id.");
    }
    *at = (struct store_queue_place){
        .location = location->id,
        .desk = place.desk,
        .now = store_now(session),
    };
    at->day = date_to_days(zone_civil(book_zone(book, location), at->now).date);
    return true;
}

static bool
is_for_walk_in(const struct product *product, const struct location *location)
{
    bool walk_in = false, there = false;

    for (size_t i = 0; i < product->channel_count; i++) {
        walk_in |= product->channels[i].channel == CHANNEL_WALK_IN;
    }
    for (size_t i = 0; i < product->location_count; i++) {
        there |= product->locations[i] == location;
    }
    return walk_in && there;
}

struct drawing {
    const struct queue *queue;
    const struct queue_wish *wish;
    struct queue_ticket *ticket;
};

static void
note_shut(void *data, int64_t start, int64_t end)
{
    (void)start;
    (void)end;
    *(bool *)data = true;
}

/* May a number be drawn now? `ticket->refusal` says when not. */
static bool
check_rule(const struct drawing *drawing, struct store_session *session,
           const struct store_queue_place *at, struct error *error)
{
    const struct book *book = drawing->queue->book;
    const struct location *location = catalogue_location(book->catalogue, at->location);
    struct queue_ticket *ticket = drawing->ticket;
    struct queue_rule rule;
    bool shut = false;
    int drawn;

    if (!store_queue_rule(session, at->location, &rule, error) ||
        !store_queue_drawn(session, at->location, at->day, &drawn, error) ||
        !store_book_each_shut(session, at->location, 0, at->now, at->now + 1, note_shut,
                              &shut, error))
    {
        return false;
    }
    if (shut || rule.mode != QUEUE_OPEN ||
        !opening_is_open(location, zone_civil(book_zone(book, location), at->now)))
    {
        ticket->refusal = QUEUE_CLOSED;
    } else if (rule.cap >= 0 && drawn >= rule.cap) {
        ticket->refusal = QUEUE_FULL;
    }
    if (ticket->refusal != QUEUE_GIVEN) {
        text_copy(ticket->note, sizeof(ticket->note), rule.note);
    }
    return true;
}

/* What that key got before, if it did. */
static bool
find_drawn(const struct drawing *drawing, struct store_session *session, bool *found,
           struct error *error)
{
    const struct queue_wish *wish = drawing->wish;
    struct queue_number *number = &drawing->ticket->number;

    *found = store_queue_by_key(session, wish->key, number, error);
    if (!*found) {
        return error->kind == ERROR_NOT_FOUND;
    }
    if (number->number == 0 || number->outcome == QUEUE_WITHDRAWN) {
        return error_set(error, ERROR_REFUSED, "This key is spent.");
    }
    return (text_equal(number->product, wish->product) &&
            text_equal(number->location, wish->location) &&
            text_equal(number->kiosk, wish->kiosk)) ||
           error_set(error, ERROR_REFUSED, "This key belongs to something else.");
}

static void
fill_in(struct queue_number *number, const struct queue_wish *wish)
{
    *number = (struct queue_number){.kind = QUEUE_WALK_IN, .start = TIME_NONE};
    text_copy(number->location, sizeof(number->location), wish->location);
    text_copy(number->product, sizeof(number->product), wish->product);
    text_copy(number->language, sizeof(number->language), wish->language);
    text_copy(number->kiosk, sizeof(number->kiosk), wish->kiosk);
}

/* Not the key itself: that draws and withdraws. */
static void
make_follow(struct queue_number *number)
{
    uint8_t bytes[16];

    random_bytes(bytes, sizeof(bytes));
    text_base32_encode(number->follow, bytes, sizeof(bytes));
    number->follow[text_base32_length(sizeof(bytes))] = '\0';
}

/* How it stands, into the ticket. */
static bool
estimate_ticket(struct store_session *session, const struct store_queue_place *at,
                struct queue_ticket *ticket, struct error *error)
{
    struct queue_estimate estimate;

    if (!queue_estimate(session, at, &ticket->number, &estimate, error)) {
        return false;
    }
    ticket->ahead = estimate.ahead;
    ticket->wait_minutes = estimate.wait_minutes;
    ticket->desk_count = estimate.desk_count;
    memcpy(ticket->desks, estimate.desks, sizeof(ticket->desks));
    return true;
}

static bool
work_draw(struct store_session *session, void *data, struct error *error)
{
    const struct drawing *drawing = data;
    struct queue_ticket *ticket = drawing->ticket;
    const struct queue_wish *wish = drawing->wish;
    struct store_queue_place at;
    bool found;

    if (!queue_find_place(drawing->queue->book, session,
                          (struct queue_place){.location = wish->location}, &at,
                          error) ||
        !find_drawn(drawing, session, &found, error) ||
        (!found && !check_rule(drawing, session, &at, error)))
    {
        return false;
    }
    if (!found && ticket->refusal != QUEUE_GIVEN) {
        return true;
    }
    if (!found) {
        fill_in(&ticket->number, wish);
        make_follow(&ticket->number);
        if (!store_queue_add(session, at.day, wish->key, NULL, &ticket->number, error))
        {
            return false;
        }
    }
    ticket->made = !found;
    return estimate_ticket(session, &at, ticket, error);
}

/* Are there numbers for that there at all? */
static bool
check_wish(const struct queue *queue, const struct queue_wish *wish,
           struct error *error)
{
    const struct catalogue *catalogue = queue->book->catalogue;
    const struct location *location = catalogue_location(catalogue, wish->location);
    const struct product *product = catalogue_product(catalogue, wish->product);

    if (location == NULL || product == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "There is no %s with that id.",
                         location == NULL ? "location" : "product");
    }
    return is_for_walk_in(product, location) ||
           error_set(error, ERROR_REFUSED,
                     "product: there are no numbers for that there.");
}

bool
queue_draw(struct queue *queue, const struct queue_wish *wish,
           struct queue_ticket *ticket, struct error *error)
{
    struct drawing drawing = {.queue = queue, .wish = wish, .ticket = ticket};

    *ticket = (struct queue_ticket){.refusal = QUEUE_GIVEN};
    return book_check_key(wish->key, error) && check_wish(queue, wish, error) &&
           store_write(queue->store, work_draw, &drawing, error);
}

static bool
work_expect(struct store_session *session, void *data, struct error *error)
{
    const struct drawing *drawing = data;
    struct queue_ticket *ticket = drawing->ticket;
    const struct queue_place place = {.location = drawing->wish->location};
    struct store_queue_place at;

    text_copy(ticket->number.product, sizeof(ticket->number.product),
              drawing->wish->product);
    return queue_find_place(drawing->queue->book, session, place, &at, error) &&
           check_rule(drawing, session, &at, error) &&
           (ticket->refusal != QUEUE_GIVEN ||
            estimate_ticket(session, &at, ticket, error));
}

bool
queue_expect(struct queue *queue, const struct queue_wish *wish,
             struct queue_ticket *ticket, struct error *error)
{
    struct drawing drawing = {.queue = queue, .wish = wish, .ticket = ticket};

    *ticket = (struct queue_ticket){.refusal = QUEUE_GIVEN, .wait_minutes = -1};
    return check_wish(queue, wish, error) &&
           store_read(queue->store, work_expect, &drawing, error);
}

/* --- following -------------------------------------------------------------------- */

static bool
work_follow(struct store_session *session, void *data, struct error *error)
{
    const struct drawing *drawing = data;
    struct queue_ticket *ticket = drawing->ticket;
    struct store_queue_place at;

    return store_queue_by_follow(session, drawing->wish->key, &ticket->number, error) &&
           queue_find_place(drawing->queue->book, session,
                            (struct queue_place){.location = ticket->number.location},
                            &at, error) &&
           estimate_ticket(session, &at, ticket, error);
}

bool
queue_follow(struct queue *queue, const char *follow, struct queue_ticket *ticket,
             struct error *error)
{
    const struct queue_wish wish = {.key = follow};
    struct drawing drawing = {.queue = queue, .wish = &wish, .ticket = ticket};

    *ticket = (struct queue_ticket){.refusal = QUEUE_GIVEN};
    return store_read(queue->store, work_follow, &drawing, error);
}

void
queue_follow_address(const struct queue *queue, const struct queue_number *number,
                     char address[QUEUE_ADDRESS_BYTES])
{
    const char *tickets = book_ticket_address(queue->book);
    size_t length = strlen(tickets);
    struct text text = text_begin(address, QUEUE_ADDRESS_BYTES);

    if (number->follow[0] != '\0' && length > 3 &&
        text_equal(tickets + length - 3, "/T/")) {
        text_add_bytes(&text, tickets, length - 2);
        text_format(&text, "N/%s", number->follow);
    }
}

/* --- giving back ------------------------------------------------------------------ */

static bool
work_withdraw(struct store_session *session, void *data, struct error *error)
{
    const struct drawing *drawing = data;
    const struct queue_wish *wish = drawing->wish;
    struct store_queue_place at;
    struct queue_number number;

    if (store_queue_by_key(session, wish->key, &number, error)) {
        return number.state != QUEUE_WAITING || !text_equal(number.kiosk, wish->kiosk)
                   ? true
                   : store_queue_end(session, number.id, QUEUE_WITHDRAWN, error);
    }
    if (error->kind != ERROR_NOT_FOUND ||
        !queue_find_place(drawing->queue->book, session,
                          (struct queue_place){.location = wish->location}, &at, error))
    {
        return false;
    }
    fill_in(&number, wish);
    return store_queue_spend(session, at.day, wish->key, &number, error);
}

bool
queue_withdraw(struct queue *queue, const struct queue_wish *wish, struct error *error)
{
    struct drawing drawing = {.queue = queue, .wish = wish};

    return book_check_key(wish->key, error) &&
           store_write(queue->store, work_withdraw, &drawing, error);
}

/* --- appointments --------------------------------------------------------------- */

bool
queue_number_of(struct store_session *session, struct booking *booking,
                struct error *error)
{
    struct queue_number number;
    struct error absent;

    if (store_queue_by_booking(session, booking->id, &number, &absent)) {
        queue_text(&number, booking->number);
        return true;
    }
    if (absent.kind != ERROR_NOT_FOUND) {
        *error = absent;
        return false;
    }
    return true;
}

/* The first product stands for all: one desk does the whole appointment. */
static void
fill_in_booking(struct queue_number *number, const struct booking *booking)
{
    *number = (struct queue_number){.kind = QUEUE_APPOINTMENT, .start = booking->start};
    text_copy(number->location, sizeof(number->location), booking->location);
    if (booking->item_count > 0) {
        text_copy(number->product, sizeof(number->product), booking->items[0].product);
    }
}

/* The number that it has, or a new one; none where nobody calls numbers. */
static bool
give_number(struct store_session *session, const struct booking *booking,
            const struct store_queue_place *at, bool just_now,
            struct queue_number *number, struct error *error)
{
    struct queue_rule rule;
    struct error absent;

    if (store_queue_by_booking(session, booking->id, number, &absent)) {
        return true;
    }
    number->number = 0;
    if (absent.kind != ERROR_NOT_FOUND) {
        *error = absent;
        return false;
    }
    if (!store_queue_rule(session, at->location, &rule, error)) {
        return false;
    }
    if (!just_now || rule.mode == QUEUE_UNUSED) {
        return true;
    }
    fill_in_booking(number, booking);
    return store_queue_add(session, at->day, NULL, booking->id, number, error);
}

bool
queue_arrive(struct store_session *session, const struct book *book,
             struct booking *booking, bool just_now, struct error *error)
{
    const struct queue_place place = {.location = booking->location};
    struct queue_estimate estimate;
    struct store_queue_place at;
    struct queue_number number;

    booking->turn = TIME_NONE;
    if (catalogue_location(book->catalogue, booking->location) == NULL) {
        return true; /* it went out of the catalogue: somebody comes to fetch them */
    }
    if (!queue_find_place(book, session, place, &at, error) ||
        !give_number(session, booking, &at, just_now, &number, error))
    {
        return false;
    }
    if (number.number == 0) {
        return true;
    }
    queue_text(&number, booking->number);
    if (!queue_estimate(session, &at, &number, &estimate, error)) {
        return false;
    }
    if (estimate.wait_minutes >= 0) {
        int64_t from = at.now + 60 * (int64_t)estimate.wait_minutes;

        booking->turn =
            from > booking->start ? (from + 299) / 300 * 300 : booking->start;
    }
    return true;
}

/* --- the end of the day --------------------------------------------------------- */

static bool
work_tidy(struct store_session *session, void *data, struct error *error)
{
    const struct queue *queue = data;
    const struct catalogue *catalogue = queue->book->catalogue;

    for (size_t i = 0; i < catalogue->location_count; i++) {
        const struct queue_place place = {.location = catalogue->locations[i].id};
        struct store_queue_place at;

        if (!queue_find_place(queue->book, session, place, &at, error) ||
            !store_queue_forget(session, at.location, at.day, error))
        {
            return false;
        }
    }
    return true;
}

bool
queue_tidy(struct queue *queue, struct error *error)
{
    return store_write(queue->store, work_tidy, queue, error);
}
