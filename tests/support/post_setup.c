#include "post_setup.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/sign.h"
#include "base/text.h"
#include "usage_stream.h"

static char *
tell_key(const struct post_setup *setup)
{
    char body[120], key[SEAL_KEY_TEXT_BYTES];

    text_hex_encode(key, setup->seal.public_key, SEAL_PUBLIC_BYTES);
    snprintf(body, sizeof(body), "{\"public_key\":\"%s\"}", key);
    return scripted_text(200, "Content-Type: application/json\r\n", body);
}

static char *
answer(void *data, const struct scripted_request *request)
{
    struct post_setup *setup = data;

    if (strncmp(request->head, "GET", 3) == 0) {
        return tell_key(setup);
    }
    if (setup->refuses) {
        return scripted_text(403, "", "");
    }
    if (strstr(request->head, "/withdraw ") != NULL) {
        setup->withdrawals++;
    } else {
        setup->errands++;
    }
    return scripted_text(204, "", "");
}

static void
paths(const struct post_setup *setup, char folder[100], char seal[100])
{
    snprintf(folder, 100, "%s/errands", setup->folder);
    snprintf(seal, 100, "%s/backoffice.seal", setup->folder);
}

void
post_setup_start(struct post_setup *setup)
{
    char folder[100], seal[100], url[64];
    struct sign_key key;
    struct error error = {0};

    *setup = (struct post_setup){.errands = 0};
    test_folder_make(setup->folder);
    paths(setup, folder, seal);
    sign_key_generate(&key);
    seal_key_generate(&setup->seal);
    setup->server = scripted_server_start(answer, setup);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d",
             scripted_server_port(setup->server));
    setup->post = errand_post_open(&(struct errand_post_options){.folder = folder,
                                                                 .seal_file = seal,
                                                                 .url = url,
                                                                 .key = &key,
                                                                 .retry_ms = 10},
                                   &error);
    if (setup->post == NULL) {
        fail_msg("%s", error.message);
    }
}

void
post_setup_stop(struct post_setup *setup)
{
    errand_post_close(setup->post);
    scripted_server_stop(setup->server);
    test_folder_remove(setup->folder);
}

void
post_setup_cut(struct post_setup *setup, bool with_key)
{
    char folder[100], seal[100];

    paths(setup, folder, seal);
    while (with_key && access(seal, R_OK) != 0) {
        poll(NULL, 0, 2);
    }
    errand_post_set_network(setup->post, false);
}

void
post_setup_wait(struct post_setup *setup)
{
    while (!errand_post_is_idle(setup->post)) {
        poll(NULL, 0, 2);
    }
}
