#include "tour_ways.h"

#include "view.h"

/*
 * Every situation beside the catalogue's own: the words of its way are those of
 * tour_take(). Ways that go wrong stand beside those that go well.
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
    {"search other keys", "start search more-keys"},
    {"search figures", "start search digits"},
    {"search results", "start search type:aanvragen enter"},
    {"search nothing", "start search type:qqqqq enter"},
    {"check-in", "start appointment"},
    {"code", "start appointment type"},
    {"code typed", "start appointment type type:ABC"},
    {"code other keys", "start appointment type more-keys"},
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
    {"contact accents", APPOINTMENT " to:contact accents"},
    {"contact other keys", APPOINTMENT " to:contact more-keys"},
    {"contact last keys", APPOINTMENT " to:contact more-keys more-keys"},
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
    {"places", APPOINTMENT " to:confirm offline confirm places"},
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
    {"blanked", "start help blank"},
    {"blanked over contact", APPOINTMENT " to:contact type:de_Vries help blank"},
    {"attract at night", "at-night"},
    {"closed", "at-night start help ask-person"},
    {"closed, of a product", "at-night appointment-of help ask-person"},
    {"website", "at-night start help ask-person online"},
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
open_adjust(struct tour *tour)
{
    tour_touch(tour, "adjust");
}

/* Offered once a visit, so that each language has to begin one. */
static void
open_larger(struct tour *tour)
{
    enum language language = tour_session(tour)->language;

    tour_restart(tour);
    tour_act(tour, VERB_BEGIN, 0);
    tour_act(tour, VERB_LANGUAGE, (int)language);
    tour_input(tour, INPUT_MISS, NULL);
    tour_input(tour, INPUT_MISS, NULL);
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
    {"languages over nothing", "start help blank", open_languages},
    {"help over home", "start", open_help},
    {"help over home, no errands", "no-errands start", open_help},
    {"help over contact", APPOINTMENT " to:contact", open_help},
    {"help over nothing", "start help blank", open_help},
    {"adjust over home", "start", open_adjust},
    {"adjust over a product", "appointment-of", open_adjust},
    {"adjust over contact", APPOINTMENT " to:contact", open_adjust},
    {"adjust over nothing", "start help blank", open_adjust},
    {"larger over home", "start", open_larger},
    {"cancel", TICKET " scan", open_cancel},
    {"scanned", "appointment-of", open_scanned},
    {"still there over home", "start", let_time_pass},
    {"still there over contact", APPOINTMENT " to:contact", let_time_pass},
};

/* The answer takes its time: a word says so, and stays while languages change. */
static void
show_patience(struct tour *tour, const struct tour_paths *paths)
{
    if (!tour_take(tour, paths, APPOINTMENT " to:confirm")) {
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
        if (tour_take(tour, paths, ways[i].steps)) {
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
            tour_take(tour, paths, overs[i].steps))
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
