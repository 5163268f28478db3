# Loketzuil. `make help` lists what can be made.

BUILD ?= build
CC ?= gcc
CLANG ?= clang
JOBS ?= $(shell nproc)
MAKEFLAGS += --no-builtin-rules

PACKAGES := libdrm freetype2 harfbuzz fribidi libqrencode sqlite3 libcurl libmicrohttpd \
	yajl libsodium inih libpng espeak-ng alsa
TEST_PACKAGES := cmocka

# What a kiosk can show itself on. One for a device leaves windows out: "memory drm".
DISPLAYS ?= memory drm sdl
ifeq ($(sort $(DISPLAYS)),drm memory sdl)
PACKAGES += sdl2
LEFT_OUT := firmware/device/display/display_sdl_absent.c
else ifeq ($(sort $(DISPLAYS)),drm memory)
LEFT_OUT := firmware/device/display/display_sdl.c
else
$(error DISPLAYS must be "memory drm" or "memory drm sdl", not "$(DISPLAYS)")
endif

WARNINGS := \
	-Wall \
	-Wextra \
	-Wpedantic \
	-Wshadow \
	-Wconversion \
	-Wformat=2 \
	-Wmissing-prototypes \
	-Wstrict-prototypes \
	-Wswitch-enum \
	-Wundef \
	-Wvla \
	-Wwrite-strings \
	-Werror

CPPFLAGS_ALL = -D_GNU_SOURCE -Iinclude -Ifirmware \
	$(patsubst -I%,-isystem %,$(shell pkg-config --cflags-only-I $(PACKAGES))) $(CPPFLAGS)
CFLAGS_ALL = -std=c17 -g $(WARNINGS) $(CFLAGS)
LDLIBS = -Wl,--as-needed $(shell pkg-config --libs $(PACKAGES)) -lm -pthread
SANITIZE := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
FUZZ_SANITIZE := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all

SOURCES := $(filter-out $(LEFT_OUT),$(sort $(shell find firmware -name '*.c')))
PROGRAM_SOURCES := $(wildcard firmware/programs/*.c)
LIBRARY_SOURCES := $(filter-out $(PROGRAM_SOURCES),$(SOURCES))
PROGRAMS := $(PROGRAM_SOURCES:firmware/programs/%.c=%)
TESTS := $(patsubst tests/%.c,%,$(wildcard tests/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 20
BENCHES := bench_paint bench_load bench_disk bench_book
SOAK_OBJECTS := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/soak/*.c)) \
	$(BUILD)/obj/tests/support/book_ask.o $(BUILD)/obj/tests/support/book_setup.o
TEST_SUPPORT := $(wildcard tests/support/*.c)
LANGUAGES := $(patsubst assets/translations/%.po,%,$(wildcard assets/translations/*.po))
TRANSLATIONS = $(LANGUAGES:%=$(BUILD)/translations/%.mo)

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all run test check tests journeys clang format golden bench soak fuzz faults help \
	clean setup image image-check image-run image-same image-setup image-test flash

all: $(PROGRAMS:%=$(BUILD)/%) $(TRANSLATIONS) ## build the three programs (default)

run: setup ## start back office and kiosk with the example municipality
	$(MAKE) -j$(JOBS) all
	board/run $(BUILD)

test: setup ## everything that must hold; ends with "N passed, N failed"
	@board/host-packages install tests/host-packages
	$(MAKE) -j$(JOBS) all tests clang
	tests/run $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## install what build, run and tests need (asks apt only when missing)
	@board/host-packages install

# --- objects: one set to ship, one with sanitizers to test, one by clang to fuzz ---

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -O2 $(CFLAGS_ALL) -MMD -MP -c $< -o $@

$(BUILD)/san/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(SANITIZE) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

$(BUILD)/clang/%.o: %.c
	@mkdir -p $(@D)
	$(CLANG) $(CPPFLAGS_ALL) -O1 $(FUZZ_SANITIZE) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

$(BUILD)/loketzuil.a: $(LIBRARY_SOURCES:%.c=$(BUILD)/obj/%.o)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/san/loketzuil.a: $(LIBRARY_SOURCES:%.c=$(BUILD)/san/%.o) \
		$(TEST_SUPPORT:%.c=$(BUILD)/san/%.o)
	@rm -f $@
	$(AR) rcs $@ $^

$(PROGRAMS:%=$(BUILD)/%): $(BUILD)/%: $(BUILD)/obj/firmware/programs/%.o $(BUILD)/loketzuil.a
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) $^ $(LDLIBS) -o $@

# The same programs with sanitizers, for the tests that start a program.
$(PROGRAMS:%=$(BUILD)/san/%): $(BUILD)/san/%: $(BUILD)/san/firmware/programs/%.o \
		$(BUILD)/san/loketzuil.a
	$(CC) $(CFLAGS_ALL) $(SANITIZE) $(LDFLAGS) $^ $(LDLIBS) -o $@

$(TESTS:%=$(BUILD)/tests/%): $(BUILD)/tests/%: $(BUILD)/san/tests/%.o $(BUILD)/san/loketzuil.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(SANITIZE) $(LDFLAGS) $(filter %.o,$^) $(filter %.a,$^) $(LDLIBS) \
		$(shell pkg-config --libs $(TEST_PACKAGES)) -o $@

# Linked before the library, which has the other one.
$(BUILD)/tests/test_display_absent: $(BUILD)/san/firmware/device/display/display_sdl_absent.o

$(BUILD)/translations/%.mo: assets/translations/%.po
	@mkdir -p $(@D)
	msgfmt --check --output-file=$@ $<

tests: $(TESTS:%=$(BUILD)/tests/%) $(PROGRAMS:%=$(BUILD)/san/%) $(TRANSLATIONS) \
	$(FUZZERS:%=$(BUILD)/fuzz/%) $(BUILD)/faults/kill_at.so \
	$(BUILD)/soak/soak_book

clang: $(SOURCES:%.c=$(BUILD)/clang/%.o) $(patsubst %.c,$(BUILD)/clang/%.o,$(wildcard tests/*.c))

# One test by name: make test-outbox
test-%: $(BUILD)/tests/test_% $(PROGRAMS:%=$(BUILD)/san/%) $(TRANSLATIONS)
	BUILD=$(BUILD) $<

# Every parser of outside bytes, with everything below it watched by libFuzzer.
$(BUILD)/fuzz/loketzuil.a: $(LIBRARY_SOURCES:%.c=$(BUILD)/clang/%.o)
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $^

$(FUZZERS:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: $(BUILD)/clang/tests/fuzz/%.o \
		$(BUILD)/fuzz/loketzuil.a
	$(CLANG) -fsanitize=fuzzer,address,undefined $(LDFLAGS) $^ $(LDLIBS) -o $@

fuzz: $(FUZZERS:%=$(BUILD)/fuzz/%) ## every parser of outside bytes, FUZZ_SECONDS=20 each
	set -e; for fuzzer in $^; do \
		$$fuzzer -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$$fuzzer- \
			-verbosity=0; done

# Not sanitized: what it measures is what ships.
$(BENCHES:%=$(BUILD)/bench/%): $(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o \
		$(BUILD)/obj/tests/support/page_file.o $(BUILD)/loketzuil.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) $^ $(LDLIBS) -o $@

# A program as it is, but it tells which timers ring.
$(PROGRAMS:%=$(BUILD)/bench/%): $(BUILD)/bench/%: $(BUILD)/obj/firmware/programs/%.o \
		$(BUILD)/obj/tests/bench/bench_wrap.o $(BUILD)/loketzuil.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) -Wl,--wrap=loop_add_timer,--wrap=display_present \
		-Wl,--wrap=presenter_pointer $^ $(LDLIBS) -o $@

bench: setup ## figures: start, repaint, idle, events and bookings a second, a full book
	$(MAKE) -j$(JOBS) all $(BENCHES:%=$(BUILD)/bench/%) $(PROGRAMS:%=$(BUILD)/bench/%)
	tests/bench/report $(BUILD)

# As it ships: with sanitizers fewer would want the same at once.
$(BUILD)/soak/soak_book: $(SOAK_OBJECTS) $(BUILD)/loketzuil.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) $^ $(LDLIBS) $(shell pkg-config --libs $(TEST_PACKAGES)) -o $@

soak: setup $(BUILD)/soak/soak_book $(BUILD)/tests/test_lease_rounds $(BUILD)/tests/test_monkey \
		$(TRANSLATIONS) ## what takes long: a million bookings, 10,000 rounds of leases, a monkey
	BUILD=$(BUILD) tests/suite_soak --all
	LEASE_ROUNDS=10000 $(BUILD)/tests/test_lease_rounds
	seq $(JOBS) | BUILD=$(BUILD) xargs -P $(JOBS) -I{} env MONKEY_SEED={}$$(date +%s) \
		MONKEY_ACTIONS=$$((1000000 / $(JOBS))) $(BUILD)/tests/test_monkey

# Preloaded by tests/suite_faults; with sanitizers it could not be.
$(BUILD)/faults/kill_at.so: tests/faults/kill_at.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -O2 $(CFLAGS_ALL) -shared -fPIC $(LDFLAGS) $< -o $@

faults: all $(BUILD)/faults/kill_at.so ## SIGKILL at every step of a visit (long)
	BUILD=$(BUILD) tests/suite_faults --all

image-setup: setup
	@board/host-packages install board/image/host-packages

image: image-setup ## build the card's image
	$(MAKE) -j$(JOBS) $(BUILD)/loketzuilctl
	board/image/build $(BUILD)/image $(BUILD)/loketzuilctl

image-run: image ## boot the card in QEMU, to look at by VNC (VNC=3: port 5903)
	$(MAKE) -j$(JOBS) all
	tests/image/look $(BUILD) $(VNC)

image-check: setup ## what can be judged of the image without making and starting it
	@board/host-packages install tests/image/host-packages
	tests/image/check

image-test: image ## boot the card in QEMU and judge it: a visit, a power cut, a forgery
	$(MAKE) -j$(JOBS) all
	tests/image/run $(BUILD)

image-same: image ## build the image once more, elsewhere: the same bytes must come out
	rm -rf $(BUILD)/image-same
	board/image/build $(BUILD)/image-same $(BUILD)/loketzuilctl
	diff $(BUILD)/image/SHA256SUMS $(BUILD)/image-same/SHA256SUMS

flash: ## write the image to a card: make flash DEVICE=/dev/sdX
	board/flash $(BUILD)/image/loketzuil.img "$(DEVICE)" $(FLASH)

format: ## bring every C file into the house format
	git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format -i

clean: ## remove everything that was made
	rm -rf $(BUILD)

# The images' own folders hold another machine's tree.
-include $(shell find $(BUILD) -path '$(BUILD)/image*' -prune -o -name '*.d' -print 2>/dev/null)
