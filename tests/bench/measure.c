#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* measure TURNS SECONDS OURS GIT: two command lines, words parted by a space, that take turns: so
 * many, more while the time is not over, and fewer where they take long. Each reads the file
 * `input` where there is one, and its output is thrown away; the script `before`, where there is
 * one, runs before each of them. Prints how many turns there were, then the medians of the
 * milliseconds and peak KiB of ours, and of Git's, with a bar between. Fails where one of them
 * does. */

enum {
	TURNS_MAX = 101,
	TURNS_MIN = 3,
	SECONDS_MAX = 60, /* before the last turn */
	WORDS_MAX = 15
};

struct command {
	char *words[WORDS_MAX + 1];
	double times[TURNS_MAX], kibs[TURNS_MAX];
};

static double now(void)
{
	struct timespec time = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void split(struct command *command, char *line)
{
	size_t count = 0;

	for (char *word = strtok(line, " "); word && count < WORDS_MAX; word = strtok(NULL, " "))
		command->words[count++] = word;
}

static void run(char **words)
{
	int in = open(access("input", F_OK) == 0 ? "input" : "/dev/null", O_RDONLY);
	int out = open("/dev/null", O_WRONLY);

	if (in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(126);
	close(in);
	close(out);
	execvp(words[0], words);
	_exit(127);
}

static void measure(struct command *command, int turn)
{
	struct rusage usage = { 0 };
	int status = 0;
	double start = 0;
	pid_t child = 0;

	if (access("before", F_OK) == 0 && system("sh before") != 0)
		exit(3);
	start = now();
	child = fork();
	if (child == 0)
		run(command->words);
	if (child < 0 || wait4(child, &status, 0, &usage) < 0)
		exit(3);
	command->times[turn] = now() - start;
	command->kibs[turn] = (double)usage.ru_maxrss;
	if (status == 0)
		return;
	fprintf(stderr, "'%s %s' failed\n", command->words[0], command->words[1]);
	exit(1);
}

static int compare(const void *left, const void *right)
{
	const double *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	return values[(count - 1) / 2];
}

static bool goes_on(int turns, double seconds, char **arguments)
{
	if (turns < TURNS_MIN)
		return true;
	return turns < TURNS_MAX && seconds < SECONDS_MAX &&
	       (turns < atoi(arguments[1]) || seconds < atof(arguments[2]));
}

int main(int count, char **arguments)
{
	struct command ours = { 0 }, git = { 0 };
	double start = now();
	int turns = 0;

	if (count != 5)
		return 2;
	split(&ours, arguments[3]);
	split(&git, arguments[4]);
	while (goes_on(turns, (now() - start) / 1e3, arguments)) {
		measure(turns % 2 ? &git : &ours, turns);
		measure(turns % 2 ? &ours : &git, turns);
		turns++;
	}
	printf("%d|%.3f|%.0f|", turns, median(ours.times, turns), median(ours.kibs, turns));
	printf("%.3f|%.0f\n", median(git.times, turns), median(git.kibs, turns));
	return 0;
}
