#pragma once

#include "base/error.h"
#include "base/loop.h"
#include "device/printer.h"
#include "device/scanner.h"
#include "device/speaker.h"
#include "visit/kiosk_settings.h"

/* The devices that the settings name, for the kiosk and for the technician's tool. */

/* NULL with ERROR_NONE when the kiosk has none. */
struct printer *
kiosk_printer_create(const struct kiosk_settings *settings, struct error *error);

/* NULL with ERROR_NONE when the kiosk has none. */
struct scanner *
kiosk_scanner_create(const struct kiosk_settings *settings, struct loop *loop,
                     struct scanner_listener listener, struct error *error);

/* NULL with ERROR_NONE when the kiosk has none. A transcript goes to "transcript" in
 * the kiosk's own folder. */
struct speaker *
kiosk_speaker_create(const struct kiosk_settings *settings, struct error *error);
