#pragma once

#include "appointment/client.h"
#include "appointment/journal.h"
#include "base/loop.h"
#include "base/notify.h"
#include "base/sign.h"
#include "base/theme.h"
#include "base/time.h"
#include "device/display.h"
#include "device/input.h"
#include "device/network.h"
#include "health/heartbeat.h"
#include "ui/paint.h"
#include "usage/outbox.h"
#include "usage/uploader.h"
#include "visit/flow.h"
#include "visit/journey.h"
#include "visit/kiosk_office.h"
#include "visit/kiosk_settings.h"
#include "visit/paper.h"
#include "visit/presenter.h"
#include "visit/rehearsal.h"

/*
 * The whole of a kiosk, which `loketzuil` opens, runs and closes. kiosk.c makes and
 * ends it in order; what takes more than a call to make has a file of its own.
 */

struct kiosk_options {
    const char *defaults, *settings, *journey, *pictures;
    int display; /* enum display_maker; -1 for the settings' one */
};

/* Everything there is, in the order in which it is made. */
struct kiosk {
    struct kiosk_options options;
    struct kiosk_settings settings;
    struct journey *journey; /* NULL: citizens come by themselves */
    struct notify notify;
    struct loop *loop;
    struct sign_key key;
    struct catalogue *catalogue; /* NULL: out of order */
    struct catalogue *useless;   /* was read, but has no place for this kiosk */
    const char *fault;           /* what its screen says then */
    const struct location *here;
    struct zone *zone;
    struct translation *translations[LANGUAGE_COUNT];
    struct outbox *outbox;
    struct journal *journal;
    struct kiosk_office office;
    struct rehearsal rehearsal;
    struct appointment_client *scripted; /* the client, or behind its plug */
    struct appointment_client *plug;     /* of a journey; the client, or behind it */
    struct appointment_client *client;
    char boot[TIME_BOOT_BYTES];
    bool keeps_nothing;
    struct printer *printer;
    struct ticket_paper *paper;
    struct flow *flow;
    struct theme theme;
    struct fonts *fonts;
    struct painter *painter;
    struct display *display;
    struct input *input; /* NULL: the display brings its own */
    struct scanner *scanner;
    struct speaker *speaker; /* NULL: nothing is said */
    bool headphones;         /* are in */
    struct presenter *presenter;
    struct heartbeat *heartbeat;
    struct uploader *uploader;
    struct network_watch *network;
};

/* False with the error when it can't serve; to be closed all the same. */
bool kiosk_open(struct kiosk *kiosk, struct error *error);
/* Copes with a kiosk that was half made. */
void kiosk_close(struct kiosk *kiosk);
/* Until its last event is counted, and says what became of it. */
bool kiosk_play_journey(struct kiosk *kiosk);

/* --- among the files of this folder ----------------------------------------------- */

/* `data` is the kiosk; a journey has clocks of its own. */
struct moment kiosk_now(void *data);
int64_t kiosk_now_s(void *data);
/* `data` is the kiosk: its loop ends. */
void kiosk_stop(void *data);
/* A file in its own folder; returns `path`. */
const char *kiosk_data_path(const struct kiosk *kiosk, const char *name,
                            char path[KIOSK_PATH_BYTES + 32]);
void kiosk_start_uploader(struct kiosk *kiosk);

/* kiosk_client.c: appointments, with what goes on while nobody can be reached. */
bool kiosk_open_client(struct kiosk *kiosk, struct error *error);
/* kiosk_screen.c: what is seen, touched and heard. */
bool kiosk_open_screen(struct kiosk *kiosk, struct error *error);
