#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A QR code (ISO/IEC 18004) as modules, by libqrencode, level M. */

#define QR_SIZE_MAX 177

struct qr {
    int size;                                /* modules a side, without quiet zone */
    uint8_t dark[QR_SIZE_MAX * QR_SIZE_MAX]; /* row by row, 1 dark */
};

/* Upper-case text takes the denser alphanumeric mode. ERROR_BAD_INPUT: too long. */
bool qr_encode(const char *text, struct qr *qr, struct error *error);

/* The same for who paints it: `dark` has room for the largest; false when too long. */
bool qr_encode_dark(const char *text, uint8_t *dark, int *size);
