#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/sign.h"
#include "ticket/ticket.h"

/*
 * The keys that tickets are checked with, as a kiosk keeps them: asked from its back
 * office, and kept in a file, so that a ticket is told from a forgery without network,
 * after a start too. Safe from any thread.
 */

struct ticket_list;

#define TICKET_LIST_RENEW_S (24 * 3600)

struct ticket_list_options {
    const char *file;           /* where it is kept; copied */
    const char *url;            /* of the back office: "https://host"; copied */
    const struct sign_key *key; /* the kiosk's; copied */
    const char *ca_file;        /* copied; for http_client_trust() */
};

/* With what is in the file. One that can't be read is asked for anew, and that is
 * logged. ERROR_BAD_INPUT: the URL or the path can't be meant. */
struct ticket_list *
ticket_list_open(const struct ticket_list_options *options, struct error *error);
void ticket_list_close(struct ticket_list *list); /* NULL is fine */

/*
 * Asks for the list when that was not done in the last TICKET_LIST_RENEW_S, and keeps
 * it. Waits for the network: for a worker. After an error the old list stays.
 */
bool ticket_list_renew(struct ticket_list *list, struct error *error);

/* As ticket_verify(), with the keys that are known. */
bool ticket_list_verify(struct ticket_list *list, const char *text,
                        struct ticket_claim *claim, struct error *error);
