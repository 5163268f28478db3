#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where one ESC/POS command ends and the next begins, for who reads what others print.
 * Written from the manuals of printers, not from our own encoder.
 */

/* The bytes of the command at the front, or of one letter; 0 when it has not all come
 * in yet. What is unknown counts as one byte. */
size_t escpos_command_length(const uint8_t *bytes, size_t left);

/* A picture inside a command (GS v 0, GS ( L and GS 8 L function 112). */
struct escpos_raster {
    const uint8_t *rows;
    size_t stride; /* bytes a row, most significant bit first, 1 is black */
    int height;
};

/* False when the command, which is whole, holds none. */
bool
escpos_raster_read(const uint8_t *command, size_t length, struct escpos_raster *raster);
