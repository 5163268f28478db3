#include "audit_vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue_store.h"

#define ALL_LANGUAGES ((1u << LANGUAGE_COUNT) - 1)
#define ROOM (1u << 16) /* several times what six languages need */

struct entry {
    char *word; /* NULL: free */
    unsigned languages;
};

struct vocabulary {
    struct entry entries[ROOM];
    size_t count;
    unsigned languages; /* of what is being added */
};

/* The entry of the word, or the free one that it belongs in. */
static struct entry *
find(struct vocabulary *vocabulary, const char *word)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (const char *at = word; *at != '\0'; at++) {
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    }
    while (vocabulary->entries[hash % ROOM].word != NULL &&
           !text_equal(vocabulary->entries[hash % ROOM].word, word))
    {
        hash++;
    }
    return &vocabulary->entries[hash % ROOM];
}

static void
add_word(void *data, const char *word)
{
    struct vocabulary *vocabulary = data;
    struct entry *entry = find(vocabulary, word);

    if (entry->word == NULL) {
        if (vocabulary->count >= ROOM / 2) {
            return; /* what is not known is told of: no fault is missed */
        }
        vocabulary->count++;
        entry->word = memory_allocate(1, strlen(word) + 1);
        strcpy(entry->word, word);
    }
    entry->languages |= vocabulary->languages;
}

static void
add_text(struct vocabulary *vocabulary, const char *text, unsigned languages)
{
    vocabulary->languages = languages;
    audit_each_word(text, add_word, vocabulary);
}

/* --- translations ----------------------------------------------------------------- */

static void
add_form(void *data, const char *message, const char *form)
{
    (void)message;
    audit_each_word(form, add_word, data);
}

static void
add_message(void *data, const char *message)
{
    audit_each_word(message, add_word, data);
}

static void
add_translations(struct vocabulary *vocabulary,
                 struct translation *const translations[LANGUAGE_COUNT])
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        vocabulary->languages = 1u << i;
        if (translations[i] != NULL) {
            translation_each(translations[i], add_form, vocabulary);
        }
    }
    /* The sources speak English; what of it has no Dutch, no screen says. */
    vocabulary->languages = 1u << LANGUAGE_EN;
    translation_each_message(translations[LANGUAGE_NL], add_message, vocabulary);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        add_text(vocabulary, language_name((enum language)i), 1u << i);
    }
}

/* --- the catalogue ---------------------------------------------------------------- */

static bool
is_text(const struct json *value)
{
    return value != NULL && json_type(value) == JSON_STRING;
}

static bool
is_in_languages(const struct json *value)
{
    return json_type(value) == JSON_OBJECT && is_text(json_member(value, "nl"));
}

static void
add_in_languages(struct vocabulary *vocabulary, const struct json *words, bool name)
{
    for (const struct json *text = json_first(words); text != NULL;
         text = json_next(text)) {
        enum language language;

        if (is_text(text) && language_from_code(json_name(text), &language)) {
            add_text(vocabulary, json_string(text),
                     name ? ALL_LANGUAGES : 1u << language);
        }
    }
}

/* What is called so is called so everywhere: a municipality, its places and partners.
 */
static void
add_names(struct vocabulary *vocabulary, const struct json *value)
{
    static const char *const names[] = {"name", "short_name", "name_lines"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const struct json *name = json_member(value, names[i]);

        if (name != NULL && json_type(name) == JSON_ARRAY) {
            for (name = json_first(name); name != NULL; name = json_next(name)) {
                add_in_languages(vocabulary, name, true);
            }
        } else if (name != NULL && json_type(name) == JSON_OBJECT) {
            add_in_languages(vocabulary, name, true);
        }
    }
}

/* Nesting is bounded by the reader. */
static void
add_value(struct vocabulary *vocabulary, const struct json *value)
{
    if (is_text(value)) {
        add_text(vocabulary, json_string(value), ALL_LANGUAGES);
    } else if (is_in_languages(value)) {
        add_in_languages(vocabulary, value, false);
    } else if (json_type(value) == JSON_OBJECT || json_type(value) == JSON_ARRAY) {
        for (const struct json *inner = json_first(value); inner != NULL;
             inner = json_next(inner))
        {
            add_value(vocabulary, inner);
        }
    }
}

static void
add_catalogue(struct vocabulary *vocabulary, const struct json *root)
{
    static const char *const named[] = {"locations", "partners"};

    add_value(vocabulary, root);
    add_names(vocabulary, json_member(root, "municipality"));
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
        const struct json *list = json_member(root, named[i]);

        for (const struct json *one = list != NULL ? json_first(list) : NULL;
             one != NULL; one = json_next(one))
        {
            add_names(vocabulary, one);
        }
    }
}

/* --- both ------------------------------------------------------------------------- */

struct vocabulary *
vocabulary_create(const char *path,
                  struct translation *const translations[LANGUAGE_COUNT],
                  struct error *error)
{
    size_t length;
    char *text = file_read(path, CATALOGUE_BYTES_MAX, &length, error);
    struct json *root = text != NULL ? json_parse(text, length, error) : NULL;
    struct vocabulary *vocabulary = NULL;

    if (root != NULL) {
        vocabulary = memory_allocate(1, sizeof(*vocabulary));
        add_translations(vocabulary, translations);
        add_catalogue(vocabulary, root);
    }
    json_destroy(root);
    free(text);
    return vocabulary;
}

void
vocabulary_destroy(struct vocabulary *vocabulary)
{
    if (vocabulary == NULL) {
        return;
    }
    for (size_t i = 0; i < ROOM; i++) {
        free(vocabulary->entries[i].word);
    }
    free(vocabulary);
}

bool
vocabulary_knows(void *vocabulary, enum language language, const char *word)
{
    const struct entry *entry = find(vocabulary, word);

    return entry->word != NULL && (entry->languages & 1u << language) != 0;
}
