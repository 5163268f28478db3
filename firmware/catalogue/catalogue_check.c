#include "base/text.h"
#include "catalogue/reader.h"

/* What can only be seen in the whole: products nobody finds, answers that circle. */

/* --- reachable ----------------------------------------------------------------------
 */

static bool
event_leads_to(const struct life_event *event, const struct product *product)
{
    for (size_t i = 0; i < event->item_count; i++) {
        if (event->items[i].product == product) {
            return true;
        }
    }
    return false;
}

static bool
question_leads_to(const struct question *question, const struct product *product)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (question->options[i].product == product) {
            return true;
        }
    }
    return false;
}

static bool
product_is_reachable(const struct catalogue *catalogue, const struct product *product)
{
    if (product->search.in[LANGUAGE_NL].count > 0) {
        return true;
    }
    for (size_t i = 0; i < catalogue->event_count; i++) {
        if (event_leads_to(&catalogue->events[i], product)) {
            return true;
        }
    }
    for (size_t i = 0; i < catalogue->question_count; i++) {
        if (question_leads_to(&catalogue->questions[i], product)) {
            return true;
        }
    }
    return false;
}

/* --- circles ------------------------------------------------------------------------
 */

enum visit_state { UNSEEN, ON_THE_WAY, SEEN };

struct walk {
    struct reader *reader;
    struct place products;
    enum visit_state *states; /* of each product */
};

static void
report_circle(struct walk *walk, const struct product *product,
              const struct question *question, const struct option *option)
{
    size_t index = (size_t)(product - walk->reader->products);
    struct place item = place_item(&walk->products, index);
    struct place questions = place_member(&item, "questions");

    reader_problem(walk->reader, &questions,
                   "answer \"%s\" to \"%s\" leads to \"%s\", which leads back here",
                   option->id, question->id, option->product->id);
}

/*
 * Follows the gotos of a product's questions. Where they come back to a product on
 * the way, a citizen who keeps giving those answers never arrives. Depth is bounded
 * by the number of products.
 */
static void
walk_from(struct walk *walk, const struct product *product)
{
    enum visit_state *state = &walk->states[product - walk->reader->products];

    if (*state != UNSEEN) {
        return;
    }
    *state = ON_THE_WAY;
    for (size_t i = 0; i < product->question_count; i++) {
        const struct question *question = product->questions[i];

        for (size_t j = 0; question != NULL && j < question->option_count; j++) {
            const struct option *option = &question->options[j];

            if (option->product == NULL) {
                continue;
            }
            if (walk->states[option->product - walk->reader->products] == ON_THE_WAY) {
                report_circle(walk, product, question, option);
            } else {
                walk_from(walk, option->product);
            }
        }
    }
    *state = SEEN;
}

void
check_whole(struct reader *reader, const struct place *root)
{
    const struct catalogue *catalogue = reader->catalogue;
    struct walk walk = {
        .reader = reader,
        .products = place_member(root, "products"),
        .states = arena_allocate(reader->arena, catalogue->product_count + 1,
                                 sizeof(enum visit_state)),
    };
    struct place item = {.parent = &walk.products};

    if (catalogue->product_count == 0) {
        return;
    }
    item.json = json_first(walk.products.json);
    for (; item.index < catalogue->product_count;
         item.index++, item.json = json_next(item.json))
    {
        const struct product *product = &catalogue->products[item.index];

        if (!product_is_reachable(catalogue, product)) {
            reader_problem(reader, &item,
                           "is in no life event and has no search words: nobody can "
                           "find it");
        }
        walk_from(&walk, product);
    }
}
