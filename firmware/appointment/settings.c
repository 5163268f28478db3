#include "appointment/settings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/backoffice.h"
#include "appointment/jcc.h"
#include "appointment/none.h"
#include "appointment/qmatic.h"
#include "base/file.h"
#include "base/http_client.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define SECTION "appointments"
#define SECRET_BYTES_MAX 1000

enum key {
    KEY_MAKER,
    KEY_URL,
    KEY_CA_FILE,
    KEY_TIME_ZONE,
    KEY_KEY_FILE,
    KEY_CLIENT_ID,
    KEY_CLIENT_SECRET,
    KEY_API_KEY,
    KEY_SECRET_FILE,
    KEY_REQUIRED,
    KEY_COUNT
};

static_assert(KEY_COUNT <= APPOINTMENT_SETTINGS_MAX, "a line for each");

static const char *const names[KEY_COUNT] = {
    [KEY_MAKER] = "maker",
    [KEY_URL] = "url",
    [KEY_CA_FILE] = "ca_file",
    [KEY_TIME_ZONE] = "time_zone",
    [KEY_KEY_FILE] = "key_file",
    [KEY_CLIENT_ID] = "client_id",
    [KEY_CLIENT_SECRET] = "client_secret",
    [KEY_API_KEY] = "api_key",
    [KEY_SECRET_FILE] = "secret_file",
    [KEY_REQUIRED] = "required",
};

#define BIT(KEY) (1u << (KEY))
#define ALL (BIT(KEY_COUNT) - 1u)
#define ANY_CAN (BIT(KEY_MAKER) | BIT(KEY_URL) | BIT(KEY_CA_FILE) | BIT(KEY_TIME_ZONE))

/* In the order of enum appointments_maker. */
#define MAKERS "backoffice|scripted|none|jcc|qmatic"
static const struct maker {
    const char *name;
    unsigned needs, one_of; /* bits of keys; of the latter exactly one */
    unsigned knows;
} makers[] = {
    [APPOINTMENTS_BACKOFFICE] = {"backoffice", BIT(KEY_URL), 0,
                                 ANY_CAN | BIT(KEY_KEY_FILE)},
    [APPOINTMENTS_SCRIPTED] = {"scripted", 0, 0, ALL},
    [APPOINTMENTS_NONE] = {"none", 0, 0, ALL},
    [APPOINTMENTS_JCC] = {"jcc", BIT(KEY_URL) | BIT(KEY_CLIENT_ID),
                          BIT(KEY_CLIENT_SECRET) | BIT(KEY_SECRET_FILE),
                          ANY_CAN | BIT(KEY_CLIENT_ID) | BIT(KEY_CLIENT_SECRET) |
                              BIT(KEY_SECRET_FILE)},
    [APPOINTMENTS_QMATIC] = {"qmatic", BIT(KEY_URL),
                             BIT(KEY_API_KEY) | BIT(KEY_SECRET_FILE),
                             ANY_CAN | BIT(KEY_API_KEY) | BIT(KEY_SECRET_FILE) |
                                 BIT(KEY_REQUIRED)},
};

void
appointment_settings_init(struct appointment_settings *settings)
{
    *settings = (struct appointment_settings){.maker = APPOINTMENTS_NONE,
                                              .time_zone = "Europe/Amsterdam"};
}

/* Where the text of a key stands; NULL for the maker, which is a choice. */
static char *
text_of(struct appointment_settings *settings, enum key key, size_t *size)
{
    const struct {
        char *text;
        size_t size;
    } texts[KEY_COUNT] = {
        [KEY_URL] = {settings->url, sizeof(settings->url)},
        [KEY_CA_FILE] = {settings->ca_file, sizeof(settings->ca_file)},
        [KEY_TIME_ZONE] = {settings->time_zone, sizeof(settings->time_zone)},
        [KEY_KEY_FILE] = {settings->key_file, sizeof(settings->key_file)},
        [KEY_CLIENT_ID] = {settings->client_id, sizeof(settings->client_id)},
        [KEY_CLIENT_SECRET] = {settings->client_secret,
                               sizeof(settings->client_secret)},
        [KEY_API_KEY] = {settings->api_key, sizeof(settings->api_key)},
        [KEY_SECRET_FILE] = {settings->secret_file, sizeof(settings->secret_file)},
        [KEY_REQUIRED] = {settings->required, sizeof(settings->required)},
    };

    *size = texts[key].size;
    return texts[key].text;
}

size_t
appointment_settings_rows(struct appointment_settings *settings,
                          struct setting rows[APPOINTMENT_SETTINGS_MAX])
{
    for (int key = 0; key < KEY_COUNT; key++) {
        rows[key] = (struct setting){.section = SECTION,
                                     .name = names[key],
                                     .type = SETTING_TEXT,
                                     .line = &settings->lines[key]};
        rows[key].target = text_of(settings, (enum key)key, &rows[key].size);
    }
    rows[KEY_MAKER].type = SETTING_CHOICE;
    rows[KEY_MAKER].choices = MAKERS;
    rows[KEY_MAKER].target = &settings->maker;
    return KEY_COUNT;
}

/* "loketzuil.conf line 7: [appointments] url: " before what is wrong with it. */
static bool
prefix(struct error *error, const char *path, int line, enum key key)
{
    error->kind = ERROR_BAD_INPUT;
    return line > 0 ? error_prefix(error, "%s line %d: [" SECTION "] %s", path, line,
                                   names[key])
                    : error_prefix(error, "%s: [" SECTION "] %s", path, names[key]);
}

static bool
is_given(struct appointment_settings *settings, enum key key)
{
    size_t size;
    const char *text = text_of(settings, key, &size);

    return text != NULL && text[0] != '\0';
}

/* Is every key there that it needs, and none that it doesn't know? */
static bool
check_keys(const char *path, struct appointment_settings *settings, struct error *error)
{
    const struct maker *maker = &makers[settings->maker];

    for (int key = 0; key < KEY_COUNT; key++) {
        bool given = is_given(settings, (enum key)key);

        if ((maker->needs & BIT(key)) != 0 && !given) {
            error_set(error, ERROR_BAD_INPUT, "is %s, and needs %s", maker->name,
                      names[key]);
            return prefix(error, path, settings->lines[KEY_MAKER], KEY_MAKER);
        }
        if ((maker->knows & BIT(key)) == 0 && given) {
            error_set(error, ERROR_BAD_INPUT, "is nothing that maker = %s knows",
                      maker->name);
            return prefix(error, path, settings->lines[key], (enum key)key);
        }
    }
    return true;
}

/* The secret, which stands here or in a file of its own. */
static bool
check_one(const char *path, struct appointment_settings *settings, struct error *error)
{
    const struct maker *maker = &makers[settings->maker];
    char choice[80];
    struct text text = text_begin(choice, sizeof(choice));
    int given = 0, last = KEY_MAKER;

    for (int key = 0; key < KEY_COUNT; key++) {
        if ((maker->one_of & BIT(key)) != 0) {
            text_format(&text, "%s%s", text.length > 0 ? " or " : "", names[key]);
            if (is_given(settings, (enum key)key)) {
                given++;
                last = key;
            }
        }
    }
    if (maker->one_of == 0 || given == 1) {
        return true;
    }
    if (given == 0) {
        error_set(error, ERROR_BAD_INPUT, "is %s, and needs %s", maker->name, choice);
    } else {
        error_set(error, ERROR_BAD_INPUT, "is one too many: either %s", choice);
    }
    return prefix(error, path, settings->lines[last], (enum key)last);
}

static bool
check_values(const char *path, const struct appointment_settings *settings,
             struct error *error)
{
    struct zone *zone = zone_open(settings->time_zone, error);

    if (zone == NULL) {
        return prefix(error, path, settings->lines[KEY_TIME_ZONE], KEY_TIME_ZONE);
    }
    zone_close(zone);
    return settings->url[0] == '\0' || http_client_allows(settings->url, error) ||
           prefix(error, path, settings->lines[KEY_URL], KEY_URL);
}

bool
appointment_settings_check(const char *path, struct appointment_settings *settings,
                           struct error *error)
{
    return check_keys(path, settings, error) && check_one(path, settings, error) &&
           check_values(path, settings, error);
}

static struct appointment_client *
open_backoffice(const struct appointment_settings *settings, const struct sign_key *key,
                struct error *error)
{
    struct sign_key own;
    struct appointment_client *client;
    struct backoffice_options options = {
        .url = settings->url, .key = key, .ca_file = settings->ca_file};

    if (settings->key_file[0] == '\0') {
        return appointment_backoffice_create(&options, error);
    }
    if (!sign_key_read(settings->key_file, &own, error)) {
        return NULL;
    }
    options.key = &own;
    client = appointment_backoffice_create(&options, error);
    memory_wipe(&own, sizeof(own));
    return client;
}

/* One line; what ends it doesn't count. */
static char *
read_secret(const char *path, struct error *error)
{
    size_t length;
    char *secret = file_read(path, SECRET_BYTES_MAX, &length, error);

    if (secret == NULL) {
        error_prefix(error, "secret file");
        return NULL;
    }
    while (length > 0 && strchr("\r\n", secret[length - 1]) != NULL) {
        secret[--length] = '\0';
    }
    if (length == 0 || !text_is_clean(secret)) {
        memory_wipe(secret, length);
        free(secret);
        error_set(error, ERROR_BAD_INPUT, "secret file %s: is not one line of text",
                  path);
        return NULL;
    }
    return secret;
}

char *
appointment_settings_secret(const struct appointment_settings *settings,
                            struct error *error)
{
    if (settings->secret_file[0] != '\0') {
        return read_secret(settings->secret_file, error);
    }
    return memory_copy_text(settings->maker == APPOINTMENTS_QMATIC
                                ? settings->api_key
                                : settings->client_secret);
}

static struct appointment_client *
open_jcc(const struct appointment_settings *settings, const char *secret,
         struct error *error)
{
    const struct jcc_options options = {
        .url = settings->url,
        .client_id = settings->client_id,
        .client_secret = secret,
        .time_zone = settings->time_zone,
        .ca_file = settings->ca_file,
    };

    return appointment_jcc_create(&options, error);
}

static struct appointment_client *
open_qmatic(const struct appointment_settings *settings, const char *secret,
            struct error *error)
{
    const struct qmatic_options options = {
        .url = settings->url,
        .api_key = secret,
        .time_zone = settings->time_zone,
        .ca_file = settings->ca_file,
        .required = settings->required,
        .earliest_max = settings->earliest_max,
    };

    return appointment_qmatic_create(&options, error);
}

static struct appointment_client *
open_with_secret(const struct appointment_settings *settings, struct error *error)
{
    char *secret = appointment_settings_secret(settings, error);
    struct appointment_client *client;

    if (secret == NULL) {
        return NULL;
    }
    client = settings->maker == APPOINTMENTS_JCC ? open_jcc(settings, secret, error)
                                                 : open_qmatic(settings, secret, error);
    memory_wipe(secret, strlen(secret));
    free(secret);
    return client;
}

struct appointment_client *
appointment_settings_open(const struct appointment_settings *settings,
                          const struct sign_key *key, struct error *error)
{
    switch ((enum appointments_maker)settings->maker) {
    case APPOINTMENTS_BACKOFFICE:
        return open_backoffice(settings, key, error);
    case APPOINTMENTS_JCC:
    case APPOINTMENTS_QMATIC:
        return open_with_secret(settings, error);
    case APPOINTMENTS_NONE:
        return appointment_none_create();
    case APPOINTMENTS_SCRIPTED:
        break;
    }
    assert(false);
    return NULL;
}

bool
appointment_settings_has_own_ids(const struct appointment_settings *settings)
{
    return settings->maker == APPOINTMENTS_JCC ||
           settings->maker == APPOINTMENTS_QMATIC;
}
