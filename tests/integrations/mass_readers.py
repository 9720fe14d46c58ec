"""Readers for mass.py that take no more than they have to."""
import json
import re

# What moves a cursor, is not seen, ends a line or changes the order of what is.
TREACHEROUS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
                         "\U000e0000-\U000e007f]")
JSON = ("all-json", "github-checks", "gitlab", "inspect-json", "json", "rdjson", "sarif")  # indented by tabs
COMMAND = re.compile(r"##\[|##vso\[|##teamcity\[", re.I)
ISSUE = re.compile(r"##vso\[task\.logissue type=(?:error|warning);sourcepath=[^;\]]*;linenumber=\d+;(?:columnnumber=\d+;)?"
                   r"code=[a-z-]+;\]")


class Complaints:
    """Says what is not as it should be."""

    def __init__(self):
        self.count = 0

    def unless(self, is_so, what):
        if not is_so:
            self.count += 1
            print(ascii(what)[:600])


def once(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key is there twice")
    return dict(pairs)


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def read_strict(document):
    """JSON as RFC 8259 has it, in valid UTF-8, and no half pair in a string."""
    value = json.loads(document.decode("utf-8", "strict"), object_pairs_hook=once, parse_constant=refuse)
    json.dumps(value, ensure_ascii=False).encode("utf-8", "strict")
    return value


def read_azure(complain, document):
    """As the agent takes commands apart: the properties end at the first ']'. How many findings."""
    lines = document.split("\n")[:-1]
    for line in lines:
        issue = ISSUE.match(line)
        complain.unless(issue or line.startswith("notice: "), f"azure: {line}")
        complain.unless(not COMMAND.search(line, issue.end() if issue else 0), f"azure, a command inside: {line}")
    return len(lines)


def read_log(complain, name, document):
    """What is printed to a log: valid UTF-8, nothing treacherous, and no command but ours."""
    text = document.decode("utf-8", "strict")
    treacherous = TREACHEROUS.search(text)
    complain.unless(not treacherous, f"{name}: {treacherous}")
    complain.unless(name in JSON or "\t" not in text, f"{name}: a tab")
    for line in text.split("\n"):
        complain.unless(name == "azure" or not COMMAND.search(line), f"{name}: {line}")
        complain.unless(name == "github" or not line.lstrip().startswith("::"), f"{name}: {line}")
