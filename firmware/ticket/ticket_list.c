#include "ticket/ticket_list.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/backoffice_call.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "ticket/ticket_keys.h"

#define LOG_MODULE "tickets"
#include "base/log.h"

#define KEYS_PATH "/v1/keys"

struct ticket_list {
    char *file;
    struct backoffice_call *call;
    pthread_mutex_t lock; /* of what follows */
    struct ticket_key *keys;
    size_t count;
    int64_t renew_at_ms;
};

static void
read_kept(struct ticket_list *list)
{
    struct error error = {0};
    size_t length;
    char *text = file_read(list->file, TICKET_KEYS_BYTES_MAX, &length, &error);

    if (text != NULL) {
        list->keys = ticket_keys_parse(text, length, &list->count, &error);
        free(text);
    }
    if (list->keys == NULL && error.kind != ERROR_NOT_FOUND) {
        log_warning("%s: %s; it is asked for anew", list->file, error.message);
    }
}

struct ticket_list *
ticket_list_open(const struct ticket_list_options *options, struct error *error)
{
    struct backoffice_call *call = backoffice_call_create(
        &(struct backoffice_options){
            .url = options->url, .key = options->key, .ca_file = options->ca_file},
        error);
    struct ticket_list *list;

    if (call == NULL) {
        return NULL;
    }
    list = memory_allocate(1, sizeof(*list));
    pthread_mutex_init(&list->lock, NULL);
    list->file = memory_copy_text(options->file);
    list->call = call;
    read_kept(list);
    return list;
}

void
ticket_list_close(struct ticket_list *list)
{
    if (list == NULL) {
        return;
    }
    backoffice_call_destroy(list->call);
    pthread_mutex_destroy(&list->lock);
    free(list->keys);
    free(list->file);
    free(list);
}

static bool
is_due(struct ticket_list *list)
{
    bool due;

    pthread_mutex_lock(&list->lock);
    due = time_steady_ms() >= list->renew_at_ms;
    pthread_mutex_unlock(&list->lock);
    return due;
}

static bool
keep(const struct ticket_list *list, const struct ticket_key *keys, size_t count,
     struct error *error)
{
    struct json_writer *writer = json_writer_create();
    const char *text;
    size_t length;
    bool good;

    json_write_object(writer);
    json_write_name(writer, "keys");
    ticket_keys_write(writer, keys, count);
    json_write_end(writer);
    text = json_writer_text(writer, &length);
    good = file_write(list->file, text, length, 0600, error);
    json_writer_destroy(writer);
    return good;
}

static void
use(struct ticket_list *list, struct ticket_key *keys, size_t count)
{
    pthread_mutex_lock(&list->lock);
    free(list->keys);
    list->keys = keys;
    list->count = count;
    list->renew_at_ms = time_steady_ms() + TICKET_LIST_RENEW_S * INT64_C(1000);
    pthread_mutex_unlock(&list->lock);
}

bool
ticket_list_renew(struct ticket_list *list, struct error *error)
{
    struct json *answer = NULL;
    struct ticket_key *keys;
    size_t count;

    if (!is_due(list)) {
        return true;
    }
    if (!backoffice_call_send(list->call, "GET", KEYS_PATH, NULL, &answer, error)) {
        return false;
    }
    keys = ticket_keys_read(answer, &count, error);
    json_destroy(answer);
    if (keys == NULL) {
        return error_prefix(error, "the list of ticket keys");
    }
    if (!keep(list, keys, count, error)) {
        free(keys);
        return false;
    }
    use(list, keys, count);
    return true;
}

bool
ticket_list_verify(struct ticket_list *list, const char *text,
                   struct ticket_claim *claim, struct error *error)
{
    bool valid;

    pthread_mutex_lock(&list->lock);
    valid = ticket_verify(text, list->keys, list->count, claim, error);
    pthread_mutex_unlock(&list->lock);
    return valid;
}
