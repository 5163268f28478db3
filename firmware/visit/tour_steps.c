#include "tour_steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/fields.h"
#include "appointment/scripted.h"
#include "base/text.h"

#include "tour_world.h"
#include "view.h"

#define MONTHS_TRIED 4
#define WEEKS_A_MONTH 3 /* as large displays show */
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
        tour_act(tour, VERB_MONTH, WEEKS_A_MONTH * DAYS_A_WEEK);
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

    if (follow_found(steps, word) || tour_change_world(tour, word) ||
        handle_ticket(steps, word))
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

bool
tour_take(struct tour *tour, const struct tour_paths *paths, const char *words)
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
