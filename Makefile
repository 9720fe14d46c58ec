# onedockerfile
#
#   make               build/onedockerfile, with the system's libgit2, libyaml, cJSON, zlib and libdeflate
#   make release       build/release/onedockerfile, static, with pinned libraries: what is shipped
#   make check-release run rules.t and the end-to-end tests (or T=...) on that binary
#   make check-history REPO=DIR: each commit of it by itself, by both binaries (RANGE=A..B: only those)
#   make deps          install what building and testing need (apt-get, with sudo when not root)
#   make demo          a refused commit, a refused push and the way out, on a repository of its own
#   make check         install what is missing, build, and run every test
#                      T=unit or T="tests/e2e/push.bats tests/unit/test_path.c" some of them
#                      SANITIZE=address,undefined; CC=clang BUILD=build/clang
#   make check-docker  read as a real Docker engine does; it is fetched from Debian into build/
#   make check-failures   each allocation and each system call fails once (QUICK=1: some of them)
#   make check-integrations   what reads reports and runs hooks and templates, each the real one
#                      HOSTILE=200000 SEED=7 T=tests/integrations/mass.bats: so many hostile strings
#   make lint          formatting, static analysis, layers, tables, scripts
#   make fuzz          TIME seconds of libFuzzer for each target (F=name for one), after its corpus
#   make bench         time and memory against git's for the same objects (QUICK=1: under a minute)
#   make coverage      branches that no test takes; fails under FLOOR=90 percent of them
#   make mutate        change N=100 tokens one at a time: FLOOR=85 percent must fail a test
#   make install       PREFIX=/usr/local DESTDIR=; make uninstall takes it away again
#   make dist          a tarball of what is committed
#   make clean

CC      ?= gcc
PREFIX  ?= /usr/local
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
CFLAGS  ?= -O2 -g
BUILD   := build
VERSION := $(shell sed -n 's/^\#define VERSION "\(.*\)"/\1/p' src/cli/version.h)
WARNINGS = -Wall -Wextra -Wconversion -Wshadow -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes \
           -Wold-style-definition -Wundef -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla $(WERROR)
WERROR   = $(if $(CI),-Werror)
# Stack clash protection costs our own code 4 % (libraries: nothing); clang 14 cannot fill with zero.
HARDEN   = -fPIE -fstack-protector-strong $(if $(SANITIZE),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 $(ZERO))
ZERO     = $(if $(findstring clang,$(CC)),,-ftrivial-auto-var-init=zero)
LIBS     = libgit2 yaml-0.1 libcjson zlib libdeflate
PACKAGES := $(shell tests/deps.sh --flags $(LIBS))

ifneq ($(SANITIZE),)
BUILD    := build/$(SANITIZE)
SANITIZER = -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
CPPFLAGS += -DARENA_DEBUG
endif

# In one file that needs nothing of its machine, and the same bytes wherever it is built.
ifdef RELEASE
BUILD    := build/release
PACKAGES := -isystem $(BUILD)/include -L$(BUILD)/lib -lgit2 -lyaml -lcjson -lz -ldeflate
FAST      = -O3 -flto=auto
SMALL     = $(FAST) -ffunction-sections -fdata-sections -ffile-prefix-map=$(CURDIR)/=
STATIC    = $(FAST) -static-pie -s -Wl,--gc-sections,--build-id=none
PINNED    = $(BUILD)/lib/built
endif

# Every .c file under src is part of the program; every tests/unit/test_*.c is a test.
SOURCES := $(sort $(wildcard src/*.c src/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
LIBRARY := $(filter-out $(BUILD)/src/main.o,$(OBJECTS))
UNIT    := $(patsubst %.c,$(BUILD)/%.t,$(wildcard tests/unit/test_*.c))
SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
PAGES   := $(wildcard policies/*.yaml policies/rules/*.md)
COMPILE  = $(CC) -std=gnu11 -D_GNU_SOURCE -Isrc -I. $(WARNINGS) $(HARDEN) -pthread $(CPPFLAGS) $(CFLAGS) \
           $(SMALL) $(SANITIZER) $(filter-out -l% -L%,$(PACKAGES))
LINK     = $(CC) $(or $(STATIC),-pie) -pthread -Wl,-z,relro,-z,now,-z,noexecstack $(CFLAGS) $(SANITIZER) $(LDFLAGS)

all: $(BUILD)/onedockerfile

$(BUILD)/onedockerfile: $(OBJECTS)
	@echo "  link $@"
	@$(LINK) -o $@ $^ $(filter -l% -L%,$(PACKAGES))

$(BUILD)/%.o: %.c $(PINNED)
	@mkdir -p $(@D)
	@echo "  compile $<"
	@$(COMPILE) -MMD -MP -c -o $@ $<

build/release/lib/built: $(wildcard src/release/*)
	sh tests/deps.sh --install release
	@CC="$(CC)" CFLAGS="-O2 $(HARDEN) -fstack-clash-protection -ffunction-sections -fdata-sections" \
		sh src/release/libraries.sh build build/release

release:
	@$(MAKE) --no-print-directory RELEASE=1 all

$(BUILD)/embedded.c: policies/embed.sh $(PAGES)
	@mkdir -p $(@D)
	sh policies/embed.sh $(PAGES) > $@.new && mv $@.new $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	@$(COMPILE) -c -o $@ $<

$(BUILD)/tests/unit/%.t: $(BUILD)/tests/unit/%.o $(SUPPORT) $(LIBRARY)
	@echo "  link $@"
	@$(LINK) -o $@ $^ $(filter -l% -L%,$(PACKAGES)) -lcmocka

deps:
	sh tests/deps.sh --install

# What was missing can change what make found when it started: hence the second make.
demo check: deps
	@$(MAKE) --no-print-directory run-$@

run-demo: all
	ONEDOCKERFILE=$(abspath $(BUILD)/onedockerfile) sh tests/demo.sh

# Unit tests are named by their source and run as what it becomes.
ALL_TESTS = tests/unit/test_*.c tests/*.t tests/e2e/*.bats
TESTS     = $(sort $(wildcard $(patsubst unit,tests/unit/test_*.c,$(or $(T),$(ALL_TESTS)))))
PROGRAMS  = $(TESTS:%.c=$(BUILD)/%.t)

PROVE     = CMOCKA_MESSAGE_OUTPUT=TAP PERL5LIB=$(CURDIR)/tests/support:$(CURDIR)/tests/docker \
            ONEDOCKERFILE=$(abspath $(BUILD)/onedockerfile) prove -j$(JOBS) --harness Tally

run-check: all $(filter $(BUILD)/%,$(PROGRAMS))
	@$(PROVE) $(PROGRAMS)

# Both binaries judge the same history of thousands of commits.
check-release: deps all
	@COMMITS=$(or $(COMMITS),2000) OTHER=$(abspath $(BUILD)/onedockerfile) \
		$(MAKE) --no-print-directory RELEASE=1 run-check T="$(or $(T),tests/*.t tests/e2e/*.bats)"

check-history:
	@git -C "$(REPO)" rev-parse --git-dir >/dev/null
	@REPO="$(REPO)" $(MAKE) --no-print-directory check-release T=tests/inherit.t

# A real Docker engine reads the same files, without network; QUICK=1 asks it less, SEED=N others.
DOCKER = sh tests/docker/engine.sh

check-docker: deps all
	@$(DOCKER) start build/docker/engine || exit 1; trap '$(DOCKER) stop build/docker/engine' EXIT; \
		eval "$$($(DOCKER) env build/docker/engine)"; $(PROVE) tests/docker/*.t

# What the program does where memory, the kernel, the disk or a reader fail it; the release binary
# too, where there is one.
check-failures: deps all $(BUILD)/failures/preload.so
	sh tests/deps.sh --install failures
	@FAILURES=$(abspath $(BUILD)/failures) SHIPPED=$(CURDIR)/build/release/onedockerfile \
		$(PROVE) $(or $(T),$(wildcard tests/failures/*.t tests/failures/*.bats))

$(BUILD)/failures/%.so: tests/failures/%.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -D_GNU_SOURCE $(WARNINGS) -O1 -g -shared -fPIC -o $@ $<

# What reports, templates and hooks are for reads or runs them: packages of npm, servers, CI tools.
check-integrations: deps all
	sh tests/integrations/setup.sh build/integrations
	@INTEGRATIONS=$(CURDIR)/build/integrations $(PROVE) $(or $(T),$(wildcard tests/integrations/*.bats))

FORMATTED = $(shell find src tests -name '*.[ch]' | LC_ALL=C sort)
SCRIPTS   = .ci/run policies/embed.sh src/release/libraries.sh $(filter-out %.md,$(wildcard hooks/*)) \
            ci-templates/pre-commit/pre-push \
            $(wildcard ci-templates/*/*.sh tests/*.sh tests/*/*.sh tests/*/*.bash tests/*/*.bats) \
            $(shell grep -l '^.!/bin/sh' tests/*.t)

lint:
	sh tests/deps.sh --install lint
	@$(MAKE) -k --no-print-directory $(addprefix lint-,layers tables sizes headers scripts c cppcheck analyzer)

lint-scripts:
	shellcheck -x -e SC2154 $(SCRIPTS)
	mandoc -T lint -W warning src/cli/onedockerfile.1

lint-%:
	sh tests/lint/$*.sh

lint-c:
	@clang-format --dry-run -Werror $(FORMATTED)
	@printf '%s\n' $(SOURCES) | xargs -P $(JOBS) -n 4 sh -c 'clang-tidy --quiet "$$@" -- \
		-std=gnu11 -D_GNU_SOURCE -Isrc -I. 2>/dev/null' clang-tidy

# Whoever suppresses a finding says why, beside it.
lint-cppcheck:
	cppcheck -j $(JOBS) --enable=warning,portability,performance --inline-suppr --error-exitcode=1 --quiet \
		--std=c11 -D_GNU_SOURCE -Isrc -I. src

lint-analyzer:
	@printf '%s\n' $(SOURCES) | xargs -P $(JOBS) -n 1 gcc -std=gnu11 -D_GNU_SOURCE -Isrc -I. -fanalyzer \
		-Werror -S -o /dev/null

# The fuzzer's own main replaces ours; every target is a short file over a pure core.
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_$(or $(F),*).c))
TIME   ?= 60

fuzz:
	sh tests/deps.sh --install lint
	@$(MAKE) --no-print-directory CC=clang SANITIZE=fuzzer-no-link,address,undefined run-fuzz

run-fuzz: $(FUZZERS:%=$(BUILD)/fuzz-%)
	@JOBS=$(JOBS) sh tests/fuzz/run.sh $(BUILD) $(TIME) $(FUZZERS)

$(BUILD)/fuzz-%: $(BUILD)/tests/fuzz/fuzz_%.o $(SUPPORT) $(LIBRARY)
	@echo "  link $@"
	@$(LINK) -fsanitize=fuzzer -o $@ $^ $(filter -l% -L%,$(PACKAGES)) -lcmocka

# Measured is the release binary, unless Debian no longer has the sources it is pinned to.
bench: deps $(BUILD)/tests/bench/measure
	@sh src/release/libraries.sh fetch build/release; \
	if [ $$? -eq 75 ]; then \
		echo "no release binary: what is measured is build/onedockerfile"; set -- all $(BUILD); \
	else set -- release build/release; fi; \
	$(MAKE) --no-print-directory $$1 && BUILD=$(abspath $(BUILD)) \
		ONEDOCKERFILE=$(CURDIR)/$$2/onedockerfile sh tests/bench/bench.sh

$(BUILD)/tests/bench/measure: $(BUILD)/tests/bench/measure.o
	$(LINK) -o $@ $^

# Without optimisation: otherwise two conditions can become one branch, or none. Runs in which a system
# call fails count for themselves, and are added where they could write what they reached; that is
# many small files, so they are kept in memory where that is possible.
COUNTED = BUILD=build/coverage HARDEN=-fPIE CFLAGS="-O0 -g --coverage -fprofile-update=atomic" \
          CPPFLAGS=-DCOVERAGE

coverage: QUICK = 8
coverage:
	sh tests/deps.sh --install coverage
	@mkdir -p build/coverage && find build/coverage -name '*.gcda' -delete
	@COVERED=1 $(MAKE) --no-print-directory check $(COUNTED)
	@TMPDIR=$$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d); export TMPDIR; trap 'rm -rf "$$TMPDIR"' EXIT; \
	QUICK=$(QUICK) COUNTERS=$$TMPDIR/counters \
		$(MAKE) --no-print-directory check-failures T=tests/failures/calls.t $(COUNTED) && \
	for each in "$$TMPDIR"/counters/*; do \
		gcov-tool merge build/coverage "$$each$(CURDIR)/build/coverage" -o build/coverage || exit; done
	@gcovr -j $(JOBS) --root . --object-directory build/coverage --filter src/ --branches \
		--fail-under-branch $(or $(FLOOR),90)

# A library that is shared: then a mutant is one object and one link, whatever asks for it.
mutate: TIME = 3600
mutate: deps
	@$(MAKE) --no-print-directory run-mutate BUILD=build/mutate HARDEN=-fPIC CFLAGS=-O1 TIME=$(TIME)

run-mutate: $(OBJECTS) $(SUPPORT) $(UNIT:.t=.o)
	@nice -n $(or $(NICE),19) env BUILD=$(BUILD) COMPILE='$(COMPILE)' LINK='$(LINK)' OBJECTS='$(abspath $(LIBRARY))' \
		LIBS='$(filter -l% -L%,$(PACKAGES))' SUPPORT='$(abspath $(SUPPORT))' UNITS='$(abspath $(UNIT:.t=.o))' \
		N=$(or $(N),100) SEED=$(or $(SEED),1) TIME=$(TIME) JOBS=2 FLOOR=$(or $(FLOOR),85) \
		python3 -B tests/mutate/mutate.py

SHARE = $(DESTDIR)$(PREFIX)/share
# Once there is a release binary, it is brought up to date and installed.
BUILT = $(or $(wildcard build/release/onedockerfile),$(BUILD)/onedockerfile)

install: $(if $(filter build/release/%,$(BUILT)),release,all)
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/onedockerfile/hooks
	install -m 755 $(BUILT) $(DESTDIR)$(PREFIX)/bin/onedockerfile
	install -m 644 src/cli/onedockerfile.1 $(SHARE)/man/man1/onedockerfile.1
	install -m 755 $(filter-out %.md,$(wildcard hooks/*)) $(SHARE)/onedockerfile/hooks
	install -m 644 policies/schema.json policies/report-schema.json $(SHARE)/onedockerfile
ifneq ($(filter build/release/%,$(BUILT)),)
	install -d $(SHARE)/doc/onedockerfile/licenses
	install -m 644 build/release/licenses/* $(SHARE)/doc/onedockerfile/licenses
endif

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/onedockerfile $(SHARE)/man/man1/onedockerfile.1
	rm -rf $(SHARE)/onedockerfile $(SHARE)/doc/onedockerfile

dist:
	@mkdir -p build
	git archive --prefix=onedockerfile-$(VERSION)/ -o build/onedockerfile-$(VERSION).tar.gz HEAD

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(SUPPORT:.o=.d) $(UNIT:.t=.d) $(FUZZERS:%=$(BUILD)/tests/fuzz/fuzz_%.d)
.PHONY: all release check-release check-history deps demo check check-docker check-failures check-integrations run-demo run-check lint fuzz run-fuzz bench coverage mutate run-mutate install uninstall dist clean
.SECONDARY:
