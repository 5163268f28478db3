#include "ui/font_memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Spreads keys that differ in few bits (the finish of MurmurHash3). */
static uint64_t
mix(uint64_t key)
{
    key ^= key >> 33;
    key *= 0xFF51AFD7ED558CCDu;
    key ^= key >> 33;
    key *= 0xC4CEB9FE1A85EC53u;
    return key ^ key >> 33;
}

/* --- numbers ----------------------------------------------------------------- */

struct memo_slot {
    uint64_t key; /* 0: free */
    int32_t value;
};

struct memo {
    struct memo_slot *slots;
    size_t mask, count;
};

struct memo *
memo_create(size_t slots)
{
    struct memo *memo = memory_allocate(1, sizeof(*memo));

    assert((slots & (slots - 1)) == 0);
    memo->slots = memory_allocate(slots, sizeof(*memo->slots));
    memo->mask = slots - 1;
    return memo;
}

void
memo_destroy(struct memo *memo)
{
    if (memo != NULL) {
        free(memo->slots);
        free(memo);
    }
}

static struct memo_slot *
memo_slot_of(const struct memo *memo, uint64_t key)
{
    size_t at = mix(key) & memo->mask;

    while (memo->slots[at].key != 0 && memo->slots[at].key != key) {
        at = (at + 1) & memo->mask;
    }
    return &memo->slots[at];
}

bool
memo_find(const struct memo *memo, uint64_t key, int32_t *value)
{
    const struct memo_slot *slot = memo_slot_of(memo, key);

    *value = slot->value;
    return slot->key != 0;
}

void
memo_add(struct memo *memo, uint64_t key, int32_t value)
{
    struct memo_slot *slot;

    assert(key != 0);
    if (memo->count > memo->mask / 4 * 3) {
        memo_forget(memo);
    }
    slot = memo_slot_of(memo, key);
    memo->count += slot->key == 0;
    *slot = (struct memo_slot){key, value};
}

void
memo_forget(struct memo *memo)
{
    memory_wipe(memo->slots, (memo->mask + 1) * sizeof(*memo->slots));
    memo->count = 0;
}

/* --- glyphs ------------------------------------------------------------------ */

#define ATLAS_GLYPHS 4096

struct atlas_slot {
    uint64_t key; /* 0: free */
    struct coverage coverage;
};

struct atlas {
    uint8_t *pixels;
    int width, height;
    int shelf_y, shelf_height, shelf_x;
    struct atlas_slot slots[ATLAS_GLYPHS];
    size_t count;
};

struct atlas *
atlas_create(int width, int height)
{
    struct atlas *atlas = memory_allocate(1, sizeof(*atlas));

    atlas->pixels = memory_allocate((size_t)width * (size_t)height, 1);
    atlas->width = width;
    atlas->height = height;
    return atlas;
}

void
atlas_destroy(struct atlas *atlas)
{
    if (atlas != NULL) {
        free(atlas->pixels);
        free(atlas);
    }
}

static size_t
atlas_slot_of(const struct atlas *atlas, uint64_t key)
{
    size_t at = mix(key) % ATLAS_GLYPHS;

    while (atlas->slots[at].key != 0 && atlas->slots[at].key != key) {
        at = (at + 1) % ATLAS_GLYPHS;
    }
    return at;
}

const struct coverage *
atlas_find(const struct atlas *atlas, uint64_t key)
{
    const struct atlas_slot *slot = &atlas->slots[atlas_slot_of(atlas, key)];

    return slot->key != 0 ? &slot->coverage : NULL;
}

static void
atlas_restart(struct atlas *atlas)
{
    memset(atlas->slots, 0, sizeof(atlas->slots));
    atlas->count = 0;
    atlas->shelf_x = atlas->shelf_y = atlas->shelf_height = 0;
}

/* A place of this size on a shelf, or NULL when the atlas is full. */
static uint8_t *
atlas_place(struct atlas *atlas, int width, int height)
{
    uint8_t *place;

    if (atlas->shelf_x + width > atlas->width || height > atlas->shelf_height) {
        atlas->shelf_y += atlas->shelf_height;
        atlas->shelf_x = 0;
        /* Rounded up, so that the next letters of this size fit beside it. */
        atlas->shelf_height = (height + 7) / 8 * 8;
    }
    if (atlas->shelf_y + atlas->shelf_height > atlas->height) {
        return NULL;
    }
    place =
        atlas->pixels + (size_t)atlas->shelf_y * (size_t)atlas->width + atlas->shelf_x;
    atlas->shelf_x += width;
    return place;
}

const struct coverage *
atlas_add(struct atlas *atlas, uint64_t key, const struct coverage *coverage)
{
    struct atlas_slot *slot;
    uint8_t *place;

    assert(key != 0);
    if (coverage->width > atlas->width || coverage->height + 7 > atlas->height) {
        return NULL;
    }
    place = atlas->count < ATLAS_GLYPHS / 4 * 3
                ? atlas_place(atlas, coverage->width, coverage->height)
                : NULL;
    if (place == NULL) {
        atlas_restart(atlas);
        place = atlas_place(atlas, coverage->width, coverage->height);
    }
    for (int y = 0; y < coverage->height; y++) {
        memcpy(place + (size_t)y * (size_t)atlas->width,
               coverage->data + (size_t)y * (size_t)coverage->stride,
               (size_t)coverage->width);
    }
    slot = &atlas->slots[atlas_slot_of(atlas, key)];
    slot->key = key;
    slot->coverage = *coverage;
    slot->coverage.data = place;
    slot->coverage.stride = atlas->width;
    atlas->count++;
    return &slot->coverage;
}

/* --- lines ------------------------------------------------------------------- */

#define LINES_MAX 256

struct kept_line {
    uint64_t setting;
    const char *text;
    size_t length;
    struct coverage coverage;
};

struct line_store {
    uint8_t *bytes;
    size_t size, used;
    struct kept_line lines[LINES_MAX];
    size_t count;
};

struct line_store *
line_store_create(size_t bytes)
{
    struct line_store *store = memory_allocate(1, sizeof(*store));

    store->bytes = memory_allocate(bytes, 1);
    store->size = bytes;
    return store;
}

void
line_store_destroy(struct line_store *store)
{
    if (store != NULL) {
        line_store_forget(store);
        free(store->bytes);
        free(store);
    }
}

const struct coverage *
line_store_find(const struct line_store *store, const char *text, size_t length,
                uint64_t setting)
{
    for (size_t i = 0; i < store->count; i++) {
        const struct kept_line *line = &store->lines[i];

        if (line->length == length && line->setting == setting &&
            memcmp(line->text, text, length) == 0)
        {
            return &line->coverage;
        }
    }
    return NULL;
}

const struct coverage *
line_store_add(struct line_store *store, const char *text, size_t length,
               uint64_t setting, const struct coverage *coverage)
{
    size_t picture = (size_t)coverage->width * (size_t)coverage->height;
    struct kept_line *line;
    uint8_t *place;

    if (length + picture > store->size) {
        return NULL;
    }
    if (store->count == LINES_MAX || length + picture > store->size - store->used) {
        line_store_forget(store);
    }
    place = store->bytes + store->used;
    line = &store->lines[store->count++];
    *line = (struct kept_line){setting, (const char *)place, length, *coverage};
    memcpy(place, text, length);
    for (int y = 0; y < coverage->height; y++) {
        memcpy(place + length + (size_t)y * (size_t)coverage->width,
               coverage->data + (size_t)y * (size_t)coverage->stride,
               (size_t)coverage->width);
    }
    line->coverage.data = place + length;
    line->coverage.stride = coverage->width;
    store->used += length + picture;
    return &line->coverage;
}

void
line_store_forget(struct line_store *store)
{
    memory_wipe(store->bytes, store->used);
    memory_wipe(store->lines, sizeof(store->lines));
    store->count = store->used = 0;
}
