#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Start a second thread on another processor than ours, which takes no signals: they are for the
 * one that can wait for the world. The caller joins it. False where there is none to be had, or no
 * processor to spare for it. */
bool thread_start(pthread_t *thread, void *(*run)(void *), void *argument);

#endif
