#include "visit/still.h"

#include "base/text.h"
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

static void
describe_out_of_order(const struct municipality *municipality,
                      const struct translation *translation, struct page *page)
{
    char online[WORDING_BYTES];

    page->sign = "build";
    view_title(page, translate(translation, "This kiosk is out of order"),
               translate(translation, "We are sorry. That is not your fault."));
    view_message(
        page, "call", "phone",
        page_format(page, "%s %s", translate(translation, "Call"), municipality->phone),
        words_in(&municipality->phone_hours, LANGUAGE_NL, NULL));
    view_message(page, "elsewhere", "support_agent",
                 translate(translation, "Go to the counter of the municipality"),
                 wording_fill(online,
                              translate(translation, "Or arrange it online: {1}"),
                              municipality->website, NULL, NULL));
}

void
still_describe(enum still still, const struct municipality *municipality,
               const struct translation *translation, struct page *page)
{
    page_begin(page, still == STILL_STARTING ? PAGE_ATTRACT : PAGE_NOTICE, names[still],
               LANGUAGE_NL);
    for (int i = 0; i < 2; i++) {
        page->name_lines[i] =
            page_text(page, words_in(&municipality->name_lines[i], LANGUAGE_NL, NULL));
    }
    if (still == STILL_STARTING) {
        describe_starting(translation, page);
    } else {
        describe_out_of_order(municipality, translation, page);
    }
}
