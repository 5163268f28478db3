#include "usage/uploader.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "base/worker.h"
#include "usage/exchange.h"

#define LOG_MODULE "uploader"
#include "base/log.h"

/* A visit's events come a few at a time: they share a request. */
#define POKE_MS 300
#define FIRST_WAIT_MS 2000

struct uploader {
    struct loop *loop;
    struct worker *worker;
    int longest_wait_ms;
    int timer;
    bool busy;  /* the exchange is the worker's */
    bool poked; /* while busy, or already waiting for it */
    bool closing;
    bool asked_to_wait; /* by the back office: Retry-After */
    struct exchange exchange;
    struct uploader_state state;
    bool idle;
};

int64_t
uploader_wait_ms(int failures, int retry_after_s, int longest_ms, uint32_t random)
{
    int64_t bound_ms = FIRST_WAIT_MS;

    assert(failures >= 1);
    for (int i = 1; i < failures && bound_ms < longest_ms; i++) {
        bound_ms *= 2;
    }
    if (bound_ms > longest_ms) {
        bound_ms = longest_ms;
    }
    if (retry_after_s > UPLOADER_RETRY_AFTER_S_MAX) {
        retry_after_s = UPLOADER_RETRY_AFTER_S_MAX;
    }
    return (retry_after_s > 0 ? retry_after_s * INT64_C(1000) : 0) +
           (int64_t)(random % (uint64_t)(bound_ms + 1));
}

static void
work(void *data)
{
    struct uploader *uploader = data;

    exchange_run(&uploader->exchange);
}

static void finish(void *data);

static void
run(void *data)
{
    struct uploader *uploader = data;
    bool taken;

    uploader->timer = 0;
    uploader->poked = false;
    uploader->busy = true;
    taken = worker_submit(uploader->worker, work, finish, uploader);
    assert(taken); /* one exchange at a time */
    (void)taken;
}

static void
run_after(struct uploader *uploader, int64_t delay_ms)
{
    loop_remove_timer(uploader->loop, uploader->timer);
    uploader->timer =
        loop_add_timer(uploader->loop, delay_ms > 0 ? delay_ms : 0, run, uploader);
}

static void
note_failure(struct uploader *uploader)
{
    const struct error *error = &uploader->exchange.error;
    bool is_news = uploader->state.error.kind != error->kind ||
                   strcmp(uploader->state.error.message, error->message) != 0;

    uploader->state.failures++;
    uploader->state.error = *error;
    if (is_news) { /* a night without network is one line */
        log_warning("%s (%s); trying again", error->message,
                    error_kind_name(error->kind));
    }
}

static void
note_success(struct uploader *uploader)
{
    if (uploader->state.failures > 0) {
        log_info("sending goes on after %d failures", uploader->state.failures);
    }
    uploader->state.failures = 0;
    uploader->state.error = (struct error){0};
}

/* Something is to be sent or asked now, or at its time. */
static void
sleep_until_next(struct uploader *uploader)
{
    if (uploader->poked) {
        run_after(uploader, 0);
        return;
    }
    uploader->idle = true;
    run_after(uploader, uploader->exchange.ask_at_ms - time_steady_ms());
}

/* Whoever claims a kiosk may stand beside it, waiting for it to be known. */
static int
longest_wait_ms(const struct uploader *uploader)
{
    return uploader->exchange.is_unclaimed &&
                   uploader->longest_wait_ms > UPLOADER_UNCLAIMED_WAIT_MS_MAX
               ? UPLOADER_UNCLAIMED_WAIT_MS_MAX
               : uploader->longest_wait_ms;
}

static void
finish(void *data)
{
    struct uploader *uploader = data;
    uint32_t random;

    uploader->busy = false;
    if (uploader->closing) {
        return;
    }
    switch (uploader->exchange.result) {
    case EXCHANGE_DONE:
        note_success(uploader);
        uploader->state.success_s = time_now_s();
        run_after(uploader, 0);
        break;
    case EXCHANGE_IDLE:
        note_success(uploader);
        sleep_until_next(uploader);
        break;
    case EXCHANGE_FAILED:
        note_failure(uploader);
        uploader->asked_to_wait = uploader->exchange.retry_after_s > 0;
        random_bytes(&random, sizeof(random));
        run_after(uploader, uploader_wait_ms(uploader->state.failures,
                                             uploader->exchange.retry_after_s,
                                             longest_wait_ms(uploader), random));
        break;
    case EXCHANGE_STOPPED:
        log_error("%s; quiet until the next start", uploader->exchange.error.message);
        uploader->state.error = uploader->exchange.error;
        uploader->state.stopped = true;
        break;
    }
}

struct uploader *
uploader_create(const struct uploader_options *options)
{
    struct uploader *uploader = memory_allocate(1, sizeof(*uploader));
    size_t length = strlen(options->url);

    assert(length > 0 && length < UPLOADER_URL_BYTES);
    uploader->loop = options->loop;
    uploader->longest_wait_ms =
        options->wait_ms > 0 ? options->wait_ms : UPLOADER_WAIT_MS_MAX;
    uploader->exchange.outbox = options->outbox;
    uploader->exchange.key = *options->key;
    uploader->exchange.url = memory_copy_text(options->url);
    if (options->url[length - 1] == '/') {
        uploader->exchange.url[length - 1] = '\0';
    }
    uploader->exchange.client = http_client_create();
    http_client_trust(uploader->exchange.client, options->ca_file);
    uploader->worker = worker_create(options->loop, "uploader", 1);
    run_after(uploader, 0);
    return uploader;
}

void
uploader_destroy(struct uploader *uploader)
{
    if (uploader == NULL) {
        return;
    }
    uploader->closing = true;
    worker_destroy(uploader->worker);
    loop_remove_timer(uploader->loop, uploader->timer);
    http_client_destroy(uploader->exchange.client);
    memory_wipe(&uploader->exchange.key, sizeof(uploader->exchange.key));
    free(uploader->exchange.url);
    free(uploader);
}

void
uploader_poke(struct uploader *uploader)
{
    bool waits = uploader->state.failures > 0 && !uploader->busy;

    uploader->idle = false;
    if (uploader->state.stopped || uploader->poked) {
        return;
    }
    uploader->poked = true;
    if (!uploader->busy && !waits) {
        run_after(uploader, POKE_MS);
    }
}

void
uploader_network_changed(struct uploader *uploader)
{
    uint32_t random;

    if (uploader->state.failures == 0 || uploader->state.stopped ||
        uploader->state.error.kind != ERROR_OFFLINE || uploader->asked_to_wait)
    {
        return;
    }
    uploader->state.failures = 0;
    if (!uploader->busy) {
        random_bytes(&random, sizeof(random));
        run_after(uploader, uploader_wait_ms(1, 0, uploader->longest_wait_ms, random));
    }
}

void
uploader_state(const struct uploader *uploader, struct uploader_state *state)
{
    *state = uploader->state;
}

bool
uploader_is_idle(const struct uploader *uploader)
{
    return uploader->idle;
}
