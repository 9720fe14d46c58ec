#include "syntax/reference.h"

#include "syntax/slice.h"

#define MAX_REPOSITORY_LENGTH 255
#define MAX_TAG_LENGTH 128
#define IDENTIFIER_LENGTH 64 /* hex digits of an image id, which is no reference */
#define DEFAULT_REGISTRY "docker.io"
#define DEFAULT_NAMESPACE "library/"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_lower(char byte)
{
	return byte >= 'a' && byte <= 'z';
}

static bool is_letter(char byte)
{
	return is_lower((char)(byte | 0x20));
}

static bool is_lower_hex(char byte)
{
	return is_digit(byte) || (byte >= 'a' && byte <= 'f');
}

static bool all(struct text text, bool (*is)(char byte))
{
	for (size_t i = 0; i < text.length; i++)
		if (!is(text.bytes[i]))
			return false;
	return text.length > 0;
}

/* ".", "_", "__" or any number of "-": how long the separator at the start is. */
static size_t separator(struct text text)
{
	size_t length = 0;

	if (slice_starts(text, "__"))
		return 2;
	if (slice_starts(text, ".") || slice_starts(text, "_"))
		return 1;
	while (length < text.length && text.bytes[length] == '-')
		length++;
	return length;
}

/* Lower-case letters and digits, separators only between them. */
static bool is_component(struct text text)
{
	bool after_separator = true;

	while (text.length) {
		size_t size = 1;

		if (is_lower(*text.bytes) || is_digit(*text.bytes)) {
			after_separator = false;
		} else {
			size = separator(text);
			if (size == 0 || after_separator)
				return false;
			after_separator = true;
		}
		text = slice_from(text, size);
	}
	return !after_separator;
}

static bool is_path(struct text text)
{
	for (;;) {
		size_t end = slice_find(text, '/');

		if (!is_component(slice_upto(text, end)))
			return false;
		if (end == text.length)
			return true;
		text = slice_from(text, end + 1);
	}
}

/* A label of a host name: letters, digits and inner hyphens. */
static bool is_label(struct text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_letter(text.bytes[i]) && !is_digit(text.bytes[i]) &&
		    (text.bytes[i] != '-' || i == 0 || i + 1 == text.length))
			return false;
	return text.length > 0;
}

static bool is_address_part(char byte)
{
	return is_digit(byte) || byte == ':' || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

/* [address]: how long it is; 0: it is none */
static size_t address_length(struct text text)
{
	size_t end = slice_find(text, ']');

	if (!slice_starts(text, "[") || end == text.length)
		return 0;
	return all((struct text){ text.bytes + 1, end - 1 }, is_address_part) ? end + 1 : 0;
}

static bool is_domain(struct text text)
{
	size_t end = address_length(text);

	if (end == 0) {
		struct text host = slice_upto(text, slice_find(text, ':'));

		end = host.length;
		for (;;) {
			size_t dot = slice_find(host, '.');

			if (!is_label(slice_upto(host, dot)))
				return false;
			if (dot == host.length)
				break;
			host = slice_from(host, dot + 1);
		}
	}
	text = slice_from(text, end);
	return text.length == 0 || (*text.bytes == ':' && all(slice_from(text, 1), is_digit));
}

static bool is_tag(struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		char byte = text.bytes[i];
		bool is_word = is_letter(byte) || is_digit(byte) || byte == '_';

		if (!is_word && (i == 0 || (byte != '.' && byte != '-')))
			return false;
	}
	return text.length > 0 && text.length <= MAX_TAG_LENGTH;
}

static bool is_digest(struct text text)
{
	static const struct {
		const char *algorithm;
		size_t length;
	} known[] = { { "sha256", 64 }, { "sha384", 96 }, { "sha512", 128 } };
	size_t end = slice_find(text, ':');

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (slice_is(slice_upto(text, end), known[i].algorithm))
			return text.length - end == known[i].length + 1 &&
			       all(slice_from(text, end + 1), is_lower_hex);
	return false;
}

/* Does what stands before the first '/' name a registry, or the first part of a path? */
static bool is_registry(struct text text)
{
	if (slice_find(text, '.') < text.length || slice_find(text, ':') < text.length ||
	    slice_is(text, "localhost"))
		return true;
	for (size_t i = 0; i < text.length; i++)
		if (text.bytes[i] >= 'A' && text.bytes[i] <= 'Z')
			return true;
	return false;
}

/* Take the tag and the digest away; false where they are none. */
static bool cut_end(struct text *rest)
{
	size_t at = slice_find(*rest, '@'), colon = 0;

	if (at < rest->length && !is_digest(slice_from(*rest, at + 1)))
		return false;
	rest->length = at;
	colon = slice_find(*rest, ':');
	if (colon < rest->length && !is_tag(slice_from(*rest, colon + 1)))
		return false;
	rest->length = colon;
	return true;
}

static bool is_lower_or_digit(char byte)
{
	return is_lower(byte) || is_digit(byte);
}

bool reference_is_valid(struct text text)
{
	size_t slash = slice_find(text, '/');
	struct text domain = slice_upto(text, slash), path = text;
	bool has_domain = slash < text.length && is_registry(domain);
	size_t room = MAX_REPOSITORY_LENGTH;

	/* Most are one word: the name of a stage, or of an image. */
	if (text.length < IDENTIFIER_LENGTH && all(text, is_lower_or_digit))
		return true;
	if (text.length == IDENTIFIER_LENGTH && all(text, is_lower_hex))
		return false;
	if (has_domain)
		path = slice_from(text, slash + 1);
	if (!cut_end(&path) || !is_path(path))
		return false;
	if (has_domain && !is_domain(domain) && !is_component(domain))
		return false;
	if (slice_find(path, '/') == path.length && !has_domain)
		room -= sizeof(DEFAULT_NAMESPACE) - 1;
	return path.length <= room;
}

static bool is_platform_part(char byte)
{
	return is_letter(byte) || is_digit(byte) || byte == '_' || byte == '-' || byte == '.';
}

/* "windows(10.0.17763+feature)" has a version that does not count here. */
static struct text cut_version(struct text system)
{
	size_t open = slice_find(system, '(');

	if (open > 0 && open < system.length && system.bytes[system.length - 1] == ')')
		system.length = open;
	return system;
}

/* A platform of one word says either the system or the processor. */
static bool is_known(struct text text)
{
	static const char *const words[] = {
		"386",     "aarch64", "aix",     "amd64",   "amd64p32", "android",   "arm",
		"arm64",   "arm64be", "armbe",   "armel",   "armhf",    "darwin",    "dragonfly",
		"freebsd", "hurd",    "i386",    "illumos", "ios",      "js",        "linux",
		"loong64", "macos",   "mips",    "mips64",  "mips64le", "mips64p32", "mips64p32le",
		"mipsle",  "nacl",    "netbsd",  "openbsd", "plan9",    "ppc",       "ppc64",
		"ppc64le", "riscv",   "riscv64", "s390",    "s390x",    "solaris",   "sparc",
		"sparc64", "wasm",    "windows", "x86-64",  "x86_64",   "zos",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is_like(text, words[i]))
			return true;
	return false;
}

bool platform_is_valid(struct text text)
{
	struct text rest = text;

	for (unsigned parts = 1; parts <= 3; parts++) {
		size_t end = slice_find(rest, '/');
		struct text part = slice_upto(rest, end);

		if (parts == 1)
			part = cut_version(part);
		if (!all(part, is_platform_part))
			return false;
		if (end == rest.length)
			return parts > 1 || is_known(part);
		rest = slice_from(rest, end + 1);
	}
	return false;
}
