#include "page_file.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define PARTS_MAX 6

/* Cuts `line` at " | " into parts without spaces around them. */
static int
split(char *line, char *parts[PARTS_MAX])
{
    int count = 0;

    while (line != NULL && count < PARTS_MAX) {
        char *bar = strstr(line, "|");
        char *end;

        if (bar != NULL) {
            *bar = '\0';
        }
        line += strspn(line, " ");
        end = line + strlen(line);
        while (end > line && end[-1] == ' ') {
            *--end = '\0';
        }
        parts[count++] = line;
        line = bar != NULL ? bar + 1 : NULL;
    }
    return count;
}

static enum role
role_named(const char *name)
{
    for (int i = 0; i < ROLE_ROLE_COUNT; i++) {
        if (strcmp(role_name((enum role)i), name) == 0) {
            return (enum role)i;
        }
    }
    fprintf(stderr, "no role %s\n", name);
    abort();
}

static enum slot
slot_named(const char *name)
{
    static const char *const names[] = {"stage", "sheet", "foot", "overlay", "dock"};

    for (int i = 0; i < SLOT_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            return (enum slot)i;
        }
    }
    fprintf(stderr, "no slot %s\n", name);
    abort();
}

static unsigned
flag_named(const char *name)
{
    static const struct {
        const char *name;
        unsigned flag;
    } flags[] = {
        {"touch", ELEMENT_TOUCH},
        {"primary", ELEMENT_PRIMARY},
        {"selected", ELEMENT_SELECTED},
        {"disabled", ELEMENT_DISABLED},
        {"recommended", ELEMENT_RECOMMENDED},
        {"danger", ELEMENT_DANGER},
        {"error", ELEMENT_ERROR},
        {"after", ELEMENT_ICON_AFTER},
        {"soft", ELEMENT_SOFT},
        {"accent", ELEMENT_ACCENT},
        {"wide", ELEMENT_WIDE},
        {"function", ELEMENT_FUNCTION},
        {"strong", ELEMENT_STRONG},
        {"titled", ELEMENT_TITLED},
    };

    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if (strcmp(flags[i].name, name) == 0) {
            return flags[i].flag;
        }
    }
    fprintf(stderr, "no flag %s\n", name);
    abort();
}

static void
read_words(struct page *page, struct element *element, char *words)
{
    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
        if (strncmp(word, "icon:", 5) == 0) {
            element->icon = page_text(page, word + 5);
        } else if (strncmp(word, "n:", 2) == 0) {
            element->number = atoi(word + 2);
        } else if (strncmp(word, "mark:", 5) == 0) {
            int used = sscanf(word, "mark:%hu+%hu", &element->marks[0].start,
                              &element->marks[0].length);

            assert(used == 2);
        } else {
            element->flags |= flag_named(word);
        }
    }
    if ((element->flags & ELEMENT_TOUCH) != 0) {
        element->action.verb = 1;
    }
}

static void
read_element(struct page *page, char *line, struct element *parents[3])
{
    size_t level = strspn(line, " ") / 2;
    char *parts[PARTS_MAX];
    int count = split(line, parts);
    char slot[20];
    char role[24];
    char id[PAGE_ID_BYTES];
    int used = 0;
    struct element *element;

    if (sscanf(parts[0], "%19s %23s %31s%n", slot, role, id, &used) != 3) {
        fprintf(stderr, "not an element: %s\n", parts[0]);
        abort();
    }
    element = page_add(page, slot_named(slot), role_named(role), id,
                       count > 1 ? parts[1] : "");
    element->detail = page_text(page, count > 2 ? parts[2] : "");
    element->value = page_text(page, count > 3 ? parts[3] : "");
    element->extra = page_text(page, count > 4 ? parts[4] : "");
    element->brief = count > 5 ? page_text(page, parts[5]) : NULL;
    read_words(page, element, parts[0] + used);
    parents[level] = element;
    if (level > 0) {
        page_put_under(page, element, parents[level - 1]);
    }
}

static void
read_page_line(struct page *page, char *line)
{
    static const char *const shapes[] = {"attract", "home", "blank", "work", "notice"};
    char shape[20];
    char screen[24];
    char code[3];
    enum language language = LANGUAGE_NL;

    if (sscanf(line, "page %19s %23s %2s", shape, screen, code) != 3 ||
        !language_from_code(code, &language))
    {
        fprintf(stderr, "not a page: %s\n", line);
        abort();
    }
    for (int i = 0; i < (int)(sizeof(shapes) / sizeof(shapes[0])); i++) {
        if (strcmp(shapes[i], shape) == 0) {
            page_begin(page, (enum page_shape)i, screen, language);
        }
    }
    page->name_lines[0] = "Gemeente";
    page->name_lines[1] = "Voorbeeld";
    page->place = "Bibliotheek De Linde";
    page->clock = "dinsdag 14.05 uur";
    page->paging = (struct paging_words){"{1} van {2}",
                                         "Meer",
                                         "Meer keuzes",
                                         "Terug naar het begin",
                                         "Verder",
                                         "Vorige",
                                         1,
                                         2};
}

/* "set largest contrast": what the citizen set. */
static void
read_settings(struct page *page, char *words)
{
    struct adjustment *adjustment = &page->adjustment;

    for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " ")) {
        if (strcmp(word, "large") == 0) {
            adjustment->text = TEXT_LARGE;
        } else if (strcmp(word, "largest") == 0) {
            adjustment->text = TEXT_LARGEST;
        } else if (strcmp(word, "contrast") == 0) {
            adjustment->high_contrast = true;
        } else if (strcmp(word, "reach") == 0) {
            adjustment->reduced_reach = true;
        } else {
            fprintf(stderr, "can't be set: %s\n", word);
            abort();
        }
    }
}

void
page_file_read(const char *path, struct page *page)
{
    struct error error = {0};
    size_t length;
    char *text = file_read(path, 65536, &length, &error);
    struct element *parents[3] = {NULL};

    if (text == NULL) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    for (char *line = text, *next; line != NULL; line = next) {
        char *parts[PARTS_MAX];

        next = strchr(line, '\n');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (line[0] == '\0' || line[0] == '#') {
            continue;
        }
        if (strncmp(line, "page ", 5) == 0) {
            read_page_line(page, line);
        } else if (strncmp(line, "step ", 5) == 0) {
            split(line, parts);
            assert(sscanf(parts[0], "step %d %d", &page->step, &page->step_count) == 2);
            page->step_text = page_text(page, parts[1]);
            page->step_name = page_text(page, parts[2]);
        } else if (strncmp(line, "name ", 5) == 0) {
            split(line + 5, parts);
            page->name_lines[0] = page_text(page, parts[0]);
            page->name_lines[1] = page_text(page, parts[1]);
        } else if (strncmp(line, "part ", 5) == 0) {
            page->part = atoi(line + 5) - 1;
        } else if (strncmp(line, "next ", 5) == 0) {
            page->paging.next = page_text(page, line + 5);
        } else if (strncmp(line, "place ", 6) == 0) {
            page->place = page_text(page, line + 6);
        } else if (strncmp(line, "clock ", 6) == 0) {
            page->clock = page_text(page, line + 6);
        } else if (strncmp(line, "set ", 4) == 0) {
            read_settings(page, line + 4);
        } else if (strncmp(line, "sign ", 5) == 0) {
            page->sign = page_text(page, line + 5);
        } else {
            read_element(page, line, parents);
        }
    }
    free(text);
}
