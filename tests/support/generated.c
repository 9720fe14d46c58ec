#include "tests/support/generated.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

/* An instruction as one line; " && " may become the end of a line. */
struct line {
	const char *text;
	bool is_wrapped;
};

struct lines VEC(struct line);

struct generating {
	struct arena *arena;
	uint64_t state;
	struct lines shared, inner; /* beginnings that the files have in common */
	const char *image, *line_end;
	struct strings services, overrides; /* of the compose files */
	unsigned numbers, notes;
};

/* A file being written. */
struct writing {
	struct buf out;
	struct strings names; /* of its stages; NULL: none */
};

/* xorshift64* */
static unsigned below(struct generating *made, unsigned end)
{
	made->state ^= made->state >> 12;
	made->state ^= made->state << 25;
	made->state ^= made->state >> 27;
	return (unsigned)((made->state * 0x2545F4914F6CDD1Du) >> 33) % end;
}

static bool one_in(struct generating *made, unsigned count)
{
	return below(made, count) == 0;
}

static const char *pick(struct generating *made, const char *const *from)
{
	unsigned count = 0;

	while (from[count])
		count++;
	return from[below(made, count)];
}

static const char *image(struct generating *made)
{
	static const char *const images[] = { "node:20", "alpine", "node",          "golang:1.22",
					      "base",    "prod",   "scratch",       "node:$B",
					      "node:20", "alpine", "python:3.${B}", NULL };

	return pick(made, images);
}

/* A stage of the file, by name or number, or an image. */
static const char *source(struct generating *made, const struct strings *names, bool is_copy)
{
	unsigned index = names->count ? below(made, (unsigned)names->count) : 0;
	const char *name = names->count ? names->items[index] : NULL;

	if (name && !one_in(made, 8))
		return name;
	if (names->count && is_copy && one_in(made, 2))
		return arena_printf(made->arena, "%u", index);
	return one_in(made, 2) ? "alpine" : "builder-image:1";
}

static struct line plain(struct generating *made)
{
	static const char *const forms[] = {
		"RUN echo %u && echo more",
		"RUN echo %u && echo two && echo three",
		"RUN [\"echo\", \"%u\"]",
		"COPY a%u b",
		"ADD --chown=1:1 c%u d",
		"ENV A=%u",
		"ENV C=$B-%u",
		"LABEL of=${C}-%u",
		"WORKDIR /w%u",
		"USER u%u",
		"EXPOSE %u",
		"VOLUME /v%u",
		"STOPSIGNAL %u",
		"SHELL [\"/bin/sh%u\"]",
		"HEALTHCHECK CMD test %u",
		"MAINTAINER m%u",
		"RUN <<EOF\n# inside %u\nFROM x\n\nEOF",
		"RUN --mount=type=cache,target=/c echo %u && true",
		NULL,
	};
	struct line line = { NULL, one_in(made, 2) };
	const char *form = pick(made, forms), *at = strstr(form, "%u");

	line.text = arena_printf(made->arena, "%.*s%u%s", (int)(at - form), form,
				 below(made, 3) ? ++made->numbers : 7, at + 2);
	return line;
}

/* One for which a cut could be seen. */
static struct line marked(struct generating *made)
{
	static const char *const forms[] = { "ARG A",         "ARG B",
					     "ARG C=1",       "ARG D=$A",
					     "CMD [\"c\"]",   "ENTRYPOINT [\"e\"]",
					     "ENTRYPOINT e2", "ONBUILD RUN echo late",
					     "CMD run",       NULL };

	return (struct line){ pick(made, forms), false };
}

static struct line referring(struct generating *made, const struct strings *names)
{
	static const char *const forms[] = { "COPY --from=",
					     "RUN --mount=type=bind,target=/x,from=",
					     "COPY --link --from=", "ONBUILD COPY --from=", NULL };
	const char *form = pick(made, forms);
	bool is_copy = !strstr(form, "RUN");
	const char *from = NULL;

	if (*form == 'O' && !one_in(made, 4))
		form = forms[0];
	from = source(made, names, is_copy);
	return (struct line){
		arena_printf(made->arena, "%s%s %s", form, from, is_copy ? "/a /b" : "true"), false
	};
}

static struct line any_line(struct generating *made, const struct strings *names)
{
	if (names && one_in(made, 4))
		return referring(made, names);
	return one_in(made, 5) ? marked(made) : plain(made);
}

static void end_line(struct generating *made, struct writing *writing)
{
	buf_add(&writing->out, made->line_end);
}

static void add_note(struct generating *made, struct writing *writing)
{
	if (one_in(made, 3))
		buf_addf(&writing->out, "# note %u, everywhere", below(made, 3));
	else
		buf_addf(&writing->out, "%s# note of its own %u", one_in(made, 5) ? "  " : "",
			 ++made->notes);
	end_line(made, writing);
}

/* With what may stand before and within it. */
static void add_line(struct generating *made, struct writing *writing, struct line line)
{
	if (one_in(made, 5))
		end_line(made, writing);
	while (one_in(made, 4))
		add_note(made, writing);
	for (const char *at = line.text; *at; at++) {
		if (*at == '\n') {
			end_line(made, writing);
		} else if (line.is_wrapped && strncmp(at, " && ", 4) == 0) {
			buf_add(&writing->out, " \\");
			end_line(made, writing);
			if (one_in(made, 5))
				add_note(made, writing);
			buf_add(&writing->out, "  && ");
			at += 3;
		} else {
			buf_addc(&writing->out, *at);
		}
	}
	end_line(made, writing);
}

static void add_from(struct generating *made, struct writing *writing, const char *base,
		     const char *name)
{
	const char *text =
		arena_printf(made->arena, "%s%s%s%s", one_in(made, 9) ? "from " : "FROM ", base,
			     name ? " AS " : "", name ? name : "");

	add_line(made, writing, (struct line){ text, false });
	*vec_add(made->arena, &writing->names) = name;
}

static bool has_name(const struct strings *names, const char *name)
{
	vec_each (const char *const *, one, names)
		if (name && *one && strcasecmp(*one, name) == 0)
			return true;
	return false;
}

static const char *new_name(struct generating *made, const struct writing *writing, bool is_last)
{
	static const char *const inner[] = {
		"builder", "deps", "Test", "base", "node", "dev", NULL
	};
	static const char *const last[] = { "prod", "runtime", "dev", "final", NULL };
	const char *name = pick(made, is_last ? last : inner);

	return one_in(made, is_last ? 2 : 8) || has_name(&writing->names, name) ? NULL : name;
}

/* A stage above that has a name in lower case, or an image. */
static const char *base(struct generating *made, const struct writing *writing)
{
	vec_each (const char *const *, name, &writing->names)
		if (*name && **name >= 'a' && one_in(made, 2))
			return *name;
	return one_in(made, 3) ? image(made) : made->image;
}

static void add_stage(struct generating *made, struct writing *writing, bool is_last)
{
	const struct lines *shared = is_last ? &made->shared : &made->inner;
	size_t count = one_in(made, 3) ? below(made, (unsigned)shared->count + 1) : shared->count;
	struct strings names = writing->names;

	add_from(made, writing, one_in(made, 4) ? base(made, writing) : made->image,
		 new_name(made, writing, is_last));
	for (size_t i = 0; i < count; i++)
		add_line(made, writing, shared->items[i]);
	for (size_t more = below(made, is_last ? 5 : 2); more > 0; more--)
		add_line(made, writing, any_line(made, &names));
}

static void add_globals(struct generating *made, struct writing *writing)
{
	if (!one_in(made, 12))
		add_line(made, writing, (struct line){ "ARG B=20", false });
	if (one_in(made, 12))
		add_line(made, writing, (struct line){ "ARG A=x$B", false });
	if (one_in(made, 25))
		add_line(made, writing, (struct line){ "ARG B=21", false });
	if (one_in(made, 25))
		add_line(made, writing, (struct line){ "ARG D", false });
}

static const char *quoted(struct generating *made, const char *value)
{
	static const char *const quotes[] = { "", "", "'", "\"", NULL };
	const char *quote = pick(made, quotes);

	return arena_printf(made->arena, "%s%s%s", quote, value, quote);
}

/* "key: value" with what stands between two of them. */
static const char *pair(struct generating *made, const char *between, const char *key,
			const char *value)
{
	return value ? arena_printf(made->arena, "%s%s: %s", between, key, quoted(made, value))
		     : "";
}

/* In braces on one line or on several, or on lines alone. */
static const char *build_of(struct generating *made, const char *dockerfile, const char *target)
{
	static const char *const forms[][3] = {
		{ " {context: .", ", ", "}\n" },
		{ " {\n      context: .", ",\n      ", "\n    }\n" },
		{ "\n      context: . # here", "\n      ", " # there\n" },
	};
	const char *const *form = forms[below(made, 3)];

	return arena_printf(made->arena, "%s%s%s%s", form[0],
			    pair(made, form[1], "dockerfile", dockerfile),
			    pair(made, form[1], "target", target), form[2]);
}

/* One that is built of a file, and perhaps of another one where a second compose file counts. */
static void add_service(struct generating *made, const struct writing *writing, const char *path)
{
	static const char *const paths[] = { "Dockerfile", "Dockerfile.dev", "./Dockerfile.dev",
					     NULL };
	const char *target = NULL, *named = strcmp(path, "Dockerfile") == 0 ? NULL : path;
	unsigned number = (unsigned)made->services.count;

	if (one_in(made, 2))
		target = writing->names.items[below(made, (unsigned)writing->names.count)];
	*vec_add(made->arena, &made->services) = arena_printf(
		made->arena, "  s%u:\n    build:%s", number, build_of(made, named, target));
	if (!target && one_in(made, 4))
		*vec_add(made->arena, &made->overrides) =
			arena_printf(made->arena, "  s%u:\n    build:%s", number,
				     build_of(made, pick(made, paths), NULL));
}

static void add_file(struct generating *made, struct generateds *files, const char *path)
{
	struct writing writing = { 0 };
	size_t length = 0;

	add_globals(made, &writing);
	for (size_t more = below(made, 3); more > 0; more--)
		add_stage(made, &writing, false);
	add_stage(made, &writing, true);
	if (one_in(made, 6))
		add_note(made, &writing);
	length = writing.out.length - (one_in(made, 9) ? strlen(made->line_end) : 0);
	add_service(made, &writing, path);
	*vec_add(made->arena, files) =
		(struct generated){ path, arena_copy(made->arena, writing.out.text, length) };
	buf_release(&writing.out);
}

static void add_compose(struct generating *made, struct generateds *files, const char *path,
			const struct strings *services)
{
	const char *text = "services:\n";

	vec_each (const char *const *, service, services)
		text = arena_printf(made->arena, "%s%s", text, *service);
	if (services->count > 0)
		*vec_add(made->arena, files) = (struct generated){ path, text };
}

void generate(struct generateds *files, struct arena *arena, uint64_t seed)
{
	struct generating made = { .arena = arena,
				   .state = (seed + 1) * 0x9E3779B97F4A7C15u,
				   .line_end = "\n" };

	if (one_in(&made, 20))
		made.line_end = "\r\n";
	made.image = image(&made);
	for (size_t more = below(&made, 6); more > 0; more--)
		*vec_add(arena, &made.shared) = any_line(&made, NULL);
	for (size_t more = below(&made, 4); more > 0; more--)
		*vec_add(arena, &made.inner) = any_line(&made, NULL);
	add_file(&made, files, "Dockerfile");
	add_file(&made, files, "Dockerfile.dev");
	if (one_in(&made, 3))
		add_file(&made, files, "Dockerfile.test");
	add_compose(&made, files, "compose.yaml", &made.services);
	add_compose(&made, files, "compose.override.yaml", &made.overrides);
}
