#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* measure INPUT COMMAND...: run it once, its output thrown away. Prints the milliseconds that it
 * took and its peak memory in KiB; fails where it does. */

static double now(void)
{
	struct timespec time = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void run(const char *input, char **command)
{
	int in = open(input, O_RDONLY), out = open("/dev/null", O_WRONLY);

	if (in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		exit(126);
	close(in);
	close(out);
	execvp(command[0], command);
	exit(127);
}

int main(int count, char **arguments)
{
	struct rusage usage = { 0 };
	double start = now(), end = 0;
	int status = 0;
	pid_t child = 0;

	if (count < 3)
		return 2;
	child = fork();
	if (child == 0)
		run(arguments[1], arguments + 2);
	if (child < 0 || wait4(child, &status, 0, &usage) < 0)
		return 3;
	end = now();
	if (status != 0) {
		fprintf(stderr, "'%s %s' failed\n", arguments[2], count > 3 ? arguments[3] : "");
		return 1;
	}
	printf("%.3f %ld\n", end - start, usage.ru_maxrss);
	return 0;
}
