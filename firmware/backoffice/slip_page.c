#include <stdlib.h>
#include <string.h>

#include "backoffice/book.h"
#include "backoffice/staff_page.h"
#include "backoffice/store_errand.h"
#include "base/memory.h"
#include "base/text.h"

#define LOG_MODULE "slips"
#include "base/log.h"

/* The slips that citizens bring from a kiosk: found by their code, at the counter. */

#define SHOWN_MAX 4 /* of one code; there is hardly ever more than one */

struct found {
    const char *code;
    struct store_errand rows[SHOWN_MAX];
    size_t count;
};

static bool
take(void *data, const struct store_errand *row)
{
    struct found *found = data;

    found->rows[found->count++] = *row;
    return found->count < SHOWN_MAX;
}

static bool
find_work(struct store_session *session, void *data, struct error *error)
{
    struct found *found = data;

    return store_errand_by_code(session, found->code, take, found, error);
}

static void
write_words(struct staff_page *page, const char *label, const char *words)
{
    if (words[0] == '\0') {
        return;
    }
    html_open(page->html, "div", NULL);
    html_line(page->html, "small", label, NULL);
    html_line(page->html, "b", words, NULL);
    html_close(page->html);
}

static const struct question *
question_of(const struct catalogue *catalogue, const char *id)
{
    for (size_t i = 0; i < catalogue->question_count; i++) {
        if (text_equal(catalogue->questions[i].id, id)) {
            return &catalogue->questions[i];
        }
    }
    return NULL;
}

static const char *
option_of(const struct catalogue *catalogue, const struct errand_answer *answer)
{
    const struct question *question = question_of(catalogue, answer->question);

    for (size_t i = 0; question != NULL && i < question->option_count; i++) {
        if (text_equal(question->options[i].id, answer->option)) {
            return words_in(&question->options[i].label, LANGUAGE_NL, NULL);
        }
    }
    return answer->option; /* of another edition of the catalogue */
}

static void
write_slip(struct staff_page *page, const struct store_errand *row)
{
    const struct book *book = page->pages->book;
    const struct catalogue *catalogue = book_catalogue(book);
    const struct errand *errand = &row->errand;
    const struct product *product = catalogue_product(catalogue, errand->product);
    const struct question *question = question_of(catalogue, errand->question);
    const struct location *location = catalogue_location(catalogue, row->location);
    struct civil at = zone_civil(book_zone(book, location), errand->asked_at);
    char text[WORDING_BYTES], time[WORDING_BYTES];

    html_open(page->html, "section", "class", "card slip", NULL);
    html_line(page->html, "h2",
              wording_fill(text, staff_tr(page, "Slip {1}"), errand->code, NULL, NULL),
              NULL);
    write_words(page, staff_tr(page, "Wants"),
                product != NULL ? words_in(&product->name, LANGUAGE_NL, NULL)
                                : errand->product);
    for (size_t i = 0; i < errand->answer_count; i++) {
        const struct question *asked =
            question_of(catalogue, errand->answers[i].question);

        write_words(page,
                    asked != NULL ? words_in(&asked->title, LANGUAGE_NL, NULL)
                                  : errand->answers[i].question,
                    option_of(catalogue, &errand->answers[i]));
    }
    write_words(page, staff_tr(page, "Got stuck at"),
                question != NULL ? words_in(&question->title, LANGUAGE_NL, NULL)
                                 : staff_tr(page, errand_step_words(errand->step)));
    write_words(page, staff_tr(page, "Speaks"), language_name(errand->language));
    wording_time(page->tongue, time, at.hour, at.minute);
    html_line(page->html, "small",
              wording_fill(text, staff_tr(page, "From kiosk {1}, at {2}"), row->kiosk,
                           time, NULL),
              NULL);
    html_close(page->html);
}

static void
write_search(struct staff_page *page, const char *typed)
{
    struct html *html = page->html;

    html_open(html, "form", "class", "slip-search", "method", "get", "action",
              page->request->path, NULL);
    html_line(html, "label", staff_tr(page, "Code of a slip"), "for", "slip", NULL);
    html_void(html, "input", "id", "slip", "name", "slip", "maxlength", "8",
              "autocomplete", "off", "value", typed, NULL);
    html_line(html, "button", staff_tr(page, "Find a slip"), "type", "submit", "class",
              "button", NULL);
    html_close(html);
}

void
slip_page_write(struct staff_page *page)
{
    const char *typed = http_server_query(page->request, "slip");
    char code[ERRAND_CODE_BYTES];
    struct found *found;
    struct error error = {0};
    bool read = true;

    write_search(page, typed != NULL ? typed : "");
    if (typed == NULL || typed[0] == '\0') {
        return;
    }
    found = memory_allocate(1, sizeof(*found));
    found->code = code;
    if (errand_code_read(typed, code)) {
        read = store_read(page->pages->store, find_work, found, &error);
    }
    for (size_t i = 0; i < found->count; i++) {
        write_slip(page, &found->rows[i]);
    }
    if (!read) {
        log_error("slips: %s", error.message);
    }
    if (found->count == 0) {
        html_line(page->html, "p",
                  read ? staff_tr(page,
                                  "There is no slip with this code, or it works no "
                                  "longer.")
                       : staff_tr(page, "Looking for slips does not work now."),
                  "class", "notice", "role", "alert", NULL);
    }
    memory_wipe(found, sizeof(*found));
    free(found);
}
