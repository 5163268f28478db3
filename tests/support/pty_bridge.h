#pragma once

/*
 * A cable that is not there: what is written to a pseudo-terminal goes to a port of
 * 127.0.0.1, and what comes from there can be read. For makers that open a device.
 */

struct pty_bridge;

/* `raw`: nothing is translated, as by a device that is no terminal. */
struct pty_bridge *pty_bridge_open(int port, int raw);
void pty_bridge_close(struct pty_bridge *bridge); /* pulls it out */

const char *pty_bridge_path(const struct pty_bridge *bridge);
/* The near end, which also sees how the line is set. */
int pty_bridge_line(const struct pty_bridge *bridge);
