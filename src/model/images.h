#ifndef MODEL_IMAGES_H
#define MODEL_IMAGES_H

#include <stdbool.h>

/* Is this the name of an image that people copy from without a tag, as `COPY --from=composer`:
 * one of Docker's own library? */
bool image_is_common(const char *name);

#endif
