#include "upstream_job.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ticket/escpos.h"
#include "ticket/ticket_list.h"

#define LOG_MODULE "upstream"
#include "base/log.h"

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

/* What may be chosen: a list that the job owns. */
static bool
ask_choices(struct job *job)
{
    const struct appointment_client *client = job->upstream->parts->client;
    const struct appointment_operations *operations = client->operations;
    const struct appointment_wish *wish = &job->booking.wish;
    struct appointment_location *locations = NULL;
    struct appointment_day *days = NULL;
    struct appointment_time *times = NULL;
    bool good;

    if (job->request == REQUEST_LOCATIONS) {
        good = operations->locations(client->maker, wish, &locations, &job->count,
                                     &job->error);
        job->list = locations;
    } else if (job->request == REQUEST_DAYS) {
        good = operations->days(client->maker, wish, job->from, job->to, &days,
                                &job->count, &job->error);
        job->list = days;
    } else {
        good = operations->times(client->maker, wish, job->from, &times, &job->count,
                                 &job->error);
        job->list = times;
    }
    return good;
}

static bool
ask(struct job *job)
{
    const struct appointment_client *client = job->upstream->parts->client;
    const struct appointment_operations *operations = client->operations;
    const struct appointment_wish *wish = &job->booking.wish;
    struct walk_in_client *walk_in = job->upstream->parts->walk_in;

    switch (job->request) {
    case REQUEST_LOCATIONS:
    case REQUEST_DAYS:
    case REQUEST_TIMES:
        return ask_choices(job);
    case REQUEST_FIELDS:
        return operations->fields(client->maker, wish, job->fields, &job->count,
                                  &job->error);
    case REQUEST_HOLD:
        return operations->hold == NULL ||
               operations->hold(client->maker, &job->booking, &job->error);
    case REQUEST_BOOK:
        return book(job);
    case REQUEST_EXPECT:
        return walk_in_expect(walk_in, wish->items[0].product, &job->number,
                              &job->error);
    case REQUEST_NUMBER:
        return walk_in_draw(walk_in, &job->number_wish, &job->number, &job->error);
    case REQUEST_FIND:
        return operations->find(client->maker, job->text, &job->appointment,
                                &job->error) ||
               (job->error.kind == ERROR_OFFLINE && know_ticket(job));
    case REQUEST_CHECK_IN:
        return operations->check_in(client->maker, job->id, &job->appointment,
                                    &job->error);
    case REQUEST_MOVE:
        return operations->move(client->maker, job->id, job->booking.key,
                                job->booking.start, &job->moved, &job->error);
    case REQUEST_CANCEL:
        return operations->cancel(client->maker, job->id, &job->error);
    case REQUEST_UNPRINTED:
        return operations->unprinted(client->maker, job->id, &job->error);
    case REQUEST_NONE:
    case REQUEST_PRINT:
    case REQUEST_PRINTER:
    case REQUEST_CALL_BACK:
    case REQUEST_HELP:
    case REQUEST_SLIP:
    case REQUEST_COUNT:
        break;
    }
    assert(false);
    return false;
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

void
upstream_do(void *data)
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
