#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/time.h"

/*
 * Online requests that went on on a citizen's own phone, and the address at which the
 * municipality's form says that one was completed.
 *
 * The kiosk's QR code carries a random token in the form's address. The event of the
 * hand-over carries only the SHA-256 of the token's text; the intake keeps that hash
 * with place, product and channel. When the form hands the token back, `completed` is
 * counted once, in the hour in which that was, and all but the hash is forgotten. Who
 * the citizen is was never known.
 *
 *     POST /v1/hand-overs/TOKEN/completed   by the form's server or page
 *     GET  /v1/hand-overs/TOKEN/completed   where a form can only link; shows a page
 *
 * Nobody signs in: the token is the secret. A token that is unknown or too old is 404,
 * one that was used is 200 like the first time; neither changes anything. As a kiosk
 * may be offline for hours, a form that gets 404 may ask again later.
 *
 * Safe from any thread.
 */

struct hand_overs;
struct store;

#define HAND_OVER_DAYS 30 /* unless the settings say otherwise */

struct hand_over_options {
    struct store *store;
    const struct zone *zone; /* whose days are counted; outlives it */
    int valid_days;          /* of a token */
};

struct hand_overs *hand_overs_create(const struct hand_over_options *options);
void hand_overs_destroy(struct hand_overs *hand_overs); /* NULL is fine */

/* Forgets tokens that are no longer valid. Daily is enough. */
bool hand_overs_tidy(struct hand_overs *hand_overs, struct error *error);

struct http_route;

/* The routes' data is the hand-overs. */
const struct http_route *hand_over_routes(size_t *count);
