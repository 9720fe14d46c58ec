#!/usr/bin/python3
"""Hostile strings through every format, read strictly: mass.py COUNT SEED DIRECTORY PROGRAM NODE...
NODE... is how to run github_runner.mjs's reader. A line for each thing that is not as it should be,
then how many strings there were. The same seed gives the same strings."""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree

from hostile import name, quoted
from mass_readers import Complaints, read_azure, read_log, read_strict

ROUND = 240  # strings of one tree: a summary of more leaves rows out
BATCH = 8  # findings of a level that GitHub is shown at once: all of them
FORMATS = ["azure", "checkstyle", "github-checks", "gitlab", "json", "junit", "markdown", "rdjson", "sarif", "text"]


def any_name(rng):
    """Pieces that mean something, any bytes, or any characters."""
    kind = rng.randrange(10)
    if kind < 7:
        return name(rng)
    if kind < 9:
        return bytes(rng.randrange(1, 256) for _ in range(rng.randint(1, 40)))
    return "".join(chr(rng.choice([rng.randrange(1, 0x3000), rng.randrange(0xE000, 0x110000)]))
                   for _ in range(rng.randint(1, 20))).encode()


def file_name(rng):
    """No template, no document, and not separators alone: those are not judged."""
    return any_name(rng).replace(b"/", b"|").replace(b"{{", b"{")[:120] + rng.choice([b"x_", b"]", b"\n"])


class Tree:
    """What is judged: where each path that has findings lies, a few strings in each."""

    def __init__(self, rng, root):
        self.rng, self.root, self.paths, self.count = rng, root.encode(), [], 0

    def write(self, path, content):
        full = self.root + b"/" + path
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "xb") as file:
            file.write(content)

    def add(self, path, content, strings):
        try:
            self.write(path, content)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            return
        self.paths.append(path)
        self.count += strings

    def variant(self):
        self.add(b"Dockerfile." + file_name(self.rng), b"FROM alpine:3.20\n", 1)

    def directory(self):
        directory = file_name(self.rng)
        if directory in (b".", b"..") or os.path.lexists(self.root + b"/" + directory):
            return
        self.write(directory + b"/Dockerfile", b"FROM alpine:3.20\n")
        self.add(directory + b"/Dockerfile.dev", b"FROM alpine:3.20\n", 1)

    def stage(self):
        word = re.sub(rb"[\s\\`]", b"", any_name(self.rng)) + b"]"
        self.add(b"stage%d/Dockerfile" % self.count, b"FROM alpine:3.20 AS " + word + b"\nFROM alpine:3.20\n", 1)

    def compose(self, build):
        lines = ["services:\n"]
        for i in range(BATCH):
            lines.append(f"  {quoted(any_name(self.rng))[:-1]}{i}\": {{image: x}}\n  s{i}:\n    build: {build()}\n")
        self.add(b"compose%d/compose.yaml" % self.count, "".join(lines).encode(), 2 * BATCH)

    def target(self):
        return f"{{context: .., target: {quoted(any_name(self.rng))}}}"

    def context(self):
        return quoted(b"./" + any_name(self.rng))

    def policy(self):
        """Waivers: of what is there, of nothing, and past their time."""
        lines = ["waivers:\n"]
        for i, path in enumerate(["waived/Dockerfile.dev", "nothing", "nowhere"]):
            words = ", ".join(f"{key}: {quoted(any_name(self.rng) + b'x')}" for key in ("reason", "owner"))
            subject = f", subject: {quoted(any_name(self.rng) + b'x')}, expires: 2020-01-01" if i else ""
            lines.append(f"  - {{rule: extra-dockerfile, path: {path}, {words}{subject}}}\n")
        return "".join(lines)

    def fill(self, count):
        self.write(b"Dockerfile", b"FROM alpine:3.20 AS base\nFROM base AS prod\n")
        self.write(b"waived/Dockerfile", b"FROM alpine:3.20\n")
        self.add(b"waived/Dockerfile.dev", b"FROM alpine:3.20\n", 0)
        while self.count < count:
            kind = self.rng.randrange(20)
            if kind < 8:
                self.variant()
            elif kind < 14:
                self.directory()
            elif kind < 17:
                self.stage()
            else:
                self.compose(self.target if kind < 19 else self.context)


def run(words, root, **more):
    """Output and error output of the program; neither may break the tree's locale."""
    done = subprocess.run(words, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False, **more)
    return done.returncode, done.stdout, done.stderr


def path_of(finding):
    return bytes.fromhex(finding["path_bytes"]) if finding["path_bytes"] else finding["path"].encode()


class Round:
    def __init__(self, complain, program, directory, tree):
        self.complain, self.program, self.tree = complain, program, tree
        self.root, self.out = tree.root.decode(), directory + "/out"
        self.documents, self.annotations = {}, b""

    def judge(self):
        """One run, every format but GitHub's, which shows ten findings of a level."""
        os.makedirs(self.out, exist_ok=True)
        words = [self.program, "check"] + [f"-o{name}={self.out}/{name}" for name in FORMATS]
        status, output, errors = run(words, self.root)
        self.complain.unless(status == 1, f"status {status}: {errors}")
        for name in FORMATS:
            with open(f"{self.out}/{name}", "rb") as file:
                self.documents[name] = file.read()
        self.complain.unless(output == self.documents["text"], "text is not what is printed")
        self.documents["errors"] = errors

    def look(self):
        """What else says something of a tree; a patch is the bytes that it changes."""
        for name, words in (("inspect", ["inspect", "-f", "text"]), ("inspect-json", ["inspect", "-f", "json"])):
            status, self.documents[name], errors = run([self.program] + words, self.root)
            self.complain.unless(status == 0 and not errors, f"{name}: status {status}")
        read_strict(self.documents["inspect-json"])
        policy = self.out + "/policy.yaml"
        with open(policy, "w", encoding="utf-8") as file:
            file.write(self.tree.policy())
        words = [self.program, "check", "-v", "--all", "-c", policy, "-o", f"json={self.out}/all"]
        status, self.documents["all"], errors = run(words, self.root)
        self.complain.unless(status in (0, 1) and b"(waived)" in self.documents["all"], f"waivers: {errors}")
        with open(self.out + "/all", "rb") as file:
            self.documents["all-json"] = file.read()
        read_strict(self.documents["all-json"])
        status, _, self.documents["merge"] = run([self.program, "merge"], self.root)
        self.complain.unless(status in (0, 1), f"merge: status {status}")

    def annotate(self):
        """All findings of all paths, a few at once."""
        several = [path for path in self.tree.paths if not path.startswith(b"compose")]
        batches = [several[i:i + BATCH] for i in range(0, len(several), BATCH)]
        for batch in batches + [[path] for path in self.tree.paths if path.startswith(b"compose")]:
            _, output, errors = run([self.program, "check", "-f", "github", "--"] + batch, self.root)
            self.annotations += output
            self.documents["errors"] += errors

    def push(self):
        """Over "remote:", from a hook; standard error is git's, with the hook's in it."""
        bare, git = self.root + ".git", ["git", "-c", "user.name=a", "-c", "user.email=a"]
        run(["git", "init", "-q", "-b", "main", "."], self.root)
        run(["git", "init", "-q", "--bare", bare], self.root)
        with open(bare + "/hooks/pre-receive", "w") as file:
            file.write(f'#!/bin/sh\nexec "{self.program}" hook pre-receive\n')
        os.chmod(bare + "/hooks/pre-receive", 0o755)
        run(git + ["add", "-A"], self.root)
        run(git + ["commit", "-qm", "hostile"], self.root)
        status, _, errors = run(["git", "push", bare, "HEAD:refs/heads/\u202e##x"], self.root)
        self.complain.unless(status != 0 and b"remote: refused by onedockerfile" in errors, f"pushed: {errors}")
        self.documents["push"] = b"".join(line[8:].rstrip(b" ") + b"\n" for line in errors.split(b"\n")
                                          if line.startswith(b"remote: "))
        self.complain.unless(self.documents["push"].isascii(), "a push is told more than ASCII")

    def check_documents(self):
        report = read_strict(self.documents["json"])
        findings, paths = report["findings"], {path_of(finding) for finding in report["findings"]}
        shown = [finding for finding in findings if finding["status"] == "new"]
        sarif = read_strict(self.documents["sarif"])["runs"][0]["results"]
        uris = {urllib.parse.unquote_to_bytes(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
                for result in sarif}
        self.complain.unless(paths == set(self.tree.paths), f"paths: {paths ^ set(self.tree.paths)}")
        self.complain.unless(uris == paths, f"URIs: {uris ^ paths}")
        counts = {
            "sarif": len(sarif),
            "gitlab": len(read_strict(self.documents["gitlab"])),
            "rdjson": len(read_strict(self.documents["rdjson"])["diagnostics"]),
            "checkstyle": len(xml.etree.ElementTree.fromstring(self.documents["checkstyle"]).findall("file/error")),
            "junit": len(xml.etree.ElementTree.fromstring(self.documents["junit"]).findall(".//failure")),
            "text": len(re.findall(rb"^(?!  help: | *\d* \| ).*: (?:error|warning|notice): .* \[[a-z-]+\]$",
                                   self.documents["text"], re.M)),
            "azure": read_azure(self.complain, self.documents["azure"].decode()),
        }
        read_strict(self.documents["github-checks"])
        errors = [finding for finding in shown if finding["level"] == "error"]
        for format, count in counts.items():
            wanted = len(errors) if format == "junit" else len(shown)
            self.complain.unless(count == wanted, f"{format}: {count} of {wanted} findings")
        return shown

    def check_annotations(self, commands, shown):
        lines = self.annotations.decode().split("\n")[:-1]
        self.complain.unless(len(commands) == len(lines), f"{len(commands)} commands in {len(lines)} lines")
        self.complain.unless(len(lines) == len(shown), f"{len(lines)} annotations of {len(shown)} findings")
        plain = {finding["path"] for finding in shown if re.fullmatch("[ -~]*", finding["path"])}
        plain -= {path for path in plain if "##" in path}
        files = {command["properties"].get("file") for command in commands}
        self.complain.unless(plain <= files, f"not annotated: {plain - files}")
        self.complain.unless({command["name"] for command in commands} <= {"error", "warning", "notice"}, "a command")

    def check_markdown(self, here):
        html = subprocess.run(["cmark-gfm", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tagfilter"],
                              input=self.documents["markdown"], capture_output=True, check=True).stdout
        with open(self.out + "/html", "wb") as file:
            file.write(html)
        said = subprocess.run([here + "/markdown.py", self.out + "/html", self.out + "/gitlab"], capture_output=True, check=False)
        self.complain.unless(said.returncode == 0 and not said.stdout, f"markdown: {said.stdout[:500]}{said.stderr[-500:]}")


def commands_of(node, *texts):
    """What the runner's own parser finds in each."""
    done = subprocess.run(node, input=json.dumps([text.decode() for text in texts]), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def wrong_usage(complain, program, rng, root):
    """Strings as arguments and in a policy: a message of one line."""
    word = any_name(rng).replace(b"\0", b"")
    with open(root + "/policy.yaml", "wb") as file:
        file.write(rng.choice([word + b"\n", b"rules: {" + quoted(word).encode() + b": off}\n", b"fail-on: " + quoted(word).encode()]))
    words = rng.choice([["check", "--rev", word], ["check", "--level", word + b"=off"], ["check", "-f", word], [word],
                        ["check", "-c", root + "/policy.yaml"], ["explain", word], ["hook", word], ["check", "--date", word],
                        ["check", "-C", b"./" + word]])
    status, output, errors = run([program] + words, root)
    complain.unless(status in (2, 3) and not output, f"{words}: status {status}")
    complain.unless(errors.startswith(b"onedockerfile: ") and errors.count(b"\n") == 1, f"{words}: {errors}")
    return errors


def main(count, seed, directory, program, *node):
    complain, rng, strings = Complaints(), random.Random(seed), 0
    here = os.path.dirname(os.path.abspath(__file__))
    while strings < count:
        root = directory + "/tree"
        for old in (root, root + ".git", directory + "/out"):
            shutil.rmtree(old, ignore_errors=True)
        os.makedirs(root)
        tree = Tree(rng, root)
        tree.fill(min(ROUND, count - strings))
        round = Round(complain, program, directory, tree)
        round.judge()
        shown = round.check_documents()
        round.look()
        round.annotate()
        round.push()
        round.documents["errors"] += b"".join(wrong_usage(complain, program, rng, directory) for _ in range(20))
        for name, document in round.documents.items():
            read_log(complain, name, document)
        texts = list(round.documents.values())
        commands = commands_of(node, round.annotations, *texts)
        for name, found in zip(round.documents, commands[1:]):
            complain.unless(not found, f"{name}: commands {found}")
        read_log(complain, "github", round.annotations)
        round.check_annotations(commands[0], shown)
        round.check_markdown(here)
        strings += tree.count + 20
        if complain.count > 20:
            break
    print(f"{strings} strings, {complain.count} complaints")


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], *sys.argv[5:])
