#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"

/*
 * What our own Qmatic knows: services, groups, branches, free times, appointments. Its
 * answers look like the real one's as it was recorded, with members nobody
 * asked for, nulls, and JSON in texts.
 */

#define ORCHESTRA_APPOINTMENTS_MAX 16

/* Services, with their minutes for the first and each further person. */
#define ORCHESTRA_PASSPORT "Paspoort"     /* 10, 5; everywhere */
#define ORCHESTRA_CARD "Identiteitskaart" /* 10, 5; not at the reception */
#define ORCHESTRA_LICENCE "Rijbewijs (caf\xc3\xa9)/2;a=b" /* 7.5, 0; at the hall */
#define ORCHESTRA_HASHED "54b3482204c11bedc8b0a7acbf"     /* 20, 10; another group */

/* Branches. */
#define ORCHESTRA_HALL "f19fa2030bd653d429c42772209ba60cdcb60c5f1fa18a95c4d72b"
#define ORCHESTRA_RECEPTION "3c82d69fa404728006a8386aff26ff05" /* no postcode */
#define ORCHESTRA_ISLAND "eiland"                              /* America/Curacao */

/* Dates: the first free one, and two nights on which the clock in Amsterdam skips an
 * hour and shows one twice. */
#define ORCHESTRA_DAY "2031-03-24"
#define ORCHESTRA_SPRING "2031-03-30"
#define ORCHESTRA_AUTUMN "2031-10-26"

struct orchestra_appointment {
    char id[80], branch[80], date[TIME_TEXT_BYTES], clock[8];
    char *title, *notes, *customers, *services; /* JSON */
    int persons, minutes, status;
    bool cancelled;
};

struct orchestra {
    bool bare;         /* leaves out and says null wherever it can */
    const char *zones; /* of the hall, instead of its own: JSON members */
    const char *dates; /* JSON, instead of the usual ones */
    const char *times; /* JSON, instead of the usual ones */
    struct orchestra_appointment appointments[ORCHESTRA_APPOINTMENTS_MAX];
    size_t appointment_count;
};

void orchestra_finish(struct orchestra *orchestra);

/* Is the service there: at a branch, or anywhere (""). */
bool orchestra_has(const char *branch, const char *service);
bool orchestra_has_branch(const char *branch);
/* Σ duration + additional × (persons − 1); 0: one of them is not there. */
int orchestra_minutes(const char *const *services, size_t count, int persons);
bool orchestra_is_free(const struct orchestra *orchestra, const char *branch,
                       const char *date, const char *clock, int minutes);
struct orchestra_appointment *
orchestra_find(struct orchestra *orchestra, const char *id);

/* Answers, to be freed. */
char *orchestra_tell_services(const struct orchestra *orchestra, const char *branch);
char *
orchestra_tell_groups(const char *branch, const char *const *services, size_t count);
char *orchestra_tell_branches(const struct orchestra *orchestra, const char *service);
char *orchestra_tell_branch(const struct orchestra *orchestra, const char *branch);
char *orchestra_tell_dates(const struct orchestra *orchestra);
char *orchestra_tell_times(const struct orchestra *orchestra, const char *branch,
                           const char *date, int minutes);
/* As the answer to a booking has it, or inside {"appointment":…}. */
char *orchestra_tell(const struct orchestra *orchestra,
                     const struct orchestra_appointment *appointment, bool inside);
