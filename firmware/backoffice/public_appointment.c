#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/public_page.h"
#include "base/text.h"
#include "ticket/icalendar.h"

/* An appointment as its page shows it. */

#define PLACE_BYTES 400

static const struct product *
product_of(const struct public_page *page, size_t item)
{
    return catalogue_product(book_catalogue(page->pages->book),
                             page->booking.items[item].product);
}

/* With its mark when it is only there in Dutch; good until a few more are asked for. */
static const char *
in_words(struct public_page *page, const struct words *words)
{
    bool fallback = false;
    const char *text = words_in(words, page->tongue.language, &fallback);
    char *marked = page->dutch[page->dutch_turn++ % PUBLIC_DUTCH_TEXTS];

    if (!fallback || text[0] == '\0') {
        return text;
    }
    snprintf(marked, sizeof(page->dutch[0]), "%s" LANGUAGE_DUTCH_MARK, text);
    return marked;
}

/* A name needs no mark. */
static const char *
in_name(const struct public_page *page, const struct words *words)
{
    return words_in(words, page->tongue.language, NULL);
}

/* --- the card ------------------------------------------------------------------- */

/* "Paspoort aanvragen, 2 mensen" */
static void
write_items(struct public_page *page)
{
    for (size_t i = 0; i < page->booking.item_count; i++) {
        const struct product *product = product_of(page, i);
        int persons = page->booking.items[i].persons;
        char line[WORDING_BYTES * 2], people[WORDING_BYTES];
        struct text text = text_begin(line, sizeof(line));

        if (product == NULL) {
            continue;
        }
        text_add(&text, in_words(page, product_public_name(product)));
        if (persons > 1) {
            text_format(&text, ", %s",
                        wording_count(page->tongue, people, "{1} person", "{1} people",
                                      persons));
        }
        html_line(page->html, "p", line, NULL);
    }
}

static void
write_address(const struct location *location, char line[PLACE_BYTES])
{
    struct text text = text_begin(line, PLACE_BYTES);

    text_add(&text, location->street);
    if (location->house_number[0] != '\0') {
        text_format(&text, " %s", location->house_number);
    }
    if (location->city[0] != '\0') {
        text_format(&text, "%s%s", text.length > 0 ? ", " : "", location->city);
    }
}

/* The way there, on a map that keeps no account of who looks: by coordinates only. */
static void
write_route(struct public_page *page)
{
    const struct location *location = page->location;
    char url[160];

    if (location->latitude == 0 && location->longitude == 0) {
        return;
    }
    snprintf(url, sizeof(url), "https://www.openstreetmap.org/directions?to=%.5f,%.5f",
             location->latitude, location->longitude);
    html_open(page->html, "a", "class", "button small", "href", url, "rel",
              "noreferrer noopener", NULL);
    public_icon(page, PUBLIC_ICON_ROUTE);
    html_line(page->html, "span", public_tr(page, "Directions"), NULL);
    html_close(page->html);
}

static void
write_place(struct public_page *page)
{
    struct html *html = page->html;
    char address[PLACE_BYTES];

    write_address(page->location, address);
    html_open(html, "div", "class", "place", NULL);
    public_icon(page, PUBLIC_ICON_PLACE);
    html_open(html, "p", NULL);
    html_line(html, "b", in_name(page, &page->location->name), NULL);
    html_void(html, "br", NULL);
    html_line(html, "span", address, NULL);
    html_close(html);
    write_route(page);
    html_close(html);
}

static void
write_moment(struct public_page *page)
{
    struct html *html = page->html;
    char text[WORDING_BYTES], machine[TIME_TEXT_BYTES];

    instant_format(book_zone(page->pages->book, page->location), page->booking.start,
                   machine);
    html_open(html, "time", "datetime", machine, NULL);
    html_line(html, "b", wording_weekday(page->tongue, date_weekday(page->at.date)),
              NULL);
    html_text(html, " ");
    html_line(html, "b",
              wording_time(page->tongue, text, page->at.hour, page->at.minute), NULL);
    html_close(html);
}

void
public_card(struct public_page *page, bool with_place)
{
    struct html *html = page->html;
    char day[16];

    snprintf(day, sizeof(day), "%d", page->at.date.day);
    html_open(html, "section", "class", "card", NULL);
    html_open(html, "div", "class", "when", NULL);
    html_open(html, "p", "class", "leaf", NULL);
    html_line(html, "span", wording_month_name(page->tongue, page->at.date.month),
              NULL);
    html_text(html, " ");
    html_line(html, "b", day, NULL);
    html_close(html);
    html_open(html, "div", NULL);
    write_moment(page);
    write_items(page);
    html_close(html);
    html_close(html);
    if (with_place) {
        write_place(page);
    }
    html_close(html);
}

/* --- what to bring and to pay ----------------------------------------------------- */

/* "Voor wie is het paspoort? Voor mijn kind": what has to be so. */
static const char *
condition_in_words(struct public_page *page, const struct condition *condition,
                   char line[PLACE_BYTES])
{
    struct text text = text_begin(line, PLACE_BYTES);
    const struct question *last = NULL;

    for (size_t i = 0; i < condition->count; i++) {
        const struct answer *answer = &condition->answers[i];

        if (answer->question != last) {
            text_format(&text, "%s%s ", last != NULL ? "; " : "",
                        in_words(page, &answer->question->title));
        } else {
            text_add(&text, " / ");
        }
        text_add(&text, in_words(page, &answer->option->label));
        last = answer->question;
    }
    return line;
}

static void
write_bring_item(struct public_page *page, const struct bring *bring)
{
    const char *note = in_words(page, &bring->note);
    char line[PLACE_BYTES];

    html_open(page->html, "li", NULL);
    html_line(page->html, "b", in_words(page, &bring->label), NULL);
    if (note[0] != '\0') {
        html_line(page->html, "span", note, NULL);
    }
    if (bring->when.count > 0) {
        html_line(page->html, "i", condition_in_words(page, &bring->when, line), NULL);
    }
    html_close(page->html);
}

/* First what everybody brings; what was answered at the kiosk is not known here. */
static void
write_bring(struct public_page *page, const struct product *product)
{
    if (product->bring_count == 0) {
        html_line(page->html, "p", public_tr(page, "You need not bring anything."),
                  NULL);
        return;
    }
    html_open(page->html, "ul", NULL);
    for (int conditional = 0; conditional <= 1; conditional++) {
        for (size_t i = 0; i < product->bring_count; i++) {
            if ((product->bring[i].when.count > 0) == (conditional == 1)) {
                write_bring_item(page, &product->bring[i]);
            }
        }
    }
    html_close(page->html);
}

static bool
is_of_an_appointment(const struct cost *cost)
{
    return cost->channel == CHANNEL_NONE || cost->channel == CHANNEL_APPOINTMENT;
}

static void
write_other_costs(struct public_page *page, const struct product *product)
{
    char line[PLACE_BYTES], price[WORDING_BYTES], whole[PLACE_BYTES + WORDING_BYTES];

    html_open(page->html, "ul", "class", "costs", NULL);
    for (size_t i = 0; i < product->cost_count; i++) {
        const struct cost *cost = &product->costs[i];

        if (cost->when.count > 0 && is_of_an_appointment(cost)) {
            snprintf(whole, sizeof(whole), "%s: %s",
                     condition_in_words(page, &cost->when, line),
                     wording_price(page->tongue, price, cost->cents));
            html_line(page->html, "li", whole, NULL);
        }
    }
    html_close(page->html);
}

static size_t
count_other_costs(const struct product *product)
{
    size_t count = 0;

    for (size_t i = 0; i < product->cost_count; i++) {
        count += product->costs[i].when.count > 0 &&
                 is_of_an_appointment(&product->costs[i]);
    }
    return count;
}

static void
write_cost(struct public_page *page, const struct product *product)
{
    const struct cost *cost = product_cost(product, CHANNEL_APPOINTMENT, NULL, 0);
    struct html *html = page->html;
    char price[WORDING_BYTES], line[WORDING_BYTES];

    if (cost != NULL && cost->cents == 0) {
        html_line(html, "p", public_tr(page, "You pay nothing."), "class", "cost",
                  NULL);
    } else if (cost != NULL) {
        html_line(html, "p",
                  wording_fill(line, public_tr(page, "You pay {1} by card."),
                               wording_price(page->tongue, price, cost->cents), NULL,
                               NULL),
                  "class", "cost", NULL);
    }
    if (count_other_costs(product) > 0) {
        html_open(html, "details", "open", cost == NULL ? "" : NULL, NULL);
        html_line(html, "summary", public_tr(page, "What it costs in other cases"),
                  NULL);
        write_other_costs(page, product);
        html_close(html);
    }
}

static void
write_preparation(struct public_page *page)
{
    struct html *html = page->html;

    for (size_t i = 0; i < page->booking.item_count; i++) {
        const struct product *product = product_of(page, i);
        const char *who;

        if (product == NULL) {
            continue;
        }
        who = in_words(page, &product->who);
        html_open(html, "section", "class", "card soft", NULL);
        if (page->booking.item_count > 1) {
            html_line(html, "p", in_words(page, product_public_name(product)), NULL);
        }
        html_line(html, "h2", public_tr(page, "Bring with you"), NULL);
        write_bring(page, product);
        if (who[0] != '\0') {
            html_line(html, "p", who, NULL);
        }
        write_cost(page, product);
        html_close(html);
    }
}

/* --- the page ------------------------------------------------------------------- */

static void
write_code_and_phone(struct public_page *page)
{
    const char *phone = book_catalogue(page->pages->book)->municipality.phone;
    struct html *html = page->html;
    char text[WORDING_BYTES], url[80];
    struct text dial = text_begin(url, sizeof(url));

    text_add(&dial, "tel:");
    for (const char *c = phone; *c != '\0'; c++) {
        if ((*c >= '0' && *c <= '9') || (*c == '+' && c == phone)) {
            text_add_bytes(&dial, c, 1);
        }
    }
    html_open(html, "section", "class", "card two", NULL);
    html_open(html, "p", NULL);
    html_line(html, "span", public_tr(page, "Code at the kiosk"), NULL);
    html_void(html, "br", NULL);
    html_line(html, "b", wording_code(text, page->booking.code), "class", "code", NULL);
    html_close(html);
    html_open(html, "a", "class", "phone", "href", url, NULL);
    public_icon(page, PUBLIC_ICON_PHONE);
    html_open(html, "span", NULL);
    html_text(html, public_tr(page, "Questions? Call"));
    html_void(html, "br", NULL);
    html_line(html, "b", phone, NULL);
    html_close(html);
    html_close(html);
    html_close(html);
}

/* What has just been done, by the address that the form led to. */
static void
write_done(struct public_page *page)
{
    const char *done = http_server_query(page->request, "done");

    if (done != NULL && text_equal(done, "moved") && page->booking.moves > 0) {
        public_notice(page, "", public_tr(page, "Your appointment has been moved"));
    }
}

static void
write_buttons(struct public_page *page)
{
    struct html *html = page->html;
    char url[PUBLIC_URL_BYTES];

    public_button(page, public_url(page, "afspraak.ics", NULL, url), "primary",
                  PUBLIC_ICON_CALENDAR, public_tr(page, "Put it in my calendar"));
    html_open(html, "div", "class", "pair", NULL);
    public_button(page, public_url(page, "change", NULL, url), "", PUBLIC_ICON_CHANGE,
                  public_tr(page, "Change"));
    public_button(page, public_url(page, "cancel", NULL, url), "danger",
                  PUBLIC_ICON_CANCEL, public_tr(page, "Cancel"));
    html_close(html);
}

static void
show_cancelled(struct public_page *page)
{
    public_begin(page, public_tr(page, "Your appointment has been cancelled"));
    public_card(page, true);
    html_open(page->html, "section", "class", "card", NULL);
    html_line(page->html, "p", public_tr(page, "You need not do anything."), NULL);
    html_line(page->html, "p", public_tr(page, "You can make a new appointment later."),
              NULL);
    html_close(page->html);
    public_end(page, 200);
}

static void
write_footnote(struct public_page *page)
{
    html_line(page->html, "p",
              public_tr(page,
                        "There is no name here. Whoever has the code can see this "
                        "page. It goes away after the appointment."),
              "class", "footnote", NULL);
}

void
public_show(struct public_page *page)
{
    enum booking_state state = page->booking.state;
    int64_t from, until;

    if (state == BOOKING_CANCELLED) {
        show_cancelled(page);
        return;
    }
    book_arrival_hours(page->pages->book, &page->booking, &from, &until);
    public_begin(page, public_tr(page, "Your appointment"));
    write_done(page);
    if (state == BOOKING_ARRIVED) {
        public_notice(page, "", public_tr(page, "You have checked in"));
    } else if (state == BOOKING_MISSED || page->request->now_s > until) {
        public_notice(page, "attention",
                      public_tr(page, "Your time is past. Please call us."));
    }
    public_card(page, true);
    if (state == BOOKING_BOOKED && page->request->now_s <= until) {
        write_buttons(page);
    }
    write_preparation(page);
    write_code_and_phone(page);
    write_footnote(page);
    public_end(page, 200);
}

/* --- for one's calendar ----------------------------------------------------------- */

/* "ID@afspraak.voorbeeld.nl": the same after a move, so that it takes its place. */
static void
write_uid(const struct public_page *page, char uid[200])
{
    const char *host = strstr(book_ticket_address(page->pages->book), "://");
    char id[2 * BOOK_ID_BYTES + 1];
    struct text text = text_begin(uid, 200);

    text_hex_encode(id, page->booking.id, BOOK_ID_BYTES);
    text_format(&text, "%s@", id);
    for (host += 3; *host != '\0' && *host != '/'; host++) {
        char c = (char)(*host >= 'A' && *host <= 'Z' ? *host - 'A' + 'a' : *host);

        text_add_bytes(&text, &c, 1);
    }
}

/* What to bring in any case, a line each, and the code. */
static void
write_description(struct public_page *page, struct text *text)
{
    char code[WORDING_BYTES];

    text_format(text, "%s: %s\n", public_tr(page, "Code at the kiosk"),
                wording_code(code, page->booking.code));
    for (size_t i = 0; i < page->booking.item_count; i++) {
        const struct product *product = product_of(page, i);

        for (size_t j = 0; product != NULL && j < product->bring_count; j++) {
            if (product->bring[j].when.count == 0) {
                text_format(text, "- %s\n", in_words(page, &product->bring[j].label));
            }
        }
    }
}

void
public_calendar(struct public_page *page)
{
    char uid[200], summary[WORDING_BYTES * 2] = "", where[PLACE_BYTES * 2];
    char address[PLACE_BYTES], about[2000];
    struct text name = text_begin(summary, sizeof(summary));
    struct text place = text_begin(where, sizeof(where));
    struct text description = text_begin(about, sizeof(about));
    struct icalendar_event event = {
        .uid = uid,
        .stamp = page->request->now_s,
        .start = page->booking.start,
        .end = page->booking.end,
        .sequence = page->booking.moves,
        .summary = summary,
        .location = where,
        .description = about,
        .url = page->booking.ticket,
    };
    char *calendar;

    if (page->booking.state == BOOKING_CANCELLED) {
        show_cancelled(page);
        return;
    }
    for (size_t i = 0; i < page->booking.item_count; i++) {
        const struct product *product = product_of(page, i);

        text_add(&name, product != NULL && name.length > 0 ? " + " : "");
        text_add(&name,
                 product != NULL ? in_words(page, product_public_name(product)) : "");
    }
    write_uid(page, uid);
    write_address(page->location, address);
    text_format(&place, "%s, %s", in_name(page, &page->location->name), address);
    write_description(page, &description);
    calendar = icalendar_encode(&event);
    http_server_answer_text(page->answer, 200, "text/calendar; charset=utf-8",
                            calendar);
    http_server_answer_header(page->answer, "Content-Disposition",
                              "inline; filename=\"afspraak.ics\"");
    http_server_answer_header(page->answer, "X-Robots-Tag", "noindex");
    free(calendar);
}
