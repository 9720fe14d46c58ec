#!/usr/bin/python3
"""Write a tree whose names, in Dockerfiles and in compose files, would like to be something else in
a report: hostile.py SEED COUNT. The same seed gives the same tree."""
import os
import random
import sys

PIECES = [b"::error::x", b"::add-mask::", b"##[add-mask]", b"##vso[task.complete]", b"##teamcity[x", b"\n", b"\r",
          b"\r\n", b"\t", b" ", b"\x1b[2J", b"\x1b]0;t\x07", b"\x7f", b"\x01", b"\xc2\x85", "\u202e".encode(),
          "\u2066".encode(), "\u2028".encode(), "\ufeff".encode(), "\ufffe".encode(), "\U0001f600".encode(),
          "\u00fc".encode(), b"\xff", b"\xc3", b"\xed\xa0\x80", b"'", b'"', b"`", b"`x`", b"```", b"|", b"\\", b"<b>", b"</x>", b"&amp;", b"]]>",
          b"-->", b"%", b"%0A", b"%25", b"%3B", b",", b":", b";", b"]", b"[x](y)", b"![i](j)", b"@all", b"#1", b"https:",
          b"www.example.org", b"a@example.org", b"$(x)", b"${X}", b"{{x}}", b"*", b"_", b"~~", b"end", b"#quot;", b"="]


def name(rng):
    return b"".join(rng.choice(PIECES) for _ in range(rng.randint(1, 6))).replace(b"/", b"")[:120]


def quoted(text):
    """In double quotes of YAML."""
    return '"' + "".join(c if c.isalnum() else "\\U%08x" % ord(c) for c in text.decode("utf-8", "replace")) + '"'


def main(seed, count):
    rng = random.Random(seed)
    with open("Dockerfile", "w") as file:
        file.write("FROM alpine:3.20 AS base\nFROM base AS prod\n")
    for _ in range(count):
        with open(b"Dockerfile." + name(rng), "wb") as file:
            file.write(b"FROM alpine:3.20\nRUN " + name(rng).replace(b"\n", b"") + b"\n")
    with open("compose.yaml", "w") as file:
        file.write("services:\n")
        for i in range(count):
            file.write(f"  s{i}:\n    build:\n      context: .\n      target: {quoted(name(rng))}\n")
    os.mkdir("sub")
    with open("sub/compose.yaml", "w") as file:
        file.write("services:\n")
        for i in range(count // 4):
            file.write(f"  t{i}:\n    build: {quoted(b'./' + name(rng))}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
