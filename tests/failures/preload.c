/*
 * Preloaded: the allocation that FAIL_AT names gets no memory, and with FAIL_ALL=1 none after it
 * does. FAIL_LOG is a file: each allocation's number and the place in the program that it comes
 * from, where none is to fail; else a mark that one did. What crashes says in which libraries.
 * With STORM=1 a signal that is caught comes every 200 microseconds, and calls end with EINTR.
 */
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MAX_FRAMES 48

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_long count;
static _Thread_local bool inside;

static void note(const char *line)
{
	const char *path = getenv("FAIL_LOG");
	int file = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;

	if (file >= 0 && write(file, line, strlen(line)) > 0)
		close(file);
}

/* Two allocations are from one place where the calls that lead there are the same. */
static void note_place(long number)
{
	void *frames[MAX_FRAMES];
	uint64_t place = 14695981039346656037u;
	char line[64];

	for (int i = 0, depth = backtrace(frames, MAX_FRAMES); i < depth; i++)
		place = (place ^ (uintptr_t)frames[i]) * 1099511628211u;
	(void)snprintf(line, sizeof(line), "%ld %llx\n", number, (unsigned long long)place);
	note(line);
}

static bool is_refused(void)
{
	const char *at = getenv("FAIL_AT");
	long number = 0, chosen = at ? atol(at) : 0;
	int before = errno;
	bool refused = false;

	if (inside)
		return false;
	inside = true;
	number = atomic_fetch_add(&count, 1) + 1;
	refused = chosen > 0 && (number == chosen || (number > chosen && getenv("FAIL_ALL")));
	if (!chosen)
		note_place(number);
	else if (number == chosen)
		note("refused\n");
	inside = false;
	errno = refused ? ENOMEM : before;
	return refused;
}

void *malloc(size_t size)
{
	return is_refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t number, size_t size)
{
	return is_refused() ? NULL : __libc_calloc(number, size);
}

void *realloc(void *old, size_t size)
{
	return is_refused() ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return is_refused() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
	void *taken = aligned_alloc(alignment, size);

	if (taken)
		*memory = taken;
	return taken ? 0 : ENOMEM;
}

void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset)
{
	if ((flags & MAP_ANONYMOUS) && is_refused())
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}

static void crashed(int number)
{
	void *frames[MAX_FRAMES];

	(void)number; /* once this is said, it happens again and ends the program */
	inside = true;
	backtrace_symbols_fd(frames, backtrace(frames, MAX_FRAMES), STDERR_FILENO);
}

static void nothing(int number)
{
	(void)number;
}

static void storm(void)
{
	struct sigaction action = { .sa_handler = nothing };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	struct itimerspec often = { .it_interval.tv_nsec = 200000, .it_value.tv_nsec = 200000 };
	timer_t timer;

	(void)sigaction(SIGUSR1, &action, NULL);
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
		(void)timer_settime(timer, 0, &often, NULL);
}

/* The first trace loads a library, which is nothing to do without memory. */
static __attribute__((constructor)) void prepare(void)
{
	const int deadly[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
	struct sigaction action = { .sa_handler = crashed, .sa_flags = (int)SA_RESETHAND };
	void *frame = NULL;

	inside = true;
	(void)backtrace(&frame, 1);
	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		(void)sigaction(deadly[i], &action, NULL);
	if (getenv("STORM"))
		storm();
	inside = false;
}
