#include "usage_stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json.h"

void
usage_batch_read(const struct outbox_batch *batch, struct usage_batch_read *read)
{
    struct error error = {0};
    struct json *root = json_parse(batch->text, batch->length, &error);
    const struct json *value;

    assert_non_null(root);
    assert_int_equal(json_type(root), JSON_ARRAY);
    read->count = 0;
    memcpy(read->link, batch->before, sizeof(read->link));
    for (value = json_first(root); value != NULL; value = json_next(value)) {
        struct usage_position position;
        char text[USAGE_EVENT_BYTES_MAX];
        size_t length;

        if (!usage_event_read(value, &read->events[read->count], &position, &error)) {
            fail_msg("%s", error.message);
        }
        assert_memory_equal(position.stream, batch->stream, sizeof(position.stream));
        assert_int_equal(position.sequence, batch->first + (int64_t)read->count);
        assert_string_equal(position.kiosk, batch->kiosk);
        length = usage_event_write(&read->events[read->count], &position, text);
        assert_non_null(strstr(batch->text, text));
        hash_link(read->link, text, length, read->link);
        read->count++;
        snprintf(read->kiosk, sizeof(read->kiosk), "%s", position.kiosk);
    }
    assert_int_equal(batch->first + (int64_t)read->count - 1, batch->last);
    json_destroy(root);
}

void
test_folder_make(char path[64])
{
    const char *parent = getenv("TMPDIR");

    if (parent == NULL || strlen(parent) > 40) {
        parent = "/tmp";
    }
    snprintf(path, 64, "%s/loketzuil-XXXXXX", parent);
    assert_non_null(mkdtemp(path));
}

void
test_folder_remove(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        unlinkat(dirfd(folder), entry->d_name, 0); /* `.` and `..` refuse */
    }
    closedir(folder);
    rmdir(path);
}
