#pragma once

/*
 * The subcommands of loketzuilctl: one file each, one line in COMMANDS.
 *
 * A command gets the arguments after its name, says what went wrong on standard
 * error in a whole sentence, and returns the exit status.
 */

enum command_status {
    COMMAND_DONE = 0,
    COMMAND_FAILED = 1, /* it was asked well and the answer is no */
    COMMAND_MISUSED = 2 /* from command_usage() */
};

struct command {
    const char *name;      /* one or two words: "check", "kiosk claim" */
    const char *arguments; /* as in usage: "FILE [--strict]" */
    const char *summary;   /* one line, no full stop */
    const char *details;   /* what help says below it; NULL for no more */
    int (*run)(int argc, char **argv);
};

/* By name. `counts` here is `const struct command command_counts` in counts.c. */
/* One a line, so that two branches can each add theirs. */
/* clang-format off */
#define COMMANDS(X) \
    X(appointment) \
    X(audit) \
    X(check) \
    X(closure_add) \
    X(closure_affected) \
    X(closure_list) \
    X(closure_remove) \
    X(conflicts) \
    X(counts) \
    X(desk_list) \
    X(desk_products) \
    X(desk_set) \
    X(errand_done) \
    X(errand_list) \
    X(help) \
    X(kiosk_claim) \
    X(kiosk_list) \
    X(kiosk_revoke) \
    X(lease_conflicts) \
    X(lease_list) \
    X(lease_lost) \
    X(printer_fake) \
    X(printer_status) \
    X(printer_test) \
    X(queue_list) \
    X(queue_set) \
    X(still) \
    X(ticket_verify) \
    X(token_create)
/* clang-format on */

#define COMMAND_DECLARE(name) extern const struct command command_##name;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

/* All commands, ended by NULL. */
extern const struct command *const commands[];

/* The command that the first words name, with how many words that took; or NULL. */
const struct command *command_find(int argc, char **argv, int *words);

/* How it is used and all that it does, on standard output. */
void command_print_help(const struct command *command);

/* Says on standard error how the command is used; returns COMMAND_MISUSED. */
int command_usage(const struct command *command);
