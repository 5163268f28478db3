#include "audit_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "ui/fit.h"

#define PROCESSES 2
#define LAYOUT_S_MAX 5 /* it takes a thousandth of a second */

/* --- what there is to do ---------------------------------------------------------- */

static bool
is_first_of_screen(const struct audit_work *work, enum display_class display,
                   const char *screen)
{
    for (size_t i = 0; i < work->count; i++) {
        if (work->sheets[i].display == display &&
            text_equal(work->sheets[i].page->screen, screen))
        {
            return false;
        }
    }
    return true;
}

void
audit_work_add(struct audit_work *work, const char *situation,
               enum display_class display, const struct page *page)
{
    struct audit_sheet *sheet;

    if (work->count == work->room) {
        size_t room = work->room > 0 ? 2 * work->room : 1024;
        struct audit_sheet *larger = memory_allocate(room, sizeof(*larger));

        if (work->count > 0) {
            memcpy(larger, work->sheets, work->count * sizeof(*larger));
        }
        free(work->sheets);
        work->sheets = larger;
        work->room = room;
    }
    sheet = &work->sheets[work->count];
    sheet->focus = is_first_of_screen(work, display, page->screen);
    sheet->display = display;
    text_copy(sheet->situation, sizeof(sheet->situation), situation);
    sheet->page = memory_allocate(1, sizeof(*sheet->page));
    page_copy(sheet->page, page);
    work->count++;
}

void
audit_work_finish(struct audit_work *work)
{
    for (size_t i = 0; i < work->count; i++) {
        free(work->sheets[i].page);
    }
    free(work->sheets);
}

struct adjustment
audit_variant(int variant)
{
    return (struct adjustment){.text = (enum text_size)(variant / 4),
                               .high_contrast = variant % 4 / 2 == 1,
                               .reduced_reach = variant % 2 == 1};
}

void
audit_prepare(const struct audit_work *work, const struct audit_record *at,
              struct page *page, struct layout_options *options)
{
    page_copy(page, work->sheets[at->sheet].page);
    page->adjustment = audit_variant(at->variant);
    page->part = page->overlay_part = at->part;
    *options = (struct layout_options){.display = work->sheets[at->sheet].display,
                                       .pressed = -1,
                                       .focused = -1,
                                       .panel = work->panel};
    layout_fit(page, options, work->fonts);
}

/* --- a process -------------------------------------------------------------------- */

/* Seen by both sides. */
struct progress {
    size_t layouts;
    size_t sheet; /* at hand, or the next */
    int variant, part;
};

struct process {
    const struct audit_work *work;
    struct progress *progress;
    FILE *records;
    pid_t pid;
};

static void
write_record(void *data, const struct audit_failure *failure)
{
    struct process *process = data;
    struct audit_record record = {.sheet = process->progress->sheet,
                                  .variant = process->progress->variant,
                                  .part = process->progress->part,
                                  .failure = *failure};

    fwrite(&record, sizeof(record), 1, process->records);
}

/* Laid out once more with the focus on each thing that can have it. */
static void
judge_focus(struct process *process, struct audit *audit, const struct page *page,
            struct layout *layout, struct layout_options *options)
{
    bool placed[PAGE_ELEMENTS_MAX];

    for (size_t i = 0; i < page->count; i++) {
        placed[i] = page_can_press(page, &page->elements[i]) &&
                    layout_box(layout, (int)i) != NULL;
    }
    for (size_t i = 0; i < page->count; i++) {
        if (placed[i]) {
            options->focused = (int)i;
            layout_page(layout, page, options, process->work->fonts);
            process->progress->layouts++;
            audit_focus_seen(audit, page, layout, options, write_record, process);
        }
    }
}

static void
judge(struct process *process, struct audit *audit, struct page *page,
      struct layout *layout)
{
    struct progress *progress = process->progress;
    struct layout_options options;

    alarm(LAYOUT_S_MAX);
    audit_prepare(process->work,
                  &(struct audit_record){.sheet = progress->sheet,
                                         .variant = progress->variant,
                                         .part = progress->part},
                  page, &options);
    layout_page(layout, page, &options, process->work->fonts);
    progress->layouts++;
    audit_page(audit, page, layout, &options, write_record, process);
    if (progress->variant == 0 && process->work->sheets[progress->sheet].focus) {
        judge_focus(process, audit, page, layout, &options);
    }
}

/* What is said does not depend on how it is laid out. */
static void
judge_language(struct process *process, struct audit *audit)
{
    const struct audit_work *work = process->work;

    alarm(LAYOUT_S_MAX);
    audit_language(audit, work->sheets[process->progress->sheet].page, &work->words,
                   write_record, process);
}

/* From where the progress stands to the end; does not return. */
static void
work_on(struct process *process)
{
    const struct audit_work *work = process->work;
    struct progress *progress = process->progress;
    struct audit *audit = audit_create(work->fonts, &work->theme, &work->high_contrast);
    struct page *page = memory_allocate(1, sizeof(*page));
    struct layout *layout = memory_allocate(1, sizeof(*layout));
    int first = 0; /* variant that is wanted */

    while (!work->only[first]) {
        first++;
    }
    for (; progress->sheet < work->count; progress->sheet += PROCESSES) {
        for (; progress->variant < AUDIT_VARIANTS; progress->variant++) {
            progress->part = 0;
            do {
                if (!work->only[progress->variant]) {
                    break;
                }
                if (progress->variant == first && progress->part == 0) {
                    judge_language(process, audit);
                }
                judge(process, audit, page, layout);
                fflush(process->records);
                progress->part++;
            } while (progress->part < page->part_count ||
                     progress->part < page->overlay_part_count);
        }
        progress->variant = 0;
    }
    fflush(process->records);
    alarm(0);
    _exit(0);
}

static bool
start(struct process *process, struct error *error)
{
    fflush(stdout);
    fflush(stderr);
    process->pid = fork();
    if (process->pid == 0) {
        work_on(process);
    }
    return process->pid > 0 ||
           error_set(error, ERROR_STORAGE, "cannot start a process");
}

/* A page that ended its process is a failure; the next ones are judged all the same. */
static bool
wait_for(struct process *process, struct error *error)
{
    struct progress *progress = process->progress;
    int status = 0;

    while (waitpid(process->pid, &status, 0) == process->pid && status != 0) {
        struct audit_record record = {.sheet = progress->sheet,
                                      .variant = progress->variant,
                                      .part = progress->part,
                                      .crashed = true,
                                      .failure = {.rule = AUDIT_LAID_OUT}};

        if (progress->sheet >= process->work->count) {
            return error_set(error, ERROR_STORAGE, "a process ended with status %d",
                             status);
        }
        snprintf(record.failure.figure, sizeof(record.failure.figure),
                 "it can't be laid out: the program ends, or never does (status %d)",
                 status);
        fseek(process->records, 0, SEEK_END);
        fwrite(&record, sizeof(record), 1, process->records);
        fflush(process->records);
        progress->variant++;
        if (!start(process, error)) {
            return false;
        }
    }
    return true;
}

/* --- both ------------------------------------------------------------------------- */

static int
compare(const void *a, const void *b)
{
    const struct audit_record *one = a, *two = b;

    if (one->sheet != two->sheet) {
        return one->sheet < two->sheet ? -1 : 1;
    }
    if (one->variant != two->variant) {
        return one->variant - two->variant;
    }
    return (int)one->failure.rule != (int)two->failure.rule
               ? (int)one->failure.rule - (int)two->failure.rule
               : strcmp(one->failure.element, two->failure.element);
}

static void
collect(struct process *process, struct audit_findings *findings)
{
    struct audit_record *all;
    size_t count;

    fseek(process->records, 0, SEEK_END);
    count = (size_t)ftell(process->records) / sizeof(*all);
    rewind(process->records);
    all = memory_allocate(findings->count + count + 1, sizeof(*all));
    if (findings->count > 0) {
        memcpy(all, findings->records, findings->count * sizeof(*all));
    }
    findings->count +=
        fread(all + findings->count, sizeof(*all), count, process->records);
    free(findings->records);
    findings->records = all;
    findings->layouts += process->progress->layouts;
}

bool
audit_work_run(const struct audit_work *work, struct audit_findings *findings,
               struct error *error)
{
    struct process processes[PROCESSES];
    struct progress *shared =
        mmap(NULL, PROCESSES * sizeof(*shared), PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    bool good = true;

    *findings = (struct audit_findings){.count = 0};
    if (shared == MAP_FAILED) {
        return error_set(error, ERROR_STORAGE, "no memory to share");
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        shared[i] = (struct progress){.sheet = i};
        processes[i] = (struct process){
            .work = work, .progress = &shared[i], .records = tmpfile(), .pid = -1};
        good = good &&
               (processes[i].records != NULL ||
                error_set(error, ERROR_STORAGE, "cannot make a temporary file")) &&
               start(&processes[i], error);
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        good = (processes[i].pid < 0 || wait_for(&processes[i], error)) && good;
        if (processes[i].records != NULL) {
            collect(&processes[i], findings);
            fclose(processes[i].records);
        }
    }
    munmap(shared, PROCESSES * sizeof(*shared));
    if (findings->count > 0) {
        qsort(findings->records, findings->count, sizeof(*findings->records), compare);
    }
    return good;
}
