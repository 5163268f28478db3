#include "base/text.h"
#include "catalogue/reader.h"

/* "when": {"for-whom": ["self", "other"]}, and the answers of a life event's row. */

static const struct question *
product_question(const struct product *product, const char *id)
{
    for (size_t i = 0; i < product->question_count; i++) {
        const struct question *question = product->questions[i];

        if (question != NULL && text_equal(question->id, id)) {
            return question;
        }
    }
    return NULL;
}

bool
read_answer(struct reader *reader, const struct place *place,
            const struct product *product, const char *question_id,
            struct answer *answer)
{
    const struct question *question = product_question(product, question_id);

    if (question == NULL) {
        reader_problem(reader, place, "is not a question of product \"%s\"",
                       product->id);
        return false;
    }
    answer->question = question;
    answer->option =
        reader_reference(reader, place, "option", question->options,
                         question->option_count, sizeof(*question->options));
    return answer->option != NULL;
}

struct condition_owner {
    const struct product *product;
    const char *question_id;
};

static void
read_alternative(struct reader *reader, const struct place *place, void *owner,
                 void *item)
{
    const struct condition_owner *of = owner;

    read_answer(reader, place, of->product, of->question_id, item);
}

/* How many alternatives all questions together name. */
static size_t
alternative_count(const struct json *json)
{
    size_t count = 0;

    for (const struct json *member = json_first(json); member != NULL;
         member = json_next(member))
    {
        count += json_type(member) == JSON_ARRAY ? json_count(member) : 0;
    }
    return count;
}

void
read_condition(struct reader *reader, const struct place *place,
               const struct field *field, void *target)
{
    const struct list_shape shape = {1, CATALOGUE_OPTIONS_MAX, sizeof(struct answer),
                                     read_alternative};
    const struct product *product = reader->product;
    struct condition *condition = target;
    char shown[VALUE_TEXT_BYTES];
    struct answer *answers;

    (void)field;
    if (json_type(place->json) != JSON_OBJECT) {
        reader_problem(reader, place, "must be options by question, not %s",
                       value_text(place->json, shown));
        return;
    }
    answers = arena_allocate(reader->arena, alternative_count(place->json) + 1,
                             sizeof(*answers));
    condition->answers = answers;
    for (const struct json *json = json_first(place->json); json != NULL;
         json = json_next(json))
    {
        struct place member = {place, json_name(json), 0, json};
        struct condition_owner owner = {product, json_name(json)};
        const struct answer *found;
        size_t count;

        if (product_question(product, owner.question_id) == NULL) {
            reader_problem(reader, &member, "is not a question of product \"%s\"",
                           product->id);
            continue;
        }
        found = reader_list(reader, &member, &shape, &owner, &count);
        for (size_t i = 0; i < count; i++) {
            answers[condition->count++] = found[i];
        }
    }
}

/* Whether one of the condition's options for `question` was given. */
static bool
question_holds(const struct condition *condition, const struct question *question,
               const struct answer *given, size_t given_count)
{
    for (size_t i = 0; i < condition->count; i++) {
        if (condition->answers[i].question != question) {
            continue;
        }
        for (size_t j = 0; j < given_count; j++) {
            if (given[j].question == question &&
                given[j].option == condition->answers[i].option) {
                return true;
            }
        }
    }
    return false;
}

bool
condition_holds(const struct condition *condition, const struct answer *given,
                size_t given_count)
{
    for (size_t i = 0; i < condition->count; i++) {
        if (!question_holds(condition, condition->answers[i].question, given,
                            given_count)) {
            return false;
        }
    }
    return true;
}
