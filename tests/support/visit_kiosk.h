#pragma once

#include "device/printer.h"
#include "ui/fit.h"
#include "ui/layout.h"
#include "visit/flow.h"

/*
 * A kiosk's flow with everything real but the screen: the example catalogue, the
 * scripted appointment system, outbox, journal and printer in a folder of its own, and
 * a clock that stands still until it is told otherwise. It is Tuesday 10 March 2026,
 * 14.05 at De Linde.
 */

struct visit_kiosk {
    char folder[64];
    struct loop *loop;
    struct catalogue *catalogue;
    struct zone *zone;
    struct translation *translations[LANGUAGE_COUNT];
    struct outbox *outbox;
    struct appointment_client *client;
    struct walk_in_client *walk_in; /* scripted */
    struct journal *journal;
    struct printer *printer;
    struct ticket_paper *paper;
    struct flow_parts parts;
    struct flow *flow;
    struct moment moment;
    struct page page; /* as last shown */
    int events_recorded;
    enum display_class display; /* DISPLAY_L; set it before anything is pressed */
};

void visit_kiosk_open(struct visit_kiosk *kiosk);
/* With another catalogue than the example. */
void visit_kiosk_open_with(struct visit_kiosk *kiosk, const char *catalogue);
void visit_kiosk_close(struct visit_kiosk *kiosk);
/* As after a power cut: the program is gone, the files stay. */
void visit_kiosk_cut(struct visit_kiosk *kiosk);
void visit_kiosk_start(struct visit_kiosk *kiosk);

/* Describes the page anew. */
const struct page *visit_kiosk_show(struct visit_kiosk *kiosk);
/*
 * Presses what must be there, if need be on a later page of a list, and waits for all
 * slow work.
 */
void visit_kiosk_press(struct visit_kiosk *kiosk, const char *id);
/* The same for several: "start paspoort arrange". */
void visit_kiosk_press_all(struct visit_kiosk *kiosk, const char *ids);
/* Without waiting. */
void visit_kiosk_touch(struct visit_kiosk *kiosk, const char *id);
void visit_kiosk_wait(struct visit_kiosk *kiosk);
void
visit_kiosk_input(struct visit_kiosk *kiosk, enum input_kind kind, const char *text);
/* Time passes without a sign of life. */
void visit_kiosk_pass(struct visit_kiosk *kiosk, int64_t milliseconds);

void assert_screen(struct visit_kiosk *kiosk, const char *screen);
void assert_shows(struct visit_kiosk *kiosk, const char *text);
void assert_shows_not(struct visit_kiosk *kiosk, const char *text);

/*
 * What was counted since the start, a line an event: "begun",
 * "information paspoort", "started paspoort appointment", "abandoned paspoort
 * appointment day", "ended completed nl done" (and the modes that were used:
 * " large-text", and where touches missed: " home=2").
 */
void assert_counted(struct visit_kiosk *kiosk, const char *lines);
