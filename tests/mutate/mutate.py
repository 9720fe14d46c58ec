"""Changes one token of the sources at a time and asks whether a test notices.

A change that no test notices is a survivor: a gap in the tests, or a token that does not matter.
What does not compile, or compiles to the same object, does not count. The library is a shared one
here, so that a mutant costs one compilation, one link and the tests that may know of it. N mutants
by chance of SEED, within TIME seconds; ONLY=src/rules/places.c:61: looks at one line, VERBOSE=1
says which test noticed what.
"""

import concurrent.futures
import difflib
import glob
import itertools
import os
import pathlib
import queue
import random
import shlex
import signal
import subprocess
import sys
import threading
import time

from mutants import mutants

GROUPS = {
    "rules": ["src/rules/*.c"],
    "readers": ["src/readers/*.c"],
    "judge": ["src/judge/*.c"],
    "range": ["src/git/history*.c", "src/git/commits.c", "src/git/refs*.c", "src/git/walk.c",
              "src/git/changes.c"],
    "syntax": ["src/syntax/*.c"],
}
# What is asked after the unit tests: those that are about the group, what is likely and quick first.
END_TO_END = {
    "rules": ["tests/rules.t", "tests/e2e/waivers.bats", "tests/e2e/identity.bats",
              "tests/e2e/hostile_names.bats"],
    "readers": ["tests/rules.t", "tests/e2e/inspect.bats", "tests/e2e/identity.bats",
                "tests/inherit.t", "tests/e2e/hostile_names.bats",
                "tests/e2e/hostile_dockerfile.bats", "tests/e2e/hostile_yaml.bats",
                "tests/e2e/limits.bats"],
    "judge": ["tests/e2e/merge.bats", "tests/inherit.t", "tests/e2e/waivers.bats",
              "tests/e2e/range.bats", "tests/e2e/formats.bats", "tests/e2e/ahead.bats",
              "tests/e2e/limits.bats"],
    "range": ["tests/e2e/range.bats", "tests/e2e/merge.bats", "tests/inherit.t",
              "tests/e2e/pre_receive.bats", "tests/e2e/update.bats", "tests/e2e/repositories.bats",
              "tests/e2e/trees.bats", "tests/e2e/ci.bats", "tests/e2e/attacks.bats",
              "tests/e2e/hostile_objects.bats"],
    "syntax": ["tests/rules.t", "tests/e2e/inspect.bats", "tests/e2e/sources.bats",
               "tests/e2e/hostile_dockerfile.bats", "tests/e2e/hostile_yaml.bats"],
}
SLOW = 4  # seconds: a unit test that takes longer is not asked
PATIENCE = 20  # seconds and ten times what a test takes: then it hangs, which is noticed too
BUILD = pathlib.Path(os.environ["BUILD"]).resolve()
UNITS = [name[:-2] + ".t" for name in os.environ["UNITS"].split()]
COMPILE, LINK, LIBS = (shlex.split(os.environ[name]) for name in ("COMPILE", "LINK", "LIBS"))
LINK.remove("-pie")
OBJECTS = os.environ["OBJECTS"].split()


def run(command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def compiled(source, text, folder):
    """The object of a source with this text, or None."""
    copy, result = folder / source, folder / "mutant.o"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text)
    # Under one name, so that equal code is an equal object.
    failed = run(COMPILE + ["-I" + os.path.dirname(source), "-c", "-o", str(result), str(copy)])
    return None if failed else result.read_bytes()


def link(folder, source=None):
    """The library of a worker, with the mutant in the place of a source."""
    own = None if source is None else str(BUILD / source[:-2]) + ".o"
    objects = [str(folder / "mutant.o") if os.path.abspath(path) == own else path
               for path in OBJECTS]
    return run(LINK + ["-shared", "-o", str(folder / "libonedockerfile.so")] + objects + LIBS)


def link_program(name, objects):
    if run(LINK + ["-pie", "-o", str(name)] + objects
           + [f"-L{BUILD / 'worker0'}", "-lonedockerfile"] + LIBS):
        sys.exit(f"cannot link {name}")


def build():
    """The program and the unit tests, each with the library of whoever runs it."""
    for test in UNITS:
        link_program(test, [test[:-2] + ".o"] + os.environ["SUPPORT"].split() + ["-lcmocka"])
    link_program(BUILD / "onedockerfile", [str(BUILD / "src/main.o")])


def command_of(test):
    if test.endswith(".bats"):
        return ["bats", "--tap", test]
    return ["perl", test] if test.startswith("tests/") else [test]


def passes(test, folder, patience):
    """Does the test end by itself, with all that it looks at in order?"""
    environment = dict(os.environ, LD_LIBRARY_PATH=str(folder), CMOCKA_MESSAGE_OUTPUT="TAP",
                       PERL5LIB="tests/support", ONEDOCKERFILE=str(BUILD / "onedockerfile"))
    process = subprocess.Popen(command_of(test), env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    over = threading.Timer(patience, os.killpg, (process.pid, signal.SIGKILL))
    over.start()
    noticed = any(line.startswith(b"not ok") for line in process.stdout)
    over.cancel()
    if noticed:
        try:
            os.killpg(process.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
    return process.wait() == 0 and not noticed


def patience_of(tests, folder):
    """How long each test may take that passes when nothing is changed."""
    def take(test):
        start = time.monotonic()
        return passes(test, folder, 300), time.monotonic() - start

    with concurrent.futures.ThreadPoolExecutor(int(os.environ["JOBS"])) as pool:
        taken = dict(zip(tests, pool.map(take, tests)))
    for test in [test for test, (passed, _) in taken.items() if not passed]:
        print(f"not asked, since it fails anyway: {test}", file=sys.stderr)
    return {test: (took, PATIENCE + 10 * took) for test, (passed, took) in taken.items()
            if passed and (took < SLOW or test.startswith("tests/"))}


def asked(source, group, known):
    """The tests that may notice a change in a source, what is likely and quick first."""
    module = pathlib.Path(source).stem
    noun = module.split("_")[0]

    def order(test):
        text = pathlib.Path("tests/unit", pathlib.Path(test).stem + ".c").read_text()
        return (module not in text and module not in test, noun not in test, known[test][0])

    units = sorted((test for test in known if not test.startswith("tests/")), key=order)
    return units + [test for test in END_TO_END[group] if test in known]


def judge(group, source, mutant, folder, known):
    """None where it does not count; the test that noticed it; or an empty name."""
    text = pathlib.Path(source).read_text()
    before = compiled(source, text, folder)
    if compiled(source, mutant.apply(text), folder) in (None, before):
        return None
    if link(folder, source):
        return None
    for test in asked(source, group, known):
        if not passes(test, folder, known[test][1]):
            return test
    return ""


def difference(source, mutant):
    text = pathlib.Path(source).read_text()
    lines = difflib.unified_diff(text.splitlines(), mutant.apply(text).splitlines(), n=0,
                                 lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def sample(seed):
    """Every mutant in an order by chance, a group at a time."""
    chance = random.Random(seed)
    groups = []
    for group, patterns in GROUPS.items():
        found = [(group, source, mutant) for pattern in patterns for source in glob.glob(pattern)
                 for mutant in mutants(pathlib.Path(source).read_text())]
        found.sort(key=lambda each: (each[1], each[2].start, each[2].text))
        chance.shuffle(found)
        groups.append(found)
    return [each for row in itertools.zip_longest(*groups) for each in row if each]


def main():
    count, seed, limit = (int(os.environ[name]) for name in ("N", "SEED", "TIME"))
    only = os.environ.get("ONLY", "")
    todo = [each for each in sample(seed) if only in f"{each[1]}:{each[2].line}:"]
    workers = queue.SimpleQueue()
    for number in range(int(os.environ["JOBS"])):
        folder = BUILD / f"worker{number}"
        folder.mkdir(exist_ok=True)
        if link(folder):
            sys.exit("cannot link the library")
        workers.put(folder)
    build()
    known = patience_of(UNITS + sorted(set(sum(END_TO_END.values(), []))),
                        BUILD / "worker0")
    score = {group: [0, 0] for group in GROUPS}
    lock, index = threading.Lock(), iter(todo)
    end = time.monotonic() + limit

    def work(folder):
        while True:
            with lock:
                each = next(index, None)
                if not each or sum(all for _, all in score.values()) >= count or \
                        time.monotonic() > end:
                    return
            noticed = judge(*each, folder, known)
            if noticed is None:
                continue
            group, source, mutant = each
            with lock:
                score[group][0] += bool(noticed)
                score[group][1] += 1
                if not noticed:
                    print(f"survived: {source}:{mutant.line}", *difference(source, mutant),
                          sep="\n", flush=True)
                elif os.environ.get("VERBOSE"):
                    print(f"noticed: {source}:{mutant.line} by {noticed}", flush=True)

    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(work, [workers.get() for _ in range(workers.qsize())]))
    score["all"] = [sum(column) for column in zip(*score.values())]
    for group, (killed, all_of_them) in score.items():
        print(f"{killed:5} of {all_of_them:4} noticed"
              f" {100 * killed / max(all_of_them, 1):6.1f} %  {group}")
    killed, all_of_them = score["all"]
    return 100 * killed < int(os.environ["FLOOR"]) * all_of_them


sys.exit(main())
