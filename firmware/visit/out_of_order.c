#include "out_of_order.h"

#include "visit/nearby.h"
#include "visit/view.h"

static void
describe_nearest(const struct out_of_order *known, const struct location *there,
                 const struct translation *translation, struct page *page)
{
    const struct tongue tongue = {LANGUAGE_NL, translation};
    char far[WORDING_BYTES];
    struct element *nearby, *route;

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
    route->value = page_text(page, nearby_distance(tongue, far, known->here, there));
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
describe_service(const struct out_of_order *known,
                 const struct translation *translation, struct page *page)
{
    char text[WORDING_BYTES];
    struct element *service = page_add(
        page, SLOT_FOOT, ROLE_SERVICE, "service",
        known->fault != NULL
            ? wording_fill(text, translate(translation, "For the technician: **{1}**"),
                           known->fault, NULL, NULL)
            : translate(translation, "For the technician"));

    service->value = page_text(page, known->kiosk);
    service->spoken = service->label; /* a name is to be read */
}

static bool
can_call(const struct out_of_order *known)
{
    return known->municipality != NULL && known->municipality->phone != NULL;
}

/* Where no way to it is known. */
static void
describe_counter(const struct out_of_order *known,
                 const struct translation *translation, struct page *page)
{
    struct element *counter = page_add(page, SLOT_SHEET, ROLE_NEARBY, "elsewhere",
                                       translate(translation, "We do help you here"));

    counter->icon = "support_agent";
    counter->flags |= ELEMENT_STRONG;
    counter->value = page_text(
        page, translate(translation, "Go to the counter of the municipality"));
    if (!can_call(known)) {
        counter->detail = page_text(
            page, translate(translation,
                            "Or call the municipality, or look at its website."));
    }
}

void
out_of_order_page(const struct out_of_order *known,
                  const struct translation *translation, struct page *page)
{
    const struct location *there =
        known->here != NULL ? nearby_other(known->catalogue, known->here) : NULL;

    for (int i = 0; i < 2 && known->municipality != NULL; i++) {
        page->name_lines[i] = page_text(
            page, words_in(&known->municipality->name_lines[i], LANGUAGE_NL, NULL));
    }
    page->sign = "build";
    view_title(
        page, translate(translation, "This kiosk is out of order"),
        translate(translation,
                  "We are sorry. That is not your fault. Your details were erased."));
    if (there != NULL) {
        describe_nearest(known, there, translation, page);
    } else {
        describe_counter(known, translation, page);
    }
    if (can_call(known)) {
        describe_call(known->municipality, translation, page);
    }
    if (known->kiosk != NULL) {
        describe_service(known, translation, page);
    }
}
