#pragma once

#include "device/speaker.h"

/* The speaker that makers give back; takes `maker` over. */
struct speaker *speaker_make(const struct speaker_operations *operations, void *maker);
