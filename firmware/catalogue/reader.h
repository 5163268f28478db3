#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "catalogue/arena.h"
#include "catalogue/catalogue.h"
#include "catalogue/catalogue_check.h"

/*
 * How a catalogue is read: an object is a table of fields, a field a function
 * that checks one value and stores it. What is wrong is reported with its place
 * and reading goes on, so that an editor sees everything at once; a target whose
 * value was wrong keeps an empty value that is safe to look at.
 */

/* Where a value stands in the file: a chain up to the root, on the C stack. */
struct place {
    const struct place *parent; /* NULL at the root */
    const char *name;           /* of a member; NULL for an item of a list */
    size_t index;
    const struct json *json;
};

struct reader {
    struct arena *arena;
    struct catalogue_problems *problems;
    bool advise;
    struct catalogue
        *catalogue; /* its lists are there, with their ids, from the start */
    struct location *locations; /* the same, to write to */
    struct question *questions;
    struct product *products;
    struct life_event *events;
    struct partner *partners;
    const struct product *product; /* being read: conditions speak of its questions */
};

struct field;

typedef void (*field_read)(struct reader *reader, const struct place *place,
                           const struct field *field, void *target);

enum {
    FIELD_REQUIRED = 1,
    FIELD_TEXT = 2, /* the target is a const char *, "" when absent */
};

struct field {
    const char *name;
    field_read read;
    size_t offset; /* of the target in the object's struct */
    unsigned flags;
    int min, max; /* of a number; characters of a text, 0: TEXT_CHARACTERS_MAX */
};

#define TEXT_CHARACTERS_MAX 400
#define PRINTED_CHARACTERS_MAX 40 /* a line of the ticket */

/* Reports: a whole sentence part that follows "path: ". */
void reader_problem(struct reader *reader, const struct place *place,
                    const char *format, ...) __attribute__((format(printf, 3, 4)));
void reader_advice(struct reader *reader, const struct place *place, const char *format,
                   ...) __attribute__((format(printf, 3, 4)));

struct place place_member(const struct place *parent, const char *name);
struct place place_item(const struct place *parent, size_t index);

/* A value as it is shown in a message: "\"12\"", "12", "a list". */
#define VALUE_TEXT_BYTES 360
const char *value_text(const struct json *json, char text[VALUE_TEXT_BYTES]);

/* Reads by the table and refuses members that are not in it. */
void reader_object(struct reader *reader, const struct place *place,
                   const struct field *fields, size_t count, void *target);
#define READ_OBJECT(reader, place, fields, target)                                     \
    reader_object(reader, place, fields, sizeof(fields) / sizeof((fields)[0]), target)

/* Reads a list into new memory; `owner` is passed on to `read`. */
struct list_shape {
    size_t min, max, size;
    void (*read)(struct reader *reader, const struct place *place, void *owner,
                 void *item);
};
void *reader_list(struct reader *reader, const struct place *place,
                  const struct list_shape *shape, void *owner, size_t *count);

/* Items whose struct begins with `const char *id`. */
void reader_check_unique(struct reader *reader, const struct place *place,
                         const void *items, size_t count, size_t size);
const void *reader_find(const void *items, size_t count, size_t size, const char *id);

/*
 * The item that the text at `place` names; NULL, reported as "there is no question
 * \"x\"", when there is none.
 */
const void *
reader_reference(struct reader *reader, const struct place *place, const char *kind,
                 const void *items, size_t count, size_t size);

/* The text at `place`, NULL (reported) when it is no clean text of 1 to max characters.
 */
const char *reader_text(struct reader *reader, const struct place *place, int max);

/* Fields. */
void read_text(struct reader *, const struct place *, const struct field *, void *);
void read_id(struct reader *, const struct place *, const struct field *, void *);
void read_appointment_id(struct reader *, const struct place *, const struct field *,
                         void *);
void read_icon(struct reader *, const struct place *, const struct field *, void *);
void read_phone(struct reader *, const struct place *, const struct field *, void *);
void read_url(struct reader *, const struct place *, const struct field *, void *);
void read_address(struct reader *, const struct place *, const struct field *, void *);
void read_integer(struct reader *, const struct place *, const struct field *, void *);
void read_number(struct reader *, const struct place *, const struct field *, void *);
void read_boolean(struct reader *, const struct place *, const struct field *, void *);
void read_date(struct reader *, const struct place *, const struct field *, void *);
void read_week(struct reader *, const struct place *, const struct field *, void *);
/* The target is the whole struct opening. */
void
read_exceptions(struct reader *, const struct place *, const struct field *, void *);
void read_words(struct reader *, const struct place *, const struct field *, void *);
void
read_search_words(struct reader *, const struct place *, const struct field *, void *);

void read_product_reference(struct reader *, const struct place *, const struct field *,
                            void *);
void read_partner_reference(struct reader *, const struct place *, const struct field *,
                            void *);

void
read_condition(struct reader *, const struct place *, const struct field *, void *);

/* The option at `place` as an answer to a question of the product; reports. */
bool read_answer(struct reader *reader, const struct place *place,
                 const struct product *product, const char *question_id,
                 struct answer *answer);

/* One top-level list each; the arrays and ids are there already. */
void read_locations(struct reader *reader, const struct place *place);
void read_questions(struct reader *reader, const struct place *place);
void read_products(struct reader *reader, const struct place *place);
void read_events(struct reader *reader, const struct place *place);
void read_partners(struct reader *reader, const struct place *place);

/* What can only be seen in the whole. */
void check_whole(struct reader *reader, const struct place *root);

/* Advice on a Dutch text: long sentences, words of the office. */
void advise_plain_language(struct reader *reader, const struct place *place,
                           const char *text);
