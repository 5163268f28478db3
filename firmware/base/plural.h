#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Which form of a text goes with a number: the C expression of a gettext file's
 * Plural-Forms, as "nplurals=2; plural=n != 1;".
 */

#define PLURAL_NODES_MAX 128

struct plural_node {
    char operation; /* see plural.c */
    unsigned char left, right, other;
    unsigned long number;
};

struct plural {
    unsigned long forms;
    struct plural_node nodes[PLURAL_NODES_MAX];
    size_t count;
    unsigned char root;
};

bool plural_parse(const char *text, struct plural *plural);
unsigned long plural_form(const struct plural *plural, unsigned long number);
