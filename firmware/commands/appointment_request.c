#include "commands/appointment_request.h"

#include <string.h>

#include "base/text.h"

#define BIT(NUMBER) (1u << (NUMBER))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define ON(VERB) BIT(APPOINTMENT_VERB_##VERB)
#define ON_ALL (BIT(APPOINTMENT_VERB_COUNT) - 1u)
#define ON_WISH (ON(DAYS) | ON(TIMES) | ON(DURATION) | ON(BOOK))

/* --- options: what each reads ------------------------------------------------------
 */

static bool
read_id(const char *name, const char *value, char id[APPOINTMENT_ID_BYTES],
        struct error *error)
{
    if (value[0] == '\0' || !text_is_clean(value)) {
        return error_set(error, ERROR_BAD_INPUT, "%s must be an id", name);
    }
    return text_copy(id, APPOINTMENT_ID_BYTES, value) ||
           error_set(error, ERROR_BAD_INPUT, "%s must be at most %d bytes long", name,
                     APPOINTMENT_ID_BYTES - 1);
}

static bool
read_settings(struct appointment_request *request, const char *value,
              struct error *error)
{
    (void)error;
    request->settings = value;
    return true;
}

static bool
read_location(struct appointment_request *request, const char *value,
              struct error *error)
{
    return read_id("--location", value, request->wish.location, error);
}

static bool
add_item(struct appointment_request *request, const char *option, const char *product,
         int persons, struct error *error)
{
    struct appointment_wish *wish = &request->wish;
    struct appointment_item *item;

    if (wish->item_count == APPOINTMENT_ITEMS_MAX) {
        return error_set(error, ERROR_BAD_INPUT,
                         "%s may be given %d times: more products don't go into one "
                         "appointment",
                         option, APPOINTMENT_ITEMS_MAX);
    }
    item = &wish->items[wish->item_count];
    if (!read_id(option, product, item->product, error)) {
        return false;
    }
    if (appointment_wish_has(wish, item->product)) {
        return error_set(error, ERROR_BAD_INPUT, "%s names \"%s\" twice", option,
                         product);
    }
    item->persons = persons;
    wish->item_count++;
    return true;
}

static bool
read_with(struct appointment_request *request, const char *value, struct error *error)
{
    return add_item(request, "--with", value, 1, error);
}

/* "3" behind the last '='; an id that holds one itself is given with its persons. */
static bool
read_persons(const char *text, int *persons)
{
    *persons = 0;
    if (text[0] == '\0' || strspn(text, "0123456789") != strlen(text)) {
        return false;
    }
    for (; *text != '\0' && *persons <= APPOINTMENT_PERSONS_MAX; text++) {
        *persons = *persons * 10 + (*text - '0');
    }
    return *persons >= 1 && *persons <= APPOINTMENT_PERSONS_MAX;
}

static bool
read_product(struct appointment_request *request, const char *value,
             struct error *error)
{
    const char *equals = strrchr(value, '=');
    char product[APPOINTMENT_ID_BYTES];
    struct text text = text_begin(product, sizeof(product));
    int persons;

    if (equals == NULL || (BIT(request->verb) & ON_WISH) == 0) {
        return add_item(request, "--product", value, 1, error);
    }
    if (!read_persons(equals + 1, &persons)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "--product must be ID or ID=PERSONS with 1 to %d persons "
                         "behind the last =",
                         APPOINTMENT_PERSONS_MAX);
    }
    text_add_bytes(&text, value, (size_t)(equals - value));
    /* One that was cut is refused for its length. */
    return add_item(request, "--product", text.truncated ? value : product, persons,
                    error);
}

static bool
read_date(const char *name, const char *value, struct date *date, struct error *error)
{
    return date_parse(value, date) ||
           error_set(error, ERROR_BAD_INPUT, "%s must be a date like 2026-08-21", name);
}

static bool
read_from(struct appointment_request *request, const char *value, struct error *error)
{
    return read_date("--from", value, &request->from, error);
}

static bool
read_to(struct appointment_request *request, const char *value, struct error *error)
{
    return read_date("--to", value, &request->to, error);
}

static bool
read_day(struct appointment_request *request, const char *value, struct error *error)
{
    return read_date("--date", value, &request->date, error);
}

static bool
read_start(struct appointment_request *request, const char *value, struct error *error)
{
    return instant_parse(value, &request->start) ||
           error_set(error, ERROR_BAD_INPUT,
                     "--start must be an instant with its offset, like "
                     "2026-08-21T15:40:00+02:00");
}

static bool
read_field(struct appointment_request *request, const char *given, struct error *error)
{
    size_t length = strcspn(given, "=");
    struct appointment_value *value;
    struct text name;

    if (request->value_count == APPOINTMENT_FIELDS_MAX) {
        return error_set(error, ERROR_BAD_INPUT, "--field may be given %d times",
                         APPOINTMENT_FIELDS_MAX);
    }
    value = &request->values[request->value_count++];
    name = text_begin(value->name, sizeof(value->name));
    text_add_bytes(&name, given, length);
    if (given[length] != '=' || length == 0 || name.truncated || !text_is_clean(given))
    {
        return error_set(error, ERROR_BAD_INPUT, "--field must be NAME=VALUE");
    }
    for (size_t i = 0; i + 1 < request->value_count; i++) {
        if (text_equal(request->values[i].name, value->name)) {
            return error_set(error, ERROR_BAD_INPUT, "--field names %s twice",
                             value->name);
        }
    }
    return text_copy(value->value, sizeof(value->value), given + length + 1) ||
           error_set(error, ERROR_BAD_INPUT,
                     "--field %s: the value must be at most %zu bytes long",
                     value->name, sizeof(value->value) - 1);
}

enum option_id {
    OPTION_SETTINGS,
    OPTION_LOCATION,
    OPTION_WITH,
    OPTION_PRODUCT,
    OPTION_FROM,
    OPTION_TO,
    OPTION_DATE,
    OPTION_START,
    OPTION_FIELD,
};

static const struct option {
    const char *name;
    unsigned verbs; /* bits of those that have a use for it */
    bool many;
    bool (*read)(struct appointment_request *request, const char *value,
                 struct error *error);
} options[] = {
    [OPTION_SETTINGS] = {"--settings", ON_ALL, false, read_settings},
    [OPTION_LOCATION] = {"--location", ON(PRODUCTS) | ON_WISH, false, read_location},
    [OPTION_WITH] = {"--with", ON(PRODUCTS), true, read_with},
    [OPTION_PRODUCT] = {"--product", ON(LOCATIONS) | ON(FIELDS) | ON_WISH, true,
                        read_product},
    [OPTION_FROM] = {"--from", ON(DAYS), false, read_from},
    [OPTION_TO] = {"--to", ON(DAYS), false, read_to},
    [OPTION_DATE] = {"--date", ON(TIMES) | ON(DURATION), false, read_day},
    [OPTION_START] = {"--start", ON(BOOK) | ON(MOVE), false, read_start},
    [OPTION_FIELD] = {"--field", ON(BOOK), true, read_field},
};

#define NEEDS_WISH (BIT(OPTION_LOCATION) | BIT(OPTION_PRODUCT))

static const struct verb {
    const char *name;
    unsigned needs; /* bits of options, besides --settings */
    bool id;        /* followed by an appointment's */
} verbs[APPOINTMENT_VERB_COUNT] = {
    [APPOINTMENT_VERB_PRODUCTS] = {"products", 0, false},
    [APPOINTMENT_VERB_LOCATIONS] = {"locations", 0, false},
    [APPOINTMENT_VERB_DAYS] = {"days", NEEDS_WISH, false},
    [APPOINTMENT_VERB_TIMES] = {"times", NEEDS_WISH | BIT(OPTION_DATE), false},
    [APPOINTMENT_VERB_DURATION] = {"duration", NEEDS_WISH | BIT(OPTION_DATE), false},
    [APPOINTMENT_VERB_FIELDS] = {"fields", BIT(OPTION_PRODUCT), false},
    [APPOINTMENT_VERB_BOOK] = {"book", NEEDS_WISH | BIT(OPTION_START), false},
    [APPOINTMENT_VERB_SHOW] = {"show", 0, true},
    [APPOINTMENT_VERB_CANCEL] = {"cancel", 0, true},
    [APPOINTMENT_VERB_MOVE] = {"move", BIT(OPTION_START), true},
};

/* --- the words that are no options --------------------------------------------------
 */

static bool
refuse_verb(const char *word, struct error *error)
{
    char known[200];
    struct text list = text_begin(known, sizeof(known));

    for (size_t i = 0; i < COUNT(verbs); i++) {
        text_format(&list, "%s%s",
                    i == 0                 ? ""
                    : i + 1 < COUNT(verbs) ? ", "
                                           : " or ",
                    verbs[i].name);
    }
    return word == NULL
               ? error_set(error, ERROR_BAD_INPUT, "Say what to do: %s", known)
               : error_set(error, ERROR_BAD_INPUT,
                           "There is no \"%.40s\" to do, only %s", word, known);
}

static bool
read_verb(const char *word, enum appointment_verb *verb, struct error *error)
{
    for (int i = 0; i < APPOINTMENT_VERB_COUNT; i++) {
        if (word != NULL && text_equal(verbs[i].name, word)) {
            *verb = (enum appointment_verb)i;
            return true;
        }
    }
    return refuse_verb(word, error);
}

static const struct option *
option_named(const char *name)
{
    for (size_t i = 0; i < COUNT(options); i++) {
        if (text_equal(options[i].name, name)) {
            return &options[i];
        }
    }
    return NULL;
}

/* The value behind an option; NULL when the next one stands there, or nothing. */
static const char *
value_behind(int argc, char **argv, int i)
{
    return i + 1 < argc && !text_starts_with(argv[i + 1], "--") ? argv[i + 1] : NULL;
}

/* The verb and, of some, the id: what is left when options and their values go. */
static bool
read_words(int argc, char **argv, struct appointment_request *request,
           struct error *error)
{
    const char *words[3] = {NULL, NULL, NULL};
    size_t count = 0, wanted;

    for (int i = 0; i < argc; i++) {
        if (text_starts_with(argv[i], "--")) {
            if (option_named(argv[i]) == NULL) {
                return error_set(error, ERROR_BAD_INPUT, "There is no option %.40s",
                                 argv[i]);
            }
            i += value_behind(argc, argv, i) != NULL;
        } else if (count < COUNT(words)) {
            words[count++] = argv[i];
        }
    }
    if (!read_verb(words[0], &request->verb, error)) {
        return false;
    }
    wanted = verbs[request->verb].id ? 2 : 1;
    if (count > wanted) {
        return error_set(error, ERROR_BAD_INPUT, "\"%.40s\" is one word too many",
                         words[wanted]);
    }
    if (count < wanted) {
        return error_set(error, ERROR_BAD_INPUT, "%s needs the id of an appointment",
                         verbs[request->verb].name);
    }
    return wanted == 1 || read_id("The id", words[1], request->id, error);
}

/* --- all of it -------------------------------------------------------------------- */

static bool
read_option(struct appointment_request *request, const char *name, const char *value,
            unsigned *given, struct error *error)
{
    const struct option *option = option_named(name); /* read_words() found it */
    unsigned bit = BIT(option - options);

    if ((option->verbs & BIT(request->verb)) == 0) {
        return error_set(error, ERROR_BAD_INPUT, "%s has no use for %s",
                         verbs[request->verb].name, name);
    }
    if (value == NULL) {
        return error_set(error, ERROR_BAD_INPUT, "%s lacks its value", name);
    }
    if ((*given & bit) != 0 && !option->many) {
        return error_set(error, ERROR_BAD_INPUT, "%s is given twice", name);
    }
    *given |= bit;
    return option->read(request, value, error);
}

static bool
check_complete(const struct appointment_request *request, unsigned given,
               struct error *error)
{
    unsigned needs = verbs[request->verb].needs | BIT(OPTION_SETTINGS);

    for (size_t i = 0; i < COUNT(options); i++) {
        if ((needs & BIT(i)) != 0 && (given & BIT(i)) == 0) {
            return error_set(error, ERROR_BAD_INPUT, "%s needs %s",
                             verbs[request->verb].name, options[i].name);
        }
    }
    if (request->from.year != 0 && request->to.year != 0 &&
        date_compare(request->from, request->to) > 0)
    {
        return error_set(error, ERROR_BAD_INPUT, "--from must not be after --to");
    }
    return true;
}

bool
appointment_request_read(int argc, char **argv, struct appointment_request *request,
                         struct error *error)
{
    unsigned given = 0;

    *request = (struct appointment_request){0};
    for (int i = 0; i < argc; i++) {
        request->help |= text_equal(argv[i], "--help");
    }
    if (request->help) {
        return true;
    }
    if (!read_words(argc, argv, request, error)) {
        return false;
    }
    for (int i = 0; i < argc; i++) {
        if (text_starts_with(argv[i], "--")) {
            if (!read_option(request, argv[i], value_behind(argc, argv, i), &given,
                             error)) {
                return false;
            }
            i++;
        }
    }
    return check_complete(request, given, error);
}
