#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"
#include "base/memory.h"
#include "base/text.h"

/* How many desks a location has, what each does, and when it is closed. */

/* --- as the settings say -------------------------------------------------------- */

struct desk_plan {
    const struct catalogue *catalogue;
    int *counts; /* one a location */
};

/* One word of "2 linde=1 gemeentehuis=4". */
static bool
read_desk_word(const struct desk_plan *plan, const char *word, struct error *error)
{
    const char *equals = strchr(word, '=');
    const char *number = equals != NULL ? equals + 1 : word;
    char id[CATALOGUE_ID_BYTES] = "";
    char *end;
    long count = strtol(number, &end, 10);
    bool used = equals == NULL;

    if (equals != NULL) {
        snprintf(id, sizeof(id), "%.*s", (int)(equals - word), word);
    }
    if (end == number || *end != '\0' || count < 0 || count > DESKS_MAX) {
        return error_set(error, ERROR_BAD_INPUT,
                         "desks: \"%s\" must be a number from 0 to %d", word,
                         DESKS_MAX);
    }
    for (size_t i = 0; i < plan->catalogue->location_count; i++) {
        if (equals == NULL || text_equal(plan->catalogue->locations[i].id, id)) {
            plan->counts[i] = (int)count;
            used = true;
        }
    }
    return used || error_set(error, ERROR_BAD_INPUT,
                             "desks: the catalogue has no location \"%s\"", id);
}

static bool
read_desks(const struct desk_plan *plan, const char *text, struct error *error)
{
    char *copy = memory_copy_text(text), *rest = copy, *word;
    bool good = true;

    while (good && (word = strtok_r(rest, " ", &rest)) != NULL) {
        good = read_desk_word(plan, word, error);
    }
    free(copy);
    return good;
}

static bool
write_desks(struct store_session *session, void *data, struct error *error)
{
    const struct desk_plan *plan = data;

    for (size_t i = 0; i < plan->catalogue->location_count; i++) {
        const char *location = plan->catalogue->locations[i].id;
        int said;

        if (!store_book_said_desks(session, location, &said, error) ||
            !store_book_set_desks(session, location, said >= 0 ? said : plan->counts[i],
                                  error))
        {
            return false;
        }
    }
    return true;
}

bool
book_desks_open(struct book *book, const char *text, struct error *error)
{
    struct desk_plan plan = {
        .catalogue = book->catalogue,
        .counts = memory_allocate(book->catalogue->location_count, sizeof(int)),
    };
    bool good = read_desks(&plan, text, error) &&
                store_write(book->store, write_desks, &plan, error);

    free(plan.counts);
    return good;
}

/* --- as staff say --------------------------------------------------------------- */

struct desks {
    struct book_desk *list;
    size_t count;
};

static void
take_desk(void *data, const char *location, int number, const char *product)
{
    struct desks *desks = data;
    struct book_desk *last = desks->count > 0 ? &desks->list[desks->count - 1] : NULL;

    if (last == NULL || last->number != number || !text_equal(last->location, location))
    {
        desks->list =
            memory_resize(desks->list, desks->count + 1, sizeof(*desks->list));
        last = &desks->list[desks->count++];
        *last = (struct book_desk){.number = number};
        text_copy(last->location, sizeof(last->location), location);
    }
    if (product != NULL && last->product_count < BOOK_DESK_PRODUCTS_MAX) {
        text_copy(last->products[last->product_count++], CATALOGUE_ID_BYTES, product);
    }
}

static bool
work_list(struct store_session *session, void *data, struct error *error)
{
    return store_book_each_desk(session, take_desk, data, error);
}

bool
book_desk_list(struct book *book, struct book_desk **list, size_t *count,
               struct error *error)
{
    struct desks desks = {0};
    bool good = store_read(book->store, work_list, &desks, error);

    if (!good) {
        free(desks.list);
        desks = (struct desks){0};
    }
    *list = desks.list;
    *count = desks.count;
    return good;
}

struct change {
    const struct book *book;
    const char *location;
    int number;
    const struct product *products[BOOK_DESK_PRODUCTS_MAX];
    size_t product_count;
    struct book_closure *closure;
};

static bool
check_location(const struct book *book, const char *location, struct error *error)
{
    return catalogue_location(book->catalogue, location) != NULL ||
           error_set(error, ERROR_NOT_FOUND, "There is no location with that id.");
}

static bool
work_set_desks(struct store_session *session, void *data, struct error *error)
{
    const struct change *change = data;

    return store_book_say_desks(session, change->location, change->number, error) &&
           store_book_set_desks(session, change->location, change->number, error) &&
           book_reseat(session, change->book, error);
}

bool
book_set_desks(struct book *book, const char *location, int count, struct error *error)
{
    struct change change = {.book = book, .location = location, .number = count};

    if (count < 0 || count > DESKS_MAX) {
        return error_set(error, ERROR_BAD_INPUT, "count: must be 0 to %d.", DESKS_MAX);
    }
    return check_location(book, location, error) &&
           store_write(book->store, work_set_desks, &change, error);
}

static bool
work_set_products(struct store_session *session, void *data, struct error *error)
{
    const struct change *change = data;

    return store_book_set_desk_products(session, change->location, change->number,
                                        change->products, change->product_count,
                                        error) &&
           book_reseat(session, change->book, error);
}

static bool
check_number(int number, int least, struct error *error)
{
    return (number >= least && number <= DESKS_MAX) ||
           error_set(error, ERROR_BAD_INPUT, "The desk's number must be 1 to %d.",
                     DESKS_MAX);
}

bool
book_set_desk_products(struct book *book, const char *location, int number,
                       const char *const *products, size_t count, struct error *error)
{
    struct change change = {.book = book, .location = location, .number = number};

    if (!check_location(book, location, error) || !check_number(number, 1, error)) {
        return false;
    }
    if (count > BOOK_DESK_PRODUCTS_MAX) {
        return error_set(error, ERROR_BAD_INPUT,
                         "products: at most %d; a desk that does more does all.",
                         BOOK_DESK_PRODUCTS_MAX);
    }
    for (size_t i = 0; i < count; i++) {
        change.products[i] = catalogue_product(book->catalogue, products[i]);
        if (change.products[i] == NULL) {
            return error_set(error, ERROR_NOT_FOUND,
                             "There is no product with the id \"%s\".", products[i]);
        }
    }
    change.product_count = count;
    return store_write(book->store, work_set_products, &change, error);
}

/* --- closures ------------------------------------------------------------------- */

struct closures {
    struct book_closure *list;
    size_t count;
};

static void
take_closure(void *data, const struct book_closure *closure)
{
    struct closures *closures = data;

    closures->list =
        memory_resize(closures->list, closures->count + 1, sizeof(*closures->list));
    closures->list[closures->count++] = *closure;
}

static bool
work_closures(struct store_session *session, void *data, struct error *error)
{
    return store_book_each_closure(session, store_now(session), take_closure, data,
                                   error);
}

bool
book_closure_list(struct book *book, struct book_closure **list, size_t *count,
                  struct error *error)
{
    struct closures closures = {0};
    bool good = store_read(book->store, work_closures, &closures, error);

    if (!good) {
        free(closures.list);
        closures = (struct closures){0};
    }
    *list = closures.list;
    *count = closures.count;
    return good;
}

static bool
work_close(struct store_session *session, void *data, struct error *error)
{
    const struct change *change = data;

    return store_book_add_closure(session, change->closure, error) &&
           book_reseat(session, change->book, error);
}

bool
book_add_closure(struct book *book, struct book_closure *closure, struct error *error)
{
    struct change change = {.book = book, .closure = closure};

    if (closure->start >= closure->end) {
        return error_set(error, ERROR_BAD_INPUT, "to: must come after from.");
    }
    if (!text_is_clean(closure->reason)) {
        return error_set(error, ERROR_BAD_INPUT, "reason: must be one line of text.");
    }
    return check_location(book, closure->location, error) &&
           check_number(closure->desk, 0, error) &&
           store_write(book->store, work_close, &change, error);
}

static bool
work_reopen(struct store_session *session, void *data, struct error *error)
{
    return store_book_remove_closure(session, *(const int64_t *)data, error);
}

bool
book_remove_closure(struct book *book, int64_t id, struct error *error)
{
    return store_write(book->store, work_reopen, &id, error);
}
