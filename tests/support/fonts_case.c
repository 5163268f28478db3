#include "fonts_case.h"

struct fonts *fonts;

int
fonts_case_open(void **state)
{
    struct error error;

    (void)state;
    fonts = fonts_open(&error);
    return fonts != NULL ? 0 : -1;
}

int
fonts_case_close(void **state)
{
    (void)state;
    fonts_close(fonts);
    return 0;
}
