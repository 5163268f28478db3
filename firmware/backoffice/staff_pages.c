#include "backoffice/staff_pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/public_page.h"
#include "backoffice/staff_page.h"
#include "backoffice/store_staff.h"
#include "base/file.h"
#include "base/memory.h"

/* Opening the pages of staff, and what is the same for everybody. */

#define FILE_BYTES_MAX (256 * 1024)
#define BODY_MAX 2048
#define PATH_BYTES 600
#define WRONG_MAX 5 /* tokens of one address in a minute */

struct staff_pages *
staff_pages_open(const struct staff_options *options, struct error *error)
{
    struct staff_pages *pages = memory_allocate(1, sizeof(*pages));
    char path[PATH_BYTES];
    size_t length;

    pages->store = options->store;
    pages->book = options->book;
    pages->queue = options->queue;
    pages->translation = options->translation;
    pages->has_logo = options->has_logo;
    pages->secure = options->secure;
    pages->wrong = try_limit_create(WRONG_MAX);
    snprintf(path, sizeof(path), "%s/staff.css", options->folder);
    pages->style = public_make_style(options->theme, options->contrast, path, error);
    if (pages->style != NULL) {
        snprintf(path, sizeof(path), "%s/waiting.js", options->folder);
        pages->script = file_read(path, FILE_BYTES_MAX, &length, error);
    }
    if (pages->script == NULL) {
        error_prefix(error, "staff's pages");
        staff_pages_close(pages);
        return NULL;
    }
    return pages;
}

void
staff_pages_close(struct staff_pages *pages)
{
    if (pages == NULL) {
        return;
    }
    try_limit_destroy(pages->wrong);
    free(pages->style);
    free(pages->script);
    free(pages);
}

static bool
work_tidy(struct store_session *session, void *data, struct error *error)
{
    (void)data;
    return store_staff_forget(session, error);
}

bool
staff_pages_tidy(struct staff_pages *pages, struct error *error)
{
    return store_write(pages->store, work_tidy, NULL, error);
}

static void
answer_file(struct http_server_answer *answer, const char *type, const char *text)
{
    http_server_answer_bytes(answer, 200, type, text, strlen(text));
    http_server_answer_header(answer, "Cache-Control", "public, max-age=3600");
}

static void
get_style(void *data, const struct http_server_request *request,
          struct http_server_answer *answer)
{
    const struct staff_pages *pages = data;

    (void)request;
    answer_file(answer, "text/css; charset=utf-8", pages->style);
}

static void
get_script(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    const struct staff_pages *pages = data;

    (void)request;
    answer_file(answer, "text/javascript; charset=utf-8", pages->script);
}

static void
get_staff(void *data, const struct http_server_request *request,
          struct http_server_answer *answer)
{
    struct staff_page page = {.pages = data, .request = request, .answer = answer};

    staff_lead_to(&page, "/staff/counter");
}

static const struct http_route routes[] = {
    {"GET", "/staff", 0, get_staff},
    {"GET", "/staff/sign-in", 0, staff_get_sign_in},
    {"POST", "/staff/sign-in", BODY_MAX, staff_post_sign_in},
    {"POST", "/staff/sign-out", BODY_MAX, staff_post_sign_out},
    {"GET", "/staff/counter", 0, counter_get_desks},
    {"GET", "/staff/counter/{location}/{desk}", 0, counter_get},
    {"POST", "/staff/counter/{location}/{desk}", BODY_MAX, counter_post},
    {"GET", "/staff/errands", 0, errand_page_get},
    {"POST", "/staff/errands", BODY_MAX, errand_page_post},
    {"GET", "/staff/style.css", 0, get_style},
    {"GET", "/waiting/{location}", 0, waiting_get},
    {"GET", "/waiting/script/waiting.js", 0, get_script},
};

const struct http_route *
staff_routes(size_t *count)
{
    *count = sizeof(routes) / sizeof(routes[0]);
    return routes;
}
