#include "visit/kiosk_devices.h"

#include <assert.h>

#include "base/text.h"
#include "device/printer_fake.h"

static struct printer *
make_printer(const struct kiosk_settings *settings, struct error *error)
{
    const struct printer_manners manners = {PRINTER_TIMEOUT_MS, settings->printer_mute};

    switch ((enum printer_maker)settings->printer) {
    case PRINTER_FILE:
        return printer_file_create(settings->printer_folder, error);
    case PRINTER_NETWORK:
        return printer_network_create(settings->printer_address, &manners, error);
    case PRINTER_USB:
        return printer_usb_create(settings->printer_device, &manners);
    case PRINTER_SERIAL:
        return printer_serial_create(settings->printer_device, &settings->printer_line,
                                     &manners);
    case PRINTER_FAKE:
        return printer_fake_create(settings->printer_folder,
                                   settings->paper == PAPER_58_MM ? 58 : 80,
                                   PRINTER_TIMEOUT_MS, error);
    case PRINTER_NONE:
        return NULL;
    }
    assert(false);
    return NULL;
}

struct printer *
kiosk_printer_create(const struct kiosk_settings *settings, struct error *error)
{
    char path[KIOSK_PATH_BYTES + 32];
    struct text text = text_begin(path, sizeof(path));
    struct printer *printer;

    *error = (struct error){.kind = ERROR_NONE};
    text_format(&text, "%s/paper", settings->data);
    printer = make_printer(settings, error);
    return printer != NULL ? printer_metered_create(printer, path) : NULL;
}

struct scanner *
kiosk_scanner_create(const struct kiosk_settings *settings, struct loop *loop,
                     struct scanner_listener listener, struct error *error)
{
    *error = (struct error){.kind = ERROR_NONE};
    switch ((enum scanner_maker)settings->scanner) {
    case SCANNER_EVDEV:
        return scanner_evdev_create(loop, settings->scanner_device, listener, error);
    case SCANNER_SERIAL:
        return scanner_serial_create(loop, settings->scanner_device,
                                     &settings->scanner_line, listener);
    case SCANNER_NONE:
        return NULL;
    }
    assert(false);
    return NULL;
}

struct speaker *
kiosk_speaker_create(const struct kiosk_settings *settings, struct error *error)
{
    char path[KIOSK_PATH_BYTES + 32];
    struct text text = text_begin(path, sizeof(path));

    *error = (struct error){.kind = ERROR_NONE};
    switch ((enum speaker_maker)settings->speaker) {
    case SPEAKER_ESPEAK:
        return speaker_espeak_create(settings->speaker_device, error);
    case SPEAKER_TRANSCRIPT:
        text_format(&text, "%s/transcript", settings->data);
        return speaker_transcript_create(path, error);
    case SPEAKER_NONE:
        return NULL;
    }
    assert(false);
    return NULL;
}
