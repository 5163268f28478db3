#include "catalogue/catalogue_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define LOG_MODULE "catalogue"
#include "base/log.h"

#define KEEP_MODE 0644

static bool
is_kept(const char *keep_path, const char *text, size_t length)
{
    struct error error;
    size_t kept_length;
    char *kept = file_read(keep_path, CATALOGUE_BYTES_MAX, &kept_length, &error);
    bool same =
        kept != NULL && kept_length == length && memcmp(kept, text, length) == 0;

    free(kept);
    return same;
}

/* The catalogue at `path`, kept. Failing to keep it is no reason not to use it. */
static struct catalogue *
open_and_keep(const char *path, const char *keep_path, struct error *error)
{
    size_t length;
    char *text = file_read(path, CATALOGUE_BYTES_MAX, &length, error);
    struct catalogue *catalogue;
    struct error keep_error;

    if (text == NULL) {
        return NULL;
    }
    catalogue = catalogue_parse(text, length, error);
    if (catalogue == NULL) {
        error_prefix(error, "%s", path);
    } else if (!is_kept(keep_path, text, length) &&
               !file_write(keep_path, text, length, KEEP_MODE, &keep_error))
    {
        log_error("this catalogue could not be kept as the last good one: %s",
                  keep_error.message);
    }
    free(text);
    return catalogue;
}

struct catalogue *
catalogue_open_last_good(const char *path, const char *keep_path, struct error *error)
{
    struct catalogue *catalogue = open_and_keep(path, keep_path, error);
    struct error kept_error;

    if (catalogue != NULL) {
        return catalogue;
    }
    log_error("%s", error->message);
    catalogue = catalogue_open(keep_path, &kept_error);
    if (catalogue != NULL) {
        log_warning("the last good catalogue is used: version %s", catalogue->version);
        return catalogue;
    }
    error_prefix(error, "no catalogue: %s; and", kept_error.message);
    return NULL;
}
