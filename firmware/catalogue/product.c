#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/reader.h"

#define UPL_PREFIX "http://standaarden.overheid.nl/owms/terms/"
#define COSTS_MAX 20
#define PARAGRAPHS_MAX 12
#define LIST_MAX 6     /* under one of them */
#define MINUTES_STEP 5 /* the grid of the appointment book */
#define APPOINTMENT_MINUTES_MAX 240
#define CENTS_MAX 1000000

/* --- what to bring, costs, channels ------------------------------------------------
 */

static size_t
printed_length(const char *text)
{
    size_t count = 0;

    while (text_next(&text) != 0) {
        count++;
    }
    return count;
}

static void
read_bring_item(struct reader *reader, const struct place *place, void *owner,
                void *item)
{
#define AT(member) offsetof(struct bring, member)
    static const struct field fields[] = {
        {"id", read_id, AT(id), FIELD_REQUIRED | FIELD_TEXT, 0, 0},
        {"icon", read_icon, AT(icon), FIELD_TEXT, 0, 0},
        {"label", read_words, AT(label), FIELD_REQUIRED, 0, 100},
        {"note", read_words, AT(note), 0, 0, 0},
        {"ticket", read_words, AT(ticket), 0, 0, PRINTED_CHARACTERS_MAX},
        {"when", read_condition, AT(when), 0, 0, 0},
    };
#undef AT
    struct bring *bring = item;

    (void)owner;
    READ_OBJECT(reader, place, fields, bring);
    if (bring->ticket.in[LANGUAGE_NL] != NULL) {
        return;
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (bring->label.in[i] != NULL &&
            printed_length(bring->label.in[i]) > PRINTED_CHARACTERS_MAX)
        {
            struct place label = place_member(place, "label");
            struct place text = place_member(&label, language_code((enum language)i));

            reader_problem(reader, &text,
                           "has %zu characters, and at most %d fit on the ticket: "
                           "give ticket a shorter text",
                           printed_length(bring->label.in[i]), PRINTED_CHARACTERS_MAX);
        }
    }
}

static void
read_bring(struct reader *reader, const struct place *place, const struct field *field,
           void *target)
{
    const struct list_shape shape = {0, CATALOGUE_BRING_MAX, sizeof(struct bring),
                                     read_bring_item};
    struct product *product = target;

    (void)field;
    product->bring = reader_list(reader, place, &shape, product, &product->bring_count);
    reader_check_unique(reader, place, product->bring, product->bring_count,
                        sizeof(*product->bring));
}

/* A channel of ours: a partner's counter is not one of a product's channels. */
static void
read_channel_name(struct reader *reader, const struct place *place,
                  const struct field *field, void *target)
{
    enum channel channel = CHANNEL_NONE;
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (json_type(place->json) != JSON_STRING ||
        !channel_from_name(json_string(place->json), &channel) ||
        channel == CHANNEL_NONE || channel == CHANNEL_PARTNER)
    {
        reader_problem(reader, place,
                       "must be \"online\", \"appointment\", \"walk-in\", "
                       "\"call-back\" or \"person\", not %s",
                       value_text(place->json, shown));
        return;
    }
    *(enum channel *)target = channel;
}

static void
read_cost(struct reader *reader, const struct place *place, void *owner, void *item)
{
#define AT(member) offsetof(struct cost, member)
    static const struct field fields[] = {
        {"channel", read_channel_name, AT(channel), 0, 0, 0},
        {"cents", read_integer, AT(cents), FIELD_REQUIRED, 0, CENTS_MAX},
        {"year", read_integer, AT(year), FIELD_REQUIRED, 2020, 2100},
        {"when", read_condition, AT(when), 0, 0, 0},
    };
#undef AT

    (void)owner;
    READ_OBJECT(reader, place, fields, item);
}

static void
read_costs(struct reader *reader, const struct place *place, const struct field *field,
           void *target)
{
    const struct list_shape shape = {0, COSTS_MAX, sizeof(struct cost), read_cost};
    struct product *product = target;

    (void)field;
    product->costs = reader_list(reader, place, &shape, product, &product->cost_count);
}

static void
read_channel(struct reader *reader, const struct place *place, void *owner, void *item)
{
#define AT(member) offsetof(struct product_channel, member)
    static const struct field fields[] = {
        {"channel", read_channel_name, AT(channel), FIELD_REQUIRED, 0, 0},
        {"tag", read_words, AT(tag), 0, 0, 40},
        {"needs", read_words, AT(needs), 0, 0, 100},
        {"url", read_url, AT(url), FIELD_TEXT, 0, 400},
        {"minutes", read_integer, AT(minutes), 0, 0, APPOINTMENT_MINUTES_MAX},
        {"when", read_condition, AT(when), 0, 0, 0},
    };
#undef AT
    struct product_channel *channel = item;
    struct place url;

    (void)owner;
    READ_OBJECT(reader, place, fields, channel);
    url = place_member(place, "url");
    if (channel->channel == CHANNEL_ONLINE && channel->url[0] == '\0' &&
        (url.json == NULL || json_type(url.json) != JSON_STRING ||
         json_string(url.json)[0] == '\0'))
    {
        reader_problem(reader, &url, "is missing: online needs the form's address");
    } else if (channel->channel != CHANNEL_ONLINE && channel->url[0] != '\0') {
        reader_problem(reader, &url, "is for the channel online only");
    }
}

static void
read_channels(struct reader *reader, const struct place *place,
              const struct field *field, void *target)
{
    const struct list_shape shape = {1, CATALOGUE_CHANNELS_MAX,
                                     sizeof(struct product_channel), read_channel};
    struct product *product = target;

    (void)field;
    product->channels =
        reader_list(reader, place, &shape, product, &product->channel_count);
    for (size_t i = 1; i < product->channel_count; i++) {
        const struct product_channel *later = &product->channels[i];

        for (size_t j = 0; j < i; j++) {
            const struct product_channel *earlier = &product->channels[j];

            /* Twice is fine when conditions choose between them. */
            if (earlier->channel == later->channel && earlier->when.count == 0 &&
                later->channel != CHANNEL_NONE)
            {
                struct place item = place_item(place, i);

                reader_problem(reader, &item, "%s is in the list already",
                               channel_name(later->channel));
            }
        }
    }
}

/* --- references and texts
 * ------------------------------------------------------------- */

static void
read_question_reference(struct reader *reader, const struct place *place, void *owner,
                        void *item)
{
    (void)owner;
    *(const struct question **)item =
        reader_reference(reader, place, "question", reader->questions,
                         reader->catalogue->question_count, sizeof(*reader->questions));
}

static void
read_location_reference(struct reader *reader, const struct place *place, void *owner,
                        void *item)
{
    (void)owner;
    *(const struct location **)item =
        reader_reference(reader, place, "location", reader->locations,
                         reader->catalogue->location_count, sizeof(*reader->locations));
}

/* A reference given twice would ask or show the same thing twice. */
static void
check_no_repeats(struct reader *reader, const struct place *place,
                 const void *const *references, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (references[i] != NULL && references[i] == references[j]) {
                struct place item = place_item(place, i);

                reader_problem(reader, &item, "is in the list already");
                break;
            }
        }
    }
}

static void
read_product_questions(struct reader *reader, const struct place *place,
                       const struct field *field, void *target)
{
    const struct list_shape shape = {0, CATALOGUE_QUESTIONS_MAX,
                                     sizeof(const struct question *),
                                     read_question_reference};
    struct product *product = target;

    (void)field;
    product->questions =
        reader_list(reader, place, &shape, product, &product->question_count);
    check_no_repeats(reader, place, (const void *const *)product->questions,
                     product->question_count);
}

static void
read_product_locations(struct reader *reader, const struct place *place,
                       const struct field *field, void *target)
{
    struct product *product = target;
    const struct list_shape shape = {0, reader->catalogue->location_count,
                                     sizeof(const struct location *),
                                     read_location_reference};

    (void)field;
    product->locations =
        reader_list(reader, place, &shape, product, &product->location_count);
    check_no_repeats(reader, place, (const void *const *)product->locations,
                     product->location_count);
}

static void
read_list_item(struct reader *reader, const struct place *place, void *owner,
               void *item)
{
    static const struct field field = {.flags = FIELD_REQUIRED, .max = 200};

    (void)owner;
    read_words(reader, place, &field, item);
}

static void
read_list(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
    const struct list_shape shape = {0, LIST_MAX, sizeof(struct words), read_list_item};
    struct explanation *explanation = target;

    (void)field;
    explanation->list =
        reader_list(reader, place, &shape, explanation, &explanation->list_count);
}

/* A paragraph alone, or an object with what stands round it. */
static void
read_explanation(struct reader *reader, const struct place *place, void *owner,
                 void *item)
{
#define AT(member) offsetof(struct explanation, member)
    static const struct field paragraph = {.flags = FIELD_REQUIRED, .max = 600};
    static const struct field fields[] = {
        {"part", read_words, AT(part), 0, 0, 40},
        {"heading", read_words, AT(heading), 0, 0, 80},
        {"text", read_words, AT(text), FIELD_REQUIRED, 0, 600},
        {"list", read_list, 0, 0, 0, 0},
        {"note", read_words, AT(note), 0, 0, 200},
    };
#undef AT
    struct explanation *explanation = item;

    (void)owner;
    if (json_member(place->json, "text") != NULL) {
        READ_OBJECT(reader, place, fields, explanation);
    } else {
        read_words(reader, place, &paragraph, &explanation->text);
    }
}

static bool
is_named(const struct explanation *explanation)
{
    return explanation->part.in[LANGUAGE_NL] != NULL;
}

static void
read_more(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
    const struct list_shape shape = {0, PARAGRAPHS_MAX, sizeof(struct explanation),
                                     read_explanation};
    struct product *product = target;

    (void)field;
    product->more = reader_list(reader, place, &shape, product, &product->more_count);
    for (size_t i = 1; i < product->more_count; i++) {
        if (is_named(&product->more[i]) && !is_named(&product->more[0])) {
            reader_problem(reader, place, "the first needs a part too");
            return;
        }
    }
}

static void
read_upl_uri(struct reader *reader, const struct place *place,
             const struct field *field, void *target)
{
    const char *uri = reader_text(reader, place, 200);
    const char *term;
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (uri == NULL) {
        return;
    }
    term = uri + strlen(UPL_PREFIX);
    if (!text_starts_with(uri, UPL_PREFIX) || term[0] == '\0' ||
        strspn(term, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                     "0123456789_-().") != strlen(term))
    {
        reader_problem(reader, place, "must be " UPL_PREFIX "…, not %s",
                       value_text(place->json, shown));
        return;
    }
    *(const char **)target = arena_copy_text(reader->arena, uri);
}

static void
read_minutes_step(struct reader *reader, const struct place *place,
                  const struct field *field, void *target)
{
    int *minutes = target;

    read_integer(reader, place, field, minutes);
    if (*minutes % MINUTES_STEP != 0) {
        reader_problem(reader, place, "must be a multiple of %d, not %d", MINUTES_STEP,
                       *minutes);
    }
}

static void
read_minutes(struct reader *reader, const struct place *place,
             const struct field *field, void *target)
{
    static const struct field fields[] = {
        {"first", read_minutes_step, offsetof(struct product, minutes_first),
         FIELD_REQUIRED, 0, APPOINTMENT_MINUTES_MAX},
        {"next", read_minutes_step, offsetof(struct product, minutes_next),
         FIELD_REQUIRED, 0, APPOINTMENT_MINUTES_MAX},
    };

    (void)field;
    READ_OBJECT(reader, place, fields, target);
}

/* --- the product
 * -------------------------------------------------------------------------- */

static bool
product_has_channel(const struct product *product, enum channel channel)
{
    for (size_t i = 0; i < product->channel_count; i++) {
        if (product->channels[i].channel == channel) {
            return true;
        }
    }
    return false;
}

static void
check_product(struct reader *reader, const struct place *place,
              const struct product *product)
{
    bool appointment = product_has_channel(product, CHANNEL_APPOINTMENT);
    struct place locations = place_member(place, "locations");
    struct place minutes = place_member(place, "minutes");
    struct place neutral = place_member(place, "neutral_name");

    if (product->location_count == 0 &&
        (appointment || product_has_channel(product, CHANNEL_WALK_IN)))
    {
        reader_problem(
            reader, &locations, "names no place for the channel %s",
            channel_name(appointment ? CHANNEL_APPOINTMENT : CHANNEL_WALK_IN));
    }
    if (appointment && product->minutes_first == 0) {
        reader_problem(reader, &minutes,
                       "first must say how long an appointment takes");
    }
    if (product->sensitive && (neutral.json == NULL || json_count(neutral.json) == 0)) {
        reader_problem(reader, &neutral, "is missing, and the product is sensitive");
    }
}

static void
read_product(struct reader *reader, const struct place *place, struct product *product)
{
#define AT(member) offsetof(struct product, member)
    enum { REQUIRED_TEXT = FIELD_REQUIRED | FIELD_TEXT };
    /* In the order of reading: conditions need the questions before them. */
    static const struct field fields[] = {
        {"id", read_id, AT(id), REQUIRED_TEXT, 0, 0},
        {"appointment_id", read_appointment_id, AT(appointment_id), FIELD_TEXT, 0,
         CATALOGUE_APPOINTMENT_ID_BYTES - 1},
        {"upl_name", read_text, AT(upl_name), REQUIRED_TEXT, 0, 100},
        {"upl_uri", read_upl_uri, AT(upl_uri), REQUIRED_TEXT, 0, 0},
        {"icon", read_icon, AT(icon), FIELD_TEXT, 0, 0},
        {"name", read_words, AT(name), FIELD_REQUIRED, 0, 80},
        {"short_name", read_words, AT(short_name), FIELD_REQUIRED, 0, 40},
        {"neutral_name", read_words, AT(neutral_name), 0, 0, PRINTED_CHARACTERS_MAX},
        {"sensitive", read_boolean, AT(sensitive), 0, 0, 0},
        {"summary", read_words, AT(summary), FIELD_REQUIRED, 0, 0},
        {"note", read_words, AT(note), 0, 0, 100},
        {"channel_title", read_words, AT(channel_title), FIELD_REQUIRED, 0, 100},
        {"ready", read_words, AT(ready), 0, 0, 60},
        {"valid", read_words, AT(valid), 0, 0, 60},
        {"who", read_words, AT(who), 0, 0, 0},
        {"minutes", read_minutes, 0, FIELD_REQUIRED, 0, 0},
        {"persons_max", read_integer, AT(persons_max), FIELD_REQUIRED, 1,
         CATALOGUE_PERSONS_MAX},
        {"more", read_more, 0, 0, 0, 0},
        {"questions", read_product_questions, 0, 0, 0, 0},
        {"bring", read_bring, 0, 0, 0, 0},
        {"cost", read_costs, 0, 0, 0, 0},
        {"channels", read_channels, 0, FIELD_REQUIRED, 0, 0},
        {"locations", read_product_locations, 0, 0, 0, 0},
        {"search", read_search_words, AT(search), 0, 0, 0},
        {"checked", read_date, AT(checked), FIELD_REQUIRED, 0, 0},
    };
#undef AT

    reader->product = product;
    READ_OBJECT(reader, place, fields, product);
    if (json_type(place->json) == JSON_OBJECT) {
        check_product(reader, place, product);
    }
}

void
read_products(struct reader *reader, const struct place *place)
{
    struct place item = {.parent = place, .json = json_first(place->json)};
    size_t count = reader->catalogue->product_count;

    for (; item.index < count; item.index++, item.json = json_next(item.json)) {
        read_product(reader, &item, &reader->products[item.index]);
    }
    reader_check_unique(reader, place, reader->products, count,
                        sizeof(*reader->products));
}

const struct product *
catalogue_product(const struct catalogue *catalogue, const char *id)
{
    return reader_find(catalogue->products, catalogue->product_count,
                       sizeof(*catalogue->products), id);
}

const struct cost *
product_cost(const struct product *product, enum channel channel,
             const struct answer *given, size_t given_count)
{
    for (size_t i = 0; i < product->cost_count; i++) {
        const struct cost *cost = &product->costs[i];

        if ((cost->channel == CHANNEL_NONE || cost->channel == channel) &&
            condition_holds(&cost->when, given, given_count))
        {
            return cost;
        }
    }
    return NULL;
}

int
product_minutes(const struct product *product, int persons)
{
    assert(persons >= 1 && persons <= CATALOGUE_PERSONS_MAX);
    return product->minutes_first + (persons - 1) * product->minutes_next;
}

const struct words *
product_public_name(const struct product *product)
{
    return product->sensitive && product->neutral_name.in[LANGUAGE_NL] != NULL
               ? &product->neutral_name
               : &product->name;
}
