#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue_store.h"
#include "catalogue/reader.h"

#define FORMAT 1
#define LOCATIONS_MAX 40
#define QUESTIONS_MAX 200
#define PRODUCTS_MAX 500
#define EVENTS_MAX 40
#define PARTNERS_MAX 200

/* What is handed out begins with the catalogue, so that a pointer to it is enough. */
struct owner {
    struct catalogue catalogue;
    struct arena *arena;
};

/* --- the municipality --------------------------------------------------------- */

static void
read_municipality_id(struct reader *reader, const struct place *place,
                     const struct field *field, void *target)
{
    const char *id = reader_text(reader, place, 6);
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (id == NULL) {
        return;
    }
    if (strlen(id) != 6 || !text_starts_with(id, "gm") ||
        strspn(id + 2, "0123456789") != 4) {
        reader_problem(reader, place,
                       "must be gm and the four digits of the CBS, not %s",
                       value_text(place->json, shown));
        return;
    }
    *(const char **)target = arena_copy_text(reader->arena, id);
}

static void
read_ticket_address(struct reader *reader, const struct place *place,
                    const struct field *field, void *target)
{
    const char *address = reader_text(reader, place, 80);
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (address == NULL) {
        return;
    }
    /* The alphanumeric mode of a QR code, without the space. */
    if (!text_starts_with(address, "HTTPS://") || address[strlen(address) - 1] != '/' ||
        strspn(address, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$%*+-./:") !=
            strlen(address))
    {
        reader_problem(reader, place,
                       "must be a web address in capitals, from HTTPS:// to a last /, "
                       "not %s",
                       value_text(place->json, shown));
        return;
    }
    *(const char **)target = arena_copy_text(reader->arena, address);
}

static void
read_name_line(struct reader *reader, const struct place *place, void *owner,
               void *item)
{
    static const struct field field = {.flags = FIELD_REQUIRED, .max = 24};

    (void)owner;
    read_words(reader, place, &field, item);
}

static void
read_name_lines(struct reader *reader, const struct place *place,
                const struct field *field, void *target)
{
    struct municipality *municipality = target;
    const struct list_shape shape = {1, 2, sizeof(struct words), read_name_line};
    size_t count;
    const struct words *lines = reader_list(reader, place, &shape, NULL, &count);

    (void)field;
    for (size_t i = 0; i < count; i++) {
        municipality->name_lines[i] = lines[i];
    }
}

static void
read_call_back(struct reader *reader, const struct place *place,
               const struct field *field, void *target)
{
#define AT(member) offsetof(struct call_back, member)
    static const struct field fields[] = {
        {"number", read_phone, AT(number), FIELD_TEXT, 0, 20},
        {"hours", read_week, AT(opening.week), FIELD_REQUIRED, 0, 0},
        {"exceptions", read_exceptions, AT(opening), 0, 0, 0},
    };
#undef AT
    struct call_back *call_back = target;

    (void)field;
    READ_OBJECT(reader, place, fields, call_back);
    call_back->offered = true;
}

static void
read_chat(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
#define AT(member) offsetof(struct chat, member)
    static const struct field fields[] = {
        {"url", read_url, AT(url), FIELD_REQUIRED | FIELD_TEXT, 0, 200},
        {"hours", read_week, AT(opening.week), FIELD_REQUIRED, 0, 0},
        {"exceptions", read_exceptions, AT(opening), 0, 0, 0},
    };
#undef AT

    (void)field;
    READ_OBJECT(reader, place, fields, target);
}

static void
read_municipality(struct reader *reader, const struct place *place,
                  const struct field *field, void *target)
{
#define AT(member) offsetof(struct municipality, member)
    enum { REQUIRED_TEXT = FIELD_REQUIRED | FIELD_TEXT };
    static const struct field fields[] = {
        {"id", read_municipality_id, AT(id), REQUIRED_TEXT, 0, 0},
        {"name", read_words, AT(name), FIELD_REQUIRED, 0, 60},
        {"name_lines", read_name_lines, 0, FIELD_REQUIRED, 0, 0},
        {"phone", read_phone, AT(phone), REQUIRED_TEXT, 0, 20},
        {"phone_hours", read_words, AT(phone_hours), FIELD_REQUIRED, 0, 60},
        {"call_back", read_call_back, AT(call_back), 0, 0, 0},
        {"chat", read_chat, AT(chat), 0, 0, 0},
        {"website", read_address, AT(website), REQUIRED_TEXT, 0, 60},
        {"ticket_address", read_ticket_address, AT(ticket_address), REQUIRED_TEXT, 0,
         0},
        {"change_address", read_address, AT(change_address), REQUIRED_TEXT, 0, 60},
        {"hand_over_address", read_address, AT(hand_over_address), REQUIRED_TEXT, 0,
         60},
    };
#undef AT

    (void)field;
    READ_OBJECT(reader, place, fields, target);
}

/* --- the head of the file ------------------------------------------------------- */

static void
read_format(struct reader *reader, const struct place *place, const struct field *field,
            void *target)
{
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    (void)target;
    if (json_type(place->json) != JSON_INTEGER || json_integer(place->json) != FORMAT) {
        reader_problem(reader, place, "must be %d, the format of this program, not %s",
                       FORMAT, value_text(place->json, shown));
    }
}

static void
read_language(struct reader *reader, const struct place *place, void *owner, void *item)
{
    char shown[VALUE_TEXT_BYTES];
    struct catalogue *catalogue = owner;
    enum language language;

    (void)item;
    if (json_type(place->json) != JSON_STRING ||
        !language_from_code(json_string(place->json), &language))
    {
        reader_problem(reader, place, "must be a language like \"nl\", not %s",
                       value_text(place->json, shown));
        return;
    }
    for (size_t i = 0; i < catalogue->language_count; i++) {
        if (catalogue->languages[i] == language) {
            reader_problem(reader, place, "is in the list already");
            return;
        }
    }
    catalogue->languages[catalogue->language_count++] = language;
}

static void
read_languages(struct reader *reader, const struct place *place,
               const struct field *field, void *target)
{
    const struct list_shape shape = {1, LANGUAGE_COUNT, 1, read_language};
    struct catalogue *catalogue = target;
    size_t count;

    (void)field;
    reader_list(reader, place, &shape, catalogue, &count);
    if (catalogue->language_count > 0 && catalogue->languages[0] != LANGUAGE_NL) {
        reader_problem(reader, place, "must begin with \"nl\"");
    }
}

/* --- the lists ------------------------------------------------------------------ */

static void
read_nothing(struct reader *reader, const struct place *place, void *owner, void *item)
{
    struct place id = place_member(place, "id");

    (void)owner;
    if (json_type(place->json) == JSON_OBJECT && id.json != NULL &&
        json_type(id.json) == JSON_STRING)
    {
        *(const char **)item = arena_copy_text(reader->arena, json_string(id.json));
    }
}

/*
 * The items with nothing but their ids, so that whatever is read afterwards can
 * point at whatever comes later in the file.
 */
static void *
prepare_list(struct reader *reader, const struct place *root, const char *name,
             struct list_shape shape, size_t *count)
{
    struct place place = place_member(root, name);

    *count = 0;
    if (place.json == NULL) {
        return NULL; /* said by the table of the root */
    }
    shape.read = read_nothing;
    return reader_list(reader, &place, &shape, NULL, count);
}

static void
prepare_lists(struct reader *reader, const struct place *root)
{
    struct catalogue *to = reader->catalogue;

    reader->locations = prepare_list(
        reader, root, "locations",
        (struct list_shape){1, LOCATIONS_MAX, sizeof(*to->locations), NULL},
        &to->location_count);
    reader->questions = prepare_list(
        reader, root, "questions",
        (struct list_shape){0, QUESTIONS_MAX, sizeof(*to->questions), NULL},
        &to->question_count);
    reader->products =
        prepare_list(reader, root, "products",
                     (struct list_shape){1, PRODUCTS_MAX, sizeof(*to->products), NULL},
                     &to->product_count);
    reader->events =
        prepare_list(reader, root, "events",
                     (struct list_shape){1, EVENTS_MAX, sizeof(*to->events), NULL},
                     &to->event_count);
    reader->partners =
        prepare_list(reader, root, "partners",
                     (struct list_shape){0, PARTNERS_MAX, sizeof(*to->partners), NULL},
                     &to->partner_count);
    to->locations = reader->locations;
    to->questions = reader->questions;
    to->products = reader->products;
    to->events = reader->events;
    to->partners = reader->partners;
}

/* The lists are read after the head, in the order in which they point at another. */
static void
read_later(struct reader *reader, const struct place *place, const struct field *field,
           void *target)
{
    (void)reader;
    (void)place;
    (void)field;
    (void)target;
}

static void
read_lists(struct reader *reader, const struct place *root)
{
    static const struct {
        const char *name;
        void (*read)(struct reader *reader, const struct place *place);
    } lists[] = {
        {"locations", read_locations}, {"partners", read_partners},
        {"questions", read_questions}, {"products", read_products},
        {"events", read_events},
    };

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct place place = place_member(root, lists[i].name);

        if (place.json != NULL && json_type(place.json) == JSON_ARRAY) {
            lists[i].read(reader, &place);
        }
    }
}

static struct date
oldest_date(const struct catalogue *catalogue)
{
    struct date oldest = {0};

    for (size_t i = 0; i < catalogue->product_count; i++) {
        struct date date = catalogue->products[i].checked;

        if (i == 0 || date_compare(date, oldest) < 0) {
            oldest = date;
        }
    }
    return oldest;
}

static void
read_root(struct reader *reader, const struct place *root)
{
    static const struct field fields[] = {
        {"format", read_format, 0, FIELD_REQUIRED, 0, 0},
        {"version", read_text, offsetof(struct catalogue, version),
         FIELD_REQUIRED | FIELD_TEXT, 0, 40},
        {"languages", read_languages, 0, FIELD_REQUIRED, 0, 0},
        {"municipality", read_municipality, offsetof(struct catalogue, municipality),
         FIELD_REQUIRED, 0, 0},
        {"locations", read_later, 0, FIELD_REQUIRED, 0, 0},
        {"questions", read_later, 0, FIELD_REQUIRED, 0, 0},
        {"products", read_later, 0, FIELD_REQUIRED, 0, 0},
        {"events", read_later, 0, FIELD_REQUIRED, 0, 0},
        {"partners", read_later, 0, FIELD_REQUIRED, 0, 0},
    };

    READ_OBJECT(reader, root, fields, reader->catalogue);
    if (json_type(root->json) != JSON_OBJECT) {
        return;
    }
    prepare_lists(reader, root);
    read_lists(reader, root);
    check_whole(reader, root);
    reader->catalogue->checked = oldest_date(reader->catalogue);
}

/* --- the file --------------------------------------------------------------------- */

static int
compare_problems(const void *a, const void *b)
{
    const struct catalogue_problem *left = a, *right = b;

    if (left->line != right->line) {
        return left->line < right->line ? -1 : 1;
    }
    return strcmp(left->sentence, right->sentence);
}

/* The JSON reader stops at the first mistake: "line 3: …". */
static void
problem_from_json(struct catalogue_problems *problems, const struct error *error)
{
    int line = 1, length = 0;

    if (sscanf(error->message, "line %d: %n", &line, &length) != 1) {
        length = 0;
    }
    problems->list = memory_allocate(1, sizeof(*problems->list));
    problems->list[0] = (struct catalogue_problem){
        .line = line, .sentence = memory_copy_text(error->message + length)};
    problems->count = problems->wrong_count = 1;
}

struct catalogue *
catalogue_check(const char *text, size_t length, bool advise,
                struct catalogue_problems *problems)
{
    struct error error;
    struct json *json = json_parse(text, length, &error);
    struct owner *owner;
    struct reader reader;
    struct place root;

    *problems = (struct catalogue_problems){0};
    if (json == NULL) {
        problem_from_json(problems, &error);
        return NULL;
    }
    owner = memory_allocate(1, sizeof(*owner));
    owner->arena = arena_create();
    reader = (struct reader){
        .arena = owner->arena,
        .problems = problems,
        .advise = advise,
        .catalogue = &owner->catalogue,
    };
    root = (struct place){.json = json};
    read_root(&reader, &root);
    json_destroy(json);
    if (problems->count > 1) {
        qsort(problems->list, problems->count, sizeof(*problems->list),
              compare_problems);
    }
    if (problems->wrong_count > 0) {
        catalogue_destroy(&owner->catalogue);
        return NULL;
    }
    return &owner->catalogue;
}

void
catalogue_problems_finish(struct catalogue_problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        free(problems->list[i].sentence);
    }
    free(problems->list);
    *problems = (struct catalogue_problems){0};
}

struct catalogue *
catalogue_parse(const char *text, size_t length, struct error *error)
{
    struct catalogue_problems problems;
    struct catalogue *catalogue = catalogue_check(text, length, false, &problems);

    if (catalogue == NULL) {
        error_set(error, ERROR_BAD_INPUT, "line %d: %s", problems.list[0].line,
                  problems.list[0].sentence);
    }
    catalogue_problems_finish(&problems);
    return catalogue;
}

struct catalogue *
catalogue_open(const char *path, struct error *error)
{
    size_t length;
    char *text = file_read(path, CATALOGUE_BYTES_MAX, &length, error);
    struct catalogue *catalogue;

    if (text == NULL) {
        return NULL;
    }
    catalogue = catalogue_parse(text, length, error);
    if (catalogue == NULL) {
        error_prefix(error, "%s", path);
    }
    free(text);
    return catalogue;
}

void
catalogue_destroy(struct catalogue *catalogue)
{
    struct owner *owner = (struct owner *)catalogue;

    if (owner == NULL) {
        return;
    }
    arena_destroy(owner->arena);
    free(owner);
}
