#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "base/zone_parse.h"
#include "base/zone_rule.h"

#define ZONE_FOLDER "/usr/share/zoneinfo/"
#define FILE_BYTES_MAX (256u << 10) /* the longest of tzdata is 4 KiB */
#define HEADER_BYTES 44
#define COUNT_MAX 10000  /* of anything in a file: no overflow in the sizes */
#define OFFSET_MAX 93599 /* RFC 8536 §3.2: less than 26 hours */
#define OFFSET_MIN (-89999)
#define SECONDS_A_DAY 86400

struct zone {
    char name[64];
    size_t count; /* of changes */
    int64_t *times;
    int *offsets;     /* from that time on */
    int first_offset; /* before the first change */
    bool has_rule;    /* for what comes after the last one */
    struct zone_rule rule;
};

struct header {
    char version;
    size_t is_utc, is_standard, leaps, times, types, characters;
};

static uint32_t
read_32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | bytes[3];
}

static int64_t
read_time(const uint8_t *bytes, size_t width)
{
    if (width == 4) {
        return (int32_t)read_32(bytes);
    }
    return (int64_t)((uint64_t)read_32(bytes) << 32 | read_32(bytes + 4));
}

static bool
read_header(const uint8_t *bytes, size_t length, struct header *header)
{
    if (length < HEADER_BYTES || memcmp(bytes, "TZif", 4) != 0) {
        return false;
    }
    *header = (struct header){
        .version = (char)bytes[4],
        .is_utc = read_32(bytes + 20),
        .is_standard = read_32(bytes + 24),
        .leaps = read_32(bytes + 28),
        .times = read_32(bytes + 32),
        .types = read_32(bytes + 36),
        .characters = read_32(bytes + 40),
    };
    return header->is_utc <= COUNT_MAX && header->is_standard <= COUNT_MAX &&
           header->leaps <= COUNT_MAX && header->times <= COUNT_MAX &&
           header->types >= 1 && header->types <= COUNT_MAX &&
           header->characters <= COUNT_MAX;
}

static size_t
data_bytes(const struct header *header, size_t width)
{
    return header->times * (width + 1) + header->types * 6 + header->characters +
           header->leaps * (width + 4) + header->is_standard + header->is_utc;
}

static bool
read_offset(const uint8_t *types, size_t index, int *offset_s)
{
    *offset_s = (int32_t)read_32(types + 6 * index);
    return *offset_s >= OFFSET_MIN && *offset_s <= OFFSET_MAX;
}

/* The changes of one data block; false when they contradict themselves. */
static bool
read_changes(struct zone *zone, const uint8_t *data, const struct header *header,
             size_t width)
{
    const uint8_t *indexes = data + header->times * width;
    const uint8_t *types = indexes + header->times;

    if (header->leaps > 0 || !read_offset(types, 0, &zone->first_offset)) {
        return false; /* a "right/" zone counts other seconds than a clock does */
    }
    zone->count = header->times;
    zone->times = memory_allocate(zone->count, sizeof(zone->times[0]));
    zone->offsets = memory_allocate(zone->count, sizeof(zone->offsets[0]));
    for (size_t i = 0; i < zone->count; i++) {
        zone->times[i] = read_time(data + i * width, width);
        if (indexes[i] >= header->types ||
            !read_offset(types, indexes[i], &zone->offsets[i]) ||
            (i > 0 && zone->times[i] <= zone->times[i - 1]))
        {
            return false;
        }
    }
    return true;
}

static bool
read_footer(struct zone *zone, const uint8_t *footer, size_t length)
{
    const uint8_t *end;

    if (length < 2 || footer[0] != '\n') {
        return false;
    }
    end = memchr(footer + 1, '\n', length - 1);
    if (end == NULL) {
        return false;
    }
    if (end == footer + 1) {
        return true; /* empty: nothing is promised after the last change */
    }
    zone->has_rule = true;
    return zone_rule_parse((const char *)footer + 1, (size_t)(end - footer - 1),
                           &zone->rule);
}

/* Version 1 has one block of 32-bit times; later ones repeat it with 64 bits. */
static bool
read_zone(struct zone *zone, const uint8_t *bytes, size_t length)
{
    struct header header;
    size_t skipped, width = 4;

    if (!read_header(bytes, length, &header)) {
        return false;
    }
    bytes += HEADER_BYTES;
    length -= HEADER_BYTES;
    if (header.version >= '2') {
        skipped = data_bytes(&header, 4);
        if (length < skipped ||
            !read_header(bytes + skipped, length - skipped, &header)) {
            return false;
        }
        bytes += skipped + HEADER_BYTES;
        length -= skipped + HEADER_BYTES;
        width = 8;
    }
    skipped = data_bytes(&header, width);
    if (length < skipped || !read_changes(zone, bytes, &header, width)) {
        return false;
    }
    return width == 4 || read_footer(zone, bytes + skipped, length - skipped);
}

struct zone *
zone_parse(const char *name, const uint8_t *bytes, size_t length, struct error *error)
{
    struct zone *zone = memory_allocate(1, sizeof(*zone));

    if (!text_copy(zone->name, sizeof(zone->name), name) ||
        !read_zone(zone, bytes, length)) {
        error_set(error, ERROR_BAD_INPUT, "zone %s: is no usable TZif file", name);
        zone_close(zone);
        return NULL;
    }
    return zone;
}

/* "Europe/Amsterdam", and no way out of the folder. */
static bool
name_is_safe(const char *name)
{
    size_t allowed = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789_+-/");

    return allowed > 0 && name[allowed] == '\0' && name[0] != '/';
}

struct zone *
zone_open(const char *name, struct error *error)
{
    char path[PATH_MAX];
    struct text text = text_begin(path, sizeof(path));
    struct zone *zone;
    size_t length;
    char *bytes;

    text_format(&text, "%s%s", ZONE_FOLDER, name);
    if (text.truncated || !name_is_safe(name)) {
        error_set(error, ERROR_BAD_INPUT, "zone %s: is no name of a zone", name);
        return NULL;
    }
    bytes = file_read(path, FILE_BYTES_MAX, &length, error);
    if (bytes == NULL) {
        error_prefix(error, "zone %s", name);
        return NULL;
    }
    zone = zone_parse(name, (const uint8_t *)bytes, length, error);
    free(bytes);
    return zone;
}

void
zone_close(struct zone *zone)
{
    if (zone == NULL) {
        return;
    }
    free(zone->times);
    free(zone->offsets);
    free(zone);
}

const char *
zone_name(const struct zone *zone)
{
    return zone->name;
}

int
zone_offset_s(const struct zone *zone, int64_t instant)
{
    size_t low = 0, high = zone->count; /* the changes at or before `instant` */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (zone->times[middle] <= instant) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == zone->count && zone->has_rule) {
        return zone_rule_offset_s(&zone->rule, instant);
    }
    return low == 0 ? zone->first_offset : zone->offsets[low - 1];
}

struct civil
zone_civil(const struct zone *zone, int64_t instant)
{
    int64_t local = instant + zone_offset_s(zone, instant);
    int64_t days = local / SECONDS_A_DAY - (local % SECONDS_A_DAY < 0 ? 1 : 0);
    int second = (int)(local - days * SECONDS_A_DAY);

    return (struct civil){
        .date = date_from_days(days),
        .hour = second / 3600,
        .minute = second / 60 % 60,
        .second = second % 60,
    };
}

/*
 * A change lies at most a day from the clock time read as UTC, and no two changes
 * lie so close together: the offset that holds is that of a day before or after.
 */
int64_t
zone_instant(const struct zone *zone, struct civil civil)
{
    int64_t local = date_to_days(civil.date) * SECONDS_A_DAY + civil.hour * 3600 +
                    civil.minute * 60 + civil.second;
    int before = zone_offset_s(zone, local - SECONDS_A_DAY);
    int after = zone_offset_s(zone, local + SECONDS_A_DAY);
    bool before_holds = zone_offset_s(zone, local - before) == before;
    bool after_holds = zone_offset_s(zone, local - after) == after;

    if (after_holds && (!before_holds || after > before)) {
        return local - after;
    }
    return local - before; /* the first of two, or past the gap */
}
