#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"
#include "commands/ctl.h"
#include "ticket/ticket_keys.h"

/*
 * `ticket verify` answers with its status: 0 valid, 1 not valid. A list of keys that
 * can't be read is no answer about the ticket, and counts as wrong use.
 */

static struct ticket_key *
keys_read(const char *path, size_t *count, struct error *error)
{
    size_t length;
    char *text = file_read(path, TICKET_KEYS_BYTES_MAX, &length, error);
    struct ticket_key *keys = NULL;

    if (text != NULL) {
        keys = ticket_keys_parse(text, length, count, error);
        if (keys == NULL) {
            error_prefix(error, "%s", path);
        }
        free(text);
    }
    return keys;
}

static void
claim_show(const struct ticket_claim *claim)
{
    char appointment[2 * TICKET_ID_BYTES + 1], location[9], key[9];
    char start[TIME_TEXT_BYTES];

    text_hex_encode(appointment, claim->appointment, sizeof(claim->appointment));
    text_hex_encode(location, claim->location, sizeof(claim->location));
    text_hex_encode(key, claim->key_id, sizeof(claim->key_id));
    instant_format(NULL, claim->start, start);
    printf("valid\nappointment %s\nstart %s\nlocation %s\nkey %s\n", appointment, start,
           location, key);
}

static int
ticket_verify_run(int argc, char **argv)
{
    struct option_value options[] = {{.name = "--keys"}};
    const char *text = NULL;
    struct error error = {0};
    struct ticket_claim claim;
    struct ticket_key *keys;
    size_t count = 0;
    bool valid;

    if (!options_read(argc, argv, options, 1, &text, 1) || options[0].value == NULL ||
        text == NULL)
    {
        return command_usage(&command_ticket_verify);
    }
    sign_start();
    keys = keys_read(options[0].value, &count, &error);
    if (keys == NULL) {
        fprintf(stderr, "The keys can't be read: %s.\n", error.message);
        return COMMAND_MISUSED;
    }
    valid = ticket_verify(text, keys, count, &claim, &error);
    free(keys);
    if (!valid) {
        return command_fail(&error);
    }
    claim_show(&claim);
    return COMMAND_DONE;
}

const struct command command_ticket_verify = {
    .name = "ticket verify",
    .arguments = "--keys FILE TEXT",
    .summary = "Is the text of a ticket's QR one of ours, and unchanged",
    .run = ticket_verify_run,
};
