#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/http_form.h"
#include "backoffice/queue_parts.h"
#include "backoffice/staff_page.h"
#include "base/text.h"

/* The counter: which desk, and what is done there. */

static struct staff_page
page_of(void *data, const struct http_server_request *request,
        struct http_server_answer *answer)
{
    const struct staff_pages *pages = data;

    return (struct staff_page){.pages = pages,
                               .request = request,
                               .answer = answer,
                               .tongue = {LANGUAGE_NL, pages->translation}};
}

/* Out of the address; desk 0: it is none. */
static struct queue_place
place_of(const struct http_server_request *request)
{
    char *end;
    long desk = strtol(request->parameters[1], &end, 10);

    return (struct queue_place){
        .location = request->parameters[0],
        .desk = *end == '\0' && desk > 0 && desk <= QUEUE_DESKS_MAX ? (int)desk : 0};
}

static void
answer_failure(struct staff_page *page, const struct error *error)
{
    if (error->kind == ERROR_NOT_FOUND || error->kind == ERROR_BAD_INPUT) {
        staff_answer_sentence(page, 404, staff_tr(page, "There is no such desk."));
    } else {
        http_server_answer_error(page->answer, error);
    }
}

/* --- which desk ------------------------------------------------------------------- */

static void
write_location(struct staff_page *page, const struct location *location, int desks)
{
    struct html *html = page->html;
    char url[STAFF_URL_BYTES], text[WORDING_BYTES];

    html_open(html, "section", "class", "card", NULL);
    html_line(html, "h2", words_in(&location->name, LANGUAGE_NL, NULL), NULL);
    html_open(html, "p", "class", "desks", NULL);
    for (int desk = 1; desk <= desks; desk++) {
        snprintf(url, sizeof(url), "/staff/counter/%s/%d", location->id, desk);
        html_line(html, "a", wording_number(text, staff_tr(page, "Desk {1}"), desk),
                  "class", "button", "href", url, NULL);
    }
    snprintf(url, sizeof(url), "/waiting/%s", location->id);
    html_line(html, "a", staff_tr(page, "Waiting room screen"), "class", "button",
              "href", url, NULL);
    html_close(html);
    html_close(html);
}

void
counter_get_desks(void *data, const struct http_server_request *request,
                  struct http_server_answer *answer)
{
    struct staff_page page = page_of(data, request, answer);
    const struct catalogue *catalogue = book_catalogue(page.pages->book);
    struct queue_sight sight;
    struct error error = {0};

    if (!staff_signed_in(&page)) {
        return;
    }
    staff_begin(&page, staff_tr(&page, "Which desk are you at?"), "choose", 0);
    html_open(page.html, "main", NULL);
    html_line(page.html, "h1", staff_tr(&page, "Which desk are you at?"), NULL);
    for (size_t i = 0; i < catalogue->location_count; i++) {
        const struct location *location = &catalogue->locations[i];

        if (!queue_look(page.pages->queue,
                        (struct queue_place){.location = location->id}, &sight, &error))
        {
            answer_failure(&page, &error);
            html_destroy(page.html);
            return;
        }
        write_location(&page, location,
                       sight.desks_to_show > 0 ? sight.desks_to_show : 1);
        queue_sight_finish(&sight);
    }
    html_line(page.html, "a", staff_tr(&page, "Call back and help"), "class", "button",
              "href", "/staff/errands", NULL);
    html_close(page.html);
    staff_end(&page, 200);
    html_destroy(page.html);
}

/* --- the desk --------------------------------------------------------------------- */

void
counter_get(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    struct staff_page page = page_of(data, request, answer);
    const struct queue_place at = place_of(request);
    struct queue_sight sight;
    struct error error = {0};

    if (!staff_signed_in(&page)) {
        return;
    }
    /* An editor who has the page open is there; who only looks is not. */
    if ((page.role >= ROLE_EDITOR && !request->is_head &&
         !queue_note_seen(page.pages->queue, at, &error)) ||
        !queue_look(page.pages->queue, at, &sight, &error))
    {
        answer_failure(&page, &error);
        html_destroy(page.html);
        return;
    }
    counter_show(&page, at, &sight);
    queue_sight_finish(&sight);
    html_destroy(page.html);
}

struct deed {
    char act[20], number[QUEUE_TEXT_BYTES], outcome[24], to[8];
};

static void
read_deed(const struct http_server_request *request, struct deed *deed)
{
    http_form_value(request, "do", deed->act, sizeof(deed->act));
    http_form_value(request, "number", deed->number, sizeof(deed->number));
    http_form_value(request, "outcome", deed->outcome, sizeof(deed->outcome));
    http_form_value(request, "to", deed->to, sizeof(deed->to));
}

/* What went wrong, as a word in the address: counter_show() has the sentence. */
static const char *
said_of(const struct deed *deed, const struct error *error)
{
    if (error->kind == ERROR_NOT_FOUND && text_equal(deed->act, "call")) {
        return "nobody";
    }
    return text_equal(deed->act, "send-on") && error->kind == ERROR_REFUSED
               ? "no-desk"
               : "otherwise";
}

void
counter_post(void *data, const struct http_server_request *request,
             struct http_server_answer *answer)
{
    struct staff_page page = page_of(data, request, answer);
    const struct queue_place at = place_of(request);
    char bytes[STAFF_URL_BYTES];
    struct text url = text_begin(bytes, sizeof(bytes));
    struct deed deed;
    struct error error = {0};

    if (!staff_may(&page, ROLE_EDITOR)) {
        html_destroy(page.html);
        return;
    }
    read_deed(request, &deed);
    if (queue_act(page.pages->queue, at,
                  &(struct queue_deed){.act = deed.act,
                                       .number = deed.number,
                                       .outcome = deed.outcome,
                                       .to = atoi(deed.to)},
                  &error))
    {
        staff_lead_to(&page,
                      text_equal(deed.act, "leave") ? "/staff/counter" : request->path);
    } else if (error.kind == ERROR_STORAGE) {
        http_server_answer_error(answer, &error);
    } else if (at.desk == 0 || catalogue_location(book_catalogue(page.pages->book),
                                                  at.location) == NULL)
    {
        answer_failure(&page, &error);
    } else {
        text_format(&url, "%s?said=%s", request->path, said_of(&deed, &error));
        staff_lead_to(&page, bytes);
    }
    html_destroy(page.html);
}
