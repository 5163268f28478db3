#include <stdlib.h>

#include "backoffice/book_parts.h"
#include "backoffice/queue_parts.h"
#include "base/memory.h"
#include "base/text.h"

/* What staff decide about a location's numbers, and how it went with them. */

/* --- what staff decide ---------------------------------------------------------- */

struct rules {
    const struct catalogue *catalogue;
    struct queue_rule *list;
};

static bool
work_rules(struct store_session *session, void *data, struct error *error)
{
    const struct rules *rules = data;

    for (size_t i = 0; i < rules->catalogue->location_count; i++) {
        if (!store_queue_rule(session, rules->catalogue->locations[i].id,
                              &rules->list[i], error))
        {
            return false;
        }
    }
    return true;
}

bool
queue_rules(struct queue *queue, struct queue_rule **list, size_t *count,
            struct error *error)
{
    struct rules rules = {.catalogue = queue->book->catalogue};

    *list = NULL;
    *count = rules.catalogue->location_count;
    rules.list = memory_allocate(*count, sizeof(*rules.list));
    if (!store_read(queue->store, work_rules, &rules, error)) {
        free(rules.list);
        return false;
    }
    *list = rules.list;
    return true;
}

static bool
work_set_rule(struct store_session *session, void *data, struct error *error)
{
    return store_queue_set_rule(session, data, error);
}

bool
queue_set_rule(struct queue *queue, const struct queue_rule *rule, struct error *error)
{
    struct queue_rule copy = *rule;

    if (catalogue_location(queue->book->catalogue, rule->location) == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "There is no location with that id.");
    }
    if (rule->cap < -1 || rule->cap > QUEUE_CAP_MAX) {
        return error_set(error, ERROR_BAD_INPUT, "cap: must be 0 to %d.",
                         QUEUE_CAP_MAX);
    }
    if (!text_is_clean(rule->note)) {
        return error_set(error, ERROR_BAD_INPUT, "note: must be one line of text.");
    }
    return store_write(queue->store, work_set_rule, &copy, error);
}

/* --- how it went ---------------------------------------------------------------- */

struct counting {
    struct date from, to;
    struct queue_count *list;
    size_t count;
};

static void
take_count(void *data, const struct queue_count *row)
{
    struct counting *counting = data;

    counting->list =
        memory_resize(counting->list, counting->count + 1, sizeof(*counting->list));
    counting->list[counting->count++] = *row;
}

static bool
work_counts(struct store_session *session, void *data, struct error *error)
{
    struct counting *counting = data;

    return store_queue_counts(session, counting->from, counting->to, take_count,
                              counting, error);
}

bool
queue_counts(struct queue *queue, struct date from, struct date to,
             struct queue_count **list, size_t *count, struct error *error)
{
    struct counting counting = {.from = from, .to = to};
    bool good = store_read(queue->store, work_counts, &counting, error);

    if (!good) {
        free(counting.list);
        counting = (struct counting){.list = NULL};
    }
    *list = counting.list;
    *count = counting.count;
    return good;
}
