#include "phone.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* The municipality's form hands it back when it was sent in. */
#define TOKEN_PARAMETER "loketzuil"

static void
describe_step(struct page *page, const struct element *card, int number,
              const char *label)
{
    char id[PAGE_ID_BYTES];
    struct element *step;

    snprintf(id, sizeof(id), "step-%d", number);
    step = page_add(page, SLOT_SHEET, ROLE_STEP, id, label);
    step->value = page_format(page, "%d", number);
    page_put_under(page, step, card);
}

void
phone_describe(const struct view *view, struct page *page, const char *url,
               const char *token, const char *needs)
{
    struct element *card = page_add(page, SLOT_SHEET, ROLE_HAND_OVER, "hand-over", "");
    struct element *qr = page_add(page, SLOT_SHEET, ROLE_QR, "qr", "");

    card->spoken = page_text(page, tr(view, "How to go on on your phone"));
    qr->value = token[0] == '\0'
                    ? page_text(page, url)
                    : page_format(page, "%s%s" TOKEN_PARAMETER "=%s", url,
                                  strchr(url, '?') != NULL ? "&" : "?", token);
    qr->spoken = page_text(page, tr(view, "A code for your phone's camera"));
    page_put_under(page, qr, card);
    describe_step(page, card, 1, tr(view, "Open the **camera** of your phone."));
    describe_step(page, card, 2, tr(view, "Point it at this **code**."));
    describe_step(page, card, 3,
                  needs[0] == '\0' ? tr(view, "Tap the **link**.")
                                   : page_format(page, "%s %s.",
                                                 tr(view, "Tap the **link**."), needs));
}

void
phone_describe_typed(const struct view *view, struct page *page, const char *url)
{
    const char *bare = text_starts_with(url, "https://") ? url + 8 : url;
    struct element *typed = page_add(page, SLOT_SHEET, ROLE_TYPED, "typed",
                                     tr(view, "Doesn't it work? Type on your phone:"));

    typed->icon = "keyboard";
    typed->value = page_text(page, text_starts_with(bare, "www.") ? bare + 4 : bare);
}
