#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/qmatic/qmatic_answer.h"
#include "appointment/qmatic/qmatic_appointment.h"
#include "appointment/qmatic/qmatic_customer.h"
#include "appointment/qmatic/qmatic_member.h"
#include "appointment/qmatic/qmatic_zones.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool promise)
{
    if (!promise) {
        abort();
    }
}

/* Either a list, or an error that says so in clean words. */
static void
check_list(bool good, const void *list, size_t count, const struct error *error)
{
    must((list == NULL) == (count == 0));
    must(good || (count == 0 && error->kind == ERROR_BAD_INPUT &&
                  text_is_clean(error->message)));
}

static void
read_places(const struct json *root, const struct qmatic_plan *plan)
{
    struct error error = {0};
    struct qmatic_service *services;
    struct qmatic_branch *branches;
    size_t count;

    check_list(qmatic_read_services(root, &services, &count, &error), services, count,
               &error);
    for (size_t i = 0; i < count; i++) {
        must(services[i].id[0] != '\0' && services[i].name[0] != '\0');
        must(services[i].minutes >= -1 && services[i].minutes_further >= -1);
        qmatic_groups_allow(json_first(root) != NULL ? json_first(root) : root, plan,
                            services[i].id);
    }
    free(services);
    check_list(qmatic_read_branches(root, &branches, &count, &error), branches, count,
               &error);
    for (size_t i = 0; i < count; i++) {
        must(branches[i].location.id[0] != '\0' &&
             text_is_clean(branches[i].location.street));
    }
    free(branches);
}

static void
read_moments(const struct json *root, const struct zone *zone)
{
    const struct date day = {2031, 3, 30};
    struct error error = {0};
    struct appointment_day *days;
    struct appointment_time *times;
    size_t count;

    check_list(
        qmatic_read_dates(root, day, (struct date){2031, 4, 30}, &days, &count, &error),
        days, count, &error);
    for (size_t i = 0; i < count; i++) {
        must(date_compare(days[i].date, day) >= 0 && days[i].date.month <= 4);
        must(i == 0 || date_compare(days[i - 1].date, days[i].date) <= 0);
    }
    free(days);
    check_list(qmatic_read_times(root, day, zone, &times, &count, &error), times, count,
               &error);
    for (size_t i = 0; i < count; i++) {
        char date[TIME_TEXT_BYTES], clock[QMATIC_CLOCK_BYTES];

        must(qmatic_clock_of(zone, times[i].start, date, clock)); /* can be booked */
        must(text_equal(date, "2031-03-30"));
    }
    free(times);
}

/* What is copied into a new booking is JSON, and has somebody for each person. */
static void
read_appointment(const struct json *root, const struct zone *zone)
{
    const struct json *told = qmatic_appointment_of(root);
    struct json_writer *writer;
    struct appointment appointment;
    struct qmatic_plan plan;
    struct error error;
    struct json *copy;
    size_t length;

    if (told == NULL) {
        return;
    }
    if (qmatic_read_appointment(told, &appointment)) {
        must(appointment.id[0] != '\0' &&
             appointment.item_count <= APPOINTMENT_ITEMS_MAX);
    }
    if (!qmatic_read_plan(told, &plan) || !qmatic_customers_are_known(told)) {
        return;
    }
    must(plan.persons >= 1 && plan.persons <= APPOINTMENT_PERSONS_MAX);
    writer = json_writer_create();
    qmatic_copy_customers(writer, told, zone, plan.persons);
    json_writer_text(writer, &length);
    copy = json_parse(json_writer_text(writer, NULL), length, &error);
    must(copy != NULL && json_count(copy) >= (size_t)plan.persons);
    json_destroy(copy);
    json_writer_destroy(writer);
}

/* Whatever Qmatic answers is read without harm. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {0};
    struct json *root = json_parse((const char *)data, size, &error);
    struct qmatic_zones *zones = qmatic_zones_create("Europe/Amsterdam", &error);
    const struct qmatic_plan plan = {
        .branch = "a", .services = {"Paspoort"}, .count = 1};
    struct qmatic_branch branch = {.zones = {"", ""}};

    must(zones != NULL);
    if (root != NULL) {
        qmatic_read_branch(json_member(root, "branch"), &branch);
        read_places(root, &plan);
        read_moments(root, qmatic_zones_learn(zones, &branch));
        read_appointment(root, qmatic_zones_learn(zones, &branch));
    }
    qmatic_zones_destroy(zones);
    json_destroy(root);
    return 0;
}
