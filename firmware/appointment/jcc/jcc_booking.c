#include "jcc_booking.h"

#include <string.h>

#include "jcc_body.h"
#include "jcc_fields.h"
#include "jcc_read.h"
#include "jcc_starts.h"

#define MINUTES_MAX (24 * 60)

/* --- questions before ------------------------------------------------------------- */

bool
jcc_minutes_ask(struct jcc_call *call, const struct appointment_wish *wish,
                struct date date, int *minutes, struct error *error)
{
    char buffer[JCC_TARGET_BYTES];
    struct text target = jcc_target(buffer, "appointment/calculateduration");
    struct json *root;
    double number = 0;

    jcc_target_add_products(&target, "activityId", wish);
    jcc_target_add_amounts(&target, wish);
    jcc_target_add_date(&target, "dateTime", date);
    if (!jcc_call_get(call, buffer, &root, error)) {
        return false;
    }
    if (root != NULL &&
        (json_type(root) == JSON_INTEGER || json_type(root) == JSON_NUMBER)) {
        number = json_number(root);
    }
    json_destroy(root);
    if (!(number >= 1 && number <= MINUTES_MAX)) {
        return error_set(error, ERROR_BAD_INPUT, "JCC's duration is no minutes");
    }
    *minutes = (int)number;
    return true;
}

bool
jcc_rules_ask(struct jcc_call *call, const struct appointment_wish *wish,
              struct jcc_rules *rules, struct error *error)
{
    char buffer[JCC_TARGET_BYTES];
    struct text target = jcc_target(buffer, "customer/customerfields/required");
    struct json *root;
    bool good;

    jcc_target_add_products(&target, "selectedActivityId", wish);
    if (!jcc_call_get(call, buffer, &root, error)) {
        return false;
    }
    good = root != NULL && json_type(root) == JSON_OBJECT;
    jcc_rules_read(rules, root);
    json_destroy(root);
    return good ||
           error_set(error, ERROR_BAD_INPUT, "JCC's required fields are no object");
}

/* The text of the QR for JCC's own pillars, exactly as it is; "" when it can't be had:
 * the appointment stands without it. */
static void
ask_check_in(struct jcc_call *call, struct appointment *appointment)
{
    char buffer[JCC_TARGET_BYTES];
    struct text target = jcc_target(buffer, "appointment/qrcode");
    struct error ignored;
    struct json *root;

    appointment->check_in[0] = '\0';
    jcc_target_add(&target, "id", appointment->id);
    if (!jcc_call_get(call, buffer, &root, &ignored) || root == NULL) {
        return;
    }
    if (json_type(root) != JSON_STRING || !text_is_clean(json_string(root)) ||
        !text_copy(appointment->check_in, sizeof(appointment->check_in),
                   json_string(root)))
    {
        appointment->check_in[0] = '\0'; /* half a code opens nothing */
    }
    json_destroy(root);
}

/* --- making it -------------------------------------------------------------------- */

static bool
says_taken(const char *text)
{
    static const char *const words[] = {
        "niet meer beschikbaar", "niet beschikbaar", "bezet",
        "no longer available",   "not available",    "occupied",
    };
    char folded[400];

    text_fold(folded, sizeof(folded), text);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strstr(folded, words[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static bool
answer_says_taken(const struct json *root)
{
    const struct json *list = jcc_list(root, "validateErrors");

    if (says_taken(jcc_text(root, "message"))) {
        return true;
    }
    for (const struct json *value = list != NULL ? json_first(list) : NULL;
         value != NULL; value = json_next(value))
    {
        if (json_type(value) == JSON_STRING && says_taken(json_string(value))) {
            return true;
        }
    }
    return false;
}

/* Whether the start is offered no longer. What can't be asked is not known to be gone.
 */
static bool
is_gone(struct jcc_call *call, const struct appointment_wish *wish, int64_t start)
{
    struct date day = zone_civil(jcc_call_zone(call), start).date;
    struct jcc_starts starts = {0};
    struct error ignored;
    bool gone = jcc_starts_ask(call, wish, day, day, &starts, &ignored);

    for (size_t i = 0; i < starts.count; i++) {
        gone = gone && starts.at[i] != start;
    }
    jcc_starts_finish(&starts);
    return gone;
}

/*
 * Only an acknowledgement with an id is a booking. One that is denied, or that comes
 * with a complaint instead, is none; anything else may be one.
 */
static bool
read_acknowledgement(const struct json *root, char id[APPOINTMENT_ID_BYTES],
                     struct error *error)
{
    const struct json *yes = json_member(root, "acknowledgeIsSuccess");
    const struct json *complaints = jcc_list(root, "validateErrors");
    char code[JCC_CODE_BYTES];

    jcc_copy_code(code, root);
    if (jcc_flag(root, "acknowledgeIsSuccess", false)) {
        return jcc_copy_id(id, APPOINTMENT_ID_BYTES, jcc_text(root, "id")) ||
               error_set(error, ERROR_UNCERTAIN,
                         "JCC made the appointment without saying its id");
    }
    if ((yes != NULL && json_type(yes) == JSON_BOOLEAN) || code[0] != '\0' ||
        jcc_text(root, "message")[0] != '\0' ||
        (complaints != NULL && json_count(complaints) > 0))
    {
        return error_set(error, answer_says_taken(root) ? ERROR_TAKEN : ERROR_REFUSED,
                         "JCC did not make the appointment (HTTP 200%s)", code);
    }
    return error_set(error, ERROR_UNCERTAIN,
                     "JCC's answer doesn't say whether it made the appointment");
}

/* Sends it once and never again; `writer` is destroyed. */
static bool
post(struct jcc_call *call, struct json_writer *writer, char id[APPOINTMENT_ID_BYTES],
     struct error *error)
{
    struct json *root;
    bool good = jcc_call_send(call, "POST", "appointment",
                              json_writer_text(writer, NULL), &root, error);

    json_writer_destroy(writer);
    if (!good) {
        return false;
    }
    good = read_acknowledgement(root, id, error);
    json_destroy(root);
    return good;
}

/* Fills in `appointment` when it was made, all but its check-in. */
static bool
make(struct jcc_call *call, const struct jcc_body *body,
     struct appointment *appointment, struct error *error)
{
    *appointment = (struct appointment){
        .start = body->start, .end = body->end, .state = APPOINTMENT_BOOKED};
    text_copy(appointment->location, sizeof(appointment->location),
              body->wish.location);
    memcpy(appointment->items, body->wish.items, sizeof(appointment->items));
    appointment->item_count = body->wish.item_count;
    if (post(call, jcc_body_write(body, jcc_call_zone(call)), appointment->id, error)) {
        return true;
    }
    if (error->kind == ERROR_REFUSED && is_gone(call, &body->wish, body->start)) {
        error->kind = ERROR_TAKEN;
    }
    return false;
}

/* When it ends follows from its duration; both are asked of JCC. */
static bool
ask_end(struct jcc_call *call, struct jcc_body *body, struct error *error)
{
    struct date day = zone_civil(jcc_call_zone(call), body->start).date;
    int minutes;

    if (!jcc_minutes_ask(call, &body->wish, day, &minutes, error)) {
        return false;
    }
    body->end = body->start + (int64_t)minutes * 60;
    return true;
}

/*
 * What is missing is said before anything is sent. When JCC doesn't say what it
 * requires, it can still refuse for itself.
 */
bool
jcc_booking_make(struct jcc_call *call, const struct appointment_booking *booking,
                 struct appointment *appointment, struct error *error)
{
    struct jcc_body body = {
        .wish = booking->wish, .start = booking->start, .booking = booking};
    struct jcc_rules rules = {0};
    struct error ignored;

    if (!jcc_values_check(&rules, booking, error) || !ask_end(call, &body, error)) {
        return false;
    }
    if (jcc_rules_ask(call, &booking->wish, &rules, &ignored) &&
        !jcc_values_check(&rules, booking, error))
    {
        return false;
    }
    if (!make(call, &body, appointment, error)) {
        return false;
    }
    ask_check_in(call, appointment);
    return true;
}

/* --- what is there ---------------------------------------------------------------- */

/* None when there are more than the contract holds. */
static void
read_items(const struct json *root, struct appointment *appointment)
{
    const struct json *list = jcc_list(root, "activityList");

    for (const struct json *value = list != NULL ? json_first(list) : NULL;
         value != NULL; value = json_next(value))
    {
        const char *product = jcc_text(json_member(value, "activity"), "id");
        int64_t amount = jcc_number(value, "amount", APPOINTMENT_PERSONS_MAX);
        struct appointment_item *item = &appointment->items[appointment->item_count];

        if (appointment->item_count == APPOINTMENT_ITEMS_MAX ||
            !jcc_copy_id(item->product, sizeof(item->product), product) || amount < 1)
        {
            appointment->item_count = 0;
            return;
        }
        item->persons = (int)amount;
        appointment->item_count++;
    }
}

static bool
read_appointment(const struct zone *zone, const struct json *root,
                 struct appointment *appointment, struct error *error)
{
    bool exists;

    *appointment = (struct appointment){.state = APPOINTMENT_BOOKED};
    if (jcc_text(root, "id")[0] == '\0') {
        return error_set(error, ERROR_NOT_FOUND, "JCC knows no such appointment");
    }
    if (!jcc_copy_id(appointment->id, sizeof(appointment->id), jcc_text(root, "id")) ||
        !jcc_time_read(zone, jcc_text(root, "startDateTime"), &appointment->start,
                       &exists) ||
        !jcc_time_read(zone, jcc_text(root, "endDateTime"), &appointment->end, &exists))
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "JCC's appointment has no id, start or end to understand");
    }
    jcc_copy_id(appointment->location, sizeof(appointment->location),
                jcc_text(json_member(root, "location"), "id"));
    read_items(root, appointment);
    return true;
}

/* `*root` is the appointment as JCC tells it; to be destroyed even after a failure. */
static bool
ask(struct jcc_call *call, const char *id, struct json **root,
    struct appointment *appointment, struct error *error)
{
    char buffer[JCC_TARGET_BYTES];
    struct text target = jcc_target(buffer, "appointment");

    jcc_target_add(&target, "id", id);
    return jcc_call_get(call, buffer, root, error) &&
           read_appointment(jcc_call_zone(call), *root, appointment, error);
}

bool
jcc_booking_show(struct jcc_call *call, const char *id, struct appointment *appointment,
                 struct error *error)
{
    struct json *root;
    bool good = ask(call, id, &root, appointment, error);

    json_destroy(root);
    if (good) {
        ask_check_in(call, appointment);
    }
    return good;
}

/* JCC says its id when it is cancelled, and leaves the acknowledgement out. */
bool
jcc_booking_cancel(struct jcc_call *call, const char *id, struct error *error)
{
    char buffer[JCC_TARGET_BYTES], code[JCC_CODE_BYTES];
    struct text target = jcc_target(buffer, "appointment");
    struct json *root;
    bool good;

    jcc_target_add(&target, "id", id);
    if (!jcc_call_send(call, "DELETE", buffer, NULL, &root, error)) {
        return false;
    }
    jcc_copy_code(code, root);
    if (!jcc_flag(root, "acknowledgeIsSuccess", true)) {
        good = error_set(error, ERROR_REFUSED,
                         "JCC did not cancel the appointment (HTTP 200%s)", code);
    } else if (jcc_text(root, "id")[0] != '\0') {
        good = true;
    } else if (code[0] != '\0') {
        good = error_set(error, ERROR_REFUSED,
                         "JCC did not cancel the appointment (HTTP 200%s)", code);
    } else {
        good = error_set(error, ERROR_UNCERTAIN,
                         "JCC's answer doesn't say whether it cancelled");
    }
    json_destroy(root);
    return good;
}

/* The same for the same persons at another time. */
static bool
make_again(struct jcc_call *call, const struct json *old, const struct appointment *was,
           int64_t start, struct appointment *appointment, struct error *error)
{
    struct jcc_body body = {.start = start, .old = old};

    if (was->item_count == 0 || was->location[0] == '\0') {
        return error_set(error, ERROR_REFUSED,
                         "JCC doesn't say enough of this appointment to move it");
    }
    memcpy(body.wish.items, was->items, sizeof(body.wish.items));
    body.wish.item_count = was->item_count;
    text_copy(body.wish.location, sizeof(body.wish.location), was->location);
    return jcc_body_can_repeat(old, error) && ask_end(call, &body, error) &&
           make(call, &body, appointment, error);
}

bool
jcc_booking_move(struct jcc_call *call, const char *id, int64_t start,
                 struct appointment_moved *moved, struct error *error)
{
    struct appointment was;
    struct error ignored;
    struct json *old;
    bool good = ask(call, id, &old, &was, error);

    moved->old_stands = false;
    if (good && was.start == start) {
        moved->appointment = was;
    } else if (good) {
        good = make_again(call, old, &was, start, &moved->appointment, error);
        moved->old_stands = good && !jcc_booking_cancel(call, id, &ignored) &&
                            ignored.kind != ERROR_NOT_FOUND;
    }
    json_destroy(old);
    if (good) {
        ask_check_in(call, &moved->appointment);
    }
    return good;
}
