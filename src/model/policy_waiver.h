#ifndef MODEL_POLICY_WAIVER_H
#define MODEL_POLICY_WAIVER_H

#include "model/settings.h"

/* Take the list of waivers of a policy file. 0, or -1 with the usage failure recorded. */
int settings_waivers(struct settings *settings, const struct yaml *node, void *into);

#endif
