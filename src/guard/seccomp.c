/* The filter is a table, and a few instructions for each line of it; the libraries that write such
 * ones are larger than this program. */
#include "guard/seccomp.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fail.h"
#include "guard/build.h"

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define MACHINE AUDIT_ARCH_AARCH64
#else
#define MACHINE 0
#endif

/* A system call: allowed where the bits of mask are as wanted in one of its arguments. All that
 * matters here is in the lower half of an argument. */
struct call {
	unsigned number;
	unsigned argument;
	uint32_t mask; /* 0: allowed whatever the arguments are */
	uint32_t wanted;
};

#define ALWAYS(name)                                                                               \
	{                                                                                          \
		.number = SYS_##name                                                               \
	}
#define WITHOUT(name, argument, bits)                                                              \
	{                                                                                          \
		SYS_##name, argument, bits, 0                                                      \
	}
#define WITH(name, argument, bits)                                                                 \
	{                                                                                          \
		SYS_##name, argument, bits, bits                                                   \
	}
#define TO_WRITE (O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY))

static const struct call calls[] = {
	/* files */
	ALWAYS(close),
	ALWAYS(faccessat),
	ALWAYS(fstat),
	ALWAYS(getcwd),
	ALWAYS(getdents64),
	ALWAYS(lseek),
	ALWAYS(newfstatat),
	ALWAYS(pread64),
	ALWAYS(read),
	ALWAYS(readlinkat),
	ALWAYS(readv),
	WITHOUT(fcntl, 1, ~7u), /* nothing behind F_SETLKW */
	WITHOUT(openat, 2, TO_WRITE),
#ifdef SYS_access
	ALWAYS(access),
#endif
#ifdef SYS_faccessat2
	ALWAYS(faccessat2),
#endif
#ifdef SYS_lstat
	ALWAYS(lstat),
#endif
#ifdef SYS_open
	WITHOUT(open, 1, TO_WRITE),
#endif
#ifdef SYS_readlink
	ALWAYS(readlink),
#endif
#ifdef SYS_stat
	ALWAYS(stat),
#endif
#ifdef SYS_statx
	ALWAYS(statx),
#endif
	/* memory */
	ALWAYS(brk),
	ALWAYS(madvise),
	ALWAYS(mremap),
	ALWAYS(munmap),
	WITHOUT(mmap, 2, PROT_EXEC),
	WITHOUT(mprotect, 2, PROT_EXEC),
	/* a thread; where clone3 is absent glibc takes clone */
	ALWAYS(futex),
	ALWAYS(sched_getaffinity),
	ALWAYS(sched_setaffinity),
	ALWAYS(sched_yield),
	ALWAYS(set_robust_list),
	WITH(clone, 0, CLONE_THREAD),
#ifdef SYS_rseq
	ALWAYS(rseq),
#endif
	/* time, signals and the end */
	ALWAYS(clock_gettime),
	ALWAYS(exit),
	ALWAYS(exit_group),
	ALWAYS(getpid),
	ALWAYS(getrandom),
	ALWAYS(gettid),
	ALWAYS(gettimeofday),
	ALWAYS(restart_syscall),
	ALWAYS(rt_sigaction),
	ALWAYS(rt_sigprocmask),
	ALWAYS(rt_sigreturn),
	ALWAYS(setitimer),
	ALWAYS(sigaltstack),
	ALWAYS(sysinfo),
#ifdef SYS_time
	ALWAYS(time),
#endif
};

/* What a sanitizer does besides; leaks are looked for by a thread that traces the others. */
static const struct call calls_of_sanitizers[] = {
	ALWAYS(clone),     ALWAYS(getppid), ALWAYS(getrusage), ALWAYS(kill),  ALWAYS(prctl),
	ALWAYS(prlimit64), ALWAYS(ptrace),  ALWAYS(tgkill),    ALWAYS(wait4), ALWAYS(write),
#ifdef SYS_getdents
	ALWAYS(getdents),
#endif
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MAX_LENGTH (8 * (COUNT(calls) + COUNT(calls_of_sanitizers) + 4))

/* The filter as it grows. */
struct filter {
	struct sock_filter code[MAX_LENGTH];
	unsigned short length;
};

static void add(struct filter *filter, struct sock_filter instruction)
{
	filter->code[filter->length++] = instruction;
}

/* Load 32 bits of what is known of the call: struct seccomp_data. */
static void load(struct filter *filter, size_t offset)
{
	add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void end(struct filter *filter, uint32_t action)
{
	add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/* The next so many instructions are for this value alone. */
static void only_for(struct filter *filter, uint32_t value, unsigned char instructions)
{
	add(filter,
	    (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, instructions));
}

static size_t lower_half(unsigned argument)
{
	size_t offset = offsetof(struct seccomp_data, args) + argument * sizeof(uint64_t);

	return offset + (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? sizeof(uint32_t) : 0);
}

static void add_call(struct filter *filter, const struct call *call)
{
	only_for(filter, call->number, call->mask ? 5 : 1);
	if (call->mask) {
		load(filter, lower_half(call->argument));
		add(filter, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, call->mask));
		only_for(filter, call->wanted, 1);
		end(filter, SECCOMP_RET_ALLOW);
		end(filter, SECCOMP_RET_ERRNO | EPERM);
	} else {
		end(filter, SECCOMP_RET_ALLOW);
	}
}

static void make(struct filter *filter, int output)
{
	const struct call write = { SYS_write, 0, UINT32_MAX, (uint32_t)output };
	const struct call abort = { SYS_tgkill, 0, UINT32_MAX, (uint32_t)getpid() };

	load(filter, offsetof(struct seccomp_data, arch));
	add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0));
	end(filter, SECCOMP_RET_KILL_PROCESS);
	load(filter, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; SANITIZED && i < COUNT(calls_of_sanitizers); i++)
		add_call(filter, &calls_of_sanitizers[i]);
	for (size_t i = 0; i < COUNT(calls); i++)
		add_call(filter, &calls[i]);
	add_call(filter, &write);
	add_call(filter, &abort);
	/* As if the kernel had no other: then libraries know another way. */
	end(filter, SECCOMP_RET_ERRNO | ENOSYS);
}

static bool has_filters(void)
{
	const uint32_t action = SECCOMP_RET_KILL_PROCESS;

	return MACHINE && syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int seccomp_confine(int output)
{
	struct filter filter = { .length = 0 };
	struct sock_fprog program = { .filter = filter.code };

	if (!has_filters())
		return 0;
	make(&filter, output);
	program.len = filter.length;
	/* Without the flag some kernels make a filtered process slow; others do not know it. */
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW,
		    &program) < 0 &&
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0)
		return fail("cannot filter the system calls of the judging: %s", strerror(errno));
	return 1;
}
