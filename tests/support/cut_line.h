#pragma once

#include <stdbool.h>

/*
 * A network cable on loopback that can be pulled: hands on what goes to a server that
 * serves one request a connection, and cuts off one of them, before it arrives or when
 * it has been carried out and its answer comes back.
 */

struct cut_line;

enum cut { CUT_NEVER, CUT_BEFORE, CUT_AFTER };

/* To what listens at that port of this machine. */
struct cut_line *cut_line_start(int port);
void cut_line_stop(struct cut_line *line);
int cut_line_port(const struct cut_line *line);

/* Cuts the n-th request from here on, counted from 0; the count begins anew. */
void cut_line_cut(struct cut_line *line, int n, enum cut cut);
/* Pulled out, nobody can connect; plugged in, at the same port as before. */
void cut_line_plug(struct cut_line *line, bool plugged_in);

/* Requests since the last cut_line_cut(); "GET /v1/…", the n-th of them, or "". */
int cut_line_count(struct cut_line *line);
const char *cut_line_request(struct cut_line *line, int n);
