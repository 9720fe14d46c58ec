#!/usr/bin/python3
"""Read a report as its readers do: readers.py FORMAT FILE. Silent where it holds: what is no document
of its format, or could do something to a log or a terminal, ends with status 1 and says why."""
import json
import re
import sys
import unicodedata
import xml.dom.minidom

OURS = {
    "github": re.compile(r"::(error|warning|notice) title=(onedockerfile|[^:,]*,file=[^:,]*"
                         r",line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?)::"),
    "azure": re.compile(r"##vso\[task\.logissue type=(error|warning);[^\]]*;code=[a-z-]+;\]"),
}


def fail(why):
    sys.exit(f"{sys.argv[1]}: {why}")


def no_twice(pairs):
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        fail(f"a key twice: {names}")
    return dict(pairs)


def read(name, text):
    """The document; None where the format is lines."""
    if name in ("checkstyle", "junit"):
        return xml.dom.minidom.parseString(text.encode())
    if name in ("github", "azure", "text", "markdown"):
        return None
    return json.loads(text, object_pairs_hook=no_twice, parse_constant=fail)


def check_document(name, document):
    """GitLab shows one of several with the same fingerprint."""
    marks = [issue["fingerprint"] for issue in document] if name == "gitlab" else []
    if len(marks) != len(set(marks)):
        fail("a fingerprint twice")


def check_line(name, line):
    ours = OURS[name].match(line) if name in OURS else None
    if name == "github" and not ours:
        fail(f"no command: {line!r}")
    starts = not ours and re.match(r"\s*::", line)
    if starts or re.search(r"##(vso|teamcity)?\[", line[1 if ours else 0:], re.I):
        fail(f"a command of a repository: {line!r}")


def check(name, data):
    text = data.decode("utf-8")
    if text and not text.endswith("\n"):
        fail("no newline at the end")
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp"):
            fail(f"U+{ord(character):04X} in it")
    for line in text.split("\n")[:-1]:
        check_line(name, line)
    check_document(name, read(name, text))


check(sys.argv[1], open(sys.argv[2], "rb").read())
