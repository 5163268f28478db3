#include "qmatic_appointment.h"

#include <string.h>

#include "base/time.h"
#include "qmatic_member.h"

/* Of 10 reserved, 20 booked and 54 never arrived, the only one that says more. */
#define STATUS_MAX 99
#define STATUS_NEVER_ARRIVED 54

const struct json *
qmatic_appointment_of(const struct json *root)
{
    const struct json *inside = json_member(root, "appointment");

    if (qmatic_text(inside, "publicId") != NULL) {
        return inside;
    }
    return qmatic_text(root, "publicId") != NULL ? root : NULL;
}

static int
count_persons(const struct json *appointment)
{
    int persons =
        qmatic_number(appointment, "numberOfCustomers", APPOINTMENT_PERSONS_MAX);
    int told = 0;

    for (const struct json *value = qmatic_list(appointment, "customers");
         value != NULL && told < APPOINTMENT_PERSONS_MAX; value = json_next(value))
    {
        told++;
    }
    return persons >= 1 ? persons : told >= 1 ? told : 1;
}

bool
qmatic_read_plan(const struct json *appointment, struct qmatic_plan *plan)
{
    *plan = (struct qmatic_plan){
        .branch = qmatic_text(json_member(appointment, "branch"), "publicId"),
        .persons = count_persons(appointment)};
    for (const struct json *value = qmatic_list(appointment, "services"); value != NULL;
         value = json_next(value))
    {
        const char *id = qmatic_text(value, "publicId");

        if (id == NULL || plan->count == QMATIC_SERVICES_MAX) {
            return false;
        }
        plan->services[plan->count++] = id;
    }
    return plan->branch != NULL && plan->count > 0;
}

/* None when they don't all fit, as when they are not told. */
static void
read_items(const struct json *appointment, struct appointment *target)
{
    struct qmatic_plan plan;

    if (!qmatic_read_plan(appointment, &plan) || plan.count > APPOINTMENT_ITEMS_MAX) {
        return;
    }
    for (size_t i = 0; i < plan.count; i++) {
        struct appointment_item *item = &target->items[i];

        if (!text_copy(item->product, sizeof(item->product), plan.services[i])) {
            return;
        }
        item->persons = plan.persons;
    }
    target->item_count = plan.count;
}

bool
qmatic_read_appointment(const struct json *appointment, struct appointment *target)
{
    memset(target, 0, sizeof(*target));
    if (!qmatic_id(json_member(appointment, "branch"), target->location)) {
        target->location[0] = '\0';
    }
    read_items(appointment, target);
    target->state =
        qmatic_number(appointment, "status", STATUS_MAX) == STATUS_NEVER_ARRIVED
            ? APPOINTMENT_MISSED
            : APPOINTMENT_BOOKED;
    target->start = qmatic_instant(appointment, "start");
    target->end = qmatic_instant(appointment, "end");
    return qmatic_id(appointment, target->id);
}
