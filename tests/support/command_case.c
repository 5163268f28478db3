#include "command_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/text.h"

char ctl_folder[CTL_PATH_BYTES] = "/tmp/loketzuil-ctl-XXXXXX";
char ctl_printed[200000], ctl_said[2000];

char ctl_conf[CTL_PATH_BYTES];

static char out[CTL_PATH_BYTES], complaint[CTL_PATH_BYTES];

int
ctl_begin(void **state)
{
    (void)state;
    if (mkdtemp(ctl_folder) == NULL) {
        return -1;
    }
    snprintf(ctl_conf, sizeof(ctl_conf), "%.30s/conf", ctl_folder);
    snprintf(out, sizeof(out), "%.30s/out", ctl_folder);
    snprintf(complaint, sizeof(complaint), "%.30s/err", ctl_folder);
    return 0;
}

int
ctl_end(void **state)
{
    char command[100];

    (void)state;
    snprintf(command, sizeof(command), "rm -r %s", ctl_folder);
    return system(command);
}

void
ctl_settings(const char *format, ...)
{
    char text[800];
    struct error error = {0};
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    assert_true(file_write(ctl_conf, text, strlen(text), 0600, &error));
}

static void
read_back(const char *path, char *target, size_t size)
{
    struct error error = {0};
    size_t length;
    char *text = file_read(path, size - 1, &length, &error);

    assert_non_null(text);
    memcpy(target, text, length + 1);
    free(text);
}

int
ctl_run_to(const char *arguments, const char *streams)
{
    char line[1500];
    int status;

    snprintf(line, sizeof(line),
             "\"$BUILD/san/loketzuilctl\" appointment %s >%s 2>%s %s", arguments, out,
             complaint, streams);
    status = system(line);
    assert_true(WIFEXITED(status));
    read_back(out, ctl_printed, sizeof(ctl_printed));
    read_back(complaint, ctl_said, sizeof(ctl_said));
    return WEXITSTATUS(status);
}

int
ctl_run(const char *format, ...)
{
    char arguments[1200];
    struct text text = text_begin(arguments, sizeof(arguments));
    char asked[1000];
    va_list list;

    va_start(list, format);
    vsnprintf(asked, sizeof(asked), format, list);
    va_end(list);
    text_format(&text, "--settings %s ", ctl_conf);
    text_add(&text, asked);
    return ctl_run_to(arguments, "");
}

void
ctl_check_sentence(const char *arguments, const char *expected)
{
    const char *at = ctl_said;
    size_t characters = 0;

    if (ctl_printed[0] != '\0' ||
        strchr(ctl_said, '\n') != ctl_said + strlen(ctl_said) - 1 ||
        strstr(ctl_said, ".\n") != ctl_said + strlen(ctl_said) - 2 ||
        strstr(ctl_said, expected) == NULL)
    {
        fail_msg("%s: ctl_printed \"%s\", ctl_said \"%s\", not \"%s\"", arguments,
                 ctl_printed, ctl_said, expected);
    }
    while (text_next(&at) != 0) {
        characters++;
    }
    assert_true(characters <= 401);
}

void
ctl_check(const struct ctl_call *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int status = ctl_run("%s", calls[i].arguments);

        if (status != calls[i].status) {
            fail_msg("%s: %d, not %d: %s%s", calls[i].arguments, status,
                     calls[i].status, ctl_printed, ctl_said);
        }
        if (status != 0) {
            ctl_check_sentence(calls[i].arguments, calls[i].expected);
        } else if (!text_equal(ctl_printed, calls[i].expected) || ctl_said[0] != '\0') {
            fail_msg("%s: ctl_printed \"%s\", not \"%s\"; ctl_said \"%s\"",
                     calls[i].arguments, ctl_printed, calls[i].expected, ctl_said);
        }
    }
}

void
ctl_member(size_t n, const char *name, char *target, size_t size)
{
    char start[60];
    const char *line = ctl_printed, *at;
    struct text text = text_begin(target, size);

    while (n-- > 0 && (line = strchr(line, '\n')) != NULL) {
        line++;
    }
    snprintf(start, sizeof(start), "\"%s\":\"", name);
    at = line != NULL ? strstr(line, start) : NULL;
    if (at != NULL) {
        at += strlen(start);
        text_add_bytes(&text, at, strcspn(at, "\""));
    }
}
