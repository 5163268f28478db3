#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/settings_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes are settings within their bounds, or an error that changed nothing. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char name[8] = "before";
    int width = 58, maker = 0;
    bool sound = false;
    const struct setting settings[] = {
        {"kiosk", "name", SETTING_TEXT, name, sizeof(name), 0, 0, NULL, NULL},
        {"kiosk", "sound", SETTING_BOOLEAN, &sound, 0, 0, 0, NULL, NULL},
        {"printer", "width", SETTING_INTEGER, &width, 0, 1, 80, NULL, NULL},
        {"printer", "maker", SETTING_CHOICE, &maker, 0, 0, 0, "none|file|escpos", NULL},
    };
    struct error error = {0};

    if (!settings_parse("k.conf", (const char *)data, size, settings, 4, "web",
                        &error) &&
        (strcmp(name, "before") != 0 || width != 58 || maker != 0 || sound ||
         strncmp(error.message, "k.conf line ", 12) != 0))
    {
        abort();
    }
    if (width < 1 || width > 80 || maker < 0 || maker > 2) {
        abort();
    }
    return 0;
}
