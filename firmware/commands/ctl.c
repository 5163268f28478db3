#include "commands/ctl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#define TOKEN_FILE_BYTES_MAX 512
#define ANSWER_BYTES_MAX (256 * 1024 * 1024)
#define TIMEOUT_MS 60000

static struct option_value *
option_find(struct option_value *options, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(options[i].name, name)) {
            return &options[i];
        }
    }
    return NULL;
}

bool
options_read(int argc, char **argv, struct option_value *options, size_t count,
             const char **rest, size_t rest_max)
{
    size_t left = 0;

    for (int i = 0; i < argc; i++) {
        struct option_value *option = option_find(options, count, argv[i]);

        if (option == NULL) {
            if (text_starts_with(argv[i], "--") || left == rest_max) {
                return false;
            }
            rest[left++] = argv[i];
        } else if (option->value != NULL || (!option->flag && i + 1 == argc)) {
            return false;
        } else {
            option->value = option->flag ? argv[i] : argv[++i];
        }
    }
    return true;
}

bool
format_read(const char *text, bool *json)
{
    *json = text != NULL && text_equal(text, "json");
    return text == NULL || *json || text_equal(text, "table");
}

int
command_fail(const struct error *error)
{
    fprintf(stderr, "%c%s.\n", toupper((unsigned char)error->message[0]),
            error->message[0] == '\0' ? "" : error->message + 1);
    return COMMAND_FAILED;
}

/* "Authorization: Bearer …" from the token's file. */
static char *
read_token(const char *path, struct error *error)
{
    size_t length;
    char *token = file_read(path, TOKEN_FILE_BYTES_MAX, &length, error);
    char *header;
    struct text text;

    if (token == NULL) {
        error_prefix(error, "token");
        return NULL;
    }
    token[strcspn(token, " \t\r\n")] = '\0';
    header = memory_allocate(TOKEN_FILE_BYTES_MAX + 32, 1);
    text = text_begin(header, TOKEN_FILE_BYTES_MAX + 32);
    text_format(&text, "Authorization: Bearer %s", token);
    memory_wipe(token, length);
    free(token);
    return header;
}

/* What problem+json says; what else stands between may answer with anything. */
static void
read_problem(const struct http_answer *answer, struct error *error)
{
    struct error ignored = {0};
    struct json *problem = json_parse(answer->body, answer->body_length, &ignored);
    char detail[ERROR_MESSAGE_BYTES - 64] = "";

    if (problem != NULL) {
        json_get_text(problem, "detail", detail, sizeof(detail), &ignored);
        json_destroy(problem);
    }
    if (detail[0] != '\0' && detail[strlen(detail) - 1] == '.') {
        detail[strlen(detail) - 1] = '\0';
    }
    error_set(error, ERROR_REFUSED, "the back office says no (%d)%s%s", answer->status,
              detail[0] != '\0' ? ": " : " and not why", detail);
}

static bool
send_question(const struct option_value *options,
              const struct backoffice_question *question, const char *authorization,
              struct http_answer *answer, struct error *error)
{
    const char *headers[3] = {NULL};
    size_t count = 0;
    char url[1024];
    struct text text = text_begin(url, sizeof(url));
    struct http_client *client;
    bool good;
    struct http_request request = {.method = question->method,
                                   .url = url,
                                   .headers = headers,
                                   .body = question->body,
                                   .timeout_ms = TIMEOUT_MS,
                                   .answer_bytes_max = ANSWER_BYTES_MAX};

    text_add(&text, options[OPTION_BACKOFFICE].value);
    while (text.length > 0 && url[text.length - 1] == '/') {
        url[--text.length] = '\0';
    }
    text_add(&text, question->path);
    if (text.truncated) {
        return error_set(error, ERROR_BAD_INPUT, "the address is too long");
    }
    if (authorization != NULL) {
        headers[count++] = authorization;
    }
    if (question->body != NULL) {
        headers[count++] = "Content-Type: application/json";
        request.body_length = strlen(question->body);
    }
    client = http_client_create();
    http_client_trust(client, options[OPTION_CA_FILE].value);
    good = http_client_send(client, &request, answer, error);
    http_client_destroy(client);
    return good;
}

char *
backoffice_ask(const struct option_value *options,
               const struct backoffice_question *question, struct error *error)
{
    const char *token_file = options[OPTION_TOKEN_FILE].value;
    struct http_answer answer = {0};
    char *authorization = NULL, *body = NULL;

    if (token_file != NULL && (authorization = read_token(token_file, error)) == NULL) {
        return NULL;
    }
    if (send_question(options, question, authorization, &answer, error)) {
        if (answer.status == 200 || answer.status == 201 || answer.status == 204) {
            body = memory_copy_text(answer.body);
        } else {
            read_problem(&answer, error);
        }
    }
    if (authorization != NULL) {
        memory_wipe(authorization, strlen(authorization));
    }
    free(authorization);
    http_answer_finish(&answer);
    return body;
}

char *
backoffice_get(const struct option_value *options, const char *path,
               struct error *error)
{
    return backoffice_ask(
        options, &(struct backoffice_question){.method = "GET", .path = path}, error);
}

bool
options_name_staff(const struct option_value *options)
{
    return options[OPTION_BACKOFFICE].value != NULL &&
           options[OPTION_TOKEN_FILE].value != NULL;
}
