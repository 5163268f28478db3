#pragma once

#include "upstream.h"

#include "base/worker.h"

/*
 * A job: what a worker does of the slow work, and what it comes to. It is made and told
 * of in the loop's thread (upstream.c), and done in a worker's (upstream_job.c).
 */

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

/* In a worker: does it, and notes what came of it. `data` is the job. */
void upstream_do(void *data);
