#include "upstream.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/worker.h"
#include "contact_field.h"
#include "ticket/escpos.h"
#include "ticket/ticket_list.h"

#define LOG_MODULE "upstream"
#include "base/log.h"

#define JOBS_MAX 16

enum job_kind {
    JOB_ASK,
    JOB_PRINT,
    JOB_PRINTER,
    JOB_ERRAND,
    JOB_RELEASE,
    JOB_WITHDRAW,
    JOB_SHOWN,
    JOB_CANCEL,
    JOB_SETTLE,
    JOB_RENEW
};

struct job {
    struct upstream *upstream;
    bool taken, worked;
    enum job_kind kind;
    enum request request;
    unsigned visit;
    struct appointment_booking booking;    /* wish, start, key, values */
    char id[APPOINTMENT_ID_BYTES];         /* JOB_CANCEL; of what was made before */
    char text[APPOINTMENT_CHECK_IN_BYTES]; /* REQUEST_FIND */
    struct date from, to;
    int64_t now;
    struct paper_ticket ticket;
    struct errand errand;

    bool good;
    struct error error;
    void *list; /* of the client: freed here */
    size_t count;
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct appointment appointment;
    struct appointment_moved moved;
    bool from_ticket;
    struct walk_in_wish number_wish;
    struct walk_in_number number;
    enum printer_state printer;
    enum errand_fate fate;
};

struct upstream {
    const struct flow_parts *parts;
    struct worker *office, *printer;
    upstream_callback callback;
    void *data;
    bool fitted;    /* the paper is as wide as the printer's; the printer worker's */
    bool unsettled; /* the journal may hold what no visit is busy with */
    bool stale;     /* the lease could not be renewed */
    bool ending;
    struct job jobs[JOBS_MAX];
};

/* --- in the workers --------------------------------------------------------------
 */

/*
 * What was sent and not answered is asked for by its key, so that a citizen is told
 * the truth. A system without keys leaves it uncertain, and the journal keeps that it
 * is: nobody cancels what perhaps stands, and nobody sends it again.
 */
static bool
book(struct job *job)
{
    const struct flow_parts *parts = job->upstream->parts;
    const struct appointment_operations *client = parts->client->operations;
    void *maker = parts->client->maker;
    struct error error = {.kind = ERROR_NONE};
    bool uncertain;

    if (!journal_begin(parts->journal, job->booking.key, job->now, &job->error)) {
        return false;
    }
    if (client->book(maker, &job->booking, &job->appointment, &job->error)) {
        if (!journal_booked(parts->journal, job->booking.key, job->appointment.id,
                            &error)) {
            log_warning("%s", error.message);
        }
        return true;
    }
    if (job->error.kind == ERROR_UNCERTAIN && client->find_key != NULL) {
        if (client->find_key(maker, job->booking.key, &job->appointment, &error) &&
            job->appointment.state != APPOINTMENT_CANCELLED)
        {
            return true;
        }
        /* Stays in the journal: when it was booked after all, it is cancelled. */
        job->error.kind = ERROR_OFFLINE;
        return false;
    }
    uncertain = job->error.kind == ERROR_UNCERTAIN;
    if (!(uncertain ? journal_end_unknown(parts->journal, job->booking.key, &error)
                    : journal_end(parts->journal, job->booking.key, &error)))
    {
        log_warning("%s", error.message);
    }
    return false;
}

/* Without network: what its own text says, when one of ours signed it. */
static bool
know_ticket(struct job *job)
{
    const struct flow_parts *parts = job->upstream->parts;
    const struct catalogue *catalogue = parts->catalogue;
    struct ticket_claim claim;
    struct error error = {.kind = ERROR_NONE};
    uint8_t id[sizeof(claim.location)];

    if (parts->tickets == NULL ||
        !ticket_list_verify(parts->tickets, job->text, &claim, &error))
    {
        return false;
    }
    job->from_ticket = true;
    job->appointment = (struct appointment){.start = claim.start, .end = claim.start};
    for (size_t i = 0; i < catalogue->location_count; i++) {
        ticket_location_id(catalogue->locations[i].id, id);
        if (memcmp(id, claim.location, sizeof(id)) == 0) {
            text_copy(job->appointment.location, sizeof(job->appointment.location),
                      catalogue->locations[i].id);
        }
    }
    return true;
}

static bool
ask(struct job *job)
{
    const struct appointment_client *client = job->upstream->parts->client;
    const struct appointment_operations *operations = client->operations;
    const struct appointment_wish *wish = &job->booking.wish;
    struct appointment_location *locations = NULL;
    struct appointment_day *days = NULL;
    struct appointment_time *times = NULL;
    bool good = false;

    switch (job->request) {
    case REQUEST_LOCATIONS:
        good = operations->locations(client->maker, wish, &locations, &job->count,
                                     &job->error);
        job->list = locations;
        break;
    case REQUEST_DAYS:
        good = operations->days(client->maker, wish, job->from, job->to, &days,
                                &job->count, &job->error);
        job->list = days;
        break;
    case REQUEST_TIMES:
        good = operations->times(client->maker, wish, job->from, &times, &job->count,
                                 &job->error);
        job->list = times;
        break;
    case REQUEST_FIELDS:
        good = operations->fields(client->maker, wish, job->fields, &job->count,
                                  &job->error);
        break;
    case REQUEST_HOLD:
        good = operations->hold == NULL ||
               operations->hold(client->maker, &job->booking, &job->error);
        break;
    case REQUEST_BOOK:
        good = book(job);
        break;
    case REQUEST_EXPECT:
        good = walk_in_expect(job->upstream->parts->walk_in, wish->items[0].product,
                              &job->number, &job->error);
        break;
    case REQUEST_NUMBER:
        good = walk_in_draw(job->upstream->parts->walk_in, &job->number_wish,
                            &job->number, &job->error);
        break;
    case REQUEST_FIND:
        good = operations->find(client->maker, job->text, &job->appointment,
                                &job->error) ||
               (job->error.kind == ERROR_OFFLINE && know_ticket(job));
        break;
    case REQUEST_CHECK_IN:
        good = operations->check_in(client->maker, job->id, &job->appointment,
                                    &job->error);
        break;
    case REQUEST_MOVE:
        good = operations->move(client->maker, job->id, job->booking.key,
                                job->booking.start, &job->moved, &job->error);
        break;
    case REQUEST_CANCEL:
        good = operations->cancel(client->maker, job->id, &job->error);
        break;
    case REQUEST_UNPRINTED:
        good = operations->unprinted(client->maker, job->id, &job->error);
        break;
    case REQUEST_NONE:
    case REQUEST_PRINT:
    case REQUEST_PRINTER:
    case REQUEST_CALL_BACK:
    case REQUEST_HELP:
    case REQUEST_COUNT:
        assert(false);
    }
    return good;
}

/* A printer that is swapped is out of reach in between: then it is asked anew. */
static void
note_reach(struct upstream *upstream, bool reached)
{
    upstream->fitted = upstream->fitted && reached;
}

static void
fit_paper(struct upstream *upstream)
{
    const struct flow_parts *parts = upstream->parts;
    struct printer_traits traits;
    struct error error = {.kind = ERROR_NONE};

    if (!parts->paper_auto || upstream->fitted) {
        return;
    }
    upstream->fitted = printer_probe(parts->printer, &traits, &error);
    if (upstream->fitted && traits.roll_mm > 0) {
        paper_set_width(parts->paper, paper_width_of_roll(traits.roll_mm));
    }
}

static bool
print(struct job *job)
{
    const struct flow_parts *parts = job->upstream->parts;
    struct bitmap bitmap = {0};
    uint8_t *bytes;
    size_t length = 0;
    bool good;

    fit_paper(job->upstream);
    if (!paper_paint(parts->paper, &job->ticket, &bitmap, &job->error)) {
        return false;
    }
    bytes = escpos_encode(&bitmap, &length);
    good = printer_print(parts->printer, &bitmap, bytes, length, &job->error);
    if (!good) {
        struct error error = {.kind = ERROR_NONE};

        job->printer = job->error.kind == ERROR_OFFLINE
                           ? PRINTER_OFFLINE
                           : printer_status(parts->printer, &error);
    }
    note_reach(job->upstream, good || job->printer != PRINTER_OFFLINE);
    free(bytes);
    free(bitmap.rows);
    return good;
}

static bool
cancel(struct job *job)
{
    const struct flow_parts *parts = job->upstream->parts;
    const struct appointment_client *client = parts->client;

    if (!client->operations->cancel(client->maker, job->id, &job->error) &&
        job->error.kind != ERROR_NOT_FOUND)
    {
        return false;
    }
    return journal_end(parts->journal, job->booking.key, &job->error);
}

/*
 * A booking that was counted as completed had its ticket shown: only the journal's
 * last word is missing. Every other one is cancelled.
 */
static bool
settle(struct job *job)
{
    const struct flow_parts *parts = job->upstream->parts;
    struct journal_entry *list;
    size_t count, cancelled;

    if (!journal_open_keys(parts->journal, &list, &count, &job->error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        bool counted;

        if (!outbox_has_receipt(parts->outbox, list[i].key, &counted, &job->error) ||
            (counted && !journal_end(parts->journal, list[i].key, &job->error)))
        {
            free(list);
            return false;
        }
    }
    free(list);
    if (!journal_settle(parts->journal, parts->client, job->now, &cancelled,
                        &job->error)) {
        return false;
    }
    if (cancelled > 0) {
        log_info("%zu bookings without a ticket were cancelled", cancelled);
    }
    return outbox_forget_receipts(parts->outbox, &job->error);
}

/* What the kiosk needs when nobody can be reached. */
static bool
renew(struct job *job)
{
    const struct flow_parts *parts = job->upstream->parts;
    const struct appointment_client *client = parts->client;

    return (parts->tickets == NULL || ticket_list_renew(parts->tickets, &job->error)) &&
           (client->operations->renew == NULL ||
            client->operations->renew(client->maker, &job->error));
}

static void
work(void *data)
{
    struct job *job = data;
    const struct flow_parts *parts = job->upstream->parts;

    job->worked = true;
    switch (job->kind) {
    case JOB_ASK:
        job->good = ask(job);
        break;
    case JOB_PRINT:
        job->good = print(job);
        break;
    case JOB_PRINTER:
        job->printer = printer_status(parts->printer, &job->error);
        note_reach(job->upstream, job->printer != PRINTER_OFFLINE);
        job->good = true;
        break;
    case JOB_ERRAND:
        job->good =
            errand_post_send(parts->errands, &job->errand, &job->fate, &job->error);
        break;
    case JOB_RELEASE:
        job->good = parts->client->operations->release == NULL ||
                    parts->client->operations->release(parts->client->maker,
                                                       job->booking.key, &job->error);
        break;
    case JOB_WITHDRAW:
        job->good = walk_in_withdraw(parts->walk_in, job->booking.key, &job->error);
        break;
    case JOB_SHOWN:
        job->good = journal_end(parts->journal, job->booking.key, &job->error);
        break;
    case JOB_CANCEL:
        job->good = cancel(job);
        break;
    case JOB_SETTLE:
        job->good = settle(job);
        break;
    case JOB_RENEW:
        job->good = renew(job);
        break;
    }
}

/* --- in the loop's thread ---------------------------------------------------------
 */

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

    if (worker_submit(paper ? upstream->printer : upstream->office, work, finish, job))
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
