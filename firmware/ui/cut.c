#include "cut.h"

#include <assert.h>
#include <string.h>

struct filling {
    struct build *build;
    struct page *page;
    struct cut *cut;
    int width, room;
    int room_last, last_from; /* the parts from this one are as low as the last */
    int band_last;            /* begins a part, -1 for none */
    int part;                 /* being filled */
    int used;                 /* of its height */
    int gap;                  /* before what comes next on it */
    bool overflowed;          /* something is higher than a part, */
    bool overflowed_last;     /* than one as low as the last */
};

static int
room_of(const struct filling *filling)
{
    return filling->part >= filling->last_from ? filling->room_last : filling->room;
}

static void
next_part(struct filling *filling)
{
    filling->part++;
    filling->used = filling->gap = 0;
}

static bool
is_under(const struct page *page, int element, int ancestor)
{
    while (element >= 0 && element != ancestor) {
        element = page->elements[element].parent;
    }
    return element == ancestor;
}

/* The element alone stands on the part that is being filled, too. */
static void
mark(struct filling *filling, int element)
{
    struct cut *cut = filling->cut;

    if (cut->to[element] < cut->from[element]) {
        cut->from[element] = filling->part;
    }
    cut->to[element] = filling->part;
}

static void
mark_all(struct filling *filling, int element)
{
    for (int i = element; i < (int)filling->page->count; i++) {
        if (is_under(filling->page, i, element)) {
            mark(filling, i);
        }
    }
}

static bool
fits(const struct filling *filling, int height)
{
    return filling->used + filling->gap + height <= room_of(filling);
}

static void
take(struct filling *filling, int height, int gap_after)
{
    if (!fits(filling, height)) {
        filling->overflowed = true;
        filling->overflowed_last |= filling->part >= filling->last_from;
    }
    filling->used += filling->gap + height;
    filling->gap = gap_after;
}

/* --- what belongs over what follows ------------------------------------------------
 */

static bool
leads(const struct filling *filling, const struct band *band)
{
    const struct element *element = &filling->page->elements[band->first];

    switch ((int)element->role) {
    case ROLE_SECTION:
    case ROLE_HEADLINE:
    case ROLE_MONTH:
    case ROLE_WEEKDAYS:
    case ROLE_LANGUAGES:
    case ROLE_TITLE:
        return true;
    case ROLE_SEGMENTS:
        return element->label[0] == '\0'; /* else it is a question of its own */
    case ROLE_FIELD:
        return keyboard_of(filling->page) < 0; /* what was looked for */
    default:
        return false;
    }
}

/* The bands over the one at `body`, from `first` on: repeated on every part of it. */
struct head {
    const struct stack *stack;
    int first, body;
    int height; /* with the gaps behind them */
    bool shown; /* on a part before */
};

static struct head
head_of(const struct filling *filling, const struct stack *stack, int first)
{
    struct head head = {.stack = stack, .first = first, .body = first};

    while (head.body < stack->count - 1 && leads(filling, &stack->bands[head.body])) {
        head.height += stack->bands[head.body].height + stack->bands[head.body].gap;
        head.body++;
    }
    return head;
}

static void
put_head(struct filling *filling, const struct head *head)
{
    for (int i = head->first; i < head->body; i++) {
        const struct band *band = &head->stack->bands[i];

        mark_all(filling, band->first);
        take(filling, band->height, band->gap);
    }
}

/* Begins a part for what needs that height, if it has to, with the head over it. */
static void
make_room(struct filling *filling, struct head *head, bool headed, int height)
{
    if (!fits(filling, (headed ? 0 : head->height) + height) && filling->used > 0) {
        next_part(filling);
        headed = false;
    }
    if (headed || head->first == head->body) {
        return;
    }
    if (head->shown && !fits(filling, head->height + height)) {
        head->first = head->body; /* it was read, and now it stands in the way */
        head->height = 0;
        return;
    }
    put_head(filling, head);
    head->shown = true;
    if (!fits(filling, height)) {
        head->first = head->body; /* no room for both: it stands alone, and once */
        head->height = 0;
        next_part(filling);
    }
}

/* --- cards ------------------------------------------------------------------------ */

static bool
can_be_cut(const struct page *page, int element)
{
    enum role role = page->elements[element].role;

    return (role == ROLE_CARD || role == ROLE_TICKET || role == ROLE_NUMBER ||
            role == ROLE_SLIP || role == ROLE_HAND_OVER || role == ROLE_CHANNEL) &&
           child_first(page, element) >= 0;
}

bool
cut_has_words(const struct element *card)
{
    return (card->role == ROLE_NUMBER || card->role == ROLE_SLIP) &&
           card->label[0] != '\0';
}

void
cut_take_words(struct element *card)
{
    card->label = card->value = card->detail = "";
}

/* Whether a card may not be cut between this child and the one before it. */
static bool
stays_with(const struct filling *filling, int child, int before)
{
    const struct element *elements = filling->page->elements;
    enum role role = elements[child].role;

    return elements[before].role == ROLE_HEADING || role == ROLE_TICKET_TIME ||
           role == ROLE_TICKET_PLACE || role == ROLE_TICKET_CODE;
}

/* The code for a scanner beside a card's own words, and where one is called. */
static bool
is_beside_words(const struct page *page, int child)
{
    enum role role = page->elements[child].role;

    return role == ROLE_QR || role == ROLE_TICKET_PLACE;
}

struct children {
    int list[PAGE_ELEMENTS_MAX];
    int count;
};

/* What of a card stands on a part: its own words, and some of its children. */
struct piece {
    bool words;
    int first, end;
};

static void
children_of(const struct page *page, int card, struct children *children)
{
    children->count = 0;
    for (int i = child_first(page, card); i >= 0; i = child_next(page, i)) {
        children->list[children->count++] = i;
    }
}

static int
height_of_piece(struct filling *filling, int card, const struct children *children,
                struct piece piece)
{
    struct element *elements = filling->page->elements;
    const struct element whole = elements[card];
    int height;

    for (int i = 0; i < children->count; i++) {
        bool on_it = i >= piece.first && i < piece.end;

        elements[children->list[i]].parent = on_it ? card : CUT_HIDDEN;
    }
    if (!piece.words && cut_has_words(&whole)) {
        cut_take_words(&elements[card]);
    }
    height = stack_part_height(filling->build, card, filling->width);
    elements[card] = whole;
    for (int i = 0; i < children->count; i++) {
        elements[children->list[i]].parent = card;
    }
    return height;
}

/* The least that stands together: a group of children; or the card's words, with what
 * is beside and right below them. */
static int
end_of_group(const struct filling *filling, const struct children *children, bool words,
             int first)
{
    const struct page *page = filling->page;
    int end = words ? first : first + 1;

    while (end < children->count &&
           (words ? is_beside_words(page, children->list[end])
                  : stays_with(filling, children->list[end], children->list[end - 1])))
    {
        end++;
    }
    return end;
}

static void
put_piece(struct filling *filling, int card, const struct children *children,
          struct piece piece)
{
    mark(filling, card);
    for (int i = piece.first; i < piece.end; i++) {
        mark_all(filling, children->list[i]);
    }
}

/* Without room beside what a card says the code is a piece of its own, after what is
 * read. */
static void
put_code_last(struct filling *filling, int card, struct children *children)
{
    const struct element *elements = filling->page->elements;
    struct piece top = {.words = cut_has_words(&elements[card])};
    int code = children->list[0];

    if (children->count < 2 || elements[code].role != ROLE_QR ||
        (!top.words && elements[card].role != ROLE_TICKET))
    {
        return;
    }
    top.end = end_of_group(filling, children, top.words, top.words ? 0 : 1);
    if (height_of_piece(filling, card, children, top) <= room_of(filling)) {
        return;
    }
    memmove(&children->list[0], &children->list[1],
            (size_t)(children->count - 1) * sizeof(children->list[0]));
    children->list[children->count - 1] = code;
}

static void
put_cut_card(struct filling *filling, const struct band *band, struct head *head)
{
    struct page *page = filling->page;
    struct children children;
    int card = band->first;
    struct piece piece = {.words = cut_has_words(&page->elements[card])};
    bool headed = false;

    children_of(page, card, &children);
    put_code_last(filling, card, &children);
    while (piece.words || piece.first < children.count) {
        int height;

        piece.end = end_of_group(filling, &children, piece.words, piece.first);
        height = height_of_piece(filling, card, &children, piece);
        while (piece.end > piece.first + !piece.words && height > room_of(filling)) {
            piece.end--; /* not all that belongs together has room */
            height = height_of_piece(filling, card, &children, piece);
        }
        make_room(filling, head, headed, height);
        while (piece.end < children.count) {
            struct piece more = piece;
            int higher;

            more.end = end_of_group(filling, &children, false, piece.end);
            higher = height_of_piece(filling, card, &children, more);
            if (!fits(filling, higher)) {
                break;
            }
            piece = more;
            height = higher;
        }
        put_piece(filling, card, &children, piece);
        take(filling, height, band->gap);
        piece = (struct piece){.first = piece.end};
        if (piece.first < children.count) {
            next_part(filling);
        }
    }
}

/* A card is left whole where that leaves no large hole. */
static bool
is_cut(const struct filling *filling, const struct band *band, const struct head *head)
{
    int height = head->height + band->height;

    if (!can_be_cut(filling->page, band->first) || fits(filling, height)) {
        return false;
    }
    return height > room_of(filling) || filling->used < room_of(filling) / 2;
}

/* --- rows ------------------------------------------------------------------------- */

/* How many parts of the band stand in the row that begins at `first`, where `left` of
 * them are to come. */
static int
row_length(const struct page *page, const struct band *band, int first, int left)
{
    const struct element *elements = page->elements;
    int length = 1;

    if (elements[first].role != ROLE_DAY) {
        return left < band->columns ? left : band->columns;
    }
    for (int next = child_next(page, first);
         length < left &&
         day_column_of(page, &elements[next]) > day_column_of(page, &elements[first]);
         next = child_next(page, next))
    {
        first = next;
        length++;
    }
    return length;
}

static void
put_rows(struct filling *filling, const struct band *band, struct head *head,
         bool headed)
{
    int part = band->first;

    for (int left = band->count; left > 0;) {
        int length = row_length(filling->page, band, part, left);

        make_room(filling, head, headed, band->height);
        headed = true;
        left -= length;
        while (length-- > 0) {
            mark_all(filling, part);
            part = child_next(filling->page, part);
        }
        take(filling, band->height, band->row_gap);
    }
    filling->gap = band->gap;
}

/* What is no life event of the municipality's stands with the others on every part,
 * where tiles stand side by side: large ones under each other are a list, to its end.
 */
static bool
is_everywhere(const struct element *element)
{
    return element->role == ROLE_TILE && (element->flags & ELEMENT_PRIMARY) != 0;
}

static void
put_tiles(struct filling *filling, const struct band *band, struct head *head)
{
    const struct page *page = filling->page;
    int always = 0;
    int rows, each, placed = 0;

    for (int i = 0; i < band->count; i++) {
        always += is_everywhere(&page->elements[band->first + i]);
    }
    put_head(filling, head);
    rows = (room_of(filling) - filling->used - filling->gap + band->row_gap) /
           (band->height + band->row_gap);
    each = rows * band->columns - always;
    each = each > 0 ? each : 1;
    for (int i = 0; i < band->count; i++) {
        int element = band->first + i;

        if (is_everywhere(&page->elements[element])) {
            continue;
        }
        if (placed > 0 && placed % each == 0) {
            next_part(filling);
            put_head(filling, head);
        }
        mark(filling, element);
        placed++;
    }
    for (int i = 0; i < band->count; i++) {
        int element = band->first + i;

        if (is_everywhere(&page->elements[element])) {
            filling->cut->from[element] = 0;
            filling->cut->to[element] = filling->part;
        }
    }
}

/* --- all of it -------------------------------------------------------------------- */

static int
put_run(struct filling *filling, const struct stack *stack, int first)
{
    struct head head = head_of(filling, stack, first);
    enum role role = filling->page->elements[stack->bands[head.body].first].role;
    int band = head.body;
    bool headed = false;

    do {
        const struct band *it = &stack->bands[band];

        if (role == ROLE_TILE && it->columns > 1) {
            put_tiles(filling, it, &head);
        } else if (is_cut(filling, it, &head)) {
            put_cut_card(filling, it, &head);
        } else {
            put_rows(filling, it, &head, headed);
        }
        headed = true;
        band++;
    } while (band < stack->count &&
             !can_be_cut(filling->page, stack->bands[band].first) &&
             filling->page->elements[stack->bands[band].first].role == role);
    return band;
}

/* The last part of a band: what a part holds stands between it and the next. */
static int
last_of(const struct page *page, const struct band *band)
{
    int part = band->first;

    for (int i = 1; i < band->count; i++) {
        part = child_next(page, part);
    }
    return part;
}

/* What is in no band stands on every part; what is in one on none as yet. */
static void
clear(struct filling *filling, const struct stack *stack)
{
    struct cut *cut = filling->cut;

    for (int i = 0; i < (int)filling->page->count; i++) {
        cut->from[i] = 0;
        cut->to[i] = PAGE_ELEMENTS_MAX;
    }
    for (int band = 0; band < stack->count; band++) {
        int first = stack->bands[band].first;
        int last = last_of(filling->page, &stack->bands[band]);

        for (int i = first; i < (int)filling->page->count; i++) {
            int top = i;

            while (filling->page->elements[top].parent >= 0) {
                top = filling->page->elements[top].parent;
            }
            if (top >= first && top <= last) {
                cut->to[i] = -1;
            }
        }
    }
}

/* Each part of an explanation is read by itself. */
static bool
begins_part(const struct filling *filling, const struct stack *stack, int band)
{
    return band == filling->band_last ||
           (is_explanation(filling->page, stack->bands[band].first) &&
            filling->page->elements[stack->bands[band].first].number > 1);
}

static void
fill(struct filling *filling, const struct stack *stack)
{
    filling->part = filling->used = filling->gap = 0;
    filling->overflowed = filling->overflowed_last = false;
    clear(filling, stack);
    for (int band = 0; band < stack->count;) {
        if (begins_part(filling, stack, band) && filling->used > 0) {
            next_part(filling);
        }
        band = put_run(filling, stack, band);
    }
    for (int i = 0; i < (int)filling->page->count; i++) {
        assert(filling->cut->to[i] >= filling->cut->from[i]); /* nothing is lost */
    }
}

/* The foot gets a part of its own, with the last band over it where that has room.
 * Returns how many parts that makes more than are filled. */
static int
set_apart(struct filling *filling, const struct stack *stack)
{
    filling->last_from++;
    filling->band_last = stack->count - 1;
    fill(filling, stack);
    if (filling->overflowed_last) {
        filling->band_last = -1;
        fill(filling, stack);
    }
    return filling->part < filling->last_from;
}

/* The bar over the parts of an explanation stands on each: what is in no band does. */
static void
take_bar(struct filling *filling, struct stack *stack)
{
    int over;

    if (stack->count < 2 ||
        filling->page->elements[stack->bands[0].first].role != ROLE_PARTS)
    {
        return;
    }
    over = stack->bands[0].height + stack->bands[0].gap;
    filling->room -= over;
    filling->room_last -= over;
    stack->count--;
    memmove(&stack->bands[0], &stack->bands[1],
            (size_t)stack->count * sizeof(stack->bands[0]));
}

void
cut_slot(struct build *build, struct page *page, enum slot slot, struct rectangle room,
         int room_last, struct cut *cut)
{
    struct stack stack;
    struct filling filling = {
        .build = build,
        .page = page,
        .cut = cut,
        .width = room.width,
        .room = room.height,
        .room_last = room_last,
        .last_from = PAGE_ELEMENTS_MAX,
        .band_last = -1,
    };
    int apart = 0;

    stack_gather(build, slot, room.width, &stack);
    take_bar(&filling, &stack);
    room_last = filling.room_last;
    fill(&filling, &stack);
    if (filling.used > room_last) {
        filling.last_from = filling.part;
        fill(&filling, &stack);
        if (filling.overflowed_last) {
            apart = set_apart(&filling, &stack);
        }
    }
    cut->parts = filling.part + 1 + apart;
    cut->overflows = filling.overflowed;
}
