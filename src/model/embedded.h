#ifndef MODEL_EMBEDDED_H
#define MODEL_EMBEDDED_H

/* A file of policies/ inside the binary; made by policies/embed.sh. */
struct embedded {
	const char *name; /* below policies/: "default.yaml", "rules/unknown-stage.md" */
	const char *text;
};

/* All of them; the last one has a NULL name. */
extern const struct embedded embedded_files[];

/* The text of that name; NULL where there is none. */
const char *embedded(const char *name);

#endif
