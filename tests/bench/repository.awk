# A repository for git fast-import, the same each time: -v services=N directories with a Dockerfile
# and a compose file, -v sources=N other files, and -v commits=N that change one or two of them (-v
# calm=N: N times as few a service); -v topics=N commits beside each other on the first one, -v
# stages=N of one Dockerfile.

# The minimal standard generator of Park and Miller: the same numbers with every awk.
function random(below)
{
	seed = (seed * 16807) % 2147483647
	return seed % below
}

function commit(number, ref)
{
	print "commit " (ref ? ref : "refs/heads/main")
	print "mark :" number + 1
	print "committer Bench <bench@example.org> " 1700000000 + number * 60 " +0000"
	print "data 7"
	print "change"
}

function file(path, text)
{
	print "M 100644 inline " path
	print "data " length(text)
	print text
}

function dockerfile(service, revision)
{
	file("services/" service % 40 "/" service "/Dockerfile",
	     "# syntax=docker/dockerfile:1\n" \
	     "ARG NODE_VERSION=" 16 + revision % 8 "\n" \
	     "FROM node:${NODE_VERSION}-alpine AS base\n" \
	     "WORKDIR /app\n" \
	     "ENV PORT=3000 \\\n" \
	     "    LOG_LEVEL=info\n" \
	     "\n" \
	     "# What rarely changes comes first.\n" \
	     "FROM base AS dependencies\n" \
	     "COPY package.json package-lock.json ./\n" \
	     "RUN --mount=type=cache,target=/root/.npm \\\n" \
	     "    npm ci --omit=dev\n" \
	     "\n" \
	     "FROM base AS build\n" \
	     "COPY --from=dependencies /app/node_modules ./node_modules\n" \
	     "COPY . .\n" \
	     "RUN npm run build -- --revision=" revision " && \\\n" \
	     "    rm -rf .cache \"$HOME/.npm\"\n" \
	     "\n" \
	     "FROM dependencies AS dev\n" \
	     "COPY . .\n" \
	     "CMD [\"npm\", \"run\", \"dev\"]\n" \
	     "\n" \
	     "FROM base AS prod\n" \
	     "LABEL org.opencontainers.image.title=\"service-" service "\"\n" \
	     "COPY --from=build --chown=node:node /app/dist ./dist\n" \
	     "USER node\n" \
	     "EXPOSE 3000\n" \
	     "HEALTHCHECK --interval=30s CMD wget -q -O- http://localhost:3000/ || exit 1\n" \
	     "CMD [\"node\", \"dist/main.js\"]\n")
}

function compose(service, revision)
{
	file("services/" service % 40 "/" service "/compose.yaml",
	     "services:\n" \
	     "  web:\n" \
	     "    build:\n" \
	     "      context: .\n" \
	     "      target: dev\n" \
	     "      args:\n" \
	     "        NODE_VERSION: \"" 16 + revision % 8 "\"\n" \
	     "    ports: [\"" 3000 + service % 1000 ":3000\"]\n" \
	     "    environment:\n" \
	     "      LOG_LEVEL: ${LOG_LEVEL:-debug}\n" \
	     "      DATABASE: postgres://database/service" service "\n" \
	     "    volumes:\n" \
	     "      - .:/app\n" \
	     "      - modules:/app/node_modules\n" \
	     "    depends_on: [database]\n" \
	     "  worker:\n" \
	     "    build: {context: ., target: prod}\n" \
	     "    command: [\"node\", \"dist/worker.js\", \"" revision "\"]\n" \
	     "    restart: unless-stopped\n" \
	     "    deploy:\n" \
	     "      replicas: 2\n" \
	     "  database:\n" \
	     "    image: postgres:16\n" \
	     "    volumes: [data:/var/lib/postgresql/data]\n" \
	     "volumes:\n" \
	     "  data:\n" \
	     "  modules:\n")
}

# Six files to a directory, twenty directories to each above it.
function source(number, revision)
{
	file("src/" int(number / 2400) "/" int(number / 120) % 20 "/" int(number / 6) % 20 \
	     "/file" number ".js", "export const revision = " revision ";\n")
}

function change(number)
{
	source(random(sources), number + 1000)
	if (number % (5 * calm) == 0)
		dockerfile(random(services), number)
	if (number % (7 * calm) == 0)
		compose(random(services), number)
}

function long_dockerfile(stages,    i)
{
	print "M 100644 inline Dockerfile"
	print "data " stages * 7
	for (i = 0; i < stages; i++)
		print "FROM a"
}

BEGIN {
	seed = 42
	calm = calm ? calm : 1
	commit(0)
	for (i = 0; i < services; i++) {
		dockerfile(i, random(1000))
		compose(i, random(1000))
	}
	for (i = 0; i < sources; i++)
		source(i, random(1000))
	if (stages)
		long_dockerfile(stages)
	print "reset refs/tags/first\nfrom :1\n"
	for (i = 1; i <= commits; i++) {
		commit(i)
		change(i)
	}
	for (i = 1; i <= topics; i++) {
		commit(i, "refs/topics/" i)
		print "from :1"
		change(i)
	}
}
