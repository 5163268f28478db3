#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"
#include "commands/command.h"
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
    const char *path = NULL, *text = NULL;
    struct error error = {ERROR_NONE, ""};
    struct ticket_claim claim;
    struct ticket_key *keys;
    size_t count = 0;
    bool valid;

    for (int i = 0; i < argc; i++) {
        if (text_equal(argv[i], "--keys") && path == NULL && i + 1 < argc) {
            path = argv[++i];
        } else if (text == NULL && !text_starts_with(argv[i], "-")) {
            text = argv[i];
        } else {
            return command_usage(&command_ticket_verify);
        }
    }
    if (path == NULL || text == NULL) {
        return command_usage(&command_ticket_verify);
    }

    sign_start();
    keys = keys_read(path, &count, &error);
    if (keys == NULL) {
        fprintf(stderr, "The keys can't be read: %s.\n", error.message);
        return COMMAND_MISUSED;
    }
    valid = ticket_verify(text, keys, count, &claim, &error);
    free(keys);
    if (!valid) {
        fprintf(stderr, "%c%s.\n", toupper((unsigned char)error.message[0]),
                error.message + 1);
        return COMMAND_FAILED;
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
