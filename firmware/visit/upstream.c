#include "upstream.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "contact_field.h"
#include "upstream_job.h"

#define LOG_MODULE "upstream"
#include "base/log.h"

static void
tell(const struct job *job)
{
    struct answer_of_upstream answer = {
        .request = job->request,
        .visit = job->visit,
        .good = job->good,
        .error = job->error,
        .wish = job->booking.wish,
        .date = job->from,
        .locations = job->list,
        .days = job->list,
        .times = job->list,
        .fields = job->fields,
        .count = job->count,
        .key = job->booking.key,
        .appointment = &job->appointment,
        .moved = &job->moved,
        .from_ticket = job->from_ticket,
        .number = &job->number,
        .printer = job->printer,
        .fate = job->fate,
    };

    job->upstream->callback(job->upstream->data, &answer);
}

static void
finish(void *data)
{
    struct job *job = data;
    struct upstream *upstream = job->upstream;

    if (job->worked && !upstream->ending) {
        bool silent = job->kind != JOB_ASK && job->kind != JOB_PRINT &&
                      job->kind != JOB_PRINTER && job->kind != JOB_ERRAND;

        if (!job->good && !(job->kind == JOB_RENEW && upstream->stale)) {
            log_warning("%s",
                        job->error.message); /* of a lease once, until it is had */
        }
        if (job->kind == JOB_RENEW) {
            upstream->stale = !job->good;
        } else if (job->kind == JOB_SETTLE) {
            upstream->unsettled = !job->good;
        } else if (!job->good && (job->kind == JOB_CANCEL || job->kind == JOB_SHOWN)) {
            upstream->unsettled = true;
        } else if (!job->good && job->request == REQUEST_BOOK) {
            upstream->unsettled = true; /* the key may still be there */
        }
        if (!silent) {
            tell(job);
        }
    }
    free(job->list);
    memory_wipe(job, sizeof(*job));
}

static struct job *
job_take(struct upstream *upstream, enum job_kind kind)
{
    for (size_t i = 0; i < JOBS_MAX; i++) {
        struct job *job = &upstream->jobs[i];

        if (!job->taken) {
            *job = (struct job){.upstream = upstream, .taken = true, .kind = kind};
            return job;
        }
    }
    return NULL;
}

static bool
job_submit(struct job *job)
{
    struct upstream *upstream = job->upstream;
    bool paper = job->kind == JOB_PRINT || job->kind == JOB_PRINTER;

    if (worker_submit(paper ? upstream->printer : upstream->office, upstream_do, finish,
                      job))
    {
        return true;
    }
    memory_wipe(job, sizeof(*job));
    return false;
}

struct upstream *
upstream_create(const struct flow_parts *parts, upstream_callback callback, void *data,
                int64_t now)
{
    struct upstream *upstream = memory_allocate(1, sizeof(*upstream));

    upstream->parts = parts;
    upstream->callback = callback;
    upstream->data = data;
    upstream->office = worker_create(parts->loop, "office", JOBS_MAX);
    upstream->printer = worker_create(parts->loop, "printer", JOBS_MAX);
    upstream->unsettled = true;
    upstream_settle_journal(upstream, now);
    upstream_renew(upstream);
    return upstream;
}

void
upstream_destroy(struct upstream *upstream)
{
    if (upstream == NULL) {
        return;
    }
    upstream->ending = true;
    worker_destroy(upstream->office);
    worker_destroy(upstream->printer);
    memory_wipe(upstream, sizeof(*upstream));
    free(upstream);
}

static void
fill_wish(struct appointment_wish *wish, const struct session *session)
{
    if (session->location != NULL) {
        text_copy(wish->location, sizeof(wish->location), session->location->id);
    }
    text_copy(wish->items[0].product, sizeof(wish->items[0].product),
              session->product->id);
    wish->items[0].persons = session->persons > 0 ? session->persons : 1;
    wish->item_count = 1;
}

bool
upstream_ask(struct upstream *upstream, enum request request,
             const struct session *session, unsigned visit, struct date monday,
             int64_t now)
{
    struct job *job =
        job_take(upstream, request == REQUEST_PRINTER ? JOB_PRINTER : JOB_ASK);

    if (job == NULL) {
        return false;
    }
    job->request = request;
    job->visit = visit;
    job->now = now;
    if (request == REQUEST_PRINTER) {
        return job_submit(job);
    }
    if (request == REQUEST_FIND) {
        text_copy(job->text, sizeof(job->text), session->lookup);
        return job_submit(job);
    }
    if (session->product != NULL) { /* not known of who only has the code */
        fill_wish(&job->booking.wish, session);
    }
    text_copy(job->id, sizeof(job->id), session->appointment.id);
    job->from = session->date;
    if (request == REQUEST_DAYS) {
        job->from = monday;
        job->to = date_add(monday, SESSION_DAYS - 1);
    }
    if (request == REQUEST_HOLD || request == REQUEST_BOOK || request == REQUEST_MOVE) {
        job->booking.start = session->start;
        text_copy(job->booking.key, sizeof(job->booking.key), session->key);
    }
    if (request == REQUEST_NUMBER) {
        text_copy(job->number_wish.key, sizeof(job->number_wish.key),
                  session->number_key);
        text_copy(job->number_wish.product, sizeof(job->number_wish.product),
                  session->product->id);
        text_copy(job->number_wish.language, sizeof(job->number_wish.language),
                  language_code(session->language));
    }
    if (request == REQUEST_BOOK) {
        for (size_t i = 0; i < session->known.field_count; i++) {
            if (session->typed.values[i].value[0] != '\0') {
                struct appointment_value *value =
                    &job->booking.values[job->booking.value_count++];

                *value = session->typed.values[i];
                contact_field_tell(value);
            }
        }
    }
    return job_submit(job);
}

bool
upstream_print(struct upstream *upstream, const struct paper_ticket *ticket,
               unsigned visit)
{
    struct job *job = job_take(upstream, JOB_PRINT);

    if (job == NULL) {
        return false;
    }
    job->request = REQUEST_PRINT;
    job->visit = visit;
    job->ticket = *ticket;
    return job_submit(job);
}

bool
upstream_send(struct upstream *upstream, enum request request,
              const struct errand *errand, unsigned visit)
{
    struct job *job = job_take(upstream, JOB_ERRAND);

    if (job == NULL) {
        return false;
    }
    job->request = request;
    job->visit = visit;
    job->errand = *errand;
    return job_submit(job);
}

static bool
submit_keyed(struct upstream *upstream, enum job_kind kind, const char *key,
             const char *id)
{
    struct job *job = job_take(upstream, kind);

    if (job == NULL) {
        return false;
    }
    text_copy(job->booking.key, sizeof(job->booking.key), key);
    text_copy(job->id, sizeof(job->id), id);
    return job_submit(job);
}

void
upstream_release(struct upstream *upstream, const char *key)
{
    submit_keyed(upstream, JOB_RELEASE, key, ""); /* else it expires by itself */
}

void
upstream_withdraw(struct upstream *upstream, const char *key)
{
    submit_keyed(upstream, JOB_WITHDRAW, key, ""); /* else it is called for nothing */
}

void
upstream_settle_shown(struct upstream *upstream, const char *key)
{
    if (!submit_keyed(upstream, JOB_SHOWN, key, "")) {
        upstream->unsettled = true;
    }
}

void
upstream_cancel(struct upstream *upstream, const char *key, const char *id)
{
    if (!submit_keyed(upstream, JOB_CANCEL, key, id)) {
        upstream->unsettled = true;
    }
}

void
upstream_settle_journal(struct upstream *upstream, int64_t now)
{
    struct job *job = job_take(upstream, JOB_SETTLE);

    if (job != NULL) {
        job->now = now;
        job_submit(job);
    }
}

void
upstream_renew(struct upstream *upstream)
{
    const struct flow_parts *parts = upstream->parts;
    struct job *job = parts->client->operations->renew != NULL || parts->tickets != NULL
                          ? job_take(upstream, JOB_RENEW)
                          : NULL;

    if (job != NULL) {
        job_submit(job);
    }
}

bool
upstream_is_stale(const struct upstream *upstream)
{
    return upstream->stale;
}

bool
upstream_has_unsettled(const struct upstream *upstream)
{
    return upstream->unsettled;
}

bool
upstream_is_idle(const struct upstream *upstream)
{
    return worker_is_idle(upstream->office) && worker_is_idle(upstream->printer);
}
