#include "git/hook_look.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/shell.h"
#include "git/hook_files.h"

#define MAX_LOOK 65536 /* bytes of a hook or of a manager's settings that are looked at */

/* Programs that manage hooks: how theirs are told, and the files that say what they run. */
static const struct manager {
	const char *name;
	const char *words; /* stand in its hooks */
	const char *settings[5];
} managers[] = {
	{ "lefthook",
	  "lefthook",
	  { "lefthook.yml", ".lefthook.yml", "lefthook.yaml", ".lefthook.yaml" } },
	{ "pre-commit", "pre_commit", { ".pre-commit-config.yaml" } },
	{ "pre-commit", "pre-commit.com", { ".pre-commit-config.yaml" } },
};

#define MANAGER_COUNT (sizeof(managers) / sizeof(managers[0]))

/* The beginning of a file as a string; "" where there is none. */
static const char *beginning(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "re");
	char *text = arena_bytes(arena, MAX_LOOK + 1);
	size_t length = file ? fread(text, 1, MAX_LOOK, file) : 0;

	if (file)
		(void)fclose(file);
	text[length] = '\0';
	return text;
}

static bool is_there(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0;
}

/* The word in front of "hook NAME" that ends in the program's name. */
static const char *find_call(struct arena *arena, const char *text, const char *name)
{
	const char *call = arena_printf(arena, "onedockerfile hook %s", name);
	const char *at = strstr(text, call);
	const char *start = at;

	if (!at)
		return NULL;
	while (start > text && !strchr(" \t\n\"'`;|&()<>", start[-1]))
		start--;
	return arena_printf(arena, "%.*sonedockerfile", (int)(at - start), start);
}

static const char *find_program(struct hook_look *look, struct arena *arena, const char *text)
{
	static const char assignment[] = "\nprogram=";
	const char *program = strstr(text, assignment);

	look->is_ours = hook_is_ours(text);
	return look->is_ours && program ? shell_unquote(arena, program + sizeof(assignment) - 1)
					: find_call(arena, text, look->name);
}

/* Its settings, where it has any; else where they would be. */
static void find_settings(struct hook_look *look, struct arena *arena,
			  const struct manager *manager, const char *work_dir)
{
	look->manager = manager->name;
	for (const char *const *name = manager->settings; *name && work_dir; name++) {
		const char *path = arena_printf(arena, "%s/%s", work_dir, *name);

		if (look->settings && !is_there(path))
			continue;
		look->settings = path;
		if (is_there(path))
			break;
	}
	if (!look->program && look->settings &&
	    strstr(beginning(arena, look->settings), "onedockerfile"))
		look->is_named = true;
}

/* From version 9 on husky's hooks, which it writes itself, run those of the directory above. */
static void look_at_husky(struct hook_look *look, struct arena *arena, const char *directory)
{
	const char *above = path_directory(arena, directory);

	look->manager = "husky";
	look->settings = arena_printf(arena, "%s/%s", above, look->name);
	look->program = find_call(arena, beginning(arena, look->settings), look->name);
}

void hook_look(struct hook_look *look, struct arena *arena, const char *directory,
	       const char *work_dir)
{
	const char *text = NULL;

	look->path = arena_printf(arena, "%s/%s", directory, look->name);
	look->is_there = is_there(look->path);
	look->is_executable = access(look->path, X_OK) == 0;
	if (!look->is_there)
		return;
	text = beginning(arena, look->path);
	look->program = find_program(look, arena, text);
	if (look->program)
		return;
	for (size_t i = 0; i < MANAGER_COUNT; i++)
		if (strstr(text, managers[i].words))
			find_settings(look, arena, &managers[i], work_dir);
	if (strcmp(path_name(directory), "_") == 0)
		look_at_husky(look, arena, directory);
}
