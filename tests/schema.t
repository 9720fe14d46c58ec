#!/usr/bin/python3
"""policies/schema.json says what the program does: with every rule and no other, and of each example
here an editor that reads it and the program think the same."""
import json
import os
import re
import subprocess
import tempfile

import jsonschema
import yaml

PROGRAM = os.environ["ONEDOCKERFILE"]
RIGHT = """
{}
{version: 1, extends: strict, fail-on: never, inline: true, commits: tip, refs: ["refs/heads/*"]}
rules: {unused-stage: off, unreadable: {level: error}, extra-dockerfile: {platforms: []}}
rules: {development-last: {level: notice, words: [dev]}, expired-waiver: warning}
{ignore: ["**/{a,b}/**", "a?"], dockerfiles: [Dockerfile.worker]}
variables: {BUILD_TARGET: [dev, prod], _x1: "", Y: z}
waivers: [{rule: unused-stage, path: "a/**", subject: ~, reason: b, owner: ~, expires: ~}]
waivers: [{rule: extra-dockerfile, path: "**/a", subject: c, reason: b, owner: d, expires: 2027-03-31}]
{extends: strict, waivers: [{rule: unused-stage, path: a, reason: b, expires: "2027-03-31"}]}
"""
WRONG = """
[]
waviers: []
version: 2
version: "1"
extends: repository
extends: other.yaml
fail-on: off
fail-on: [error]
rules: []
rules: {unused-stag: off}
rules: {unused-stage: warn}
rules: {unused-stage: true}
rules: {unused-stage: {platforms: [arm]}}
rules: {development-last: {words: dev}}
rules: {extra-dockerfile: {platforms: [1]}}
rules: {extra-dockerfile: {words: [dev]}}
ignore: vendor
ignore: [/vendor]
ignore: [./vendor]
ignore: [../vendor]
ignore: [vendor/]
ignore: [""]
dockerfiles: {a: b}
variables: [a]
variables: {A-B: c}
variables: {A: 1}
variables: {A: []}
variables: {A: " "}
inline: yes
inline: "true"
commits: all
refs: [1]
waivers: {}
waivers: [a]
waivers: [{path: a, reason: b}]
waivers: [{rule: unused-stage, reason: b}]
waivers: [{rule: unused-stage, path: a}]
waivers: [{rule: unused-stage, path: a, reason: " "}]
waivers: [{rule: unused-stag, path: a, reason: b}]
waivers: [{rule: expired-waiver, path: a, reason: b}]
waivers: [{rule: unused-stage, path: "**/*", reason: b}]
waivers: [{rule: unused-stage, path: /a, reason: b}]
waivers: [{rule: unused-stage, path: a, reason: b, expires: 2027-13-01}]
waivers: [{rule: unused-stage, path: a, reason: b, expires: soon}]
waivers: [{rule: unused-stage, path: a, reason: b, owner: 1}]
waivers: [{rule: unused-stage, path: a, reason: b, until: 2027-03-31}]
{extends: strict, waivers: [{rule: unused-stage, path: a, reason: b}]}
{extends: strict, waivers: [{rule: unused-stage, path: a, reason: b, expires: ~}]}
"""


class Loader(yaml.SafeLoader):
    """YAML 1.2, as editors read it: off and yes are strings, and so are days."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for first, word in ("t", "true"), ("f", "false"):
    Loader.yaml_implicit_resolvers.setdefault(first, []).append(
        ("tag:yaml.org,2002:bool", re.compile(f"^{word}$"))
    )

number = 0


def test(good, name, reason=""):
    global number
    number += 1
    print(f"{'' if good else 'not '}ok {number} - {name}")
    for line in str(reason).splitlines() if not good else ():
        print("#", line)


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)


def rules(text):
    with tempfile.TemporaryDirectory() as directory:
        with open(f"{directory}/.onedockerfile.yaml", "w") as file:
            file.write(text)
        return run("rules", "-C", directory, "--format", "json")


def taken(text):
    result = rules(text)
    return result.returncode, result.stderr


with open("policies/schema.json") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)


def faults(text):
    return [error.message for error in validator.iter_errors(yaml.load(text, Loader))]


for name in "default", "strict":
    with open(f"policies/{name}.yaml") as file:
        found = faults(file.read())
    test(not found, f"takes {name}.yaml", found)
for text in RIGHT.strip().splitlines():
    status, message = taken(text)
    found = faults(text)
    test(status == 0 and not found, f"takes {text}".replace("#", "?"), f"{status} {message} {found}")
for text in WRONG.strip().splitlines():
    status, message = taken(text)
    found = faults(text)
    # A server may extend the repository's policy, so an editor takes that.
    as_wanted = bool(found) != (text == "extends: repository")
    test(status == 2 and as_wanted, f"refuses {text}".replace("#", "?"), f"{status} {message} {found}")

known = json.loads(rules("version: 1").stdout)["rules"]
properties = schema["properties"]["rules"]["properties"]
test(
    {rule["id"]: rule["summary"] for rule in known}
    == {id: property["description"] for id, property in properties.items()},
    "describes every rule and no other",
)
debts = {"expired-waiver", "unused-waiver"}
waivable = schema["properties"]["waivers"]["items"]["properties"]["rule"]["enum"]
test(
    waivable == [rule["id"] for rule in known if rule["id"] not in debts],
    "lets every rule be waived but those about waivers",
)


def begun():
    """What 'init' writes for a repository that has something to waive."""
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run(["git", "init", "-q", directory], check=True)
        for name in "a", "b", 'c "d"\n# e':
            os.mkdir(f"{directory}/{name}")
            for file in "Dockerfile", "Dockerfile.dev":
                with open(f"{directory}/{name}/{file}", "w") as text:
                    text.write("FROM scratch\n")
        run("init", "-C", directory)
        with open(f"{directory}/.onedockerfile.yaml") as file:
            return file.read()


text = begun()
found = faults(text) + ([] if "extra-dockerfile" in text else ["nothing is waived"])
test(not found, "takes what init writes", found)
print(f"1..{number}")
