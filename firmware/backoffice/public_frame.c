#include <stdio.h>
#include <string.h>

#include "backoffice/public_page.h"
#include "base/text.h"

/* What is around every page: head, street, municipality, and the answer's headers. */

#define ISOLATE "\xE2\x81\xA6" /* U+2066: what follows runs from left to right */
#define ISOLATE_END "\xE2\x81\xA9"

const char *
public_url(const struct public_page *page, const char *part, const char *query,
           char url[PUBLIC_URL_BYTES])
{
    struct text text = text_begin(url, PUBLIC_URL_BYTES);
    char sign = '?';

    text_add(&text, "/T/");
    text_add_escaped(&text, page->request->parameters[0]);
    if (part[0] != '\0') {
        text_format(&text, "/%s", part);
    }
    if (query != NULL && query[0] != '\0') {
        text_format(&text, "%c%s", sign, query);
        sign = '&';
    }
    if (page->said_language) {
        text_format(&text, "%clang=%s", sign, language_code(page->tongue.language));
    }
    return url;
}

/* --- pictures ------------------------------------------------------------------- */

/* On a grid of 24, drawn with lines two wide. */
static const char *const icons[PUBLIC_ICON_COUNT] = {
    [PUBLIC_ICON_CALENDAR] = "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M13 14h4v3h-4z",
    [PUBLIC_ICON_CANCEL] = "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9.5 13l5 5M14.5 13l-5 5",
    [PUBLIC_ICON_CHANGE] = "M4 20v-4L16 4l4 4L8 20zM13 7l4 4",
    [PUBLIC_ICON_CHECK] = "M4 12.5l5 5L20 6.5",
    [PUBLIC_ICON_PHONE] = ("M6 3h4l1.5 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 1.5v4a2 2 0 0 "
                           "1-2 2A15 15 0 0 1 4 5a2 "
                           "2 0 0 1 2-2z"),
    [PUBLIC_ICON_PLACE] = ("M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 "
                           "7.5a2 2 0 0 1 0 4 2 2 "
                           "0 0 1 0-4z"),
    [PUBLIC_ICON_ROUTE] = ("M12 2.5l9.5 9.5-9.5 9.5L2.5 12zM9 14v-3h6M13 8.5l2.5 "
                           "2.5-2.5 2.5"),
};

void
public_icon(struct public_page *page, enum public_icon icon)
{
    html_open(page->html, "svg", "class", "icon", "viewBox", "0 0 24 24", "aria-hidden",
              "true", NULL);
    html_line(page->html, "path", "", "d", icons[icon], NULL);
    html_close(page->html);
}

void
public_button(struct public_page *page, const char *url, const char *look,
              enum public_icon icon, const char *label)
{
    char class[40];

    snprintf(class, sizeof(class), "button %s", look);
    html_open(page->html, "a", "class", class, "href", url, NULL);
    public_icon(page, icon);
    html_line(page->html, "span", label, NULL);
    html_close(page->html);
}

void
public_notice(struct public_page *page, const char *look, const char *text)
{
    char class[40];

    snprintf(class, sizeof(class), "notice %s", look);
    html_line(page->html, "p", text, "class", class, "role", "status", NULL);
}

/* --- the frame ------------------------------------------------------------------ */

static void
write_head(struct public_page *page, const char *title)
{
    struct html *html = page->html;
    char seconds[16];

    html_open(html, "head", NULL);
    html_void(html, "meta", "charset", "utf-8", NULL);
    html_void(html, "meta", "name", "viewport", "content",
              "width=device-width, initial-scale=1", NULL);
    if (page->renew_s > 0) {
        snprintf(seconds, sizeof(seconds), "%d", page->renew_s);
        html_void(html, "meta", "http-equiv", "refresh", "content", seconds, NULL);
    }
    html_line(html, "title", title, NULL);
    html_void(html, "link", "rel", "stylesheet", "href", "/public/style.css", NULL);
    html_close(html);
}

static void
write_municipality(struct public_page *page)
{
    const struct municipality *municipality =
        &book_catalogue(page->pages->book)->municipality;
    enum language language = page->tongue.language;
    struct html *html = page->html;

    html_open(html, "p", "class", "municipality", NULL);
    if (page->pages->logo != NULL) {
        html_void(html, "img", "src", "/public/logo.png", "alt", "", "width", "38",
                  "height", "38", NULL);
    }
    html_open(html, "span", NULL);
    html_text(html, words_in(&municipality->name_lines[0], language, NULL));
    html_void(html, "br", NULL);
    html_line(html, "b", words_in(&municipality->name_lines[1], language, NULL), NULL);
    html_close(html);
    html_close(html);
}

void
public_begin(struct public_page *page, const char *title)
{
    enum language language = page->tongue.language;
    struct html *html = html_create();

    page->html = html;
    html_open(html, "html", "lang", language_code(language), "dir",
              language_is_right_to_left(language) ? "rtl" : NULL, NULL);
    write_head(page, title);
    html_open(html, "body", NULL);
    html_open(html, "header", NULL);
    write_municipality(page);
    html_line(html, "h1", title, NULL);
    html_close(html);
    html_open(html, "main", NULL);
}

/* The other languages that there are, each in its own words. */
static void
write_languages(struct public_page *page)
{
    struct html *html = page->html;
    char url[PUBLIC_URL_BYTES];

    html_open(html, "nav", "class", "languages", NULL);
    for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
        const char *code = language_code(language);

        if (language == page->tongue.language ||
            (language != LANGUAGE_NL && page->pages->translations[language] == NULL))
        {
            continue;
        }
        snprintf(url, sizeof(url), "?lang=%s", code);
        html_line(html, "a", language_name(language), "href", url, "lang", code,
                  "hreflang", code, NULL);
    }
    html_close(html);
}

static void
add_headers(struct public_page *page)
{
    static const char *const headers[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
         "base-uri 'none'; frame-ancestors 'none'"},
        {"Referrer-Policy", "no-referrer"}, /* the address is the key */
        {"X-Robots-Tag", "noindex, nofollow, noarchive"},
    };

    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        http_server_answer_header(page->answer, headers[i][0], headers[i][1]);
    }
}

void
public_end(struct public_page *page, int status)
{
    struct html *html = page->html;

    html_close(html);
    html_open(html, "footer", NULL);
    write_languages(page);
    html_close(html);
    html_close(html);
    html_close(html);
    http_server_answer_text(page->answer, status, "text/html; charset=utf-8",
                            html_done(html));
    add_headers(page);
}

void
public_answer_sentence(struct public_page *page, int status, const char *title,
                       const char *sentence)
{
    const struct municipality *municipality =
        &book_catalogue(page->pages->book)->municipality;
    bool right_to_left = language_is_right_to_left(page->tongue.language);
    char text[WORDING_BYTES], phone[WORDING_BYTES];

    /* A browser would turn round the parts of a number that has spaces. */
    snprintf(phone, sizeof(phone), right_to_left ? ISOLATE "%s" ISOLATE_END : "%s",
             municipality->phone);
    public_begin(page, title);
    html_open(page->html, "section", "class", "card", NULL);
    html_line(page->html, "p", sentence, NULL);
    html_line(
        page->html, "p",
        wording_fill(text, public_tr(page, "Questions? Call {1}."), phone, NULL, NULL),
        NULL);
    html_close(page->html);
    public_end(page, status);
}
