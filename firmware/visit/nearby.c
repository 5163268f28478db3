#include "nearby.h"

#include "base/text.h"
#include "catalogue/opening.h"

#define WALKED_MAX_M 3000
#define WALKED_M_A_MINUTE 80

static const struct location *
nearest(const struct catalogue *catalogue, const struct location *here,
        const struct view *open_now)
{
    const struct location *found = NULL;

    for (size_t i = 0; i < catalogue->location_count; i++) {
        const struct location *place = &catalogue->locations[i];

        if (place == here ||
            (open_now != NULL &&
             !opening_is_open(place, view_civil(open_now, open_now->moment.now))))
        {
            continue;
        }
        if (found == NULL ||
            location_distance_m(here, place) < location_distance_m(here, found))
        {
            found = place;
        }
    }
    return found;
}

const struct location *
nearby_other(const struct catalogue *catalogue, const struct location *here)
{
    return nearest(catalogue, here, NULL);
}

const struct location *
nearby_open(const struct view *view)
{
    return nearest(view->parts->catalogue, view->parts->here, view);
}

const char *
nearby_distance(struct tongue tongue, char target[WORDING_BYTES],
                const struct location *here, const struct location *there)
{
    int metres = location_distance_m(here, there);
    char distance[WORDING_BYTES], minutes[WORDING_BYTES];

    wording_distance(tongue, distance, metres);
    if (metres > WALKED_MAX_M) {
        text_copy(target, WORDING_BYTES, distance);
        return target;
    }
    wording_minutes(tongue, minutes,
                    (metres + WALKED_M_A_MINUTE - 1) / WALKED_M_A_MINUTE);
    return wording_fill(target, translate(tongue.translation, "{1}, {2} on foot"),
                        distance, minutes, NULL);
}
