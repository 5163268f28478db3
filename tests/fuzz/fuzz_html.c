#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/html.h"
#include "base/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
count_of(const char *text, const char *characters)
{
    size_t count = 0;

    for (; *text != '\0'; text++) {
        count += strchr(characters, *text) != NULL;
    }
    return count;
}

/* Whatever is written, the markup is what it is without it. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char marks[] = "<>\"'";
    char *text = memory_allocate(size + 1, 1);
    struct html *html = html_create(), *empty = html_create();

    memcpy(text, data, size);
    html_line(html, "p", text, "title", text, NULL);
    html_line(empty, "p", "", "title", "", NULL);
    if (count_of(html_done(html), marks) != count_of(html_done(empty), marks)) {
        abort();
    }
    html_destroy(html);
    html_destroy(empty);
    free(text);
    return 0;
}
