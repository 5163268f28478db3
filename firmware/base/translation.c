#include "base/translation.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/plural.h"
#include "base/text.h"
#include "base/translation_parse.h"

#define FILE_BYTES_MAX (4u << 20)
#define MAGIC 0x950412DEu
#define HEADER_BYTES 20
#define KEY_BYTES_MAX 1024
#define CONTEXT_END "\004" /* between msgctxt and msgid */

struct entry {
    const char *message; /* with its context; NUL-ended, perhaps with a plural after */
    const char *forms;   /* each ends in NUL */
    size_t message_bytes, forms_bytes; /* with the last NUL */
};

struct translation {
    char *bytes;
    struct entry *entries; /* sorted by message */
    size_t count;
    struct plural plural;
};

static uint32_t
read_number(const char *at, bool is_swapped)
{
    uint32_t number;

    memcpy(&number, at, sizeof(number));
    return is_swapped ? __builtin_bswap32(number) : number;
}

/* The text that the descriptor at `table` points to; NULL when it lies outside. */
static const char *
read_text(const char *bytes, size_t length, size_t table, bool is_swapped, size_t *size)
{
    uint32_t text_length = read_number(bytes + table, is_swapped);
    uint32_t offset = read_number(bytes + table + 4, is_swapped);

    if (offset >= length || text_length >= length - offset ||
        bytes[offset + text_length] != '\0')
    {
        return NULL;
    }
    *size = (size_t)text_length + 1;
    return bytes + offset;
}

static bool
forms_are_clean(const struct entry *entry)
{
    const char *at = entry->forms;

    while (at < entry->forms + entry->forms_bytes) {
        const char *start = at;

        if (*at == '\0') {
            at++; /* the end of a form */
        } else if (text_next(&at) == 0xFFFDu && at - start == 1) {
            return false;
        }
    }
    return true;
}

/* Fills the entries; NULL, or what is wrong with the file. */
static const char *
read_entries(struct translation *translation, size_t length)
{
    const char *bytes = translation->bytes;
    bool is_swapped;
    uint32_t count, messages, forms;
    size_t size;

    if (length < HEADER_BYTES ||
        (read_number(bytes, false) != MAGIC && read_number(bytes, true) != MAGIC))
    {
        return "is no .mo file";
    }
    is_swapped = read_number(bytes, true) == MAGIC;
    if (read_number(bytes + 4, is_swapped) >> 16 > 1) {
        return "is of an unknown version";
    }
    count = read_number(bytes + 8, is_swapped);
    messages = read_number(bytes + 12, is_swapped);
    forms = read_number(bytes + 16, is_swapped);
    if (count > length / 16 || messages > length - 8 * (size_t)count ||
        forms > length - 8 * (size_t)count)
    {
        return "is cut off";
    }
    translation->entries = memory_allocate(count, sizeof(translation->entries[0]));
    translation->count = count;
    for (size_t i = 0; i < count; i++) {
        struct entry *entry = &translation->entries[i];

        entry->message = read_text(bytes, length, messages + 8 * i, is_swapped, &size);
        entry->message_bytes = size;
        entry->forms =
            read_text(bytes, length, forms + 8 * i, is_swapped, &entry->forms_bytes);
        if (entry->message == NULL || entry->forms == NULL) {
            return "points outside itself";
        }
        if (i > 0 && strcmp(entry[-1].message, entry->message) >= 0) {
            return "is not sorted";
        }
        if (!forms_are_clean(entry)) {
            return "is not UTF-8";
        }
    }
    return NULL;
}

static const struct entry *
find(const struct translation *translation, const char *message)
{
    size_t low = 0, high = translation != NULL ? translation->count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(translation->entries[middle].message, message);

        if (order == 0) {
            return &translation->entries[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* The translation of the empty text is the file's header. */
static bool
read_plural(struct translation *translation)
{
    static const char name[] = "Plural-Forms:";
    const struct entry *header = find(translation, "");
    const char *line = header != NULL ? strstr(header->forms, name) : NULL;

    return plural_parse(line != NULL ? line + sizeof(name) - 1
                                     : "nplurals=2; plural=n != 1;",
                        &translation->plural);
}

struct translation *
translation_parse(const void *bytes, size_t length, struct error *error)
{
    struct translation *translation = memory_allocate(1, sizeof(*translation));
    const char *wrong;

    translation->bytes = memory_allocate(1, length);
    if (length > 0) {
        memcpy(translation->bytes, bytes, length);
    }
    wrong = read_entries(translation, length);
    if (wrong == NULL && !read_plural(translation)) {
        wrong = "has Plural-Forms that cannot be read";
    }
    if (wrong != NULL) {
        error_set(error, ERROR_BAD_INPUT, "translation: %s", wrong);
        translation_close(translation);
        return NULL;
    }
    return translation;
}

struct translation *
translation_open(const char *directory, const char *language, struct error *error)
{
    char path[PATH_MAX];
    struct text text = text_begin(path, sizeof(path));
    struct translation *translation;
    size_t length;
    char *bytes;

    text_format(&text, "%s/%s.mo", directory, language);
    bytes = file_read(path, FILE_BYTES_MAX, &length, error);
    if (bytes == NULL) {
        error_prefix(error, "translation");
        return NULL;
    }
    translation = translation_parse(bytes, length, error);
    free(bytes);
    if (translation == NULL) {
        error_prefix(error, "%s", path);
    }
    return translation;
}

void
translation_close(struct translation *translation)
{
    if (translation == NULL) {
        return;
    }
    free(translation->bytes);
    free(translation->entries);
    free(translation);
}

const char *
translate(const struct translation *translation, const char *message)
{
    const struct entry *entry = message[0] != '\0' ? find(translation, message) : NULL;

    return entry != NULL && entry->forms[0] != '\0' ? entry->forms : message;
}

const char *
translate_in(const struct translation *translation, const char *context,
             const char *message)
{
    char key[KEY_BYTES_MAX];
    struct text text = text_begin(key, sizeof(key));
    const struct entry *entry;

    text_format(&text, "%s" CONTEXT_END "%s", context, message);
    entry = text.truncated ? NULL : find(translation, key);
    return entry != NULL && entry->forms[0] != '\0' ? entry->forms : message;
}

const char *
translate_count(const struct translation *translation, const char *one,
                const char *many, unsigned long count)
{
    const struct entry *entry = find(translation, one);
    const char *end, *form;

    if (entry == NULL) {
        return count == 1 ? one : many;
    }
    end = entry->forms + entry->forms_bytes;
    form = entry->forms;
    for (unsigned long i = plural_form(&translation->plural, count); i > 0; i--) {
        form += strlen(form) + 1;
        if (form == end) {
            return entry->forms; /* fewer forms than the header says */
        }
    }
    return form[0] != '\0' ? form : count == 1 ? one : many;
}

void
translation_each(const struct translation *translation, translation_seen seen,
                 void *data)
{
    for (size_t i = 0; i < translation->count; i++) {
        const struct entry *entry = &translation->entries[i];
        const char *end = entry->forms + entry->forms_bytes;

        for (const char *form = entry->forms; form < end && entry->message[0] != '\0';
             form += strlen(form) + 1)
        {
            seen(data, entry->message, form);
        }
    }
}

void
translation_each_message(const struct translation *translation,
                         void (*seen)(void *data, const char *message), void *data)
{
    for (size_t i = 0; i < translation->count; i++) {
        const struct entry *entry = &translation->entries[i];
        const char *end = entry->message + entry->message_bytes;
        const char *context = strstr(entry->message, CONTEXT_END);

        for (const char *message = context != NULL ? context + 1 : entry->message;
             message < end; message += strlen(message) + 1)
        {
            seen(data, message);
        }
    }
}
