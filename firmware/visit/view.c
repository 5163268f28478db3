#include "view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "call_back.h"
#include "catalogue/opening.h"

#define DUTCH_BYTES 1700 /* the longest text of a catalogue */
#define DUTCH_MANY 3     /* texts on a page: it is told, besides their marks */

/* --- texts ---------------------------------------------------------------------- */

const char *
tr(const struct view *view, const char *message)
{
    return translate(view->tongue.translation, message);
}

const char *
view_dutch(const struct view *view, struct page *page, const char *text)
{
    char plain[DUTCH_BYTES];
    struct text copy = text_begin(plain, sizeof(plain));

    if (view->tongue.language == LANGUAGE_NL || text[0] == '\0') {
        return text;
    }
    /* What is bold is put apart, and would come first where lines run to the left. */
    while (*text != '\0') {
        bool stars =
            language_is_right_to_left(page->language) && text_starts_with(text, "**");

        text_add_bytes(&copy, text, stars ? 0 : 1);
        text += stars ? 2 : 1;
    }
    return page_dutch(page, plain);
}

/* Has the sheet room for a message over what it holds? Not where that fills it. */
static bool
takes_message(const struct page *page)
{
    static const enum role full[] = {ROLE_TILE, ROLE_KEYBOARD, ROLE_KEY_PAD, ROLE_DAY,
                                     ROLE_TIME, ROLE_TICKET,   ROLE_NUMBER,  ROLE_SLIP,
                                     ROLE_QR,   ROLE_FACE,     ROLE_SCAN};

    for (size_t i = 0; i < page->count; i++) {
        for (size_t j = 0; j < sizeof(full) / sizeof(full[0]); j++) {
            if (page->elements[i].role == full[j]) {
                return false;
            }
        }
    }
    return true;
}

void
view_say_dutch(const struct view *view, struct page *page)
{
    size_t first = 0;

    if (page->dutch_count < DUTCH_MANY || !takes_message(page)) {
        return;
    }
    while (first < page->count && page->elements[first].slot != SLOT_SHEET) {
        first++;
    }
    view_message(page, "dutch", "translate",
                 tr(view, "Part of this is there in Dutch only."),
                 tr(view, "With Help you find somebody who helps you."));
    page_move(page, page->count - 1, first);
}

const char *
view_words(const struct view *view, struct page *page, const struct words *words)
{
    bool fallback = false;
    const char *text = words_in(words, view->tongue.language, &fallback);

    return fallback ? view_dutch(view, page, text) : text;
}

const char *
view_name(const struct view *view, const struct words *words)
{
    return words_in(words, view->tongue.language, NULL);
}

const char *
view_product(const struct view *view, struct page *page, const struct product *product)
{
    return view_words(view, page, product_public_name(product));
}

const char *
view_count(const struct view *view, struct page *page, const char *one,
           const char *many, int count)
{
    char text[WORDING_BYTES];

    return page_text(page, wording_count(view->tongue, text, one, many, count));
}

struct civil
view_civil(const struct view *view, int64_t instant)
{
    return zone_civil(view->parts->zone, instant);
}

struct date
view_today(const struct view *view)
{
    return view_civil(view, view->moment.now).date;
}

/* --- every page --------------------------------------------------------------------
 */

void
view_header(const struct view *view, struct page *page)
{
    const struct flow_parts *parts = view->parts;
    char clock[WORDING_BYTES];

    for (int i = 0; i < 2; i++) {
        page->name_lines[i] = page_text(
            page, view_name(view, &parts->catalogue->municipality.name_lines[i]));
    }
    page->place = page_text(page, view_name(view, &parts->here->name));
    page->clock = page_text(
        page, wording_clock(view->tongue, clock, view_civil(view, view->moment.now)));
}

void
view_paging(const struct view *view, struct page *page)
{
    page->paging = (struct paging_words){
        .place = page_text(page, tr(view, "{1} of {2}")),
        .more = page_text(page, tr(view, "Read on")),
        .overlay_more = page_text(page, tr(view, "More choices")),
        .back = page_text(page, tr(view, "Back to the first")),
        .next = page_text(page, tr(view, "Continue")),
        .previous = page_text(page, tr(view, "Previous")),
        .verb = VERB_PART,
        .overlay_verb = VERB_OVERLAY_PART,
    };
}

static struct element *
dock_cell(struct page *page, int cell, const char *id, const char *icon,
          const char *label, enum verb verb)
{
    struct element *element = page_add_action(page, SLOT_DOCK, ROLE_DOCK, id, label,
                                              (struct action){.verb = (int)verb});

    element->icon = icon;
    element->number = cell;
    return element;
}

void
view_dock(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    enum screen_id screen = session->frames[session->depth - 1].screen;
    struct element *help;

    if (session->depth > 1 && !session->blanked && screen != SCREEN_DONE &&
        screen != SCREEN_CHECKED_IN && screen != SCREEN_CANCELLED &&
        screen != SCREEN_FEEDBACK)
    {
        dock_cell(page, 0, "back", "arrow_back", tr(view, "Back"), VERB_BACK);
    }
    if (view->parts->catalogue->language_count > 1) {
        /* Where the word has no room the cell says which one is spoken. */
        dock_cell(page, 1, "language", "translate", tr(view, "Language"),
                  VERB_LANGUAGES)
            ->brief = page_text(page, language_name(view->tongue.language));
    }
    help = dock_cell(page, 2, "help", "support_agent", tr(view, "Help"), VERB_HELP);
    help->flags |= ELEMENT_ACCENT;
    help->brief = page_text(page, tr(view, "Aid"));
    dock_cell(page, 3, "adjust", "accessibility_new", tr(view, "Adjust"), VERB_ADJUST)
        ->brief = page_text(page, tr(view, "Screen"));
    dock_cell(page, 4, "stop", "highlight_off", tr(view, "Stop"), VERB_STOP)->flags |=
        ELEMENT_DANGER;
}

struct element *
view_title(struct page *page, const char *title, const char *subtitle)
{
    struct element *element = page_add(page, SLOT_STAGE, ROLE_TITLE, "title", title);

    if (subtitle[0] != '\0') {
        page_add(page, SLOT_STAGE, ROLE_SUBTITLE, "subtitle", subtitle);
    }
    return element;
}

struct element *
view_message(struct page *page, const char *id, const char *icon, const char *label,
             const char *detail)
{
    struct element *message = page_add(page, SLOT_SHEET, ROLE_MESSAGE, id, label);

    message->icon = icon;
    message->detail = page_text(page, detail);
    return message;
}

struct element *
view_button(struct page *page, const char *id, const char *label, const char *icon,
            enum verb verb)
{
    struct element *button = page_add_action(page, SLOT_FOOT, ROLE_BUTTON, id, label,
                                             (struct action){.verb = (int)verb});

    button->icon = icon;
    return button;
}

struct element *
view_row(struct page *page, enum slot slot, const char *id, const char *icon,
         const char *label, const char *detail, struct action action)
{
    struct element *row = page_add_action(page, slot, ROLE_ROW, id, label, action);

    row->icon = icon;
    row->detail = page_text(page, detail);
    return row;
}

struct element *
view_primary(struct page *page, const char *id, const char *label, enum verb verb)
{
    struct element *button = view_button(page, id, label, "arrow_forward", verb);

    button->flags |= ELEMENT_PRIMARY | ELEMENT_ICON_AFTER;
    return button;
}

/* --- steps ------------------------------------------------------------------------ */

#define MOVING_STEPS 3 /* day, time, checking */

static bool
has_appointment(const struct product *product)
{
    for (size_t i = 0; i < product->channel_count; i++) {
        if (product->channels[i].channel == CHANNEL_APPOINTMENT) {
            return true;
        }
    }
    return false;
}

static bool
counts_people(const struct product *product)
{
    return product->persons_max > 1 && has_appointment(product);
}

int
view_step_count(const struct view *view)
{
    const struct session *session = view->session;
    bool fields =
        session->known.fields ? session->known.field_count > 0 : view->fields_usual;

    if (view_is_moving(view)) {
        return MOVING_STEPS;
    }
    if (session->steps > 0) {
        return session->steps;
    }
    return 5 + counts_people(session->product) +
           (fields && has_appointment(session->product));
}

void
view_progress(const struct view *view, struct page *page, enum step step)
{
    static const char *const names[] = {
        [STEP_CHOOSE] = N_("Choosing"),
        [STEP_CHANNEL] = N_("How"),
        [STEP_PERSONS] = N_("Number of people"),
        [STEP_PLACE_AND_DAY] = N_("Place and day"),
        [STEP_TIME] = N_("Time"),
        [STEP_CONTACT] = N_("Your details"),
        [STEP_CONFIRM] = N_("Checking"),
        [STEP_PHONE] = N_("Phone"),
    };
    int people = counts_people(view->session->product);
    int numbers[] = {
        [STEP_CHOOSE] = 1,
        [STEP_CHANNEL] = 2,
        [STEP_PERSONS] = 3,
        [STEP_PLACE_AND_DAY] = 3 + people,
        [STEP_TIME] = 4 + people,
        [STEP_CONTACT] = 5 + people,
        [STEP_CONFIRM] = view_step_count(view),
        [STEP_PHONE] = 3,
    };
    char text[WORDING_BYTES], number[16], all[16];

    if (view_is_moving(view)) {
        numbers[STEP_PLACE_AND_DAY] = 1;
        numbers[STEP_TIME] = 2;
    }
    page->step = numbers[step];
    page->step_count = view_step_count(view);
    page->step_name = page_text(page, tr(view, names[step]));
    snprintf(number, sizeof(number), "%d", page->step);
    snprintf(all, sizeof(all), "%d", page->step_count);
    page->step_text = page_text(
        page, wording_fill(text, tr(view, "Step {1} of {2}:"), number, all, NULL));
}

/* --- the product at hand -----------------------------------------------------------
 */

size_t
view_bring(const struct view *view, struct page *page, const struct element *card,
           bool short_texts)
{
    const struct session *session = view->session;
    const struct product *product = session->product;
    size_t count = 0;

    for (size_t i = 0; i < product->bring_count; i++) {
        const struct bring *bring = &product->bring[i];
        bool brief = short_texts && bring->ticket.in[LANGUAGE_NL] != NULL;
        char id[PAGE_ID_BYTES];
        struct element *check;

        if (!condition_holds(&bring->when, session->answers, session->answer_count)) {
            continue;
        }
        if (count++ == 0) {
            struct element *heading = page_add(page, card->slot, ROLE_HEADING, "bring",
                                               tr(view, "Bring with you"));

            page_put_under(page, heading, card);
        }
        snprintf(id, sizeof(id), "bring-%.20s", bring->id);
        check =
            page_add(page, card->slot, ROLE_CHECK, id,
                     view_words(view, page, brief ? &bring->ticket : &bring->label));
        check->icon = bring->icon;
        if (!short_texts) {
            check->detail = page_text(page, view_words(view, page, &bring->note));
        }
        page_put_under(page, check, card);
    }
    return count;
}

void
view_appointment(const struct view *view, struct page *page, enum slot slot)
{
    const struct session *session = view->session;
    struct civil at = view_civil(view, session->appointment.start);
    bool over = slot == SLOT_OVERLAY;
    char text[WORDING_BYTES], day[16];
    struct element *card, *where;

    snprintf(day, sizeof(day), "%d", at.date.day);
    card = page_add(page, slot, ROLE_APPOINTMENT,
                    over ? "overlay-appointment" : "appointment",
                    wording_weekday_time(view->tongue, text, at));
    if (session->product != NULL) {
        card->detail = page_text(page, view_product(view, page, session->product));
    }
    card->value = page_text(page, day);
    card->extra = page_text(page, wording_month_name(view->tongue, at.date.month));
    card->spoken = page_format(page, "%s%s%s", wording_moment(view->tongue, text, at),
                               card->detail[0] != '\0' ? ", " : "", card->detail);
    where = page_add(page, slot, ROLE_TICKET_PLACE, over ? "overlay-where" : "where",
                     view_name(view, &session->location->name));
    page_put_under(page, where, card);
}

bool
view_has_code(const struct view *view)
{
    const struct appointment *appointment = &view->session->appointment;

    return appointment->code[0] != '\0' || appointment->check_in[0] != '\0';
}

bool
view_is_moving(const struct view *view)
{
    const struct session *session = view->session;

    for (size_t i = 0; i < session->depth; i++) {
        if (session->frames[i].screen == SCREEN_MANAGE) {
            return true;
        }
    }
    return false;
}

bool
view_cost(const struct view *view, enum channel channel, int *cents)
{
    const struct session *session = view->session;
    const struct cost *cost = product_cost(session->product, channel, session->answers,
                                           session->answer_count);

    if (cost == NULL) {
        return false;
    }
    *cents = cost->cents * (session->persons > 0 ? session->persons : 1);
    return true;
}

int64_t
view_earliest(const struct view *view, const struct location *location)
{
    const struct known *known = &view->session->known;

    for (size_t i = 0; i < known->location_count; i++) {
        if (strcmp(known->location[i].id, location->id) == 0) {
            return known->location[i].earliest;
        }
    }
    return TIME_NONE;
}

static bool
is_known(const struct known *known, const struct location *location)
{
    for (size_t i = 0; i < known->location_count; i++) {
        if (strcmp(known->location[i].id, location->id) == 0) {
            return true;
        }
    }
    return false;
}

size_t
view_locations(const struct view *view,
               const struct location *list[SESSION_LOCATIONS_MAX])
{
    const struct product *product = view->session->product;
    size_t count = 0;

    for (size_t i = 0; i < product->location_count && count < SESSION_LOCATIONS_MAX;
         i++) {
        if (is_known(&view->session->known, product->locations[i])) {
            list[count++] = product->locations[i];
        }
    }
    return count;
}

static bool
is_done_here(const struct view *view)
{
    const struct product *product = view->session->product;

    for (size_t i = 0; i < product->location_count; i++) {
        if (product->locations[i] == view->parts->here) {
            return true;
        }
    }
    return false;
}

bool
view_calls_staff(const struct view *view)
{
    return view->parts->errands != NULL && view->parts->here->calls_staff &&
           opening_is_open(view->parts->here, view_civil(view, view->moment.now));
}

bool
view_offers(const struct view *view, const struct product_channel *channel)
{
    switch (channel->channel) {
    case CHANNEL_WALK_IN: /* a number is for here */
        return view->parts->walk_in != NULL && is_done_here(view) &&
               condition_holds(&channel->when, view->session->answers,
                               view->session->answer_count);
    case CHANNEL_ONLINE:
    case CHANNEL_APPOINTMENT:
    case CHANNEL_PERSON:
    case CHANNEL_CALL_BACK:
        return (channel->channel != CHANNEL_CALL_BACK || call_back_is_offered(view)) &&
               condition_holds(&channel->when, view->session->answers,
                               view->session->answer_count);
    case CHANNEL_NONE:
    case CHANNEL_PARTNER:
    case CHANNEL_COUNT:
        break;
    }
    return false;
}
