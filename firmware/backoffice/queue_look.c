#include "backoffice/queue_parts.h"

#include <stdlib.h>
#include <string.h>

#include "backoffice/book_parts.h"
#include "base/memory.h"
#include "base/text.h"

/* Who waits, who is where, and about how long it takes. */

struct numbers {
    struct queue_number *list;
    size_t count;
};

static void
take_number(void *data, const struct queue_number *number)
{
    struct numbers *numbers = data;

    numbers->list =
        memory_resize(numbers->list, numbers->count + 1, sizeof(*numbers->list));
    numbers->list[numbers->count++] = *number;
}

bool
queue_desks_there(struct store_session *session, const struct store_queue_place *at,
                  const char *product, struct queue_desk *desks, size_t *count,
                  struct error *error)
{
    if (!store_queue_desks(session, at->location, product, at->now - QUEUE_STALE_S,
                           desks, count, error))
    {
        return false;
    }
    for (size_t i = 0; i < *count; i++) {
        struct store_queue_place desk = *at;
        struct error absent;

        desk.desk = desks[i].number;
        if (!store_queue_at_desk(session, &desk, &desks[i].at, &absent)) {
            if (absent.kind != ERROR_NOT_FOUND) {
                *error = absent;
                return false;
            }
            desks[i].at = (struct queue_number){.number = 0};
        }
    }
    return true;
}

/* --- who comes before ------------------------------------------------------------ */

static bool
has(const struct numbers *numbers, int64_t id)
{
    for (size_t i = 0; i < numbers->count; i++) {
        if (numbers->list[i].id == id) {
            return true;
        }
    }
    return false;
}

/* Adds whom this desk calls before `id` (0: all) and who is not there yet; nobody when
 * it does not call `id` at all. */
static bool
add_before(struct store_session *session, const struct store_queue_place *at,
           int64_t id, struct numbers *before, struct error *error)
{
    struct numbers waiting = {0};
    bool good = store_queue_each_waiting(session, at, take_number, &waiting, error);
    bool calls = id == 0 || has(&waiting, id);

    for (size_t i = 0; calls && i < waiting.count && waiting.list[i].id != id; i++) {
        if (!has(before, waiting.list[i].id)) {
            take_number(before, &waiting.list[i]);
        }
    }
    free(waiting.list);
    return good;
}

static int
compare_seconds(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

    return one < other ? -1 : one > other;
}

/* What a service took lately, in the middle; 0: too few were there to say. */
static bool
middle_service(struct store_session *session, const struct store_queue_place *at,
               int64_t *middle_s, struct error *error)
{
    int64_t seconds[QUEUE_BASIS_MAX];
    size_t count;

    if (!store_queue_services(session, at->location, at->now - QUEUE_BASIS_S, seconds,
                              QUEUE_BASIS_MAX, &count, error))
    {
        return false;
    }
    *middle_s = 0;
    if (count >= QUEUE_BASIS_MIN) {
        qsort(seconds, count, sizeof(seconds[0]), compare_seconds);
        *middle_s = (seconds[(count - 1) / 2] + seconds[count / 2] + 1) / 2;
    }
    return true;
}

/*
 * Each desk is busy for the middle of what services took; who comes when a desk is free
 * goes at once. Rounded to 5 minutes, and never to none: somebody has to be called.
 */
static int
minutes_of(int64_t middle_s, int ahead, int free_desks, int desks)
{
    int64_t turns = ahead + 1 - free_desks;
    int64_t wait_s = turns > 0 ? turns * middle_s / desks : 0;
    int64_t minutes = (wait_s + 150) / 300 * 5;

    return minutes > 5 ? (int)minutes : 5;
}

bool
queue_estimate(struct store_session *session, const struct store_queue_place *at,
               const struct queue_number *number, struct queue_estimate *estimate,
               struct error *error)
{
    const char *product = number->product[0] != '\0' ? number->product : NULL;
    struct queue_desk desks[QUEUE_DESKS_MAX];
    struct numbers before = {0};
    size_t count;
    int64_t middle_s;
    int free_desks = 0;
    bool good = queue_desks_there(session, at, product, desks, &count, error) &&
                middle_service(session, at, &middle_s, error);

    *estimate = (struct queue_estimate){.wait_minutes = -1};
    for (size_t i = 0; good && i < count; i++) {
        struct store_queue_place desk = *at;

        if (desks[i].paused) {
            continue;
        }
        desk.desk = desks[i].number;
        estimate->desks[estimate->desk_count++] = desks[i].number;
        free_desks += desks[i].at.number == 0;
        good = add_before(session, &desk, number->id, &before, error);
    }
    if (good && estimate->desk_count == 0) {
        struct store_queue_place any = *at;

        any.desk = 0;
        good = add_before(session, &any, number->id, &before, error);
    }
    estimate->ahead = (int)before.count;
    if (good && estimate->desk_count > 0 && middle_s > 0 &&
        number->state == QUEUE_WAITING) {
        estimate->wait_minutes = minutes_of(middle_s, estimate->ahead, free_desks,
                                            (int)estimate->desk_count);
    }
    free(before.list);
    return good;
}

/* --- the whole sight ------------------------------------------------------------- */

struct looking {
    const struct queue *queue;
    struct queue_place at;
    struct queue_sight *sight;
};

static bool
work_look(struct store_session *session, void *data, struct error *error)
{
    const struct looking *looking = data;
    struct queue_sight *sight = looking->sight;
    const struct queue_number none = {.id = 0};
    struct numbers waiting = {0}, mine = {0}, called = {0};
    struct queue_estimate estimate;
    struct store_queue_place at, any;
    bool good;

    if (!queue_find_place(looking->queue->book, session, looking->at, &at, error)) {
        return false;
    }
    any = at;
    any.desk = 0;
    good = store_queue_each_waiting(session, &any, take_number, &waiting, error) &&
           store_queue_each_waiting(session, &at, take_number, &mine, error) &&
           store_queue_each_called(session, &at, take_number, &called, error) &&
           queue_desks_there(session, &at, NULL, sight->desks, &sight->desk_count,
                             error) &&
           queue_estimate(session, &any, &none, &estimate, error) &&
           store_queue_desk_count(session, at.location, &sight->desks_to_show, error);
    sight->now = at.now;
    sight->waiting = waiting.list;
    sight->waiting_count = waiting.count;
    sight->called = called.list;
    sight->called_count = called.count;
    sight->next = good && mine.count > 0 ? mine.list[0].id : 0;
    sight->wait_minutes = good ? estimate.wait_minutes : -1;
    free(mine.list);
    return good;
}

bool
queue_look(struct queue *queue, struct queue_place at, struct queue_sight *sight,
           struct error *error)
{
    struct looking looking = {.queue = queue, .at = at, .sight = sight};

    memset(sight, 0, sizeof(*sight));
    if (store_read(queue->store, work_look, &looking, error)) {
        return true;
    }
    queue_sight_finish(sight);
    return false;
}

void
queue_sight_finish(struct queue_sight *sight)
{
    free(sight->waiting);
    free(sight->called);
    memset(sight, 0, sizeof(*sight));
}
