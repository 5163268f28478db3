#pragma once

/*
 * The technician's log: one line an event on standard error, for journald.
 *
 * Never write here what a citizen typed or chose. A file that logs starts with
 *
 *     #define LOG_MODULE "outbox"
 *     #include "base/log.h"
 */

enum log_level {
    LOG_ERROR,   /* somebody has to come */
    LOG_WARNING, /* it copes, but it should not stay so */
    LOG_INFO,    /* what the program did: started, connected, swapped catalogue */
    LOG_DEBUG,   /* for the engineer at the desk */
};

/* Lines above `level` are dropped. The default is LOG_INFO. */
void log_set_level(enum log_level level);

void log_write(enum log_level level, const char *module, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define log_error(...) log_write(LOG_ERROR, LOG_MODULE, __VA_ARGS__)
#define log_warning(...) log_write(LOG_WARNING, LOG_MODULE, __VA_ARGS__)
#define log_info(...) log_write(LOG_INFO, LOG_MODULE, __VA_ARGS__)
#define log_debug(...) log_write(LOG_DEBUG, LOG_MODULE, __VA_ARGS__)
