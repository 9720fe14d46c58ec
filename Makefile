# onedockerfile
#
#   make               build/onedockerfile, with the system's libgit2, libyaml and cJSON
#   make deps          install what building and testing need (apt-get, with sudo when not root)
#   make demo          a refused commit, a refused push and the way out, on a repository of its own
#   make check         install what is missing, build, and run every test
#                      T="tests/e2e/push.bats ..." some of them; SANITIZE=address,undefined; CC=clang
#   make lint          formatting, static analysis, layers, tables, scripts
#   make fuzz          TIME seconds of libFuzzer for each target (F=name for one)
#   make coverage      what the tests do not reach
#   make install       PREFIX=/usr/local DESTDIR=; make uninstall takes it away again
#   make clean

CC      ?= gcc
PREFIX  ?= /usr/local
CFLAGS  ?= -O2 -g
BUILD   := build
VERSION := $(shell sed -n 's/^\#define VERSION "\(.*\)"/\1/p' src/cli/version.h)
WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes \
           -Wold-style-definition -Wundef -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla $(WERROR)
WERROR   = $(if $(CI),-Werror)
HARDEN   = -fPIE -fstack-protector-strong $(if $(SANITIZE),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
LIBS     = libgit2 yaml-0.1 libcjson
PACKAGES := $(shell tests/deps.sh --flags $(LIBS))

ifneq ($(SANITIZE),)
BUILD    := build/$(SANITIZE)
SANITIZER = -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
CPPFLAGS += -DARENA_DEBUG
endif

# Every .c file under src is part of the program; every tests/unit/test_*.c is a test.
SOURCES := $(wildcard src/*.c src/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
LIBRARY := $(filter-out $(BUILD)/src/main.o,$(OBJECTS))
UNIT    := $(patsubst %.c,$(BUILD)/%.t,$(wildcard tests/unit/test_*.c))
SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
PAGES   := $(wildcard policies/*.yaml policies/rules/*.md)
COMPILE  = $(CC) -std=gnu11 -D_GNU_SOURCE -Isrc -I. $(WARNINGS) $(HARDEN) $(CPPFLAGS) $(CFLAGS) \
           $(SANITIZER) $(filter-out -l% -L%,$(PACKAGES))
LINK     = $(CC) -pie -Wl,-z,relro,-z,now $(CFLAGS) $(SANITIZER) $(LDFLAGS)

all: $(BUILD)/onedockerfile

$(BUILD)/onedockerfile: $(OBJECTS)
	$(LINK) -o $@ $^ $(filter -l% -L%,$(PACKAGES))

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/embedded.c: policies/embed.sh $(PAGES)
	@mkdir -p $(@D)
	sh policies/embed.sh $(PAGES) > $@.new && mv $@.new $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	$(COMPILE) -c -o $@ $<

$(BUILD)/tests/unit/%.t: $(BUILD)/tests/unit/%.o $(SUPPORT) $(LIBRARY)
	$(LINK) -o $@ $^ $(filter -l% -L%,$(PACKAGES)) -lcmocka

deps:
	sh tests/deps.sh --install

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(SUPPORT:.o=.d) $(UNIT:.t=.d)
.PHONY: all deps clean demo check lint fuzz coverage install uninstall
.SECONDARY:
