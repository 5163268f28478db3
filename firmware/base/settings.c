#include "base/settings.h"

#include <assert.h>
#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/settings_parse.h"
#include "base/text.h"

#define FILE_BYTES_MAX (64u << 10)

/* A value that was read, kept apart until the whole file is found right. */
struct value {
    int line; /* 0: not in the file */
    int number;
    char *text;
};

struct reader {
    const char *path;
    const struct setting *settings;
    struct value *values;
    size_t count;
    const char *other_sections;
    const char *at, *end;
    int line;       /* that inih has now */
    int wrong_line; /* of the first error; 0 when there is none */
    struct error *error;
};

static bool refuse(struct reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The line at hand is wrong; its place is put in front of the message later. */
static bool
refuse(struct reader *reader, const char *format, ...)
{
    va_list arguments;

    reader->wrong_line = reader->line;
    reader->error->kind = ERROR_BAD_INPUT;
    va_start(arguments, format);
    vsnprintf(reader->error->message, sizeof(reader->error->message), format,
              arguments);
    va_end(arguments);
    return false;
}

/* fgets() for inih, with a line's indent taken off: to inih it would continue. */
static char *
next_line(char *target, int size, void *data)
{
    struct reader *reader = data;
    const char *newline;
    size_t length;

    if (reader->at == reader->end || reader->wrong_line != 0) {
        return NULL;
    }
    reader->line++;
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t')) {
        reader->at++;
    }
    newline = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    length = newline != NULL ? (size_t)(newline + 1 - reader->at)
                             : (size_t)(reader->end - reader->at);
    if (length >= (size_t)size) {
        refuse(reader, "is longer than %d bytes", size - 2);
        return NULL;
    }
    if (memchr(reader->at, '\0', length) != NULL) {
        refuse(reader, "holds a NUL character");
        return NULL;
    }
    memcpy(target, reader->at, length);
    target[length] = '\0';
    reader->at += length;
    return target;
}

/* Whether `word` is one of "a|b|c", and which. */
static bool
find_word(const char *words, const char *word, int *place)
{
    size_t length = strlen(word);

    for (*place = 0; words != NULL; (*place)++) {
        size_t next = strcspn(words, "|");

        if (next == length && strncmp(words, word, length) == 0) {
            return true;
        }
        words = words[next] == '|' ? words + next + 1 : NULL;
    }
    return false;
}

/* "a|b|c" as "a, b or c". */
static void
list_words(struct text *list, const char *words)
{
    for (const char *at = words; *at != '\0';) {
        size_t next = strcspn(at, "|");
        const char *rest = at[next] == '|' ? at + next + 1 : at + next;

        if (at != words) {
            text_add(list, *rest == '\0' ? " or " : ", ");
        }
        text_add_bytes(list, at, next);
        at = rest;
    }
}

static bool
read_integer(const char *text, int min, int max, int *number)
{
    char *end;
    long read = strtol(text, &end, 10);
    bool has_digit = text[0] >= '0' && text[0] <= '9';
    bool has_minus = text[0] == '-' && text[1] >= '0' && text[1] <= '9';

    if ((!has_digit && !has_minus) || *end != '\0' || read < min || read > max) {
        return false;
    }
    *number = (int)read;
    return true;
}

static bool
read_boolean(const char *text, int *number)
{
    int place;

    if (!find_word("no|yes|false|true", text, &place)) {
        return false;
    }
    *number = place % 2;
    return true;
}

/* The value of one setting, or an error that says what it must be. */
static bool
read_value(struct reader *reader, const struct setting *setting, const char *text,
           struct value *value)
{
    char wanted[200];
    struct text list = text_begin(wanted, sizeof(wanted));

    if (!text_is_clean(text)) {
        return refuse(reader, "[%s] %s: is not clean UTF-8 text", setting->section,
                      setting->name);
    }
    switch (setting->type) {
    case SETTING_TEXT:
        if (strlen(text) < setting->size) {
            value->text = memory_copy_text(text);
            return true;
        }
        return refuse(reader, "[%s] %s: must be at most %zu bytes long",
                      setting->section, setting->name, setting->size - 1);
    case SETTING_INTEGER:
        if (read_integer(text, setting->min, setting->max, &value->number)) {
            return true;
        }
        text_format(&list, "a whole number from %d to %d", setting->min, setting->max);
        break;
    case SETTING_BOOLEAN:
        if (read_boolean(text, &value->number)) {
            return true;
        }
        text_add(&list, "yes or no");
        break;
    case SETTING_CHOICE:
        if (find_word(setting->choices, text, &value->number)) {
            return true;
        }
        list_words(&list, setting->choices);
        break;
    }
    return refuse(reader, "[%s] %s: must be %s, not %.40s", setting->section,
                  setting->name, wanted, text);
}

/* Says which names the section has, or which sections there are. */
static bool
refuse_unknown(struct reader *reader, const char *section, const char *name)
{
    char known[300];
    struct text list = text_begin(known, sizeof(known));
    const char *last_section = "";
    bool has_section = false;

    for (size_t i = 0; i < reader->count; i++) {
        if (text_equal(reader->settings[i].section, section)) {
            text_format(&list, "%s%s", has_section ? ", " : "",
                        reader->settings[i].name);
            has_section = true;
        }
    }
    if (has_section) {
        return refuse(reader, "[%.50s] %.50s: is not known; known are %s", section,
                      name, known);
    }
    for (size_t i = 0; i < reader->count; i++) {
        if (!text_equal(reader->settings[i].section, last_section)) {
            text_format(&list, "%s[%s]", list.length > 0 ? ", " : "",
                        reader->settings[i].section);
            last_section = reader->settings[i].section;
        }
    }
    return refuse(reader, "[%.50s]: is not known; known are %s", section, known);
}

/* One `name = value` from inih; 0 makes it remember the line as wrong. */
static int
on_entry(void *data, const char *section, const char *name, const char *text)
{
    struct reader *reader = data;
    int place;

    if (reader->wrong_line != 0) {
        return false;
    }
    for (size_t i = 0; i < reader->count; i++) {
        const struct setting *setting = &reader->settings[i];

        if (!text_equal(setting->section, section) || !text_equal(setting->name, name))
        {
            continue;
        }
        if (reader->values[i].line != 0) {
            return refuse(reader, "[%s] %s: is set twice, first in line %d", section,
                          name, reader->values[i].line);
        }
        reader->values[i].line = reader->line;
        return read_value(reader, setting, text, &reader->values[i]);
    }
    if (find_word(reader->other_sections, section, &place)) {
        return true;
    }
    return refuse_unknown(reader, section, name);
}

static void
apply(const struct setting *setting, const struct value *value)
{
    if (value->line == 0) {
        return;
    }
    if (setting->line != NULL) {
        *setting->line = value->line;
    }
    switch (setting->type) {
    case SETTING_TEXT:
        text_copy(setting->target, setting->size, value->text);
        break;
    case SETTING_BOOLEAN:
        *(bool *)setting->target = value->number != 0;
        break;
    case SETTING_INTEGER:
    case SETTING_CHOICE:
        *(int *)setting->target = value->number;
        break;
    }
}

bool
settings_parse(const char *path, const char *text, size_t length,
               const struct setting *settings, size_t count, const char *other_sections,
               struct error *error)
{
    struct value *values = memory_allocate(count, sizeof(values[0]));
    struct reader reader = {
        .path = path,
        .settings = settings,
        .values = values,
        .count = count,
        .other_sections = other_sections,
        .at = text,
        .end = text + length,
        .error = error,
    };
    int result = ini_parse_stream(next_line, &reader, on_entry, &reader);

    assert(result >= 0); /* there is no file to open and the line is on the stack */
    if (result > 0 && (reader.wrong_line == 0 || result < reader.wrong_line)) {
        error_set(error, ERROR_BAD_INPUT, "must be [section] or name = value");
        reader.wrong_line = result;
    }
    if (reader.wrong_line != 0) {
        error_prefix(error, "%s line %d", path, reader.wrong_line);
    }
    for (size_t i = 0; i < count; i++) {
        if (reader.wrong_line == 0) {
            apply(&settings[i], &values[i]);
        }
        free(values[i].text);
    }
    free(values);
    return reader.wrong_line == 0;
}

bool
settings_read(const char *path, const struct setting *settings, size_t count,
              const char *other_sections, struct error *error)
{
    size_t length;
    char *text = file_read(path, FILE_BYTES_MAX, &length, error);
    bool read;

    if (text == NULL) {
        return false;
    }
    read = settings_parse(path, text, length, settings, count, other_sections, error);
    free(text);
    return read;
}
