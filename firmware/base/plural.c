#include "base/plural.h"

#include <stdint.h>
#include <string.h>

#define DEPTH_MAX 40 /* of parentheses and the like; real rules have ten */
#define FORMS_MAX 10 /* Arabic, with six, has the most */
#define NUMBER_MAX 1000000ul

/* One character an operation; two-character ones have a letter. */
enum {
    OPERATION_COUNT = 'n',
    OPERATION_NUMBER = '0',
    OPERATION_CHOICE = '?',
    OPERATION_EQUAL = 'e',
    OPERATION_UNEQUAL = 'u',
    OPERATION_AT_MOST = 'l',
    OPERATION_AT_LEAST = 'g',
    OPERATION_AND = '&',
    OPERATION_OR = '|',
};

struct parser {
    struct plural *plural;
    const char *at;
    int depth;
    bool failed;
};

static unsigned char parse_choice(struct parser *parser);

static unsigned char
add_node(struct parser *parser, struct plural_node node)
{
    if (parser->plural->count == PLURAL_NODES_MAX) {
        parser->failed = true;
        return 0;
    }
    parser->plural->nodes[parser->plural->count] = node;
    return (unsigned char)parser->plural->count++;
}

static bool
take(struct parser *parser, const char *wanted)
{
    size_t length = strlen(wanted);

    parser->at += strspn(parser->at, " \t");
    if (strncmp(parser->at, wanted, length) != 0) {
        return false;
    }
    parser->at += length;
    return true;
}

static bool
take_number(struct parser *parser, unsigned long *number)
{
    *number = 0;
    parser->at += strspn(parser->at, " \t");
    if (*parser->at < '0' || *parser->at > '9') {
        return false;
    }
    while (*parser->at >= '0' && *parser->at <= '9' && *number < NUMBER_MAX) {
        *number = *number * 10 + (unsigned long)(*parser->at++ - '0');
    }
    return true;
}

static unsigned char
parse_primary(struct parser *parser)
{
    struct plural_node node = {.operation = OPERATION_NUMBER};
    unsigned char inner;

    if (parser->failed || ++parser->depth > DEPTH_MAX) {
        parser->failed = true;
        return 0;
    }
    if (take(parser, "!")) {
        inner = parse_primary(parser);
        node = (struct plural_node){.operation = '!', .left = inner};
        inner = add_node(parser, node);
    } else if (take(parser, "(")) {
        inner = parse_choice(parser);
        parser->failed = parser->failed || !take(parser, ")");
    } else if (take(parser, "n")) {
        node.operation = OPERATION_COUNT;
        inner = add_node(parser, node);
    } else {
        parser->failed = !take_number(parser, &node.number);
        inner = add_node(parser, node);
    }
    parser->depth--;
    return inner;
}

/* The binary operators, those of a lower level bind less; "<=" stands before "<". */
static const struct {
    const char *text;
    char operation;
    int level;
} operators[] = {
    {"||", OPERATION_OR, 0},
    {"&&", OPERATION_AND, 1},
    {"==", OPERATION_EQUAL, 2},
    {"!=", OPERATION_UNEQUAL, 2},
    {"<=", OPERATION_AT_MOST, 3},
    {">=", OPERATION_AT_LEAST, 3},
    {"<", '<', 3},
    {">", '>', 3},
    {"+", '+', 4},
    {"-", '-', 4},
    {"*", '*', 5},
    {"/", '/', 5},
    {"%", '%', 5},
};

#define LEVELS 6

static char
take_operator(struct parser *parser, int level)
{
    for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
        if (operators[i].level == level && take(parser, operators[i].text)) {
            return operators[i].operation;
        }
    }
    return '\0';
}

static unsigned char
parse_binary(struct parser *parser, int level)
{
    unsigned char left, right;
    char operation;

    if (level == LEVELS) {
        return parse_primary(parser);
    }
    left = parse_binary(parser, level + 1);
    while (!parser->failed && (operation = take_operator(parser, level)) != '\0') {
        right = parse_binary(parser, level + 1);
        left = add_node(
            parser,
            (struct plural_node){.operation = operation, .left = left, .right = right});
    }
    return left;
}

static unsigned char
parse_choice(struct parser *parser)
{
    unsigned char condition, yes, no;

    if (parser->failed || ++parser->depth > DEPTH_MAX) {
        parser->failed = true;
        return 0;
    }
    condition = parse_binary(parser, 0);
    if (!parser->failed && take(parser, "?")) {
        yes = parse_choice(parser);
        parser->failed = parser->failed || !take(parser, ":");
        no = parse_choice(parser);
        condition = add_node(parser, (struct plural_node){.operation = OPERATION_CHOICE,
                                                          .left = condition,
                                                          .right = yes,
                                                          .other = no});
    }
    parser->depth--;
    return condition;
}

bool
plural_parse(const char *text, struct plural *plural)
{
    struct parser parser = {.plural = plural, .at = text};

    *plural = (struct plural){0};
    if (!take(&parser, "nplurals") || !take(&parser, "=") ||
        !take_number(&parser, &plural->forms) || plural->forms < 1 ||
        plural->forms > FORMS_MAX || !take(&parser, ";") || !take(&parser, "plural") ||
        !take(&parser, "="))
    {
        return false;
    }
    plural->root = parse_choice(&parser);
    take(&parser, ";");
    parser.at += strspn(parser.at, " \t\r");
    return !parser.failed && (*parser.at == '\0' || *parser.at == '\n');
}

static unsigned long
calculate(char operation, unsigned long a, unsigned long b)
{
    switch (operation) {
    case OPERATION_EQUAL:
        return a == b;
    case OPERATION_UNEQUAL:
        return a != b;
    case OPERATION_AT_MOST:
        return a <= b;
    case OPERATION_AT_LEAST:
        return a >= b;
    case OPERATION_AND:
        return a != 0 && b != 0;
    case OPERATION_OR:
        return a != 0 || b != 0;
    case '<':
        return a < b;
    case '>':
        return a > b;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    case '/':
        return b != 0 ? a / b : 0; /* by zero: the file's mistake, the first form */
    default:
        return b != 0 ? a % b : 0;
    }
}

static unsigned long
evaluate(const struct plural *plural, unsigned char place, unsigned long number)
{
    const struct plural_node *node = &plural->nodes[place];

    switch (node->operation) {
    case OPERATION_COUNT:
        return number;
    case OPERATION_NUMBER:
        return node->number;
    case '!':
        return evaluate(plural, node->left, number) == 0;
    case OPERATION_CHOICE:
        return evaluate(plural,
                        evaluate(plural, node->left, number) != 0 ? node->right
                                                                  : node->other,
                        number);
    default:
        return calculate(node->operation, evaluate(plural, node->left, number),
                         evaluate(plural, node->right, number));
    }
}

unsigned long
plural_form(const struct plural *plural, unsigned long number)
{
    unsigned long form = evaluate(plural, plural->root, number);

    return form < plural->forms ? form : 0;
}
