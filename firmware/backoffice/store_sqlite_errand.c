#include "backoffice/store_errand.h"

#include <assert.h>
#include <string.h>

#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/text.h"

/* While `ended` is null it waits. After that only key, kind and kiosk are left. */
const char store_schema_errand[] =
    "CREATE TABLE errand ("
    " key TEXT PRIMARY KEY NOT NULL,"
    " kind INTEGER NOT NULL,"
    " kiosk TEXT NOT NULL, location TEXT NOT NULL,"
    " received INTEGER NOT NULL, asked INTEGER NOT NULL,"
    " language TEXT NOT NULL, unreadable INTEGER NOT NULL,"
    " product TEXT NOT NULL, phone TEXT NOT NULL,"
    " from_at INTEGER NOT NULL, until_at INTEGER NOT NULL, calls INTEGER NOT NULL,"
    " ended INTEGER"
    ") WITHOUT ROWID;"
    "CREATE INDEX errand_waiting ON errand (received) WHERE ended IS NULL;";

/* `answers`: "question=option", with a comma between them. */
const char store_schema_errand_hand_over[] =
    "ALTER TABLE errand ADD COLUMN code TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE errand ADD COLUMN step INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE errand ADD COLUMN question TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE errand ADD COLUMN answers TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX errand_code ON errand (code) WHERE code <> '';";

static_assert(ERRAND_CALL_BACK == 0 && ERRAND_HELP == 1 && ERRAND_HAND_OVER == 2,
              "kinds are on disk, and in the queries of this file");

#define ANSWERS_BYTES (ERRAND_ANSWERS_MAX * 2 * ERRAND_PRODUCT_BYTES)
#define COLUMNS                                                                        \
    "key, kind, kiosk, location, received, asked, language, unreadable, product,"      \
    " phone, from_at, until_at, calls, code, step, question, answers"

/* What it says goes; a later one of the same key is known for what it is. */
#define END                                                                            \
    "UPDATE errand SET ended = ?1, product = '', phone = '', from_at = 0,"             \
    " until_at = 0, asked = 0, calls = 0, language = '', code = '', step = 0,"         \
    " question = '', answers = '' WHERE ended IS NULL"

static const char *
answers_text(const struct errand *errand, char target[ANSWERS_BYTES])
{
    struct text text = text_begin(target, ANSWERS_BYTES);

    for (size_t i = 0; i < errand->answer_count; i++) {
        text_format(&text, "%s%s=%s", i > 0 ? "," : "", errand->answers[i].question,
                    errand->answers[i].option);
    }
    return target;
}

/* Copies what is before `stop`, and returns what comes after it. */
static const char *
copy_until(char target[ERRAND_PRODUCT_BYTES], const char *text, const char *stop)
{
    size_t length = strcspn(text, stop);

    if (length < ERRAND_PRODUCT_BYTES) {
        memcpy(target, text, length);
        target[length] = '\0';
    }
    return text + length + (text[length] != '\0');
}

static void
read_answers(const char *text, struct errand *errand)
{
    while (*text != '\0' && errand->answer_count < ERRAND_ANSWERS_MAX) {
        struct errand_answer *answer = &errand->answers[errand->answer_count++];

        text = copy_until(answer->question, text, "=");
        text = copy_until(answer->option, text, ",");
    }
}

static bool
insert(struct store_session *session, const struct store_errand *row,
       struct error *error)
{
    const struct errand *errand = &row->errand;
    char answers[ANSWERS_BYTES];
    struct sql *sql = sql_begin(
        session, "INSERT INTO errand (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
                 " ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
                 " ON CONFLICT (key) DO UPDATE SET calls = max(calls, excluded.calls)"
                 " WHERE kiosk = excluded.kiosk AND kind = 1 AND ended IS NULL");

    sql_bind_text(sql, errand->key);
    sql_bind_integer(sql, errand->kind);
    sql_bind_text(sql, row->kiosk);
    sql_bind_text(sql, row->location);
    sql_bind_integer(sql, row->received_at);
    sql_bind_integer(sql, errand->asked_at);
    sql_bind_text(sql, language_code(errand->language));
    sql_bind_integer(sql, row->unreadable);
    sql_bind_text(sql, errand->product);
    sql_bind_text(sql, errand->phone);
    sql_bind_integer(sql, errand->from);
    sql_bind_integer(sql, errand->until);
    sql_bind_integer(sql, errand->calls);
    sql_bind_text(sql, errand->code);
    sql_bind_integer(sql, errand->step);
    sql_bind_text(sql, errand->question);
    sql_bind_text(sql, answers_text(errand, answers));
    sql_step(sql);
    return sql_end(sql, error);
}

/* `kiosk` NULL: of any. */
static bool
is_known(struct store_session *session, const char *key, const char *kiosk,
         struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT 1 FROM errand WHERE key = ?1"
                                         " AND kiosk = coalesce(?2, kiosk)");
    bool known;

    sql_bind_text(sql, key);
    sql_bind_text(sql, kiosk);
    known = sql_step(sql);
    return sql_end(sql, error) &&
           (known ||
            error_set(error, ERROR_NOT_FOUND, "There is nothing with this key."));
}

bool
store_errand_keep(struct store_session *session, const struct store_errand *errand,
                  struct error *error)
{
    return insert(session, errand, error) &&
           (is_known(session, errand->errand.key, errand->kiosk, error) ||
            (error->kind == ERROR_NOT_FOUND &&
             error_set(error, ERROR_TAKEN,
                       "This key is another kiosk's: make a new one.")));
}

static bool
end(struct store_session *session, const char *key, struct error *error)
{
    struct sql *sql = sql_begin(session, END " AND key = ?2");

    sql_bind_integer(sql, store_now(session));
    sql_bind_text(sql, key);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_errand_end(struct store_session *session, const char *key, struct error *error)
{
    return is_known(session, key, NULL, error) && end(session, key, error);
}

bool
store_errand_withdraw(struct store_session *session, const char *key, const char *kiosk,
                      struct error *error)
{
    struct store_errand row = {.errand.kind = ERRAND_HELP,
                               .received_at = store_now(session)};

    text_copy(row.errand.key, sizeof(row.errand.key), key);
    text_copy(row.kiosk, sizeof(row.kiosk), kiosk);
    return insert(session, &row, error) && is_known(session, key, kiosk, error) &&
           end(session, key, error);
}

static bool
read_row(const struct sql *sql, struct store_errand *row)
{
    struct errand *errand = &row->errand;

    *row = (struct store_errand){.received_at = sql_integer(sql, 4),
                                 .unreadable = sql_integer(sql, 7) != 0};
    text_copy(errand->key, sizeof(errand->key), sql_text(sql, 0));
    errand->kind = (enum errand_kind)sql_integer(sql, 1);
    text_copy(row->kiosk, sizeof(row->kiosk), sql_text(sql, 2));
    text_copy(row->location, sizeof(row->location), sql_text(sql, 3));
    errand->asked_at = sql_integer(sql, 5);
    text_copy(errand->product, sizeof(errand->product), sql_text(sql, 8));
    text_copy(errand->phone, sizeof(errand->phone), sql_text(sql, 9));
    errand->from = sql_integer(sql, 10);
    errand->until = sql_integer(sql, 11);
    errand->calls = (int)sql_integer(sql, 12);
    text_copy(errand->code, sizeof(errand->code), sql_text(sql, 13));
    errand->step = (enum errand_step)sql_integer(sql, 14);
    text_copy(errand->question, sizeof(errand->question), sql_text(sql, 15));
    read_answers(sql_text(sql, 16), errand);
    return errand->kind < ERRAND_KIND_COUNT && errand->step < ERRAND_STEP_COUNT &&
           language_from_code(sql_text(sql, 6), &errand->language);
}

static bool
read_rows(struct sql *sql, store_errand_take take, void *data, struct error *error)
{
    struct store_errand row;
    bool whole = true, more = true;

    while (whole && more && sql_step(sql)) {
        whole = read_row(sql, &row);
        more = whole && take(data, &row);
    }
    return sql_end(sql, error) &&
           (whole || error_set(error, ERROR_STORAGE, "an errand is damaged"));
}

bool
store_errand_list(struct store_session *session, store_errand_take take, void *data,
                  struct error *error)
{
    return read_rows(sql_begin(session, "SELECT " COLUMNS " FROM errand"
                                        " WHERE ended IS NULL ORDER BY received, key"),
                     take, data, error);
}

bool
store_errand_by_code(struct store_session *session, const char *code,
                     store_errand_take take, void *data, struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT " COLUMNS " FROM errand"
                                         " WHERE ended IS NULL AND code = ?1"
                                         " AND until_at > ?2"
                                         " ORDER BY received DESC, key");

    sql_bind_text(sql, code);
    sql_bind_integer(sql, store_now(session));
    return read_rows(sql, take, data, error);
}

bool
store_errand_forget(struct store_session *session, int64_t received, int64_t ended,
                    int64_t *missed, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT count(*) FROM errand WHERE ended IS NULL"
                           " AND kind = 0 AND received < ?1");

    sql_bind_integer(sql, received);
    *missed = sql_step(sql) ? sql_integer(sql, 0) : 0;
    if (!sql_end(sql, error)) {
        return false;
    }
    sql = sql_begin(session, END " AND (received < ?2 OR kind = 2 AND until_at <= ?1)");
    sql_bind_integer(sql, store_now(session));
    sql_bind_integer(sql, received);
    sql_step(sql);
    if (!sql_end(sql, error)) {
        return false;
    }
    sql = sql_begin(session, "DELETE FROM errand WHERE ended < ?1");
    sql_bind_integer(sql, ended);
    sql_step(sql);
    return sql_end(sql, error);
}
