#include "backoffice/public.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/public_page.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/street.h"
#include "base/text.h"

#define LOG_MODULE "public"
#include "base/log.h"

#define FILE_BYTES_MAX (256 * 1024)
#define BODY_MAX 1024
/* Wrong texts of one address, and changes of one appointment, in a minute. */
#define WRONG_MAX 30
#define CHANGES_MAX 10

const char *
public_tr(const struct public_page *page, const char *message)
{
    return translate(page->tongue.translation, message);
}

/* --- files ---------------------------------------------------------------------- */

static void
write_colors(FILE *file, const struct theme *theme)
{
    for (enum color color = COLOR_STAGE; color < COLOR_COUNT; color++) {
        fprintf(file, "--%s:#%06x;", theme_color_name(color),
                (unsigned)theme->rgb[color]);
    }
}

/* The colours, then the style sheet as it is on disk. */
char *
public_make_style(const struct theme *theme, const struct theme *contrast,
                  const char *path, struct error *error)
{
    size_t length;
    char *rest = file_read(path, FILE_BYTES_MAX, &length, error);
    char *style = NULL;
    FILE *file;

    if (rest == NULL) {
        return NULL;
    }
    file = open_memstream(&style, &length);
    if (file == NULL) {
        abort(); /* only for want of memory */
    }
    fputs(":root{", file);
    write_colors(file, theme);
    fputs("}\n@media (prefers-contrast:more){:root{", file);
    write_colors(file, contrast);
    fputs("}}\n", file);
    fputs(rest, file);
    fclose(file);
    free(rest);
    return style;
}

/* The street of the kiosk's screens, in the theme's colours (SVG 1.1). */
static char *
make_street(const struct theme *theme)
{
    char *street = NULL;
    size_t length;
    FILE *file = open_memstream(&street, &length);

    if (file == NULL) {
        abort();
    }
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 -540 %d 540\">",
            STREET_WIDTH);
    for (size_t i = 0; i < STREET_SHAPES; i++) {
        const struct street_shape *shape = &street_shapes[i];

        fprintf(file,
                "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" rx=\"%g\" "
                "fill=\"#%06x\"/>",
                shape->x, shape->y, shape->width, shape->height, shape->radius,
                (unsigned)theme->rgb[shape->color]);
    }
    fputs("</svg>\n", file);
    fclose(file);
    return street;
}

struct public_pages *
public_open(const struct public_options *options, struct error *error)
{
    struct public_pages *pages = memory_allocate(1, sizeof(*pages));

    pages->book = options->book;
    pages->queue = options->queue;
    pages->translations = options->translations;
    pages->wrong = try_limit_create(WRONG_MAX);
    pages->changes = try_limit_create(CHANGES_MAX);
    pages->street = make_street(options->theme);
    pages->style =
        public_make_style(options->theme, options->contrast, options->style, error);
    if (pages->style == NULL) {
        goto fail;
    }
    if (options->logo[0] != '\0') {
        pages->logo =
            file_read(options->logo, FILE_BYTES_MAX, &pages->logo_length, error);
        if (pages->logo == NULL) {
            goto fail;
        }
    }
    return pages;

fail:
    error_prefix(error, "public pages");
    public_close(pages);
    return NULL;
}

void
public_close(struct public_pages *pages)
{
    if (pages == NULL) {
        return;
    }
    try_limit_destroy(pages->wrong);
    try_limit_destroy(pages->changes);
    free(pages->style);
    free(pages->street);
    free(pages->logo);
    free(pages);
}

/* --- which language ------------------------------------------------------------- */

static bool
speaks(const struct public_pages *pages, enum language language)
{
    return language == LANGUAGE_NL || pages->translations[language] != NULL;
}

/* The first of the browser's that there is ("en-GB,en;q=0.9"): people put theirs first.
 */
static enum language
browser_language(const struct public_pages *pages, const char *accepted)
{
    while (accepted != NULL && *accepted != '\0') {
        char code[3] = {accepted[0], accepted[0] != '\0' ? accepted[1] : '\0', '\0'};
        enum language language;

        if (language_from_code(code, &language) && speaks(pages, language)) {
            return language;
        }
        accepted += strcspn(accepted, ",");
        accepted += strspn(accepted, ", ");
    }
    return LANGUAGE_NL;
}

static void
choose_language(struct public_page *page)
{
    const struct public_pages *pages = page->pages;
    const char *said = http_server_query(page->request, "lang");
    enum language language;

    page->said_language =
        said != NULL && language_from_code(said, &language) && speaks(pages, language);
    if (!page->said_language) {
        language = browser_language(
            pages, http_server_header(page->request, "Accept-Language"));
    }
    page->tongue = (struct tongue){.language = language,
                                   .translation = pages->translations[language]};
}

/* --- whose page ----------------------------------------------------------------- */

static void
answer_unknown(struct public_page *page)
{
    if (!try_limit_allows(page->pages->wrong, page->request->peer,
                          page->request->now_s)) {
        public_answer_sentence(page, 429, public_tr(page, "One moment, please"),
                               public_tr(page, "Try it again in a minute."));
        http_server_answer_header(page->answer, "Retry-After", "60");
        return;
    }
    try_limit_note_wrong(page->pages->wrong, page->request->peer, page->request->now_s);
    public_answer_sentence(
        page, 404, public_tr(page, "This page is not there (any more)"),
        public_tr(page, "Your appointment is over, or the address is not complete. "
                        "Scan the code on your ticket again."));
}

/* Reads the appointment; when there is none the answer says so. */
static bool
find(struct public_page *page)
{
    const struct public_pages *pages = page->pages;
    const struct catalogue *catalogue = book_catalogue(pages->book);
    struct error error = {0};
    char ticket[TICKET_TEXT_BYTES];

    snprintf(ticket, sizeof(ticket), "%s%s", book_ticket_address(pages->book),
             page->request->parameters[0]);
    if (!book_find_ticket(pages->book, ticket, &page->booking, &error)) {
        if (error.kind != ERROR_NOT_FOUND) {
            log_error("%s", error.message);
            public_answer_sentence(page, 503, public_tr(page, "One moment, please"),
                                   public_tr(page, "Try it again in a minute."));
            http_server_answer_header(page->answer, "Retry-After", "60");
            return false;
        }
        answer_unknown(page);
        return false;
    }
    page->location = catalogue_location(catalogue, page->booking.location);
    /* It goes when the appointment does, and with the place. */
    if (page->location == NULL || page->request->now_s > page->booking.end) {
        answer_unknown(page);
        return false;
    }
    page->at = zone_civil(book_zone(pages->book, page->location), page->booking.start);
    return true;
}

typedef void (*public_handler)(struct public_page *page);

static void
serve(void *data, const struct http_server_request *request,
      struct http_server_answer *answer, public_handler handle)
{
    struct public_page page = {.pages = data, .request = request, .answer = answer};

    choose_language(&page);
    if (find(&page)) {
        handle(&page);
    }
    html_destroy(page.html);
}

/* So many changes in a minute are nobody's who thinks. */
static void
serve_change(void *data, const struct http_server_request *request,
             struct http_server_answer *answer, public_handler handle)
{
    struct public_page page = {.pages = data, .request = request, .answer = answer};
    char id[2 * BOOK_ID_BYTES + 1];

    choose_language(&page);
    if (find(&page)) {
        text_hex_encode(id, page.booking.id, BOOK_ID_BYTES);
        if (try_limit_allows(page.pages->changes, id, request->now_s)) {
            try_limit_note_wrong(page.pages->changes, id, request->now_s);
            handle(&page);
        } else {
            public_answer_sentence(&page, 429, public_tr(&page, "One moment, please"),
                                   public_tr(&page, "Try it again in a minute."));
            http_server_answer_header(answer, "Retry-After", "60");
        }
    }
    html_destroy(page.html);
}

static void
get_page(void *data, const struct http_server_request *request,
         struct http_server_answer *answer)
{
    serve(data, request, answer, public_show);
}

static void
get_calendar(void *data, const struct http_server_request *request,
             struct http_server_answer *answer)
{
    serve(data, request, answer, public_calendar);
}

static void
get_change(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    serve(data, request, answer, public_change);
}

static void
post_change(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    serve_change(data, request, answer, public_post_change);
}

static void
get_cancel(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    serve(data, request, answer, public_cancel);
}

static void
post_cancel(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    serve_change(data, request, answer, public_post_cancel);
}

/* Whoever has the word follows the number; who guesses waits, as with tickets. */
static void
get_number(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    struct public_page page = {.pages = data, .request = request, .answer = answer};
    struct queue_ticket ticket;
    struct error error = {.kind = ERROR_NOT_FOUND};

    choose_language(&page);
    if (page.pages->queue != NULL &&
        queue_follow(page.pages->queue, request->parameters[0], &ticket, &error))
    {
        public_number(&page, &ticket);
    } else if (error.kind == ERROR_NOT_FOUND) {
        answer_unknown(&page);
    } else {
        http_server_answer_error(answer, &error);
    }
    html_destroy(page.html);
}

/* --- what is the same for everybody ---------------------------------------------- */

static void
answer_file(struct http_server_answer *answer, const char *type, const void *bytes,
            size_t length)
{
    http_server_answer_bytes(answer, 200, type, bytes, length);
    http_server_answer_header(answer, "Cache-Control", "public, max-age=3600");
}

static void
get_style(void *data, const struct http_server_request *request,
          struct http_server_answer *answer)
{
    const struct public_pages *pages = data;

    (void)request;
    answer_file(answer, "text/css; charset=utf-8", pages->style, strlen(pages->style));
}

static void
get_street(void *data, const struct http_server_request *request,
           struct http_server_answer *answer)
{
    const struct public_pages *pages = data;

    (void)request;
    answer_file(answer, "image/svg+xml", pages->street, strlen(pages->street));
}

static void
get_logo(void *data, const struct http_server_request *request,
         struct http_server_answer *answer)
{
    const struct public_pages *pages = data;

    (void)request;
    if (pages->logo == NULL) {
        http_server_answer_problem(answer, 404, "There is no logo.");
        return;
    }
    answer_file(answer, "image/png", pages->logo, pages->logo_length);
}

static const struct http_route routes[] = {
    {"GET", "/T/{ticket}", 0, get_page},
    {"GET", "/T/{ticket}/afspraak.ics", 0, get_calendar},
    {"GET", "/T/{ticket}/change", 0, get_change},
    {"POST", "/T/{ticket}/change", BODY_MAX, post_change},
    {"GET", "/T/{ticket}/cancel", 0, get_cancel},
    {"POST", "/T/{ticket}/cancel", BODY_MAX, post_cancel},
    {"GET", "/N/{number}", 0, get_number},
    {"GET", "/public/style.css", 0, get_style},
    {"GET", "/public/street.svg", 0, get_street},
    {"GET", "/public/logo.png", 0, get_logo},
};

const struct http_route *
public_routes(size_t *count)
{
    *count = sizeof(routes) / sizeof(routes[0]);
    return routes;
}
