#include "number_words.h"

#include "base/text.h"

const char *
number_desks(const struct view *view, char text[WORDING_BYTES])
{
    const struct walk_in_number *number = &view->session->number;
    char bytes[WORDING_BYTES];
    struct text list = text_begin(bytes, sizeof(bytes));

    text[0] = '\0';
    if (number->desk_count == 0) {
        return text;
    }
    for (size_t i = 0; i < number->desk_count; i++) {
        if (i > 0 && i + 1 < number->desk_count) {
            text_add(&list, ", ");
        } else if (i > 0) {
            text_format(&list, " %s ", tr(view, "or"));
        }
        text_format(&list, "%d", number->desks[i]);
    }
    return wording_fill(text, tr(view, "Desk {1}"), bytes, NULL, NULL);
}

const char *
number_wait(const struct view *view, char text[WORDING_BYTES])
{
    int minutes = view->session->number.wait_minutes;
    char length[WORDING_BYTES];

    if (minutes < 0) {
        text_copy(text, WORDING_BYTES, tr(view, "unknown"));
        return text;
    }
    return wording_fill(text, tr(view, "about {1}"),
                        wording_minutes(view->tongue, length, minutes), NULL, NULL);
}

const struct words *
number_product(const struct view *view)
{
    const struct product *product = view->session->product;

    return product->sensitive || product->short_name.in[LANGUAGE_NL] == NULL
               ? product_public_name(product)
               : &product->short_name;
}

void
number_fact(struct page *page, const struct element *card, const char *id,
            const char *icon, const char *label, const char *value)
{
    struct element *fact = page_add(page, SLOT_SHEET, ROLE_FACT, id, label);

    fact->icon = icon;
    fact->value = page_text(page, value);
    page_put_under(page, fact, card);
}
