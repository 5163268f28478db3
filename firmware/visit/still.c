#include "visit/still.h"

#include "base/text.h"
#include "visit/nearby.h"

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
describe_nearest(const struct catalogue *catalogue, const struct location *here,
                 struct translation *translation, struct page *page)
{
    const struct tongue tongue = {LANGUAGE_NL, translation};
    const struct location *there = nearby_other(catalogue, here);
    char far[WORDING_BYTES];
    struct element *nearby, *route;

    if (there == NULL) {
        return;
    }
    nearby = page_add(page, SLOT_SHEET, ROLE_NEARBY, "nearby",
                      translate(translation, "The nearest counter"));
    nearby->icon = "near_me";
    nearby->flags |= ELEMENT_STRONG;
    nearby->value = page_text(page, words_in(&there->name, LANGUAGE_NL, NULL));
    nearby->detail =
        page_format(page, "%s %s, %s", there->street, there->house_number, there->city);
    route = page_add(page, SLOT_SHEET, ROLE_ROUTE, "route",
                     translate(translation, "You are here"));
    route->icon = "location_on";
    route->value = page_text(page, nearby_distance(tongue, far, here, there));
    route->detail = page_text(page, translate(translation, "There"));
    page_put_under(page, route, nearby);
}

static void
describe_call(const struct municipality *municipality,
              const struct translation *translation, struct page *page)
{
    struct element *qr;
    struct element *call = page_add(page, SLOT_SHEET, ROLE_CALL, "call",
                                    translate(translation, "Call the municipality"));

    call->icon = "phone";
    call->value = page_text(page, municipality->phone);
    call->detail =
        page_text(page, words_in(&municipality->phone_hours, LANGUAGE_NL, NULL));
    qr = page_add(page, SLOT_SHEET, ROLE_QR, "website",
                  translate(translation, "Or arrange it online"));
    qr->value = page_format(page, "https://%s", municipality->website);
    qr->detail = page_text(page, municipality->website);
    page_put_under(page, qr, call);
}

static void
describe_out_of_order(const struct catalogue *catalogue, const struct location *here,
                      struct translation *translation, struct page *page)
{
    page->sign = "build";
    view_title(page, translate(translation, "This kiosk is out of order"),
               translate(translation, "We are sorry. That is not your fault."));
    if (here != NULL) {
        describe_nearest(catalogue, here, translation, page);
    } else {
        view_message(page, "elsewhere", "support_agent",
                     translate(translation, "Go to the counter of the municipality"),
                     "");
    }
    describe_call(&catalogue->municipality, translation, page);
}

void
still_describe(enum still still, const struct catalogue *catalogue,
               const struct location *here, struct translation *translation,
               struct page *page)
{
    const struct municipality *municipality = &catalogue->municipality;

    page_begin(page, still == STILL_STARTING ? PAGE_ATTRACT : PAGE_NOTICE, names[still],
               LANGUAGE_NL);
    for (int i = 0; i < 2; i++) {
        page->name_lines[i] =
            page_text(page, words_in(&municipality->name_lines[i], LANGUAGE_NL, NULL));
    }
    if (still == STILL_STARTING) {
        describe_starting(translation, page);
    } else {
        describe_out_of_order(catalogue, here, translation, page);
    }
}
