#pragma once

#include "errand/post.h"
#include "scripted_server.h"

/*
 * A kiosk's way to ask people who are not there, with a back office of the test's own
 * at the end: it takes whatever comes, and counts.
 */

struct post_setup {
    char folder[64];
    struct scripted_server *server;
    struct errand_post *post;
    struct seal_key seal;
    bool refuses; /* says no to all of them */
    int errands, withdrawals;
};

void post_setup_start(struct post_setup *setup);
void post_setup_stop(struct post_setup *setup);

/* Without a network, with or without the key to seal with. */
void post_setup_cut(struct post_setup *setup, bool with_key);
/* Until nothing is left to send. */
void post_setup_wait(struct post_setup *setup);
