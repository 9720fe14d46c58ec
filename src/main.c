/*
 * The command line: which command, its options, its exit status. Everything that went wrong is
 * said here and nowhere else.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/nearest.h"
#include "base/program.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/version.h"
#include "guard/guard.h"

#define COMMAND_POINTER(name) &command_##name,
static const struct command *const commands[] = { COMMANDS(COMMAND_POINTER) NULL };

/*
 * Without standard streams the next file that is opened would become one, and be written to. They
 * are opened the wrong way round: to read or write a closed stream fails, as it should.
 */
static int hold_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return -1;
	return 0;
}

static const struct command *find(const char *name)
{
	for (const struct command *const *command = commands; *command; command++)
		if (strcmp((*command)->name, name) == 0)
			return *command;
	return NULL;
}

static int print(struct buf *out)
{
	int failed = buf_write(out, STDOUT_FILENO, "standard output");

	buf_release(out);
	return failed ? -1 : STATUS_DONE;
}

static int print_help(void)
{
	struct buf out = { 0 };

	buf_add(&out, "onedockerfile keeps one multi-stage Dockerfile per service.\n\n");
	for (const struct command *const *command = commands; *command; command++)
		buf_addf(&out, "  onedockerfile %-9s  %s\n", (*command)->name, (*command)->summary);
	buf_add(&out, "\n'onedockerfile COMMAND --help' shows its options. Status: 0 nothing at or "
		      "above\n"
		      "the threshold, 1 findings, 2 wrong usage or policy, 3 could not judge.\n");
	return print(&out);
}

static int print_command_help(const struct command *command)
{
	struct buf out = { 0 };

	buf_addf(&out, "usage: onedockerfile %s%s%s\n\n%s\n\n", command->name,
		 *command->usage ? " " : "", command->usage, command->summary);
	options_help(&out, command->options);
	if (command->more_help)
		command->more_help(&out);
	return print(&out);
}

static int print_version(void)
{
	static const char what[] = PROGRAM_MARK VERSION;
	struct buf out = { 0 };

	/* The mark is for those who want to know it without running the program. */
	buf_addf(&out, "%s\n", what + sizeof("@(#)") - 1);
	return print(&out);
}

static int unknown_command(const char *name)
{
	struct nearest nearest = { .wanted = name };

	for (const struct command *const *command = commands; *command; command++)
		nearest_offer(&nearest, (*command)->name);
	if (nearest.name)
		return fail_usage("no command '%s'; did you mean '%s'?", name, nearest.name);
	return fail_usage("no command '%s'; see 'onedockerfile --help'", name);
}

static int run(const char *const *words, struct arena *arena)
{
	struct options options = { 0 };
	const struct command *command = NULL;

	if (!words[0])
		return fail_usage("which command? see 'onedockerfile --help'");
	if (strcmp(words[0], "--version") == 0)
		return print_version();
	if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0)
		return print_help();
	command = find(words[0]);
	if (!command)
		return unknown_command(words[0]);
	if (options_read(&options, arena, command->options, words + 1) < 0)
		return -1;
	if (options.help)
		return print_command_help(command);
	if (options.directory && chdir(options.directory) < 0)
		return fail_usage("cannot go to '%s'", options.directory);
	return command->run(&options, arena);
}

/* What went wrong, safe for a terminal and a CI log; ASCII over a push. */
static int explain_failure(struct arena *arena, bool ascii)
{
	struct buf line = { 0 };

	buf_addf(&line, "onedockerfile: %s\n", utf8_clean(arena, failure_message(), ascii));
	(void)buf_write(&line, STDERR_FILENO, "standard error");
	buf_release(&line);
	return failure_status();
}

int main(int argc, char **argv)
{
	struct arena arena = { 0 };
	int status = 0;

	if (hold_streams() < 0)
		return STATUS_FAILURE;
	/* What cannot be written is a failure with a name, and no end by a signal. */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	status = run((const char *const *)(argv[0] ? argv + 1 : argv), &arena);
	if (failure_status())
		status = explain_failure(&arena, argc > 1 && strcmp(argv[1], "hook") == 0);
	arena_release(&arena);
	return guard_finish(status);
}
