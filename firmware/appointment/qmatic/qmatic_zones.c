#include "qmatic_zones.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"

#define BRANCHES_MAX 64 /* remembered; a municipality has a few */

/* There are some hundreds of names in the world, so these don't go on growing. */
struct opened {
    struct opened *next;
    struct zone *zone;
};

struct qmatic_zones {
    pthread_mutex_t lock;
    struct opened *opened;
    const struct zone *fallback;
    struct {
        char id[APPOINTMENT_ID_BYTES];
        const struct zone *zone;
    } branches[BRANCHES_MAX];
    size_t count, next; /* when all are in use the oldest goes */
};

/* NULL when the system doesn't know it. */
static const struct zone *
open_once(struct qmatic_zones *zones, const char *name, struct error *error)
{
    struct opened *opened = zones->opened;
    struct zone *zone;

    while (opened != NULL && !text_equal(zone_name(opened->zone), name)) {
        opened = opened->next;
    }
    if (opened != NULL) {
        return opened->zone;
    }
    zone = zone_open(name, error);
    if (zone == NULL) {
        return NULL;
    }
    opened = memory_allocate(1, sizeof(*opened));
    *opened = (struct opened){zones->opened, zone};
    zones->opened = opened;
    return zone;
}

struct qmatic_zones *
qmatic_zones_create(const char *fallback, struct error *error)
{
    struct qmatic_zones *zones = memory_allocate(1, sizeof(*zones));

    pthread_mutex_init(&zones->lock, NULL);
    zones->fallback = open_once(zones, fallback, error);
    if (zones->fallback == NULL) {
        qmatic_zones_destroy(zones);
        return NULL;
    }
    return zones;
}

void
qmatic_zones_destroy(struct qmatic_zones *zones)
{
    if (zones == NULL) {
        return;
    }
    while (zones->opened != NULL) {
        struct opened *opened = zones->opened;

        zones->opened = opened->next;
        zone_close(opened->zone);
        free(opened);
    }
    pthread_mutex_destroy(&zones->lock);
    free(zones);
}

static size_t
place_of(const struct qmatic_zones *zones, const char *branch)
{
    size_t i = 0;

    while (i < zones->count && !text_equal(zones->branches[i].id, branch)) {
        i++;
    }
    return i;
}

static void
remember(struct qmatic_zones *zones, const char *branch, const struct zone *zone)
{
    size_t place = place_of(zones, branch);

    if (place == BRANCHES_MAX) {
        place = zones->next++ % BRANCHES_MAX;
    } else if (place == zones->count) {
        zones->count++;
    }
    text_copy(zones->branches[place].id, sizeof(zones->branches[place].id), branch);
    zones->branches[place].zone = zone;
}

static const struct zone *
find(const struct qmatic_zones *zones, const char *branch)
{
    size_t place = place_of(zones, branch);

    return place < zones->count ? zones->branches[place].zone : NULL;
}

const struct zone *
qmatic_zones_learn(struct qmatic_zones *zones, const struct qmatic_branch *branch)
{
    const struct zone *zone = NULL;
    struct error ignored;

    pthread_mutex_lock(&zones->lock);
    for (size_t i = 0; zone == NULL && i < 2; i++) {
        zone = branch->zones[i][0] != '\0'
                   ? open_once(zones, branch->zones[i], &ignored)
                   : NULL;
    }
    zone = zone != NULL ? zone : find(zones, branch->location.id);
    zone = zone != NULL ? zone : zones->fallback;
    if (branch->location.id[0] != '\0') {
        remember(zones, branch->location.id, zone);
    }
    pthread_mutex_unlock(&zones->lock);
    return zone;
}

const struct zone *
qmatic_zones_find(struct qmatic_zones *zones, const char *branch)
{
    const struct zone *zone;

    pthread_mutex_lock(&zones->lock);
    zone = find(zones, branch);
    pthread_mutex_unlock(&zones->lock);
    return zone;
}
