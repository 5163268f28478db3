#pragma once

/*
 * How the kiosk's uploader and the back office's intake talk: the whole agreement.
 * Every request is signed by the kiosk's key (base/signed_request.h). Bodies of errors
 * are problem+json; the members named here stand beside `title` and `status`.
 * STREAM and LINK are lower-case hexadecimal (32 and 64 digits).
 *
 * 1. Events.
 *
 *    POST /v1/events[?resume=FIRST]
 *    Content-Type: application/cloudevents-batch+json
 *    Loketzuil-Chain: LINK
 *
 *    1 to 500 events of one stream with sequences FIRST, FIRST+1, … The header is the
 *    chain's link before FIRST (for FIRST = 1: SHA-256 of the stream's bytes). Let MARK
 *    be the highest sequence that the back office has counted of this stream, 0 for a
 *    new one. The back office goes on from the header's link over the batch
 * (hash_link() with what usage_event_write() makes of each event) and answers
 *
 *    200 {"stream": STREAM, "acked_through": MARK, "chain": LINK at MARK}
 *        after the new events (those above MARK) are committed. A batch that it has
 *        wholly counted before gets the same answer.
 *    409 {"expected": MARK+1}
 *        when FIRST > MARK+1: nothing was counted; the kiosk sends again from there.
 *        What the kiosk itself no longer has, it says with `resume=FIRST`: events
 * MARK+1 to FIRST-1 exist nowhere any more. Then the back office records that gap,
 * takes the header's link as its own at FIRST-1, and counts the batch. `resume` on a
 *        batch with FIRST ≤ MARK+1 means nothing.
 *    409 {"conflict": true}
 *        when the chain that goes on from the header's link is not ours at MARK (where
 *        FIRST-1 ≤ MARK ≤ LAST): a second card lives this stream. Nothing was counted.
 *        The kiosk never sends events of this stream again.
 *        (Where MARK > LAST only the kiosk can compare, by the answer's link.)
 *    400 an event can't be read, sequences don't follow, or streams are mixed
 *    401 the signature is wrong or the clock is off, 403 nobody claimed this kiosk, or
 *        the source names another kiosk than the key's
 *        (the kiosk then announces itself, so that it can be claimed by its code)
 *    413 more than 500 events or WIRE_BATCH_BYTES_MAX bytes, 415 another content type
 *    429, 503 with Retry-After: later
 *    410 this back office takes no events any more: the kiosk is quiet until its next
 *        start
 *    Anything else, a 200 with another chain included, is no acknowledgement: nothing
 *    is marked and the same is sent again, later.
 *
 * 2. Streams: has the back office lost something (restored from a backup)? Asked at the
 *    kiosk's start, once a day, and after a 409 with `expected`.
 *
 *    POST /v1/streams
 *    Content-Type: application/json
 *    {"streams": [{"stream": STREAM, "through": N}, …]}      at most 500
 *
 *    `through` is what the kiosk holds for acknowledged. The answer names those streams
 *    of which the back office has counted less, and where it wants them from:
 *
 *    200 {"streams": [{"stream": STREAM, "expected": MARK+1}, …]}
 *
 * 3. Conflicts: what the kiosk set aside after a 409 with `conflict`, for staff to see.
 *    Sent until it is answered; the same report may come twice (same stream).
 *
 *    POST /v1/conflicts
 *    Content-Type: application/json
 *    {"stream": STREAM, "kiosk": KIOSK, "first": N, "last": N, "counts":
 *     [{"type": TYPE, "product": ID or "", "channel": CHANNEL or "", "count": N}, …]}
 *
 *    `first` to `last` are the sequences set aside, `counts` how many of them there are
 *    of each CloudEvents type, product and channel.
 *
 *    200, 201 or 204: kept.
 */

#define WIRE_EVENTS_PATH "/v1/events"
#define WIRE_STREAMS_PATH "/v1/streams"
#define WIRE_CONFLICTS_PATH "/v1/conflicts"
#define WIRE_ANNOUNCE_PATH "/v1/kiosks/announce"
#define WIRE_RESUME_PARAMETER "resume"
#define WIRE_CHAIN_HEADER "Loketzuil-Chain"

#define WIRE_BATCH_CONTENT_TYPE "application/cloudevents-batch+json"
#define WIRE_JSON_CONTENT_TYPE "application/json"
#define WIRE_PROBLEM_CONTENT_TYPE "application/problem+json"

#define WIRE_EVENTS_MAX 500          /* a batch */
#define WIRE_STREAMS_MAX 500         /* a question */
#define WIRE_BATCH_BYTES_MAX 1048576 /* a batch's text */
