#ifndef SYNTAX_REFERENCE_H
#define SYNTAX_REFERENCE_H

#include <stdbool.h>

#include "syntax/text.h"

/* Is it an image reference as Docker writes them: "node", "ghcr.io/a/b:1@sha256:..."
 * (distribution/reference ParseNormalizedNamed)? */
bool reference_is_valid(struct text text);

/* Is it a platform: "linux/arm64/v8", "windows", "amd64" (containerd/platforms Parse)? */
bool platform_is_valid(struct text text);

#endif
