#include "visit/choice.h"

#include <string.h>

#include "base/text.h"

/* One price, or from which price on when channels or answers differ. */
static void
describe_cost(const struct view *view, struct page *page)
{
    const struct product *product = view->session->product;
    int least = 0, most = -1, cents;
    char price[WORDING_BYTES], from[WORDING_BYTES];
    struct element *card;

    for (size_t i = 0; i < product->channel_count; i++) {
        const struct product_channel *channel = &product->channels[i];

        if (channel->channel != CHANNEL_PERSON &&
            view_cost(view, channel->channel, &cents)) {
            least = most < 0 || cents < least ? cents : least;
            most = cents > most ? cents : most;
        }
    }
    if (most < 0) {
        return;
    }
    wording_price(view->tongue, price, least);
    if (least < most && least > 0) {
        wording_fill(from, tr(view, "from {1}"), price, NULL, NULL);
    } else {
        text_copy(from, sizeof(from), price);
    }
    card = page_add(page, SLOT_SHEET, ROLE_FACT_CARD, "cost", tr(view, "Cost"));
    card->icon = "payments";
    card->value = page_text(page, from);
}

static void
describe_fact(const struct view *view, struct page *page, const char *id,
              const char *label, const char *icon, const struct words *value)
{
    struct element *card;

    if (value->in[LANGUAGE_NL] == NULL) {
        return;
    }
    card = page_add(page, SLOT_SHEET, ROLE_FACT_CARD, id, label);
    card->icon = icon;
    card->value = page_text(page, view_words(view, page, value));
}

/* Who must come; the first sentence says it, and is bold. */
static void
describe_who(const struct view *view, struct page *page, const struct element *card)
{
    const char *who = view_words(view, page, &view->session->product->who);
    const char *end = strpbrk(who, ".?!");
    struct element *paragraph;

    if (who[0] == '\0') {
        return;
    }
    if (end != NULL) {
        who = page_format(page, "**%.*s**%s", (int)(end + 1 - who), who, end + 1);
    }
    paragraph = page_add(page, card->slot, ROLE_PARAGRAPH, "who", who);
    paragraph->icon = "person";
    page_put_under(page, paragraph, card);
}

/* What the stage does not say of something sensitive. */
static void
describe_about(const struct view *view, struct page *page, const struct element *card)
{
    const struct product *product = view->session->product;
    struct element *paragraph =
        page_add(page, card->slot, ROLE_PARAGRAPH, "about",
                 page_format(page, "**%s** %s", view_words(view, page, &product->name),
                             view_words(view, page, &product->summary)));

    paragraph->icon = "info";
    paragraph->flags |= ELEMENT_PRIVATE;
    page_put_under(page, paragraph, card);
}

void
info_describe(const struct view *view, struct page *page)
{
    const struct product *product = view->session->product;
    struct element *card;

    page->sign = product->icon;
    /* The stage is read from afar: there what is sensitive has its neutral name. */
    view_title(page,
               product->sensitive ? view_product(view, page, product)
                                  : view_words(view, page, &product->name),
               product->sensitive ? "" : view_words(view, page, &product->summary));
    describe_cost(view, page);
    describe_fact(view, page, "ready", tr(view, "Ready after"), "schedule",
                  &product->ready);
    describe_fact(view, page, "valid", tr(view, "Valid"), "event", &product->valid);
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "need", "");
    card->spoken = page_text(page, tr(view, "What you need"));
    view_bring(view, page, card, false);
    if (product->sensitive) {
        describe_about(view, page, card);
    }
    describe_who(view, page, card);
    if (product->more_count > 0) {
        view_button(page, "explain", tr(view, "More"), "info", VERB_OTHER);
    }
    view_primary(page, "arrange", tr(view, "Arrange this now"), VERB_NEXT);
}

struct outcome
info_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    if (action.verb == VERB_OTHER) {
        return go_to(SCREEN_MORE);
    }
    return action.verb == VERB_NEXT ? choice_next(session) : stay();
}
