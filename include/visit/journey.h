#pragma once

#include <stdbool.h>

#include "appointment/client.h"
#include "appointment/walk_in.h"
#include "base/error.h"
#include "base/loop.h"
#include "device/printer.h"
#include "device/speaker.h"
#include "visit/flow.h"
#include "visit/presenter.h"

/*
 * A citizen's visit as a script: taps, keys, waiting and what must be seen, run against
 * the real program with a clock that only moves when the journey says so. The language
 * is in tests/README.md.
 *
 * Before every step slow work is waited for, by its end and not by a time.
 */

struct journey;

/* Reads all of it: a line that can't be understood is ERROR_BAD_INPUT "FILE:LINE: …"
 * before anything is run. */
struct journey *journey_open(const char *path, struct error *error);
void journey_close(struct journey *journey); /* NULL is fine */

/* The journey's clock, for presenter_parts.now. From any thread. */
struct moment journey_now(void *journey);

struct journey_parts {
    struct loop *loop;
    struct presenter *presenter; /* made without a loop */
    struct flow *flow;
    struct printer *printer;
    struct speaker *speaker;             /* a transcript */
    const char *location;                /* where this kiosk stands */
    struct appointment_client *scripted; /* NULL where another maker is chosen */
    struct walk_in_client *walk_in;      /* NULL: there are no numbers */
    void (*set_network)(void *data, bool up);
    void *data;
    const char *pictures; /* the folder for what is written; NULL: the current one */
};

/* False with "FILE:LINE: what was expected, and what is shown instead". */
bool journey_run(struct journey *journey, const struct journey_parts *parts,
                 struct error *error);
