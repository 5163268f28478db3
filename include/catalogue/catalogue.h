#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/channel.h"
#include "base/error.h"
#include "base/language.h"
#include "base/time.h"

/*
 * What the municipality offers: life events, products, questions, channels,
 * locations, opening hours and the counters of others.
 *
 * A catalogue is loaded whole, checked whole, and immutable afterwards: every
 * reference in it has been resolved to a pointer, every pointer and text belongs
 * to it and lives until catalogue_destroy(). assets/catalogue.schema.json
 * describes the file.
 */

#define CATALOGUE_ID_BYTES 40             /* ids are a-z 0-9 and - */
#define CATALOGUE_APPOINTMENT_ID_BYTES 80 /* printable ASCII without spaces */
#define CATALOGUE_CHANNELS_MAX 6          /* of one product */
#define CATALOGUE_QUESTIONS_MAX 6
#define CATALOGUE_OPTIONS_MAX 6
#define CATALOGUE_BRING_MAX 10
#define CATALOGUE_PERSONS_MAX 6

/* One text in the languages that it has; Dutch is always there. */
struct words {
    const char *in[LANGUAGE_COUNT]; /* NULL: not translated */
};

/*
 * The text in `language`, or in Dutch with `*fallback` true (fallback may be
 * NULL). "" for words that are absent altogether.
 */
const char *words_in(const struct words *words, enum language language, bool *fallback);

/* What people type when they mean it, besides its name. */
struct search_words {
    struct {
        const char *const *words;
        size_t count;
    } in[LANGUAGE_COUNT];
};

struct question;
struct product;
struct partner;

struct option {
    const char *id;
    const char *icon; /* a Material Icons name, "" for none */
    struct words label, note;
    /* Where the answer leads when it ends the guiding; at most one is set. */
    const struct product *product;
    const struct partner *partner;
    enum channel channel; /* CHANNEL_PERSON: somebody has to look; else CHANNEL_NONE */
};

struct question {
    const char *id;
    struct words title, why; /* why we ask */
    const struct option *options;
    size_t option_count;
};

/* An answer given; also a condition's alternative. */
struct answer {
    const struct question *question;
    const struct option *option;
};

/*
 * Holds when for every question named in it one of that question's named options
 * was given. Empty: always. A question not answered yet does not hold.
 */
struct condition {
    const struct answer *answers;
    size_t count;
};

struct cost {
    enum channel channel; /* CHANNEL_NONE: whatever the channel */
    struct condition when;
    int cents; /* 0: free */
    int year;  /* the year it is known for */
};

struct bring {
    const char *id, *icon;
    struct words label, note;
    struct words ticket; /* shorter, for paper; empty: the label */
    struct condition when;
};

struct product_channel {
    enum channel channel;
    struct words tag;   /* why it is steered to; empty for none */
    struct words needs; /* "U hebt DigiD nodig"; empty for none */
    const char *url;    /* online: https address of the form; else "" */
    int minutes;        /* online: how long it takes; 0 unknown */
    struct condition when;
};

struct location;

/* A piece of longer explanation; all but the text may be empty. */
struct explanation {
    struct words part;    /* of this name the explanation begins a part here */
    struct words heading; /* over the text */
    struct words text;
    const struct words *list; /* under it */
    size_t list_count;
    struct words note; /* apart from it */
};

struct product {
    const char *id;
    const char *appointment_id; /* in a system with ids of its own; "" for none */
    const char *upl_name, *upl_uri;
    const char *icon;
    struct words name;          /* "Paspoort aanvragen" */
    struct words short_name;    /* "Paspoort" */
    struct words neutral_name;  /* on header and ticket when the subject is sensitive */
    struct words summary;       /* one or two sentences under the title */
    struct words note;          /* one line in a list */
    struct words channel_title; /* "Hoe wilt u het paspoort aanvragen?" */
    struct words ready;         /* "1 week"; empty: not shown */
    struct words valid;         /* "10 jaar" */
    struct words who;           /* who must come: first sentence bold */
    bool sensitive;
    int minutes_first, minutes_next; /* of the appointment, multiples of 5 */
    int persons_max;                 /* 1: not asked */
    const struct explanation *more;  /* what else is good to know */
    size_t more_count;
    const struct question *const *questions; /* in order */
    size_t question_count;
    const struct bring *bring;
    size_t bring_count;
    const struct cost *costs; /* the first that holds counts */
    size_t cost_count;
    const struct product_channel *channels; /* in steering order */
    size_t channel_count;
    const struct location *const *locations; /* where it can be done */
    size_t location_count;
    struct search_words search;
    struct date checked; /* when a person last compared this with its source */
};

/*
 * A row under a life event: a product, perhaps with some answers given by choosing
 * it. Id, icon, name and note are those of product or partner where the file has none.
 */
struct event_item {
    const char *id;
    const char *icon;
    struct words name, note;
    const struct product *product; /* exactly one of the two is set */
    const struct partner *partner;
    const struct answer *answers;
    size_t answer_count;
};

struct life_event {
    const char *id, *icon;
    struct words name;
    struct words question; /* under the title: "Wat wilt u doen?" */
    bool sensitive;        /* calm: nothing recommended, nothing celebrated */
    const struct event_item *items;
    size_t item_count;
};

struct hours {
    int open_minute, close_minute; /* from midnight on the location's clock */
};

struct day_hours {
    const struct hours *periods; /* none: closed */
    size_t count;
};

struct hours_exception {
    struct date from, to; /* both included */
    struct day_hours hours;
    struct words reason;
};

/* A usual week, overruled by dated exceptions (opening.h). */
struct opening {
    struct day_hours week[7]; /* Monday first */
    const struct hours_exception *exceptions;
    size_t exception_count;
};

struct location {
    const char *id, *icon;
    const char *appointment_id; /* in a system with ids of its own; "" for none */
    struct words name, short_name;
    const char *street, *house_number, *postcode, *city, *phone;
    double latitude, longitude; /* degrees, WGS 84 */
    const char *zone;           /* "Europe/Amsterdam" */
    struct opening opening;
    bool calls_staff; /* while it is open, staff come to the kiosk when called */
};

struct partner {
    const char *id, *icon;
    struct words name, for_what, how;
    const char *url, *phone; /* "" for none */
    struct search_words search;
};

/* Calling citizens back, when somebody does. Each period is a part of the day that a
 * citizen may choose. */
struct call_back {
    bool offered;
    const char *number; /* what a phone shows then: "14 000"; "": who knows */
    struct opening opening;
};

/* Writing with a member of staff, on the citizen's own phone. */
struct chat {
    const char *url; /* NULL: there is none */
    struct opening opening;
};

struct municipality {
    const char *id;                /* of the CBS: "gm0000" */
    struct words name_lines[2];    /* "Gemeente", "Voorbeeld" */
    struct words name;             /* "Gemeente Voorbeeld" */
    const char *phone, *website;   /* as printed: "14 000", "voorbeeld.nl" */
    const char *ticket_address;    /* upper case: "HTTPS://AFSPRAAK.VOORBEELD.NL/T/" */
    const char *change_address;    /* as printed: "voorbeeld.nl/afspraak" */
    const char *hand_over_address; /* as printed, without code: "voorbeeld.nl/z/" */
    struct words phone_hours;
    struct call_back call_back;
    struct chat chat;
};

struct catalogue {
    const char *version;
    struct date checked; /* the oldest date in it */
    struct municipality municipality;
    enum language languages[LANGUAGE_COUNT];
    size_t language_count;
    const struct life_event *events;
    size_t event_count;
    const struct product *products;
    size_t product_count;
    const struct question *questions;
    size_t question_count;
    const struct location *locations;
    size_t location_count;
    const struct partner *partners;
    size_t partner_count;
};

/*
 * Reads and checks a catalogue file's text. NULL with the first thing that is
 * wrong: "line 212: products[3].cost[0].cents: must be a whole number from 0 …".
 */
struct catalogue *catalogue_parse(const char *text, size_t length, struct error *error);
struct catalogue *catalogue_open(const char *path, struct error *error);
void catalogue_destroy(struct catalogue *catalogue);

/* NULL when there is none of that id. */
const struct product *
catalogue_product(const struct catalogue *catalogue, const char *id);
const struct location *
catalogue_location(const struct catalogue *catalogue, const char *id);

bool condition_holds(const struct condition *condition, const struct answer *given,
                     size_t given_count);

/* The cost that holds for a channel and the answers so far, NULL when unknown. */
const struct cost *product_cost(const struct product *product, enum channel channel,
                                const struct answer *given, size_t given_count);
int product_minutes(const struct product *product, int persons);
/* Its name where others may see it: a neutral one when the subject is sensitive. */
const struct words *product_public_name(const struct product *product);

/* Metres as the crow flies, rounded to 100. */
int location_distance_m(const struct location *from, const struct location *to);
