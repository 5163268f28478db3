#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/book_lease_parts.h"
#include "backoffice/store_book.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#define LOG_MODULE "book"
#include "base/log.h"

/* What a kiosk gave out while it was offline goes into the book, or to staff. */

static void
fill_cells(struct booking *booking, const struct lease_slot *slot)
{
    memset(booking, 0, sizeof(*booking));
    memcpy(booking->id, slot->id, sizeof(booking->id));
    text_copy(booking->location, sizeof(booking->location), slot->location);
    booking->desk = slot->desk;
    booking->start = slot->start;
    booking->end = slot->end;
    booking->expires = TIME_NONE;
}

bool
lease_free(struct store_session *session, struct lease_slot *slot, const char *key,
           struct error *error)
{
    struct booking cells;

    fill_cells(&cells, slot);
    slot->state = LEASE_FREED;
    text_copy(slot->key, sizeof(slot->key), key);
    return store_book_give_back(session, &cells, error) &&
           store_lease_save(session, slot, error);
}

/* --- the person ---------------------------------------------------------------- */

static bool
read_values(const char *text, size_t length, struct book_value values[BOOK_FIELDS_MAX],
            size_t *count)
{
    struct error error = {0};
    struct json *root = json_parse(text, length, &error);
    bool good = root != NULL && json_type(root) == JSON_OBJECT &&
                json_count(root) <= BOOK_FIELDS_MAX;

    for (const struct json *value = good ? json_first(root) : NULL;
         value != NULL && good; value = json_next(value))
    {
        struct book_value *target = &values[(*count)++];

        good = json_type(value) == JSON_STRING &&
               text_copy(target->name, sizeof(target->name), json_name(value)) &&
               text_copy(target->value, sizeof(target->value), json_string(value));
    }
    json_destroy(root);
    return good && book_check_values(values, *count, &error);
}

void
lease_open_values(const struct book *book, const uint8_t *sealed, size_t length,
                  struct book_value values[BOOK_FIELDS_MAX], size_t *count)
{
    char text[BOOK_SEALED_BYTES];

    *count = 0;
    if (length < SEAL_OVERHEAD_BYTES || length > sizeof(text) ||
        !seal_open(&book->seal_key, sealed, length, (uint8_t *)text) ||
        !read_values(text, length - SEAL_OVERHEAD_BYTES, values, count))
    {
        memory_wipe(values, BOOK_FIELDS_MAX * sizeof(*values));
        *count = 0;
    }
    memory_wipe(text, sizeof(text));
}

static bool
save_values(struct store_session *session, const struct book *book,
            const struct booking *booking, const struct book_hand_in *given,
            struct error *error)
{
    struct book_value values[BOOK_FIELDS_MAX];
    size_t count;
    bool good = true;

    lease_open_values(book, given->sealed, given->sealed_length, values, &count);
    if (given->sealed_length > 0 && count == 0) {
        log_warning("of an appointment made offline the person can't be read");
    }
    for (size_t i = 0; i < count && good; i++) {
        good = store_book_set_value(session, booking, &values[i], error);
    }
    memory_wipe(values, sizeof(values));
    return good;
}

/* --- a conflict ---------------------------------------------------------------- */

static bool
keep_conflict(struct store_session *session, const struct book_settlement *settlement,
              const struct book_hand_in *given, const struct lease_slot *slot,
              enum book_conflict_reason reason, struct error *error)
{
    struct lease_conflict row = {
        .conflict = {.reason = reason, .start = TIME_NONE},
    };
    struct book_conflict *what = &row.conflict;

    memcpy(what->slot, given->slot, sizeof(what->slot));
    text_copy(what->key, sizeof(what->key), given->key);
    text_copy(what->kiosk, sizeof(what->kiosk), settlement->name);
    if (slot != NULL) {
        text_copy(what->code, sizeof(what->code), slot->code);
        text_copy(what->location, sizeof(what->location), slot->location);
        what->start = slot->start;
    }
    memcpy(what->items, given->items, sizeof(what->items));
    what->item_count = given->item_count;
    text_hex_encode(row.sealed, given->sealed, given->sealed_length);
    log_warning("%s gave out an appointment that the book can't have (%s)",
                settlement->name, book_conflict_name(reason));
    return store_lease_add_conflict(session, &row, error);
}

/* --- into the book ------------------------------------------------------------- */

/* No longer than it takes; of what the catalogue has dropped nobody knows. */
static int64_t
end_of(const struct book *book, const struct lease_slot *slot,
       const struct book_hand_in *given)
{
    int64_t end = slot->start;

    for (size_t i = 0; i < given->item_count; i++) {
        const struct product *product =
            catalogue_product(book->catalogue, given->items[i].product);

        if (product == NULL || product->minutes_first <= 0) {
            return slot->end;
        }
        end += (product_minutes(product, given->items[i].persons) * 60 + CELL_S - 1) /
               CELL_S * CELL_S;
    }
    return end > slot->start && end < slot->end ? end : slot->end;
}

/*
 * The key that the citizen's visit had, so that it is found by it. A hold under it was
 * the same visit's, from before the line was cut; what else has that key keeps it.
 */
static bool
choose_key(struct store_session *session, struct booking *booking, const char *key,
           struct error *error)
{
    struct booking other;
    uint8_t moved[BOOK_ID_BYTES];
    int64_t start;

    text_copy(booking->key, sizeof(booking->key), key);
    if (store_book_by_key(session, key, &other, error)) {
        if (other.state == BOOKING_HELD) {
            return store_book_give_back(session, &other, error) &&
                   store_book_forget(session, other.id, error);
        }
        text_hex_encode(booking->key, booking->id, sizeof(booking->id));
        return true;
    }
    if (error->kind != ERROR_NOT_FOUND) {
        return false;
    }
    if (store_book_move_by_key(session, key, moved, &start, error)) {
        text_hex_encode(booking->key, booking->id, sizeof(booking->id));
        return true;
    }
    return error->kind == ERROR_NOT_FOUND;
}

static bool
save_booking(struct store_session *session, const struct book *book,
             const struct book_hand_in *given, struct booking *booking,
             struct error *error)
{
    return store_book_save(session, booking, error) &&
           store_book_set_items(session, booking, error) &&
           save_values(session, book, booking, given, error);
}

/* What the desk needs no longer, now that it is known for what it is. */
static bool
free_rest(struct store_session *session, const struct booking *booking, int64_t end,
          struct error *error)
{
    struct booking rest = *booking;

    rest.start = booking->end;
    rest.end = end;
    return rest.start >= rest.end || store_book_give_back(session, &rest, error);
}

/* Its cells went to somebody else, or did they? */
static bool
take_again(struct store_session *session, struct booking *booking, bool *taken,
           struct error *error)
{
    struct error problem = {.kind = ERROR_NONE};
    bool is_free;

    *taken = false;
    if (!store_book_code_is_free(session, booking->code, &is_free, error)) {
        return false;
    }
    *taken = is_free && store_book_take(session, booking, &problem);
    if (!*taken && is_free && problem.kind != ERROR_TAKEN) {
        *error = problem;
        return false;
    }
    return *taken || booking->desk == 0 ||
           store_book_give_back(session, booking, error);
}

static bool
put_in_book(struct store_session *session, struct book *book,
            const struct book_settlement *settlement, const struct book_hand_in *given,
            struct lease_slot *slot, struct error *error)
{
    struct booking booking;
    bool taken = true;

    fill_cells(&booking, slot);
    booking.end = end_of(book, slot, given);
    booking.state = BOOKING_BOOKED;
    booking.changed = store_now(session);
    booking.item_count = given->item_count;
    memcpy(booking.items, given->items, sizeof(booking.items));
    text_copy(booking.kiosk, sizeof(booking.kiosk), settlement->name);
    text_copy(booking.code, sizeof(booking.code), slot->code);
    ticket_sign(&book->ticket_key, book->ticket_address, booking.id, booking.start,
                booking.location, booking.ticket);
    if (slot->state == LEASE_FREED && !take_again(session, &booking, &taken, error)) {
        return false;
    }
    if (!taken) {
        return keep_conflict(session, settlement, given, slot, BOOK_CONFLICT_TAKEN,
                             error);
    }
    if (slot->state == LEASE_HELD && !free_rest(session, &booking, slot->end, error)) {
        return false;
    }
    slot->state = LEASE_GIVEN;
    text_copy(slot->key, sizeof(slot->key), given->key);
    return choose_key(session, &booking, given->key, error) &&
           save_booking(session, book, given, &booking, error) &&
           store_lease_save(session, slot, error);
}

/* It was handed in as given out before. */
static bool
cancel(struct store_session *session, const struct lease_slot *slot,
       struct error *error)
{
    struct booking booking;

    if (!store_book_by_id(session, slot->id, &booking, error)) {
        return error->kind == ERROR_NOT_FOUND; /* past and forgotten */
    }
    if (booking.state != BOOKING_BOOKED) {
        return true;
    }
    booking.state = BOOKING_CANCELLED;
    booking.changed = store_now(session);
    return store_book_give_back(session, &booking, error) &&
           store_book_forget_person(session, booking.id, error) &&
           store_book_save(session, &booking, error);
}

bool
lease_hand_in(struct store_session *session, struct book *book,
              const struct book_settlement *settlement,
              const struct book_hand_in *given, struct error *error)
{
    struct lease_slot slot;
    bool known = store_lease_find(session, given->slot, &slot, error);

    if (!known && error->kind != ERROR_NOT_FOUND) {
        return false;
    }
    if (!known || memcmp(slot.kiosk, settlement->kiosk, sizeof(slot.kiosk)) != 0) {
        return given->cancelled || keep_conflict(session, settlement, given, NULL,
                                                 BOOK_CONFLICT_UNKNOWN, error);
    }
    if (slot.state == LEASE_GIVEN && text_equal(slot.key, given->key)) {
        return !given->cancelled || cancel(session, &slot, error);
    }
    if (given->cancelled) {
        return slot.state != LEASE_HELD ||
               lease_free(session, &slot, given->key, error);
    }
    if (slot.state == LEASE_FREED && text_equal(slot.key, given->key)) {
        return true; /* cancelled before, and a copy of the card knows no better */
    }
    if (slot.state == LEASE_GIVEN) {
        return keep_conflict(session, settlement, given, &slot, BOOK_CONFLICT_TWICE,
                             error);
    }
    return put_in_book(session, book, settlement, given, &slot, error);
}
