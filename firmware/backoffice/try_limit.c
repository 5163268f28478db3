#include "backoffice/try_limit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sign.h"

#define PLACES 4096

struct place {
    int64_t window; /* the number of the window that `wrong` is of */
    int wrong;
};

struct try_limit {
    pthread_mutex_t lock;
    int tries_max;
    uint8_t secret[16]; /* so that nobody can choose whom they share a place with */
    struct place places[PLACES];
};

struct try_limit *
try_limit_create(int tries_max)
{
    struct try_limit *limit = memory_allocate(1, sizeof(*limit));

    pthread_mutex_init(&limit->lock, NULL);
    limit->tries_max = tries_max;
    random_bytes(limit->secret, sizeof(limit->secret));
    return limit;
}

void
try_limit_destroy(struct try_limit *limit)
{
    if (limit == NULL) {
        return;
    }
    pthread_mutex_destroy(&limit->lock);
    free(limit);
}

/* The peer's place, emptied when its window is over. With the lock. */
static struct place *
place_of(struct try_limit *limit, const char *peer, int64_t now_s)
{
    uint8_t text[sizeof(limit->secret) + 64] = {0}, hash[HASH_BYTES];
    size_t length = strnlen(peer, 64);
    int64_t window = now_s / TRY_LIMIT_WINDOW_S;
    struct place *place;

    memcpy(text, limit->secret, sizeof(limit->secret));
    memcpy(text + sizeof(limit->secret), peer, length);
    hash_bytes(text, sizeof(limit->secret) + length, hash);
    place = &limit->places[(hash[0] << 8 | hash[1]) % PLACES];
    if (place->window != window) {
        *place = (struct place){.window = window};
    }
    return place;
}

bool
try_limit_allows(struct try_limit *limit, const char *peer, int64_t now_s)
{
    bool allows;

    pthread_mutex_lock(&limit->lock);
    allows = place_of(limit, peer, now_s)->wrong < limit->tries_max;
    pthread_mutex_unlock(&limit->lock);
    return allows;
}

void
try_limit_note_wrong(struct try_limit *limit, const char *peer, int64_t now_s)
{
    pthread_mutex_lock(&limit->lock);
    place_of(limit, peer, now_s)->wrong++;
    pthread_mutex_unlock(&limit->lock);
}
