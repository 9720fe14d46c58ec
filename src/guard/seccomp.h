#ifndef GUARD_SECCOMP_H
#define GUARD_SECCOMP_H

/* From now on this process can make only the system calls that reading takes, and write only to
 * one file descriptor: seccomp(2). 1; 0 where the kernel, or this program for such a machine, has
 * no filter; or -1. */
int seccomp_confine(int output);

#endif
