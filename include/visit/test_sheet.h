#pragma once

#include "base/bitmap.h"
#include "base/error.h"
#include "visit/paper.h"

/*
 * What a technician prints to see whether a printer is right: a ruler in millimetres
 * that begins and ends on the first and the last dot, letters of every script that is
 * printed, grey made of dots, and the kiosk's name as text and as QR code. Both ends of
 * the ruler are on the paper when its width is right.
 */

/* Fills in `bitmap`; the caller frees its rows. `kiosk` as in the settings. */
bool test_sheet_paint(enum paper_width width, const char *kiosk, struct bitmap *bitmap,
                      struct error *error);
