#include "errand/post.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/backoffice_call.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "box.h"

#define LOG_MODULE "errands"
#include "base/log.h"

#define DAY_MS (24 * 3600 * 1000)

struct errand_post {
    char folder[BOX_PATH_BYTES], seal_file[BOX_PATH_BYTES];
    int retry_ms;
    bool rehearses; /* nothing is sent, and there is no thread */
    struct backoffice_call *call;
    pthread_t thread;
    bool runs;

    pthread_mutex_t lock; /* of the folder, and of what follows */
    pthread_cond_t changed;
    bool has_key;
    uint8_t public_key[SEAL_PUBLIC_BYTES];
    int64_t ask_at_ms; /* for the key */
    bool stopping, down, refuses;
    bool left, busy; /* something may have to be sent; the thread is at it */
    char said[ERROR_MESSAGE_BYTES]; /* so that the log says it once */
};

/* --- the key to seal with -----------------------------------------------------------
 */

static bool
read_seal_key(const struct json *answer, uint8_t public_key[SEAL_PUBLIC_BYTES],
              struct error *error)
{
    char text[SEAL_KEY_TEXT_BYTES];

    return json_get_text(answer, "public_key", text, sizeof(text), error) &&
           (text_hex_decode(public_key, SEAL_PUBLIC_BYTES, text) ||
            error_set(error, ERROR_BAD_INPUT, "public_key: is no key"));
}

/* Kept before it is used, so that a kiosk that starts without network has it too. */
static bool
keep_seal_key(struct errand_post *post, const uint8_t public_key[SEAL_PUBLIC_BYTES],
              struct error *error)
{
    bool same, good;

    pthread_mutex_lock(&post->lock);
    same =
        post->has_key && bytes_equal(post->public_key, public_key, SEAL_PUBLIC_BYTES);
    good = same || seal_public_write(post->seal_file, public_key, error);
    if (good) {
        memcpy(post->public_key, public_key, SEAL_PUBLIC_BYTES);
        post->has_key = true;
        post->ask_at_ms = time_steady_ms() + DAY_MS;
    }
    pthread_mutex_unlock(&post->lock);
    return good;
}

static bool
ask_seal_key(struct errand_post *post, struct error *error)
{
    uint8_t public_key[SEAL_PUBLIC_BYTES];
    struct json *answer = NULL;
    bool good;

    if (!backoffice_call_send(post->call, "GET", ERRAND_SEAL_KEY_PATH, NULL, &answer,
                              error))
    {
        return false;
    }
    good = read_seal_key(answer, public_key, error) &&
           keep_seal_key(post, public_key, error);
    json_destroy(answer);
    return good || error_prefix(error, "the key to seal with");
}

static bool
wants_seal_key(struct errand_post *post)
{
    bool wants;

    pthread_mutex_lock(&post->lock);
    wants = time_steady_ms() >= post->ask_at_ms;
    pthread_mutex_unlock(&post->lock);
    return wants;
}

/* --- sending ------------------------------------------------------------------------
 */

static bool
may_send(struct errand_post *post)
{
    bool may;

    pthread_mutex_lock(&post->lock);
    may = !post->down && !post->stopping;
    pthread_mutex_unlock(&post->lock);
    return may;
}

static bool
send_body(struct errand_post *post, const char *body, struct error *error)
{
    if (!may_send(post)) {
        return error_set(error, ERROR_OFFLINE, "the network is down");
    }
    return backoffice_call_send(post->call, "POST", ERRAND_PATH, body, NULL, error);
}

static char *
write_body(const struct errand *errand)
{
    struct json_writer *writer = json_writer_create();
    size_t length;
    char *body;

    errand_write(writer, errand);
    body = memory_copy_text(json_writer_text(writer, &length));
    json_writer_destroy(writer);
    return body;
}

/* A key that another kiosk has is ours of before: this kiosk was given another name. */
static bool
has_arrived(bool sent, const struct error *error)
{
    return sent || error->kind == ERROR_TAKEN;
}

static bool
keep(struct errand_post *post, const struct errand *errand, struct error *error)
{
    struct box_item item = {.kind =
                                errand->kind == ERRAND_HELP ? BOX_HELP : BOX_CALL_BACK};
    char *body = NULL;
    bool good = false;

    text_copy(item.key, sizeof(item.key), errand->key);
    pthread_mutex_lock(&post->lock);
    if (post->has_key) {
        body = errand_seal(errand, post->public_key, error);
        good = body != NULL && box_put(post->folder, &item, body, error);
    } else {
        error_set(error, ERROR_OFFLINE, "there is no key to seal with yet");
    }
    post->left = post->left || good;
    pthread_cond_signal(&post->changed);
    pthread_mutex_unlock(&post->lock);
    free(body);
    return good;
}

static bool
rehearse(struct errand_post *post, enum errand_fate *fate, struct error *error)
{
    bool refuses;

    pthread_mutex_lock(&post->lock);
    *fate = post->down ? ERRAND_KEPT : ERRAND_ARRIVED;
    refuses = post->refuses;
    pthread_mutex_unlock(&post->lock);
    return !refuses || error_set(error, ERROR_REFUSED, "it is said no to");
}

bool
errand_post_send(struct errand_post *post, const struct errand *errand,
                 enum errand_fate *fate, struct error *error)
{
    char *body;
    bool sent;

    if (post->rehearses) {
        return rehearse(post, fate, error);
    }
    body = write_body(errand);
    sent = send_body(post, body, error);
    memory_wipe(body, strlen(body));
    free(body);
    if (has_arrived(sent, error)) {
        *fate = ERRAND_ARRIVED;
        return true;
    }
    if (errand->kind == ERRAND_HAND_OVER ||
        (error->kind != ERROR_OFFLINE && error->kind != ERROR_UNCERTAIN))
    {
        return error_prefix(error, "errand");
    }
    *fate = ERRAND_KEPT;
    return keep(post, errand, error) || error_prefix(error, "errand");
}

void
errand_post_withdraw(struct errand_post *post, const char *key)
{
    struct box_item item = {.kind = BOX_WITHDRAW};
    struct error error = {0};

    if (post->rehearses) {
        return;
    }
    text_copy(item.key, sizeof(item.key), key);
    pthread_mutex_lock(&post->lock);
    if (!box_put(post->folder, &item, "", &error)) {
        log_error("%s", error.message); /* staff see for themselves that nobody waits */
    }
    item.kind = BOX_HELP;
    box_remove(post->folder, &item);
    post->left = true;
    pthread_cond_signal(&post->changed);
    pthread_mutex_unlock(&post->lock);
}

/* --- the thread ---------------------------------------------------------------------
 */

static bool
send_withdrawal(struct errand_post *post, const char *key, struct error *error)
{
    char target[sizeof(ERRAND_PATH) + ERRAND_KEY_BYTES + 16];
    struct text text = text_begin(target, sizeof(target));

    text_format(&text, ERRAND_PATH "/%s/withdraw", key);
    return backoffice_call_send(post->call, "POST", target, NULL, NULL, error) ||
           error->kind == ERROR_NOT_FOUND; /* it is another kiosk's, of another name */
}

/* A call that was repeated while it was under way stays, to be sent again. */
static void
remove_sent(struct errand_post *post, const struct box_item *item, const char *body)
{
    struct error ignored = {0};
    char *now;

    pthread_mutex_lock(&post->lock);
    now = box_read(post->folder, item, &ignored);
    if (now != NULL && text_equal(now, body)) {
        box_remove(post->folder, item);
    }
    pthread_mutex_unlock(&post->lock);
    free(now);
}

static bool
send_kept(struct errand_post *post, const struct box_item *item, struct error *error)
{
    char *body = box_read(post->folder, item, error);
    bool sent;

    if (body == NULL) {
        return error->kind == ERROR_NOT_FOUND; /* it was withdrawn meanwhile */
    }
    sent = item->kind == BOX_WITHDRAW
               ? send_withdrawal(post, item->key, error)
               : has_arrived(send_body(post, body, error), error);
    if (sent) {
        remove_sent(post, item, body);
    }
    free(body);
    return sent;
}

/* One that is refused does not keep the others waiting. False: something is left. */
static bool
send_all(struct errand_post *post, struct error *error)
{
    struct box_item *list;
    size_t count;
    bool all;

    pthread_mutex_lock(&post->lock);
    all = box_list(post->folder, &list, &count, error);
    pthread_mutex_unlock(&post->lock);
    for (size_t i = 0; i < count && may_send(post); i++) {
        struct error wrong = {0};

        if (!send_kept(post, &list[i], &wrong)) {
            *error = wrong;
            all = false;
        }
    }
    free(list);
    return all && may_send(post);
}

static void
say_once(struct errand_post *post, const struct error *error)
{
    if (!text_equal(post->said, error->message)) {
        text_copy(post->said, sizeof(post->said), error->message);
        if (error->message[0] != '\0') {
            log_warning("what waits can't be sent yet: %s", error->message);
        }
    }
}

/* False: to be tried again soon. */
static bool
turn(struct errand_post *post)
{
    struct error error = {0};
    bool done =
        (!wants_seal_key(post) || ask_seal_key(post, &error)) && send_all(post, &error);

    say_once(post, &error);
    return done;
}

/* Kiosks that lost one network don't come back together. */
static int64_t
pause_ms(const struct errand_post *post)
{
    uint32_t random;

    random_bytes(&random, sizeof(random));
    return post->retry_ms + (int64_t)random % post->retry_ms;
}

/* Until something changes, or `milliseconds` have passed. With the lock. */
static void
wait_ms(struct errand_post *post, int64_t milliseconds)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += milliseconds % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_cond_timedwait(&post->changed, &post->lock, &until);
}

static void *
run(void *data)
{
    struct errand_post *post = data;

    pthread_mutex_lock(&post->lock);
    while (!post->stopping) {
        bool done = true;

        if (!post->down) {
            post->left = false; /* what comes meanwhile says so again */
            post->busy = true;
            pthread_mutex_unlock(&post->lock);
            done = turn(post);
            pthread_mutex_lock(&post->lock);
            post->busy = false;
            post->left = post->left || !done;
        }
        if (!post->stopping && (post->down || !done || !post->left)) {
            wait_ms(post, done ? DAY_MS : pause_ms(post));
        }
    }
    pthread_mutex_unlock(&post->lock);
    return NULL;
}

/* --- life ---------------------------------------------------------------------------
 */

/* The visits of before are over: who asked for help there has gone. */
static bool
give_up_help(struct errand_post *post, struct error *error)
{
    struct box_item *list;
    size_t count;
    bool good = box_list(post->folder, &list, &count, error);

    for (size_t i = 0; good && i < count; i++) {
        if (list[i].kind == BOX_HELP) {
            errand_post_withdraw(post, list[i].key);
        }
    }
    free(list);
    return good;
}

static bool
read_kept_key(struct errand_post *post, struct error *error)
{
    post->has_key = seal_public_read(post->seal_file, post->public_key, error);
    if (!post->has_key && error->kind != ERROR_NOT_FOUND) {
        log_warning("%s", error->message); /* it is asked for anew */
    }
    *error = (struct error){0};
    return true;
}

static bool
open_call(struct errand_post *post, const struct errand_post_options *options,
          struct error *error)
{
    post->call = backoffice_call_create(
        &(struct backoffice_options){.url = options->url,
                                     .key = options->key,
                                     .timeout_ms = options->timeout_ms,
                                     .ca_file = options->ca_file},
        error);
    return post->call != NULL;
}

static bool
start(struct errand_post *post, struct error *error)
{
    post->runs = pthread_create(&post->thread, NULL, run, post) == 0;
    return post->runs || error_set(error, ERROR_STORAGE, "cannot start a thread");
}

struct errand_post *
errand_post_open(const struct errand_post_options *options, struct error *error)
{
    struct errand_post *post = memory_allocate(1, sizeof(*post));
    pthread_condattr_t steady;

    pthread_mutex_init(&post->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&post->changed, &steady);
    pthread_condattr_destroy(&steady);
    post->rehearses = options->url == NULL;
    if (post->rehearses) {
        return post;
    }
    post->retry_ms = options->retry_ms > 0 ? options->retry_ms : ERRAND_POST_RETRY_MS;
    post->left = true;
    if (!text_copy(post->folder, sizeof(post->folder), options->folder) ||
        !text_copy(post->seal_file, sizeof(post->seal_file), options->seal_file))
    {
        error_set(error, ERROR_BAD_INPUT, "the path is too long");
        goto fail;
    }
    if (!file_make_folder(post->folder, error) || !read_kept_key(post, error) ||
        !give_up_help(post, error) || !open_call(post, options, error) ||
        !start(post, error))
    {
        goto fail;
    }
    return post;

fail:
    error_prefix(error, "errands");
    errand_post_close(post);
    return NULL;
}

void
errand_post_close(struct errand_post *post)
{
    if (post == NULL) {
        return;
    }
    pthread_mutex_lock(&post->lock);
    post->stopping = true;
    pthread_cond_signal(&post->changed);
    pthread_mutex_unlock(&post->lock);
    if (post->runs) {
        pthread_join(post->thread, NULL);
    }
    backoffice_call_destroy(post->call);
    pthread_cond_destroy(&post->changed);
    pthread_mutex_destroy(&post->lock);
    free(post);
}

bool
errand_post_is_idle(struct errand_post *post)
{
    bool idle;

    pthread_mutex_lock(&post->lock);
    idle = !post->left && !post->busy;
    pthread_mutex_unlock(&post->lock);
    return idle;
}

void
errand_post_refuse(struct errand_post *post)
{
    pthread_mutex_lock(&post->lock);
    post->refuses = true;
    pthread_mutex_unlock(&post->lock);
}

void
errand_post_set_network(struct errand_post *post, bool up)
{
    pthread_mutex_lock(&post->lock);
    post->down = !up;
    post->left = post->left || up;
    pthread_cond_signal(&post->changed);
    pthread_mutex_unlock(&post->lock);
}
