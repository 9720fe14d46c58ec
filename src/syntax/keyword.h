#ifndef SYNTAX_KEYWORD_H
#define SYNTAX_KEYWORD_H

/* What an instruction of a Dockerfile begins with (BuildKit command/command.go), by name. */
enum keyword {
	KEYWORD_NONE, /* the builder knows no such one */
	KEYWORD_ADD,
	KEYWORD_ARG,
	KEYWORD_CMD,
	KEYWORD_COPY,
	KEYWORD_ENTRYPOINT,
	KEYWORD_ENV,
	KEYWORD_EXPOSE,
	KEYWORD_FROM,
	KEYWORD_HEALTHCHECK,
	KEYWORD_LABEL,
	KEYWORD_MAINTAINER,
	KEYWORD_ONBUILD,
	KEYWORD_RUN,
	KEYWORD_SHELL,
	KEYWORD_STOPSIGNAL,
	KEYWORD_USER,
	KEYWORD_VOLUME,
	KEYWORD_WORKDIR,
};

/* In capitals: "FROM"; NULL for none. */
const char *keyword_name(enum keyword keyword);

#endif
