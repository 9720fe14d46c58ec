#include "syntax/port.h"

#include <arpa/inet.h>

#include "syntax/instruction.h"
#include "syntax/slice.h"

#define MAX_PORT 65535

/* Take a port off the start, up to a hyphen. */
static bool take_port(unsigned *port, struct text *rest)
{
	size_t end = 0;

	*rest = slice_from(*rest, slice_starts(*rest, "+"));
	end = slice_find(*rest, '-');
	*port = 0;
	if (!slice_is_made_of(slice_upto(*rest, end), "0123456789"))
		return false;
	for (size_t i = 0; i < end && *port <= MAX_PORT; i++)
		*port = *port * 10 + (unsigned)(rest->bytes[i] - '0');
	*rest = slice_from(*rest, end);
	return end > 0 && *port <= MAX_PORT;
}

/* "80", or "80-90": how many they are; 0: it is no such thing. */
static unsigned count_ports(struct text text)
{
	unsigned first = 0, last = 0;

	if (!take_port(&first, &text))
		return 0;
	if (text.length == 0)
		return 1;
	text = slice_from(text, 1);
	return take_port(&last, &text) && text.length == 0 && first <= last ? last - first + 1 : 0;
}

/* Cut what stands behind the last colon off its end, and the colon; all of it without one. */
static struct text cut_last(struct text *text)
{
	size_t start = text->length;
	struct text last = { 0 };

	while (start > 0 && text->bytes[start - 1] != ':')
		start--;
	last = slice_from(*text, start);
	*text = slice_upto(*text, start - (start > 0));
	return last;
}

/* An IP address; one of version 6 may stand in brackets. */
static bool is_address(struct arena *arena, struct text text)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	const char *string = NULL;

	if (slice_starts(text, "[")) {
		if (text.bytes[text.length - 1] != ']')
			return false;
		text = slice_from(slice_upto(text, text.length - 1), 1);
	}
	string = slice_string(arena, text);
	return text.length == 0 || inet_pton(AF_INET, string, bytes) == 1 ||
	       inet_pton(AF_INET6, string, bytes) == 1;
}

const char *port_fault(struct arena *arena, struct text port)
{
	static const char *const protocols[] = { "", "sctp", "tcp", "udp" };
	struct text address = port, inner = cut_last(&address), outer = cut_last(&address);
	size_t end = slice_find(inner, '/');
	struct text protocol = slice_from(inner, end + (end < inner.length));
	unsigned count = count_ports(slice_upto(inner, end)), outer_count = count_ports(outer);

	if (port.length == 0)
		return NULL;
	if (count == 0 || (outer.length > 0 && outer_count == 0) || !is_address(arena, address))
		return arena_printf(arena, "'%s' is no port", instruction_shown(arena, port));
	if (outer.length > 0 && count > 1 && count != outer_count)
		return arena_printf(arena, "'%s' has other ports for the host",
				    instruction_shown(arena, port));
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (slice_is_like(protocol, protocols[i]))
			return NULL;
	return arena_printf(arena, "'%s' is no protocol of a port",
			    instruction_shown(arena, protocol));
}
