#include "tour_ways.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/fields.h"
#include "appointment/scripted.h"
#include "base/text.h"

#include "view.h"

#define MONTHS_TRIED 4
#define WORD_BYTES 40
#define STEPS_MAX 40

/* --- to a screen by the usual choices --------------------------------------------- */

void
tour_follow(struct tour *tour, const struct tour_path *path)
{
    tour_restart(tour);
    for (size_t i = 0; i < path->count; i++) {
        tour_act(tour, path->actions[i].verb, path->actions[i].argument);
    }
}

bool
tour_choose_day(struct tour *tour)
{
    for (int i = 0; i < MONTHS_TRIED && tour_session(tour)->date.year == 0; i++) {
        tour_act(tour, VERB_MONTH, 1);
    }
    return tour_session(tour)->date.year != 0;
}

/* What suits a field; the number is one of the test numbers for citizen numbers. */
static const char *
value_for(const char *field)
{
    static const struct {
        const char *field, *value;
    } values[] = {
        {APPOINTMENT_FIELD_PHONE_NUMBER, "0612345678"},
        {APPOINTMENT_FIELD_MOBILE, "0612345678"},
        {APPOINTMENT_FIELD_EMAIL, "a.de.vries@voorbeeld.nl"},
        {APPOINTMENT_FIELD_BIRTH_DATE, "29021960"},
        {APPOINTMENT_FIELD_SOCIAL_SECURITY_NUMBER, "111222333"},
        {APPOINTMENT_FIELD_POSTCODE, "1234AB"},
        {APPOINTMENT_FIELD_HOUSE_NUMBER, "12"},
    };

    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        if (text_equal(field, values[i].field)) {
            return values[i].value;
        }
    }
    return "de Vries";
}

static void
fill_field(struct tour *tour)
{
    const struct session *session = tour_session(tour);
    size_t current = session->typed.current;

    if (session->known.field_count > 0) {
        tour_input(tour, INPUT_TYPE, value_for(session->known.field[current].name));
    }
    tour_input(tour, INPUT_ENTER, NULL);
}

/* The usual choice on the page at hand. */
static void
choose(struct tour *tour)
{
    if (tour_is_on(tour, "locations")) {
        tour_press_role(tour, ROLE_LOCATION);
    } else if (tour_is_on(tour, "day")) {
        tour_choose_day(tour);
        tour_press(tour, "next");
    } else if (tour_is_on(tour, "time")) {
        tour_press_role(tour, ROLE_TIME);
        tour_press(tour, "next");
    } else if (tour_is_on(tour, "contact")) {
        fill_field(tour);
    } else if (tour_is_on(tour, "confirm")) {
        tour_press(tour, "confirm");
    } else {
        tour_press(tour, "next");
    }
}

void
tour_go_to(struct tour *tour, const char *screen)
{
    for (int i = 0; i < STEPS_MAX && !tour_stopped(tour); i++) {
        if (tour_is_on(tour, screen)) {
            return;
        }
        choose(tour);
    }
    tour_stop(tour, "the way to \"%s\" does not end", screen);
}

/* --- the ways --------------------------------------------------------------------- */

/*
 * Ids of our own screens to press, and besides
 *   start; appointment-of, online-of, walk-in-of, call-back-of: the channel page of a
 *   product that has it, if one has; to:SCREEN (the usual choices); first:ROLE (press
 *   the first or, last:ROLE, the last one); fill (a field); type:TEXT (_ is a space);
 * enter; pass:SECONDS; keep (the ticket); scan (it); type-code (of it); scan-other;
 *   on-time, too-late (for it);
 *   offline, taken, uncertain, no-paper, no-printer, numbers:WHAT (walk_in_play()),
 *   post-cut, post-refused, no-errands, keyless, asks-much, at-night: how the world is;
 *   out-of-order. With a ? behind it the way is not there where that is not.
 */
#define APPOINTMENT "appointment-of appointment"
#define TICKET APPOINTMENT " to:done keep done skip?"
#define NUMBER "walk-in-of walk-in"
#define CALL_BACK "start help help-call-back?"

static const struct way {
    const char *name, *steps;
} ways[] = {
    {"search", "start search"},
    {"search typed", "start search type:pas"},
    {"search results", "start search type:aanvragen enter"},
    {"search nothing", "start search type:qqqqq enter"},
    {"check-in", "start appointment"},
    {"code", "start appointment type"},
    {"code typed", "start appointment type type:ABC"},
    {"code not found", "start appointment type type:ABCDEF enter"},
    {"check-in of something else", "start appointment scan-other"},
    {"persons many", APPOINTMENT " last:count"},
    {"locations", APPOINTMENT " to:locations?"},
    {"locations nearest", APPOINTMENT " to:locations? nearest"},
    {"day", APPOINTMENT " to:day"},
    {"day later", APPOINTMENT " to:day later"},
    {"day elsewhere", APPOINTMENT " to:day last:place?"},
    {"time", APPOINTMENT " to:time"},
    {"time chosen", APPOINTMENT " to:time first:time"},
    {"time taken", APPOINTMENT " to:time first:time taken next"},
    {"contact", APPOINTMENT " to:contact"},
    {"contact typed", APPOINTMENT " to:contact type:de_Vries enter"},
    {"contact wrong",
     APPOINTMENT " to:contact type:de_Vries enter type:061234567 enter"},
    {"contact empty", APPOINTMENT " to:contact enter"},
    {"contact capitals", APPOINTMENT " to:contact shift"},
    {"contact accents", APPOINTMENT " to:contact keys?"},
    {"contact of much", "asks-much " APPOINTMENT " to:contact"},
    {"contact birth date", "asks-much " APPOINTMENT " to:contact fill type:2902"},
    {"contact birth date wrong",
     "asks-much " APPOINTMENT " to:contact fill type:2902196 enter"},
    {"contact gender", "asks-much " APPOINTMENT " to:contact fill fill"},
    {"contact citizen number", "asks-much " APPOINTMENT " to:contact fill fill fill"},
    {"contact citizen number wrong",
     "asks-much " APPOINTMENT " to:contact fill fill fill type:111222334 enter"},
    {"contact postcode", "asks-much " APPOINTMENT " to:contact fill fill fill fill"},
    {"contact postcode wrong",
     "asks-much " APPOINTMENT " to:contact fill fill fill fill type:123 enter"},
    {"contact mail", "asks-much " APPOINTMENT " to:contact fill fill fill fill fill"},
    {"contact mail wrong", "asks-much " APPOINTMENT
                           " to:contact fill fill fill fill fill type:de.vries enter"},
    {"confirm", APPOINTMENT " to:confirm"},
    {"confirm of much", "asks-much " APPOINTMENT " to:confirm"},
    {"done printed", APPOINTMENT " to:done print"},
    {"done not printed", APPOINTMENT " to:confirm no-paper confirm print"},
    {"done without printer", "no-printer " APPOINTMENT " to:done"},
    {"feedback", APPOINTMENT " to:done done"},
    {"feedback chosen", APPOINTMENT " to:done done face-4? success-yes?"},
    {"trouble offline", APPOINTMENT " to:confirm offline confirm"},
    {"trouble offline, no call back",
     "no-errands " APPOINTMENT " to:confirm offline confirm"},
    {"uncertain", "keyless " APPOINTMENT " to:confirm uncertain confirm"},
    {"manage", TICKET " scan"},
    {"manage by code", TICKET " start appointment type type-code enter"},
    {"bring", TICKET " scan bring"},
    {"move day", TICKET " scan move"},
    {"move time", TICKET " scan move to:time"},
    {"move", TICKET " scan move to:move"},
    {"moved", TICKET " scan move to:move confirm"},
    {"cancelled", TICKET " scan cancel sure"},
    {"check-in of what was cancelled", TICKET " scan cancel sure done scan"},
    {"uncertain, to cancel", TICKET " scan cancel uncertain sure"},
    {"trouble, of what stands", TICKET " offline scan"},
    {"checked-in", TICKET " on-time scan"},
    {"too late", TICKET " too-late scan"},
    {"channel offline", "offline appointment-of"},
    {"channel full", "numbers:full walk-in-of"},
    {"channel closed", "numbers:closed walk-in-of"},
    {"channel wait unknown", "numbers:unknown walk-in-of"},
    {"channel without errands", "no-errands appointment-of"},
    {"number", NUMBER},
    {"number wait unknown", "numbers:unknown " NUMBER},
    {"number printed", NUMBER " print"},
    {"number not printed", NUMBER " no-paper print"},
    {"no-number full", "walk-in-of numbers:full walk-in"},
    {"no-number closed", "walk-in-of numbers:closed walk-in"},
    {"trouble number", "walk-in-of numbers:offline walk-in"},
    {"hand-over", "online-of online"},
    {"hand-over without phone", "online-of online no-phone"},
    {"call-back", CALL_BACK},
    {"call-back typed", CALL_BACK " type:06123 first:option"},
    {"call-back wrong", CALL_BACK " type:061234567 enter"},
    {"call-back when", CALL_BACK " type:0612345678 enter"},
    {"call-back sent", CALL_BACK " type:0612345678 last:option enter"},
    {"call-back kept", CALL_BACK " type:0612345678 last:option post-cut enter"},
    {"call-back failed", CALL_BACK " type:0612345678 last:option post-refused enter"},
    {"call-back, of a product", "call-back-of call-back"},
    {"staff called", "start help ask-person"},
    {"staff called again", "start help ask-person pass:301"},
    {"person, call waits", "start post-cut help ask-person"},
    {"person, call failed", "start post-refused help ask-person"},
    {"person, nobody comes", "no-errands start help ask-person"},
    {"person, of a product", "no-errands appointment-of person?"},
    {"chat", "start help help-chat?"},
    {"slip", "appointment-of post-refused help ask-person slip?"},
    {"slip in words", "no-errands appointment-of help ask-person slip?"},
    {"closed", "at-night"},
    {"out-of-order", "out-of-order"},
};

/* Over a page: brought about again in every language, since changing it closes them. */
static void
open_languages(struct tour *tour)
{
    tour_touch(tour, "language");
}

static void
open_help(struct tour *tour)
{
    tour_touch(tour, "help");
}

static void
open_cancel(struct tour *tour)
{
    tour_touch(tour, "cancel");
}

static void
open_scanned(struct tour *tour)
{
    tour_input(tour, INPUT_SCAN, "1234567890");
}

static void
let_time_pass(struct tour *tour)
{
    tour_pass(tour, 68);
}

static const struct over {
    const char *name, *steps;
    void (*open)(struct tour *tour);
} overs[] = {
    {"languages over home", "start", open_languages},
    {"languages over a product", "appointment-of", open_languages},
    {"help over home", "start", open_help},
    {"help over home, no errands", "no-errands start", open_help},
    {"help over contact", APPOINTMENT " to:contact", open_help},
    {"cancel", TICKET " scan", open_cancel},
    {"scanned", "appointment-of", open_scanned},
    {"still there over home", "start", let_time_pass},
    {"still there over contact", APPOINTMENT " to:contact", let_time_pass},
};

/* --- how the world is ------------------------------------------------------------- */

static bool
ask_much(void *maker, const struct appointment_wish *wish,
         struct appointment_field *list, size_t *count, struct error *error)
{
    static const struct appointment_field fields[] = {
        {APPOINTMENT_FIELD_LAST_NAME, APPOINTMENT_FIELD_REQUIRED, 128},
        {APPOINTMENT_FIELD_BIRTH_DATE, APPOINTMENT_FIELD_REQUIRED, 10},
        {APPOINTMENT_FIELD_GENDER, APPOINTMENT_FIELD_OPTIONAL, 1},
        {APPOINTMENT_FIELD_SOCIAL_SECURITY_NUMBER, APPOINTMENT_FIELD_REQUIRED, 16},
        {APPOINTMENT_FIELD_POSTCODE, APPOINTMENT_FIELD_REQUIRED, 16},
        {APPOINTMENT_FIELD_EMAIL, APPOINTMENT_FIELD_REQUIRED, 128},
    };

    (void)maker, (void)wish, (void)error;
    memcpy(list, fields, sizeof(fields));
    *count = sizeof(fields) / sizeof(fields[0]);
    return true;
}

/* True when `word` says how the world is from now on. */
static bool
change_world(struct tour *tour, const char *word)
{
    if (text_equal(word, "offline")) {
        scripted_set_offline(tour->client, true);
    } else if (text_equal(word, "taken")) {
        scripted_fail_next(tour->client, ERROR_TAKEN);
    } else if (text_equal(word, "uncertain")) {
        scripted_fail_next(tour->client, ERROR_UNCERTAIN);
    } else if (text_equal(word, "no-paper")) {
        printer_play(tour->printer, "out-of-paper");
    } else if (text_starts_with(word, "numbers:")) {
        walk_in_play(tour->walk_in, word + strlen("numbers:"));
    } else if (text_equal(word, "post-cut")) {
        errand_post_set_network(tour->errands, false);
    } else if (text_equal(word, "post-refused")) {
        errand_post_refuse(tour->errands);
    } else if (text_equal(word, "asks-much")) {
        tour->operations.fields = ask_much;
    } else if (text_equal(word, "keyless")) {
        tour->operations.find_key = NULL;
    } else {
        return false;
    }
    return true;
}

/* The same of what the flow holds: it begins anew. */
static bool
change_parts(struct tour *tour, const char *word)
{
    if (text_equal(word, "no-errands")) {
        tour->parts.errands = NULL;
    } else if (text_equal(word, "no-printer")) {
        tour->parts.printer = NULL;
    } else if (text_equal(word, "out-of-order")) {
        tour->parts.catalogue = NULL;
    } else if (text_equal(word, "at-night")) {
        tour->moment.now += 9 * 3600;
    } else {
        return false;
    }
    tour_reopen_flow(tour);
    return true;
}

/* --- steps ------------------------------------------------------------------------ */

struct steps {
    struct tour *tour;
    const struct tour_paths *paths;
    struct appointment kept;
    bool missing; /* no product has what the way is for, or this place has not */
};

static void
type(struct tour *tour, const char *word)
{
    char text[WORD_BYTES];

    text_copy(text, sizeof(text), word);
    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '_' ? ' ' : *at;
    }
    tour_input(tour, INPUT_TYPE, text);
}

/* Without setting the world right first, as tour_follow() does. */
static void
follow(struct steps *steps, const struct tour_path *path)
{
    steps->missing = path->count == 0;
    for (size_t i = 0; i < path->count; i++) {
        tour_act(steps->tour, path->actions[i].verb, path->actions[i].argument);
    }
}

static bool
follow_found(struct steps *steps, const char *word)
{
    const struct tour_paths *paths = steps->paths;

    if (text_equal(word, "appointment-of")) {
        follow(steps, &paths->appointment);
    } else if (text_equal(word, "online-of")) {
        follow(steps, &paths->online);
    } else if (text_equal(word, "walk-in-of")) {
        follow(steps, &paths->walk_in);
    } else if (text_equal(word, "call-back-of")) {
        follow(steps, &paths->call_back);
    } else {
        return false;
    }
    return true;
}

/* "first:time", "last:count": the one of that role. */
static void
press_one_of(struct steps *steps, const char *word)
{
    const struct page *page = tour_describe(steps->tour);
    const char *role = strchr(word, ':') + 1;
    const struct element *found = NULL;

    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];
        size_t length = strlen(role_name(element->role));

        if (strncmp(role, role_name(element->role), length) == 0 &&
            (role[length] == '\0' || role[length] == '?') &&
            page_can_press(page, element) && (found == NULL || word[0] == 'l'))
        {
            found = element;
        }
    }
    steps->missing = found == NULL;
    if (found != NULL) {
        struct action action = found->action;

        tour_act(steps->tour, action.verb, action.argument);
    }
}

/* As tour_go_to(), but a screen that not every catalogue has may be passed. */
static void
go_to_if_there(struct steps *steps, const char *screen)
{
    struct tour *tour = steps->tour;

    for (int i = 0; i < STEPS_MAX && !tour_is_on(tour, screen); i++) {
        if (tour_is_on(tour, "day") || tour_stopped(tour)) {
            steps->missing = true;
            return;
        }
        choose(tour);
    }
}

static void
step_to(struct steps *steps, const char *screen)
{
    char name[WORD_BYTES];

    text_copy(name, sizeof(name), screen);
    if (name[strlen(name) - 1] == '?') {
        name[strlen(name) - 1] = '\0';
        go_to_if_there(steps, name);
    } else {
        tour_go_to(steps->tour, name);
    }
}

static void
press(struct steps *steps, const char *word)
{
    char id[WORD_BYTES];
    size_t length;

    text_copy(id, sizeof(id), word);
    length = strlen(id);
    if (id[length - 1] == '?') {
        const struct page *page = tour_describe(steps->tour);

        id[length - 1] = '\0';
        steps->missing = page_find(page, id) == NULL;
    }
    if (!steps->missing) {
        tour_press(steps->tour, id);
    }
}

/* What has to do with a ticket in the citizen's hand. */
static bool
handle_ticket(struct steps *steps, const char *word)
{
    struct tour *tour = steps->tour;

    if (text_equal(word, "keep")) {
        steps->kept = tour_session(tour)->appointment;
    } else if (text_equal(word, "scan")) {
        tour_input(tour, INPUT_SCAN, steps->kept.check_in);
    } else if (text_equal(word, "scan-other")) {
        tour_input(tour, INPUT_SCAN, "https://voorbeeld.nl/iets-anders");
    } else if (text_equal(word, "type-code")) {
        tour_input(tour, INPUT_TYPE, steps->kept.code);
    } else if (text_equal(word, "on-time")) {
        tour->moment.now = steps->kept.start - 600;
    } else if (text_equal(word, "too-late")) {
        tour->moment.now = steps->kept.start + SCRIPTED_ARRIVE_AFTER_S + 60;
    } else {
        return false;
    }
    return true;
}

static void
take(struct steps *steps, const char *word)
{
    struct tour *tour = steps->tour;

    if (follow_found(steps, word) || change_world(tour, word) ||
        change_parts(tour, word) || handle_ticket(steps, word))
    {
        return;
    }
    if (text_equal(word, "start")) {
        tour_act(tour, VERB_BEGIN, 0);
    } else if (text_starts_with(word, "to:")) {
        step_to(steps, word + strlen("to:"));
    } else if (text_starts_with(word, "first:") || text_starts_with(word, "last:")) {
        press_one_of(steps, word);
    } else if (text_starts_with(word, "type:")) {
        type(tour, word + strlen("type:"));
    } else if (text_starts_with(word, "pass:")) {
        tour_pass(tour, atoi(word + strlen("pass:")));
        tour_wait(tour);
    } else if (text_equal(word, "fill")) {
        fill_field(tour);
    } else if (text_equal(word, "enter")) {
        tour_input(tour, INPUT_ENTER, NULL);
    } else {
        press(steps, word);
    }
}

/* False when this catalogue has no such way. */
static bool
take_all(struct tour *tour, const struct tour_paths *paths, const char *words)
{
    struct steps steps = {.tour = tour, .paths = paths};
    char word[WORD_BYTES];
    int used;

    tour->parts.printer = tour->printer;
    tour_restart(tour);
    while (!steps.missing && sscanf(words, " %39s%n", word, &used) == 1) {
        take(&steps, word);
        words += used;
    }
    return !steps.missing;
}

/* The answer takes its time: a word says so, and stays while languages change. */
static void
show_patience(struct tour *tour, const struct tour_paths *paths)
{
    if (!take_all(tour, paths, APPOINTMENT " to:confirm")) {
        return;
    }
    tour_touch(tour, "confirm");
    tour_pass(tour, 2);
    tour_show(tour, "patience", NULL);
    tour_wait(tour);
}

void
tour_ways(struct tour *tour, const struct tour_paths *paths)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (take_all(tour, paths, ways[i].steps)) {
            tour_show(tour, ways[i].name, NULL);
        }
        if (tour_stopped(tour)) {
            error_prefix(tour->error, "on the way to \"%s\"", ways[i].name);
            return;
        }
    }
    for (size_t i = 0; i < sizeof(overs) / sizeof(overs[0]); i++) {
        if ((overs[i].open != open_languages ||
             tour->options->catalogue->language_count > 1) &&
            take_all(tour, paths, overs[i].steps))
        {
            tour_show(tour, overs[i].name, overs[i].open);
        }
        if (tour_stopped(tour)) {
            error_prefix(tour->error, "on the way to \"%s\"", overs[i].name);
            return;
        }
    }
    show_patience(tour, paths);
}
