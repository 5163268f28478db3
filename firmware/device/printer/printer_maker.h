#pragma once

#include "device/printer.h"

/* What makers share. */

/* The printer that makers give back; takes `maker` over. */
struct printer *printer_make(const char *name,
                             const struct printer_operations *operations, void *maker);

/* Sets the error of a state that can't print, and returns whether it can. */
bool printer_state_allows(enum printer_state state, struct error *error);
