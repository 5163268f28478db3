#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/fleet.h"
#include "base/memory.h"
#include "base/sign.h"
#include "commands/ctl.h"

enum { NAME = OPTION_OWN, LOCATION, DATABASE, KIOSK_KEY, OPTION_COUNT };

static int
say_claimed(const char *name, const char *location)
{
    printf("%s is claimed for %s\n", name, location);
    return COMMAND_DONE;
}

/* Over the network, as an editor. */
static int
claim_at_backoffice(const struct option_value *options, const char *code)
{
    struct json_writer *writer = json_writer_create();
    struct error error = {0};
    size_t length;
    char *body;

    json_write_object(writer);
    json_write_name(writer, "code");
    json_write_text(writer, code);
    json_write_name(writer, "name");
    json_write_text(writer, options[NAME].value);
    json_write_name(writer, "location");
    json_write_text(writer, options[LOCATION].value);
    json_write_end(writer);
    body = backoffice_ask(
        options,
        &(struct backoffice_question){.method = "POST",
                                      .path = "/v1/kiosks/claim",
                                      .body = json_writer_text(writer, &length)},
        &error);
    json_writer_destroy(writer);
    if (body == NULL) {
        return command_fail(&error);
    }
    free(body);
    return say_claimed(options[NAME].value, options[LOCATION].value);
}

/* On the machine of the back office itself, by code or by the kiosk's key file. */
static int
claim_in_database(const struct option_value *options, const char *code)
{
    struct fleet_kiosk kiosk = {0};
    struct sign_key key = {0};
    struct error error = {0};
    struct store *store;
    bool good;

    if (strlen(options[NAME].value) >= sizeof(kiosk.name) ||
        strlen(options[LOCATION].value) >= sizeof(kiosk.location))
    {
        error_set(&error, ERROR_BAD_INPUT, "the name or the location is too long");
        return command_fail(&error);
    }
    strcpy(kiosk.name, options[NAME].value);
    strcpy(kiosk.location, options[LOCATION].value);
    if (code == NULL) {
        if (!sign_key_open(options[KIOSK_KEY].value, &key, &error)) {
            return command_fail(&error);
        }
        memcpy(kiosk.public_key, key.public_key, sizeof(kiosk.public_key));
        memory_wipe(&key, sizeof(key));
    }
    store = store_open(options[DATABASE].value, NULL, &error);
    good =
        store != NULL && fleet_claim(store, code != NULL ? code : "", &kiosk, &error);
    store_close(store);
    return good ? say_claimed(kiosk.name, kiosk.location) : command_fail(&error);
}

static int
kiosk_claim_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        BACKOFFICE_OPTIONS,
        [NAME] = {.name = "--name"},
        [LOCATION] = {.name = "--location"},
        [DATABASE] = {.name = "--database"},
        [KIOSK_KEY] = {.name = "--kiosk-key"},
    };
    const char *code = NULL;
    bool network, local;

    if (!options_read(argc, argv, options, OPTION_COUNT, &code, 1) ||
        options[NAME].value == NULL || options[LOCATION].value == NULL)
    {
        return command_usage(&command_kiosk_claim);
    }
    network = options_name_staff(options) && options[DATABASE].value == NULL &&
              options[KIOSK_KEY].value == NULL && code != NULL;
    local = options[DATABASE].value != NULL &&
            options[OPTION_BACKOFFICE].value == NULL &&
            options[OPTION_TOKEN_FILE].value == NULL &&
            options[OPTION_CA_FILE].value == NULL &&
            (code != NULL) != (options[KIOSK_KEY].value != NULL);
    if (!network && !local) {
        return command_usage(&command_kiosk_claim);
    }
    sign_start();
    return network ? claim_at_backoffice(options, code)
                   : claim_in_database(options, code);
}

const struct command command_kiosk_claim = {
    .name = "kiosk claim",
    .arguments = "CODE --name NAME --location ID"
                 " (" BACKOFFICE_ARGUMENTS " | --database FILE)",
    .summary = "Take a kiosk into use by the code on its screen; on the back office's "
               "own machine also by --kiosk-key FILE (made when there is none) "
               "instead of CODE",
    .run = kiosk_claim_run,
};
