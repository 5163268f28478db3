#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/ctl.h"
#include "visit/kiosk_settings.h"
#include "visit/tour.h"
#include "visit/voice_words.h"

#include "audit_plain.h"
#include "audit_report.h"
#include "audit_vocabulary.h"
#include "audit_work.h"

/* Enough to start mending; a colour that is wrong is wrong on every page. */
#define SHOWN_MAX 100

enum {
    CATALOGUE,
    THEME,
    KIOSK,
    TRANSLATIONS,
    DISPLAYS,
    LANGUAGES,
    TEXTS,
    DISTANCE,
    PICTURES,
    ALL,
    OPTION_COUNT
};

struct studio {
    struct audit_work work;
    struct catalogue *catalogue;
    struct vocabulary *vocabulary;
    struct translation *translations[LANGUAGE_COUNT];
    const char *catalogue_path;
    const char *displays;  /* letters of those that are judged; NULL: all */
    char own_display[2];   /* of the one kiosk that is judged */
    const char *languages; /* codes of them: "nl,ar" */
    size_t
        other_count; /* of Dutch that is not plain, and a theme that no kiosk takes */
};

/* --- what is judged --------------------------------------------------------------- */

static void
collect(void *data, const char *situation, enum display_class display,
        const struct page *page)
{
    struct studio *studio = data;

    if ((studio->displays == NULL ||
         strchr(studio->displays, audit_display_letter(display)) != NULL) &&
        (studio->languages == NULL ||
         strstr(studio->languages, language_code(page->language)) != NULL))
    {
        audit_work_add(&studio->work, situation, display, page);
    }
}

/* As a kiosk with these settings would show it, if it took its colours; or, of a whole
 * kiosk, on its display and nowhere else. */
static bool
read_settings(struct studio *studio, const struct option_value *options,
              struct error *error)
{
    struct audit_work *work = &studio->work;
    const char *kiosk = options[KIOSK].value;
    const char *path = kiosk != NULL ? kiosk : options[THEME].value;
    struct kiosk_settings settings;

    theme_make(&work->theme, THEME_BRAND_1, THEME_BRAND_2, false);
    if (path != NULL) {
        if (!kiosk_settings_read(path, &settings, error)) {
            return false;
        }
        kiosk_theme_as_set(&settings, &work->theme);
    }
    if (kiosk != NULL) {
        studio->own_display[0] =
            audit_display_letter((enum display_class)settings.display);
        studio->displays = studio->own_display;
        work->panel = settings.panel;
    }
    theme_make(&work->high_contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    text_copy(work->high_contrast.logo, sizeof(work->high_contrast.logo),
              work->theme.logo);
    return true;
}

static bool
open_words(struct studio *studio, struct error *error)
{
    struct audit_words *words = &studio->work.words;

    studio->vocabulary =
        vocabulary_create(studio->catalogue_path, studio->translations, error);
    words->knows = vocabulary_knows;
    words->data = studio->vocabulary;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        voice_words((struct tongue){(enum language)i, studio->translations[i]},
                    &words->speech[i]);
    }
    return studio->vocabulary != NULL;
}

static bool
open_studio(struct studio *studio, const struct option_value *options,
            struct error *error)
{
    const char *folder = options[TRANSLATIONS].value != NULL
                             ? options[TRANSLATIONS].value
                             : "build/translations";

    studio->catalogue = catalogue_open(studio->catalogue_path, error);
    if (studio->catalogue == NULL) {
        return false;
    }
    for (size_t i = 0; i < studio->catalogue->language_count; i++) {
        enum language language = studio->catalogue->languages[i];

        studio->translations[language] =
            translation_open(folder, language_code(language), error);
        if (studio->translations[language] == NULL) {
            return false;
        }
    }
    studio->work.fonts = fonts_open(error);
    return studio->work.fonts != NULL && open_words(studio, error) &&
           read_settings(studio, options, error);
}

static void
close_studio(struct studio *studio)
{
    audit_work_finish(&studio->work);
    vocabulary_destroy(studio->vocabulary);
    fonts_close(studio->work.fonts);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(studio->translations[i]);
    }
    catalogue_destroy(studio->catalogue);
}

static bool
choose_variants(struct studio *studio, const char *texts)
{
    bool any = false;

    for (int i = 0; i < AUDIT_VARIANTS; i++) {
        studio->work.only[i] =
            texts == NULL || text_equal(texts, audit_text_name(audit_variant(i).text));
        any |= studio->work.only[i];
    }
    return any;
}

/* --- what comes of it --------------------------------------------------------------
 */

static void
print_findings(const struct studio *studio, const struct audit_findings *findings,
               bool all)
{
    for (size_t i = 0; i < findings->count && (all || i < SHOWN_MAX); i++) {
        audit_print_failure(&studio->work, &findings->records[i]);
    }
    if (!all && findings->count > SHOWN_MAX) {
        printf("… and %zu more (--all shows them)\n", findings->count - SHOWN_MAX);
    }
    if (findings->count > 0) {
        audit_print_table(&studio->work, findings);
    }
}

/* Its pages are judged all the same: where it can't be read is seen there. */
static void
judge_theme(struct studio *studio)
{
    struct error error = {0};

    if (!theme_check(&studio->work.theme, &error)) {
        printf("contrast: %s\n", error.message);
        studio->other_count++;
    }
}

static bool
audit_all(struct studio *studio, const struct option_value *options,
          struct audit_findings *findings, struct error *error)
{
    const struct tour_options tour = {.catalogue = studio->catalogue,
                                      .translations = studio->translations};

    judge_theme(studio);
    audit_plain_texts(studio->translations[LANGUAGE_NL], &studio->other_count);
    if (!audit_plain_catalogue(studio->catalogue_path, &studio->other_count, error) ||
        !tour_run(&tour, collect, studio, error) ||
        !audit_work_run(&studio->work, findings, error))
    {
        return false;
    }
    print_findings(studio, findings, options[ALL].value != NULL);
    return findings->count == 0 || options[PICTURES].value == NULL ||
           audit_draw(&studio->work, findings, options[PICTURES].value, error);
}

static int
audit_run(int argc, char **argv)
{
    static struct studio studio;
    struct option_value options[OPTION_COUNT] = {
        [CATALOGUE] = {.name = "--catalogue"},
        [THEME] = {.name = "--theme"},
        [KIOSK] = {.name = "--kiosk"},
        [TRANSLATIONS] = {.name = "--translations"},
        [DISPLAYS] = {.name = "--displays"},
        [LANGUAGES] = {.name = "--languages"},
        [TEXTS] = {.name = "--text"},
        [DISTANCE] = {.name = "--distance"},
        [PICTURES] = {.name = "--pictures"},
        [ALL] = {.name = "--all", .flag = true},
    };
    struct audit_findings findings = {.count = 0};
    struct error error = {0};
    const char *rest[1];
    bool good;

    if (!options_read(argc, argv, options, OPTION_COUNT, rest, 0) ||
        !choose_variants(&studio, options[TEXTS].value))
    {
        return command_usage(&command_audit);
    }
    studio.catalogue_path = options[CATALOGUE].value != NULL
                                ? options[CATALOGUE].value
                                : "assets/example/catalogue.json";
    studio.displays = options[DISPLAYS].value;
    studio.languages = options[LANGUAGES].value;
    studio.work.panel.viewing_mm =
        options[DISTANCE].value != NULL ? atoi(options[DISTANCE].value) : 0;
    good = open_studio(&studio, options, &error) &&
           audit_all(&studio, options, &findings, &error);
    if (good) {
        printf("%zu layouts, %zu failures\n", findings.layouts,
               findings.count + studio.other_count);
    }
    good = good || command_fail(&error) == COMMAND_DONE;
    free(findings.records);
    close_studio(&studio);
    return good && findings.count + studio.other_count == 0 ? COMMAND_DONE
                                                            : COMMAND_FAILED;
}

const struct command command_audit = {
    .name = "audit",
    .arguments = "[--catalogue FILE] [--theme FILE | --kiosk FILE]\n"
                 "        [--translations FOLDER] [--displays LETTERS] "
                 "[--languages nl,ar]\n"
                 "        [--text normal|large|largest] [--distance MM] "
                 "[--pictures FOLDER] [--all]",
    .summary = "Lay out every page in every mode and judge it as data",
    .details =
        "A tour goes past every page that a kiosk with this catalogue can show.\n"
        "Each is laid out in every language, size of text, contrast and reach, "
        "for\n"
        "every display (L W M S P), and judged: does text fit, can everything be\n"
        "touched, read, reached by keys and spoken. The Dutch texts must be "
        "plain.\n\n"
        "--theme takes colours and logo from a kiosk's settings; --kiosk also takes "
        "its\n"
        "display and how that hangs, and judges no other. --distance is from the eyes\n"
        "to the glass. --pictures paints what fails, in a frame.\n",
    .run = audit_run,
};
