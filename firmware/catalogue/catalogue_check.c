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
    const struct catalogue *catalogue;
    enum visit_state *states; /* of each product */
};

/*
 * Follows the gotos of a product's questions. True when they come back to a
 * product on the way: a citizen who keeps giving those answers never arrives.
 * Depth is bounded by the number of products.
 */
static bool
walk_circles(struct walk *walk, const struct product *product)
{
    enum visit_state *state = &walk->states[product - walk->catalogue->products];

    if (*state != UNSEEN) {
        return *state == ON_THE_WAY;
    }
    *state = ON_THE_WAY;
    for (size_t i = 0; i < product->question_count; i++) {
        const struct question *question = product->questions[i];

        for (size_t j = 0; question != NULL && j < question->option_count; j++) {
            const struct product *next = question->options[j].product;

            if (next != NULL && walk_circles(walk, next)) {
                *state = SEEN;
                return true;
            }
        }
    }
    *state = SEEN;
    return false;
}

void
check_whole(struct reader *reader, const struct place *root)
{
    const struct catalogue *catalogue = reader->catalogue;
    struct place products = place_member(root, "products");
    struct walk walk = {
        .catalogue = catalogue,
        .states = arena_allocate(reader->arena, catalogue->product_count + 1,
                                 sizeof(enum visit_state)),
    };
    struct place item;

    if (catalogue->product_count == 0) {
        return;
    }
    item = (struct place){.parent = &products, .json = json_first(products.json)};
    for (; item.index < catalogue->product_count;
         item.index++, item.json = json_next(item.json))
    {
        const struct product *product = &catalogue->products[item.index];

        if (!product_is_reachable(catalogue, product)) {
            reader_problem(reader, &item,
                           "is in no life event and has no search words: nobody can "
                           "find it");
        }
        if (walk_circles(&walk, product)) {
            struct place questions = place_member(&item, "questions");

            reader_problem(reader, &questions,
                           "have an answer that leads back to this product in the end");
        }
    }
}
