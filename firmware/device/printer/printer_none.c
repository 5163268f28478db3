#include "device/printer/printer_maker.h"

static enum printer_state
none_status(void *maker, struct error *error)
{
    (void)maker;
    printer_state_allows(PRINTER_ABSENT, error);
    return PRINTER_ABSENT;
}

static bool
none_print(void *maker, const struct bitmap *bitmap, const void *bytes, size_t length,
           struct error *error)
{
    (void)maker;
    (void)bitmap;
    (void)bytes;
    (void)length;
    return printer_state_allows(PRINTER_ABSENT, error);
}

static void
none_destroy(void *maker)
{
    (void)maker;
}

static const struct printer_operations operations = {
    .print = none_print,
    .status = none_status,
    .destroy = none_destroy,
};

struct printer *
printer_none_create(void)
{
    return printer_make("none", &operations, NULL);
}
