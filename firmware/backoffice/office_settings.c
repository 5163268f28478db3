#include "backoffice/office_settings.h"

#include "backoffice/book_lease.h"
#include "backoffice/errands.h"
#include "backoffice/hand_over.h"
#include "base/settings.h"

static const struct office_settings defaults = {
    .listen = "127.0.0.1",
    .port = 8080,
    .zone = "Europe/Amsterdam",
    .database = "loketzuil.db",
    .openapi = "assets/openapi.json",
    .catalogue = "assets/example/catalogue.json",
    .translations = "build/translations",
    .staff = "assets/staff",
    .hand_over_days = HAND_OVER_DAYS,
    .errand_days = ERRAND_KEEP_DAYS,
    .desks = "2",
    .keep_days = 10,
    .arrive_before = 30,
    .arrive_after = 10,
    .lease_slots = 12,
    .lease_days = 14,
    .style = "assets/public/style.css",
    .logo = "assets/example/logo.png",
};

/* What the file names goes into `settings`, which keep the rest. */
static bool
read_file(const char *path, struct office_settings *settings, struct error *error)
{
    const struct setting known[] = {
        SETTING_TEXT_ROW("backoffice", "listen", settings->listen),
        SETTING_INTEGER_ROW("backoffice", "port", settings->port, 0, 65535),
        SETTING_TEXT_ROW("backoffice", "database", settings->database),
        SETTING_TEXT_ROW("backoffice", "zone", settings->zone),
        SETTING_TEXT_ROW("backoffice", "openapi", settings->openapi),
        SETTING_TEXT_ROW("backoffice", "certificate", settings->certificate),
        SETTING_TEXT_ROW("backoffice", "key", settings->key),
        SETTING_TEXT_ROW("backoffice", "catalogue", settings->catalogue),
        SETTING_TEXT_ROW("backoffice", "translations", settings->translations),
        SETTING_TEXT_ROW("backoffice", "staff", settings->staff),
        SETTING_INTEGER_ROW("backoffice", "hand_over_days", settings->hand_over_days, 1,
                            365),
        SETTING_INTEGER_ROW("backoffice", "errand_days", settings->errand_days, 1, 365),
        SETTING_TEXT_ROW("book", "desks", settings->desks),
        SETTING_INTEGER_ROW("book", "keep_days", settings->keep_days, 0, 365),
        SETTING_INTEGER_ROW("book", "arrive_before", settings->arrive_before, 0,
                            24 * 60),
        SETTING_INTEGER_ROW("book", "arrive_after", settings->arrive_after, 0, 24 * 60),
        SETTING_INTEGER_ROW("book", "lease_slots", settings->lease_slots, 0,
                            BOOK_LEASE_SLOTS_MAX),
        SETTING_INTEGER_ROW("book", "lease_days", settings->lease_days, 1,
                            BOOK_LEASE_DAYS_MAX),
        SETTING_TEXT_ROW("book", "lease_products", settings->lease_products),
        SETTING_TEXT_ROW("theme", "style", settings->style),
        SETTING_TEXT_ROW("theme", "logo", settings->logo),
        SETTING_TEXT_ROW("theme", "color_1", settings->color_1),
        SETTING_TEXT_ROW("theme", "color_2", settings->color_2),
    };

    return settings_read(path, known, sizeof(known) / sizeof(known[0]), NULL, error);
}

bool
office_settings_read(const char *path, struct office_settings *target,
                     struct error *error)
{
    struct office_settings read = defaults;

    if (!read_file(path, &read, error)) {
        return false;
    }
    *target = read;
    return true;
}
