#include "visit/still.h"

#include "base/text.h"
#include "visit/out_of_order.h"
#include "visit/view.h"

static const char *const names[STILL_COUNT] = {
    [STILL_STARTING] = "starting",
    [STILL_OUT_OF_ORDER] = "out-of-order",
};

bool
still_from_name(const char *name, enum still *still)
{
    for (int i = 0; i < STILL_COUNT; i++) {
        if (text_equal(name, names[i])) {
            *still = (enum still)i;
            return true;
        }
    }
    return false;
}

/* The street of the welcome page, so that little changes when that one comes. */
static void
describe_starting(const struct translation *translation, struct page *page)
{
    view_title(page, translate(translation, "One moment, please"),
               translate(translation, "This kiosk is starting."));
}

void
still_describe(enum still still, const struct catalogue *catalogue,
               const struct location *here, struct translation *translation,
               struct page *page)
{
    const struct municipality *municipality = &catalogue->municipality;
    const struct out_of_order known = {
        .municipality = municipality, .catalogue = catalogue, .here = here};

    page_begin(page, still == STILL_STARTING ? PAGE_ATTRACT : PAGE_NOTICE, names[still],
               LANGUAGE_NL);
    if (still == STILL_OUT_OF_ORDER) {
        out_of_order_page(&known, translation, page);
        return;
    }
    for (int i = 0; i < 2; i++) {
        page->name_lines[i] =
            page_text(page, words_in(&municipality->name_lines[i], LANGUAGE_NL, NULL));
    }
    describe_starting(translation, page);
}
