#include "base/text.h"
#include "catalogue/reader.h"

/* Questions and their options; partners, to which an option may lead. */

#define OPTIONS_MIN 2

/* "person" is the only channel that an answer can lead to by itself. */
static void
read_goto_channel(struct reader *reader, const struct place *place,
                  const struct field *field, void *target)
{
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (json_type(place->json) != JSON_STRING ||
        !text_equal(json_string(place->json), channel_name(CHANNEL_PERSON)))
    {
        reader_problem(reader, place, "must be \"person\", not %s",
                       value_text(place->json, shown));
        return;
    }
    *(enum channel *)target = CHANNEL_PERSON;
}

void
read_product_reference(struct reader *reader, const struct place *place,
                       const struct field *field, void *target)
{
    (void)field;
    *(const struct product **)target =
        reader_reference(reader, place, "product", reader->products,
                         reader->catalogue->product_count, sizeof(*reader->products));
}

void
read_partner_reference(struct reader *reader, const struct place *place,
                       const struct field *field, void *target)
{
    (void)field;
    *(const struct partner **)target =
        reader_reference(reader, place, "partner", reader->partners,
                         reader->catalogue->partner_count, sizeof(*reader->partners));
}

static void
read_goto(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
    static const struct field fields[] = {
        {"channel", read_goto_channel, offsetof(struct option, channel), 0, 0, 0},
        {"product", read_product_reference, offsetof(struct option, product), 0, 0, 0},
        {"partner", read_partner_reference, offsetof(struct option, partner), 0, 0, 0},
    };

    (void)field;
    if (json_type(place->json) == JSON_OBJECT && json_count(place->json) != 1) {
        reader_problem(reader, place, "must name one channel, product or partner");
        return;
    }
    READ_OBJECT(reader, place, fields, target);
}

static void
read_option(struct reader *reader, const struct place *place, void *owner, void *item)
{
#define AT(member) offsetof(struct option, member)
    static const struct field fields[] = {
        {"id", read_id, AT(id), FIELD_REQUIRED | FIELD_TEXT, 0, 0},
        {"icon", read_icon, AT(icon), FIELD_TEXT, 0, 0},
        {"label", read_words, AT(label), FIELD_REQUIRED, 0, 60},
        {"note", read_words, AT(note), 0, 0, 100},
        {"goto", read_goto, 0, 0, 0, 0},
    };
#undef AT

    (void)owner;
    READ_OBJECT(reader, place, fields, item);
}

static void
read_options(struct reader *reader, const struct place *place,
             const struct field *field, void *target)
{
    const struct list_shape shape = {OPTIONS_MIN, CATALOGUE_OPTIONS_MAX,
                                     sizeof(struct option), read_option};
    struct question *question = target;

    (void)field;
    question->options =
        reader_list(reader, place, &shape, question, &question->option_count);
    reader_check_unique(reader, place, question->options, question->option_count,
                        sizeof(*question->options));
}

void
read_questions(struct reader *reader, const struct place *place)
{
#define AT(member) offsetof(struct question, member)
    static const struct field fields[] = {
        {"id", read_id, AT(id), FIELD_REQUIRED | FIELD_TEXT, 0, 0},
        {"title", read_words, AT(title), FIELD_REQUIRED, 0, 100},
        {"why", read_words, AT(why), 0, 0, 0},
        {"options", read_options, 0, FIELD_REQUIRED, 0, 0},
    };
#undef AT
    struct place item = {.parent = place, .json = json_first(place->json)};
    size_t count = reader->catalogue->question_count;

    for (; item.index < count; item.index++, item.json = json_next(item.json)) {
        READ_OBJECT(reader, &item, fields, &reader->questions[item.index]);
    }
    reader_check_unique(reader, place, reader->questions, count,
                        sizeof(*reader->questions));
}

void
read_partners(struct reader *reader, const struct place *place)
{
#define AT(member) offsetof(struct partner, member)
    static const struct field fields[] = {
        {"id", read_id, AT(id), FIELD_REQUIRED | FIELD_TEXT, 0, 0},
        {"icon", read_icon, AT(icon), FIELD_TEXT, 0, 0},
        {"name", read_words, AT(name), FIELD_REQUIRED, 0, 60},
        {"for_what", read_words, AT(for_what), FIELD_REQUIRED, 0, 0},
        {"how", read_words, AT(how), FIELD_REQUIRED, 0, 0},
        {"url", read_url, AT(url), FIELD_TEXT, 0, 200},
        {"phone", read_phone, AT(phone), FIELD_TEXT, 0, 20},
        {"search", read_search_words, AT(search), 0, 0, 0},
    };
#undef AT
    struct place item = {.parent = place, .json = json_first(place->json)};
    size_t count = reader->catalogue->partner_count;

    for (; item.index < count; item.index++, item.json = json_next(item.json)) {
        READ_OBJECT(reader, &item, fields, &reader->partners[item.index]);
    }
    reader_check_unique(reader, place, reader->partners, count,
                        sizeof(*reader->partners));
}
