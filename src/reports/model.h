#ifndef REPORTS_MODEL_H
#define REPORTS_MODEL_H

#include "base/buf.h"
#include "model/project.h"

/* What the readers made of a tree, for `inspect`: as JSON (the model report), or for people. */
void model_write_json(struct buf *out, const struct project *project);
void model_write_text(struct buf *out, const struct project *project);

#endif
