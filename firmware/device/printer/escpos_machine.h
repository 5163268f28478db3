#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "device/printer_fake.h"

/*
 * What goes on inside a receipt printer: bytes come in, answers go out, and there is a
 * picture when it cuts. Knows no descriptors.
 *
 * Questions (DLE EOT) are answered at once, wherever they stand; everything else in its
 * order, and not while the printer is offline. Letters are drawn as boxes.
 */

#define MACHINE_DOTS 576
#define MACHINE_BUFFER_BYTES 16384         /* taken while it can't print */
#define MACHINE_STREAM_BYTES_MAX (1 << 20) /* the longest command */

struct escpos_machine;

struct machine_listener {
    void (*answer)(void *data, const uint8_t *bytes, size_t length);
    /* Cut off: the picture, and the bytes that made it. */
    void (*ticket)(void *data, const struct bitmap *bitmap, const uint8_t *bytes,
                   size_t length);
    void *data;
};

struct escpos_machine *machine_create(const struct printer_fake_options *options,
                                      struct machine_listener listener);
void machine_destroy(struct escpos_machine *machine);

/* From now on it is as the play says; what waited is gone on with when it can. */
void machine_play(struct escpos_machine *machine, const struct printer_fake_play *play);

/* False when the printer lets go of who sends. */
bool machine_take(struct escpos_machine *machine, uint8_t byte);
/* True when it takes no more for now. */
bool machine_is_full(const struct escpos_machine *machine);
/* Somebody else begins: what was cut off is not gone on with. */
void machine_reconnect(struct escpos_machine *machine);

/* How many answers it gave, also to questions that stood inside a picture. */
int machine_answered(const struct escpos_machine *machine);
/* What it worked off of the one who sends now or did last, without the questions. */
size_t machine_printed(const struct escpos_machine *machine, const uint8_t **bytes);
