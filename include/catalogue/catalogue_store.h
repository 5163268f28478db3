#pragma once

#include "catalogue/catalogue.h"

/*
 * A kiosk never goes without a catalogue because somebody published a broken one:
 * the last good one is kept beside it.
 */

#define CATALOGUE_BYTES_MAX ((size_t)8 * 1024 * 1024)

/*
 * Loads `path` and keeps a durable copy of it at `keep_path` when it is good and
 * not the one already kept. When it is broken or absent, the log says why and the
 * kept one is loaded. NULL only when both fail; then `error` names both reasons.
 */
struct catalogue *
catalogue_open_last_good(const char *path, const char *keep_path, struct error *error);
