#ifndef REPORTS_XML_H
#define REPORTS_XML_H

#include "base/buf.h"

/*
 * XML 1.0 being written. Text is cleaned as for people (base/utf8.h), so that it moves no cursor
 * and starts no command where the document is printed to a log; what XML has no way to write
 * becomes U+FFFD.
 */

/* The declaration every document begins with. */
void xml_begin(struct buf *out);

/* ` name="value"`, in a tag that is open; nothing where the value is NULL. */
void xml_attribute(struct buf *out, const char *name, const char *value);
void xml_number(struct buf *out, const char *name, size_t value);

/* Text between tags. */
void xml_text(struct buf *out, const char *text);

#endif
