#pragma once

#include <linux/input.h>
#include <stdbool.h>
#include <stddef.h>

#include "device/scanner/scan_line.h"

/*
 * What a scanner that behaves as a keyboard means: events of the kernel in, codes out.
 * Knows no descriptors. Its keys are those of a US keyboard, whatever layout the
 * machine has. A key has no other meaning here than its letter, and the end of a code.
 */

struct wedge_parser {
    struct scanner_listener listener;
    struct scan_line line;
    bool shift[2], chord[6]; /* each of the keys that are held */
    bool capitals;
    bool lost; /* events were lost: up to the end of this code nothing counts */
};

void wedge_parser_init(struct wedge_parser *parser, struct scanner_listener listener);
void wedge_parse(struct wedge_parser *parser, const struct input_event *events,
                 size_t count);
