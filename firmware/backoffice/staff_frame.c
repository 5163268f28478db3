#include <stdio.h>
#include <string.h>

#include "backoffice/book.h"
#include "backoffice/staff_page.h"

/* What is around every page of staff: head, municipality, forms, headers. */

const char *
staff_tr(const struct staff_page *page, const char *message)
{
    return translate(page->tongue.translation, message);
}

/* On a grid of 24, drawn with lines two wide. */
static const char *const icons[STAFF_ICON_COUNT] = {
    [STAFF_ICON_CALL] = "M4 10v4h3l6 4V6l-6 4zM17 9l3-2M17.5 12H21M17 15l3 2",
    [STAFF_ICON_DONE] = "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8 12.5l3 3 5-6",
    [STAFF_ICON_MISSING] = "M6 5h12v15H6zM9 3h6v4H9zM12 10v4M12 16.5v.5",
    [STAFF_ICON_CAME_BACK] = "M5 12a7 7 0 1 1 2 5M5 17v-5h5",
    [STAFF_ICON_NO_SHOW] =
        "M12 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM5 20c0-4 3-6 7-6M4 4l16 16",
    [STAFF_ICON_AGAIN] =
        "M4 10v4h3l5 4V6l-5 4zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
    [STAFF_ICON_SEND_ON] = "M4 12h14M13 7l5 5-5 5",
    [STAFF_ICON_PAUSE] = "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM10 9v6M14 9v6",
    [STAFF_ICON_LOCK] = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    [STAFF_ICON_PLACE] = ("M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 "
                          "7.5a2 2 0 0 1 0 4 2 2 0 0 1 0-4z"),
    [STAFF_ICON_CLOCK] = "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5.5l3.5 2",
    [STAFF_ICON_NEXT] = "M4 12h15M13 6l6 6-6 6",
};

void
staff_icon(struct staff_page *page, enum staff_icon icon)
{
    html_open(page->html, "svg", "class", "icon", "viewBox", "0 0 24 24", "aria-hidden",
              "true", NULL);
    html_line(page->html, "path", "", "d", icons[icon], NULL);
    html_close(page->html);
}

void
staff_municipality(struct staff_page *page)
{
    const struct municipality *municipality =
        &book_catalogue(page->pages->book)->municipality;
    struct html *html = page->html;

    html_open(html, "p", "class", "municipality", NULL);
    if (page->pages->has_logo) {
        html_void(html, "img", "src", "/public/logo.png", "alt", "", NULL);
    }
    html_open(html, "span", NULL);
    html_text(html, words_in(&municipality->name_lines[0], LANGUAGE_NL, NULL));
    html_text(html, " ");
    html_line(html, "b", words_in(&municipality->name_lines[1], LANGUAGE_NL, NULL),
              NULL);
    html_close(html);
    html_close(html);
}

void
staff_begin(struct staff_page *page, const char *title, const char *look, int renew_s)
{
    struct html *html = html_create();
    char seconds[16];

    page->html = html;
    snprintf(seconds, sizeof(seconds), "%d", renew_s);
    html_open(html, "html", "lang", language_code(page->tongue.language), NULL);
    html_open(html, "head", NULL);
    html_void(html, "meta", "charset", "utf-8", NULL);
    html_void(html, "meta", "name", "viewport", "content",
              "width=device-width, initial-scale=1", NULL);
    if (renew_s > 0) {
        html_void(html, "meta", "http-equiv", "refresh", "content", seconds, NULL);
    }
    html_line(html, "title", title, NULL);
    html_void(html, "link", "rel", "stylesheet", "href", "/staff/style.css", NULL);
    html_close(html);
    html_open(html, "body", "class", look, NULL);
}

void
staff_headers(struct http_server_answer *answer, bool with_script)
{
    http_server_answer_header(
        answer, "Content-Security-Policy",
        with_script
            ? "default-src 'none'; style-src 'self'; img-src 'self'; script-src "
              "'self'; "
              "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
            : "default-src 'none'; style-src 'self'; img-src 'self'; form-action "
              "'self'; base-uri 'none'; frame-ancestors 'none'");
    http_server_answer_header(answer, "Referrer-Policy", "no-referrer");
    http_server_answer_header(answer, "X-Robots-Tag", "noindex, nofollow");
}

void
staff_end(struct staff_page *page, int status)
{
    html_close(page->html);
    html_close(page->html);
    http_server_answer_text(page->answer, status, "text/html; charset=utf-8",
                            html_done(page->html));
    staff_headers(page->answer, false);
}

void
staff_lead_to(struct staff_page *page, const char *url)
{
    page->answer->status = 303;
    http_server_answer_header(page->answer, "Location", url);
    http_server_answer_header(page->answer, "Referrer-Policy", "no-referrer");
}

void
staff_answer_sentence(struct staff_page *page, int status, const char *sentence)
{
    staff_begin(page, sentence, "sentence", 0);
    html_open(page->html, "main", "class", "card", NULL);
    html_line(page->html, "h1", sentence, NULL);
    html_line(page->html, "a", staff_tr(page, "To the counter"), "href",
              "/staff/counter", NULL);
    html_close(page->html);
    staff_end(page, status);
}

/* --- forms ------------------------------------------------------------------------ */

void
staff_hidden(struct staff_page *page, const char *name, const char *value)
{
    html_void(page->html, "input", "type", "hidden", "name", name, "value", value,
              NULL);
}

void
staff_form(struct staff_page *page, const char *url, const char *look)
{
    char word[STAFF_SECRET_BYTES];

    html_open(page->html, "form", "method", "post", "action", url, "class",
              look[0] != '\0' ? look : NULL, NULL);
    staff_form_word(page, word);
    staff_hidden(page, "word", word);
}

void
staff_button(struct staff_page *page, const char *look, enum staff_icon icon,
             const char *label, const char *detail)
{
    char class[40];

    snprintf(class, sizeof(class), "button %s", look);
    html_open(page->html, "button", "type", "submit", "class", class, NULL);
    staff_icon(page, icon);
    html_open(page->html, "span", NULL);
    html_line(page->html, "b", label, NULL);
    if (detail[0] != '\0') {
        html_line(page->html, "small", detail, NULL);
    }
    html_close(page->html);
    html_close(page->html);
}
