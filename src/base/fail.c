#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/outlet.h"
#include "base/progress.h"

/* The only state of the program that outlives a call: the message of a thread's first failure. */
static _Thread_local struct {
	int status;
	char message[2048];
} failure;

static __attribute__((format(printf, 2, 0))) int record(int status, const char *format,
							va_list arguments)
{
	if (failure.status)
		return -1;
	failure.status = status;
	(void)vsnprintf(failure.message, sizeof(failure.message), format, arguments);
	return -1;
}

int fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	record(3, format, arguments);
	va_end(arguments);
	return -1;
}

int fail_usage(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	record(2, format, arguments);
	va_end(arguments);
	return -1;
}

int fail_in(const char *format, ...)
{
	va_list arguments;
	char below[sizeof(failure.message)];
	size_t length = 0;

	memcpy(below, failure.message, sizeof(below));
	va_start(arguments, format);
	(void)vsnprintf(failure.message, sizeof(failure.message), format, arguments);
	va_end(arguments);
	length = strlen(failure.message);
	(void)snprintf(failure.message + length, sizeof(failure.message) - length, ": %s", below);
	return -1;
}

int failure_status(void)
{
	return failure.status;
}

const char *failure_message(void)
{
	return failure.message;
}

void failure_clear(void)
{
	failure.status = 0;
	failure.message[0] = '\0';
}

static int say(const char *words)
{
	const struct outlet *outlet = outlet_get();
	struct outlet_part part = { STDERR_FILENO, NULL, words, strlen(words) };

	if (outlet)
		return outlet->put(&part);
	return write(STDERR_FILENO, words, part.length) < 0 ? -1 : 0;
}

void die(const char *message)
{
	const struct outlet *outlet = outlet_get();

	progress_clear();
	/* Nothing that allocates, and no way on if the write fails: the status says it all. */
	if (say("onedockerfile: ") < 0 || say(message) < 0 || say("\n") < 0 ||
	    (outlet && outlet->end(3) < 0))
		_exit(3);
	_exit(3);
}
