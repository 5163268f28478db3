#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/scanner.h"

/* A code that is coming in, letter by letter. Start with zeroes. */
struct scan_line {
    char text[SCANNER_TEXT_BYTES];
    size_t length;
    bool spoiled; /* too long, or not text */
    bool begun;
    int64_t last_ms; /* when the last letter came; of any clock that is steady */
};

/* A scanner writes a code at once: what stopped for so long is only half of one. */
#define SCAN_PAUSE_MS 300

void scan_line_add(struct scan_line *line, char byte, int64_t at_ms);
/* Something came that is no letter: the code can't be read. */
void scan_line_spoil(struct scan_line *line, int64_t at_ms);
/* Tells the listener and begins anew; an empty line is nothing. */
void
scan_line_end(struct scan_line *line, int64_t at_ms, struct scanner_listener listener);
void scan_line_forget(struct scan_line *line);
