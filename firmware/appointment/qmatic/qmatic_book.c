#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "qmatic_answer.h"
#include "qmatic_appointment.h"
#include "qmatic_maker.h"
#include "qmatic_member.h"

/* What staff see in Qmatic's calendar beside the services; nothing of the citizen. */
#define TITLE "Loketzuil"

/* --- an appointment that is there ------------------------------------------------ */

static struct text
appointment_target(char buffer[QMATIC_TARGET_BYTES], const char *id)
{
    return QMATIC_TARGET(buffer, "v1/appointments/", id);
}

/* The answer, and in it the appointment. NULL on failure. */
static struct json *
ask_appointment(struct qmatic_maker *maker, const char *id,
                const struct json **appointment, struct error *error)
{
    char buffer[QMATIC_TARGET_BYTES];
    struct text target = appointment_target(buffer, id);
    struct json *root = qmatic_call_get(maker->call, &target, error);

    *appointment = root != NULL ? qmatic_appointment_of(root) : NULL;
    if (root != NULL && *appointment == NULL) {
        error_set(error, ERROR_BAD_INPUT, "qmatic: appointment: must have a publicId");
        json_destroy(root);
        return NULL;
    }
    return root;
}

/* An appointment tells of its branch too. */
static void
learn_clock(struct qmatic_maker *maker, const struct json *appointment)
{
    struct qmatic_branch branch;

    if (qmatic_read_branch(json_member(appointment, "branch"), &branch)) {
        qmatic_zones_learn(maker->zones, &branch);
    }
}

static bool
read_shown(struct qmatic_maker *maker, const struct json *told,
           struct appointment *appointment, struct error *error)
{
    learn_clock(maker, told);
    if (!qmatic_read_appointment(told, appointment) || appointment->start == TIME_NONE)
    {
        return error_set(
            error, ERROR_BAD_INPUT,
            "qmatic: appointment: must have an id of at most %d bytes and a "
            "start like 2023-10-23T06:45:00.000+0000",
            APPOINTMENT_ID_BYTES - 1);
    }
    if (appointment->end == TIME_NONE) {
        appointment->end = appointment->start;
    }
    return true;
}

bool
qmatic_show(void *data, const char *id, struct appointment *appointment,
            struct error *error)
{
    const struct json *told;
    struct json *root = ask_appointment(data, id, &told, error);
    bool good = root != NULL && read_shown(data, told, appointment, error);

    json_destroy(root);
    return good;
}

bool
qmatic_cancel(void *data, const char *id, struct error *error)
{
    struct qmatic_maker *maker = data;
    char buffer[QMATIC_TARGET_BYTES];
    struct text target = appointment_target(buffer, id);
    struct qmatic_exchange exchange = {.method = "DELETE", .target = &target};

    return qmatic_call_send(maker->call, &exchange, error);
}

/* --- a new one ------------------------------------------------------------------- */

/* "…,"services":[{"publicId":"A"}],"notes":""}": the end of a body. */
static void
write_rest(struct json_writer *writer, const struct qmatic_plan *plan,
           const char *notes)
{
    json_write_name(writer, "services");
    json_write_array(writer);
    for (size_t i = 0; i < plan->count; i++) {
        json_write_object(writer);
        json_write_name(writer, "publicId");
        json_write_text(writer, plan->services[i]);
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_name(writer, "notes");
    json_write_text(writer, notes);
    json_write_end(writer);
}

static void
write_start(struct json_writer *writer, const char *title)
{
    json_write_object(writer);
    json_write_name(writer, "title");
    json_write_text(writer, title);
    json_write_name(writer, "customers");
}

/* Is the time still among the free ones? Qmatic's codes are not published, so after a
 * refusal this is how to know that somebody else was first. */
static bool
is_still_free(struct qmatic_maker *maker, const struct qmatic_plan *plan,
              const struct zone *zone, int64_t start)
{
    struct appointment_time *times;
    struct error ignored;
    size_t count;
    bool free_still = false;

    if (!qmatic_ask_times(maker, plan, zone_civil(zone, start).date, zone, &times,
                          &count, &ignored))
    {
        return true; /* nobody knows: what Qmatic said stands */
    }
    for (size_t i = 0; i < count; i++) {
        free_still = free_still || times[i].start == start;
    }
    free(times);
    return free_still;
}

/* Qmatic said yes: what it leaves out is as it was asked. */
static bool
read_booked(const struct json *root, const struct qmatic_plan *plan, int64_t start,
            struct appointment *appointment, struct error *error)
{
    const struct json *told = qmatic_appointment_of(root);

    if (told == NULL || !qmatic_read_appointment(told, appointment)) {
        return error_set(error, ERROR_UNCERTAIN,
                         "qmatic: the booking's answer has no publicId");
    }
    if (appointment->location[0] == '\0') {
        text_copy(appointment->location, sizeof(appointment->location), plan->branch);
    }
    if (appointment->start == TIME_NONE) {
        appointment->start = start;
    }
    if (appointment->end == TIME_NONE) {
        appointment->end = appointment->start;
    }
    return true;
}

struct order {
    const struct qmatic_plan *plan;
    const struct zone *zone;
    int64_t start;
    struct json_writer *body;
};

/* Sends it once. */
static bool
send_order(struct qmatic_maker *maker, const struct order *order,
           struct appointment *appointment, struct error *error)
{
    char buffer[QMATIC_TARGET_BYTES], date[TIME_TEXT_BYTES], clock[QMATIC_CLOCK_BYTES];
    struct text target;
    struct qmatic_exchange exchange = {.method = "POST",
                                       .target = &target,
                                       .body = json_writer_text(order->body, NULL),
                                       .wants_answer = true};
    bool good;

    if (!qmatic_clock_of(order->zone, order->start, date, clock)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "qmatic: the start can't be told by the branch's clock");
    }
    target = QMATIC_TARGET(buffer, "v2/branches/", order->plan->branch, "/dates/", date,
                           "/times/");
    text_add(&target, clock); /* the colon as it is: it may stand in a path */
    text_add(&target, "/book");
    good = qmatic_call_send(maker->call, &exchange, error);
    if (!good && exchange.said_no &&
        !is_still_free(maker, order->plan, order->zone, order->start))
    {
        error->kind = ERROR_TAKEN;
    }
    good = good &&
           read_booked(exchange.answer, order->plan, order->start, appointment, error);
    json_destroy(exchange.answer);
    return good;
}

/* The body ends here, and is wiped: a person stands in it. */
static void
forget_body(struct json_writer *body)
{
    size_t length;
    const char *text = json_writer_text(body, &length);

    memory_wipe((char *)(uintptr_t)text, length);
    json_writer_destroy(body);
}

bool
qmatic_book(void *data, const struct appointment_booking *booking,
            struct appointment *appointment, struct error *error)
{
    struct qmatic_maker *maker = data;
    const struct qmatic_plan plan = qmatic_plan_of(&booking->wish);
    struct order order = {.plan = &plan, .start = booking->start};
    bool good;

    if (!qmatic_plan_check(&plan, error) ||
        !qmatic_values_check(&maker->required, booking->values, booking->value_count,
                             error) ||
        (order.zone = qmatic_ask_zone(maker, plan.branch, error)) == NULL)
    {
        return false;
    }
    order.body = json_writer_create();
    write_start(order.body, TITLE);
    qmatic_write_customers(order.body, booking->values, booking->value_count,
                           plan.persons);
    write_rest(order.body, &plan, "");
    good = send_order(maker, &order, appointment, error);
    forget_body(order.body);
    return good;
}

/* --- moving ---------------------------------------------------------------------- */

/* The same thing for the same people at another time. */
static bool
book_anew(struct qmatic_maker *maker, const struct json *old,
          const struct qmatic_plan *plan, int64_t start,
          struct appointment *appointment, struct error *error)
{
    const char *title = qmatic_text(old, "title"), *notes = qmatic_text(old, "notes");
    struct order order = {.plan = plan, .start = start};
    bool good;

    order.zone = qmatic_ask_zone(maker, plan->branch, error);
    if (order.zone == NULL) {
        return false;
    }
    order.body = json_writer_create();
    write_start(order.body, title != NULL ? title : TITLE);
    qmatic_copy_customers(order.body, old, order.zone, plan->persons);
    write_rest(order.body, plan, notes != NULL ? notes : "");
    good = send_order(maker, &order, appointment, error);
    forget_body(order.body);
    return good;
}

static bool
move(struct qmatic_maker *maker, const struct json *old, int64_t start,
     struct appointment_moved *moved, struct error *error)
{
    struct appointment there;
    struct qmatic_plan plan;
    struct error ignored = {.kind = ERROR_NONE};

    if (!read_shown(maker, old, &there, error)) {
        return false;
    }
    if (there.start == start) {
        moved->appointment = there;
        return true;
    }
    if (there.state != APPOINTMENT_BOOKED || !qmatic_customers_are_known(old) ||
        !qmatic_read_plan(old, &plan))
    {
        return error_set(error, ERROR_REFUSED,
                         "qmatic: the appointment is over, or doesn't tell for whom, "
                         "where and for what it is");
    }
    if (!book_anew(maker, old, &plan, start, &moved->appointment, error)) {
        return false;
    }
    moved->old_stands =
        !qmatic_cancel(maker, there.id, &ignored) && ignored.kind != ERROR_NOT_FOUND;
    return true;
}

bool
qmatic_move(void *data, const char *id, const char *key, int64_t start,
            struct appointment_moved *moved, struct error *error)
{
    const struct json *old;
    struct json *root = ask_appointment(data, id, &old, error);
    bool good;

    (void)key; /* Qmatic knows none */
    *moved = (struct appointment_moved){.old_stands = false};
    good = root != NULL && move(data, old, start, moved, error);
    json_destroy(root);
    return good;
}
