#include "base/text.h"
#include "catalogue/reader.h"

/* Life events and the rows under them. */

#define ITEMS_MAX 20

static void
read_item_answers(struct reader *reader, const struct place *place,
                  const struct field *field, void *target)
{
    struct event_item *item = target;
    char shown[VALUE_TEXT_BYTES];
    struct answer *answers;

    (void)field;
    if (json_type(place->json) != JSON_OBJECT) {
        reader_problem(reader, place, "must be an option by question, not %s",
                       value_text(place->json, shown));
        return;
    }
    if (item->product == NULL) {
        if (json_count(place->json) > 0) {
            reader_problem(reader, place,
                           "needs a product whose questions they answer");
        }
        return;
    }
    answers =
        arena_allocate(reader->arena, json_count(place->json) + 1, sizeof(*answers));
    item->answers = answers;
    for (const struct json *json = json_first(place->json); json != NULL;
         json = json_next(json))
    {
        struct place member = {place, json_name(json), 0, json};

        if (read_answer(reader, &member, item->product, member.name,
                        &answers[item->answer_count]))
        {
            item->answer_count++;
        }
    }
}

/* What the row does not say, its product or partner says. */
static void
fill_from_target(struct event_item *item)
{
    const struct product *product = item->product;
    const struct partner *partner = item->partner;

    if (product == NULL && partner == NULL) {
        return;
    }
    if (item->id[0] == '\0') {
        item->id = product != NULL ? product->id : partner->id;
    }
    if (item->icon[0] == '\0') {
        item->icon = product != NULL ? product->icon : partner->icon;
    }
    if (item->name.in[LANGUAGE_NL] == NULL) {
        item->name = product != NULL ? product->name : partner->name;
        if (item->note.in[LANGUAGE_NL] == NULL) {
            item->note = product != NULL ? product->note : partner->for_what;
        }
    }
}

static void
read_item(struct reader *reader, const struct place *place, void *owner, void *target)
{
#define AT(member) offsetof(struct event_item, member)
    static const struct field fields[] = {
        {"id", read_id, AT(id), FIELD_TEXT, 0, 0},
        {"product", read_product_reference, AT(product), 0, 0, 0},
        {"partner", read_partner_reference, AT(partner), 0, 0, 0},
        {"answers", read_item_answers, 0, 0, 0, 0},
        {"icon", read_icon, AT(icon), FIELD_TEXT, 0, 0},
        {"name", read_words, AT(name), 0, 0, 80},
        {"note", read_words, AT(note), 0, 0, 100},
    };
#undef AT
    struct event_item *item = target;
    struct place product = place_member(place, "product");
    struct place partner = place_member(place, "partner");

    (void)owner;
    READ_OBJECT(reader, place, fields, item);
    if (json_type(place->json) == JSON_OBJECT &&
        (product.json == NULL) == (partner.json == NULL))
    {
        reader_problem(reader, place, "must have a product or a partner, and not both");
    }
    fill_from_target(item);
}

static void
read_items(struct reader *reader, const struct place *place, const struct field *field,
           void *target)
{
    const struct list_shape shape = {1, ITEMS_MAX, sizeof(struct event_item),
                                     read_item};
    struct life_event *event = target;

    (void)field;
    event->items = reader_list(reader, place, &shape, event, &event->item_count);
    reader_check_unique(reader, place, event->items, event->item_count,
                        sizeof(*event->items));
}

void
read_events(struct reader *reader, const struct place *place)
{
#define AT(member) offsetof(struct life_event, member)
    static const struct field fields[] = {
        {"id", read_id, AT(id), FIELD_REQUIRED | FIELD_TEXT, 0, 0},
        {"icon", read_icon, AT(icon), FIELD_TEXT, 0, 0},
        {"name", read_words, AT(name), FIELD_REQUIRED, 0, 60},
        {"question", read_words, AT(question), FIELD_REQUIRED, 0, 100},
        {"sensitive", read_boolean, AT(sensitive), 0, 0, 0},
        {"items", read_items, 0, FIELD_REQUIRED, 0, 0},
    };
#undef AT
    struct place item = {.parent = place, .json = json_first(place->json)};
    size_t count = reader->catalogue->event_count;

    for (; item.index < count; item.index++, item.json = json_next(item.json)) {
        READ_OBJECT(reader, &item, fields, &reader->events[item.index]);
    }
    reader_check_unique(reader, place, reader->events, count, sizeof(*reader->events));
}
