"""The mutants of a C source: one token changed in each, and nothing in comments, strings and macros."""

import re

TOKEN = re.compile(
    r"""(?P<skip>/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|^\#(?:\\\n|[^\n])*)"""
    r"""|(?P<name>[A-Za-z_]\w*)|(?P<number>\d\w*)"""
    r"""|(?P<mark><<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)""",
    re.S | re.M | re.X)

OTHER = {"<": ["<="], "<=": ["<"], ">": [">="], ">=": [">"], "==": ["!="], "!=": ["=="],
         "&&": ["||"], "||": ["&&"], "++": ["--"], "--": ["++"], "+=": ["-="], "-=": ["+="],
         "true": ["false"], "false": ["true"], "break": ["continue"], "continue": ["break"]}

# A statement on a line of its own that can be missing: a call, an assignment, a jump.
STATEMENT = re.compile(
    r"^\t+((?:\(void\))?[a-z_]\w*\([^{}]*?\);|[a-z_*(][\w.>\[\]()*-]* (?:[-+|&*]?=) [^{};]*;"
    r"|[\w.>-]+(?:\+\+|--);|break;|continue;)$", re.M)
DECLARATION = re.compile(r"(?:const|struct|static|enum|unsigned|size_t|int|bool|char|OWNED)\b")
CONDITION = re.compile(r"\b(?:if|while) \(")


class Mutant:
    """Bytes start to end of the source become text."""

    def __init__(self, source, start, end, text):
        self.start, self.end, self.text = start, end, text
        self.line = source.count("\n", 0, start) + 1

    def apply(self, source):
        return source[:self.start] + self.text + source[self.end:]


def closing(source, start):
    """Where the parenthesis that opens at start closes."""
    depth = 0
    for at in range(start, len(source)):
        depth += {"(": 1, ")": -1}.get(source[at], 0)
        if depth == 0:
            return at
    return None


def can_return_one(source, at):
    """Is 1 an answer of the function around? Where it is none, it is a second 0 to all that ask."""
    start, end = source.rfind("\n{\n", 0, at), source.find("\n}\n", at)
    return re.search(r"\breturn 1;|\? 1 :|: 1;", source[start:end]) is not None


def passes_on(source, at):
    """Does this -1 only pass on what has failed? Whoever forgets to: a failure that was told is
    status 3 in the end (cli/judging.c, main.c), so that nobody could notice."""
    return re.search(r"< 0\)\n\s*return -$", source[:at]) is not None


def of_tokens(source):
    before = ["", ""]
    for token in TOKEN.finditer(source):
        word = token.group()
        if token.lastgroup == "skip" or word.isspace():
            continue
        texts = list(OTHER.get(word, []))
        if before[-1] == "return" and word in ("0", "1"):
            texts = ["0"] if word == "1" else ["-1"] + ["1"] * can_return_one(source, token.start())
        elif before == ["return", "-"] and word == "1":
            texts = [] if passes_on(source, token.start()) else ["0"]
        elif before[-1] in ("+", "-") and token.lastgroup == "number":
            texts = ["0"] if word != "0" else []
        elif word == "!" and source[token.end()] in "(*" or word == "!" and source[token.end()].isalpha():
            texts = [""]
        for text in texts:
            yield Mutant(source, token.start(), token.end(), text)
        before = [before[-1], word]


def of_conditions(source):
    for found in CONDITION.finditer(source):
        end = closing(source, found.end() - 1)
        if end:
            yield Mutant(source, found.end(), end, "!(" + source[found.end():end] + ")")


def of_statements(source):
    for found in STATEMENT.finditer(source):
        if not DECLARATION.match(found.group(1)):
            yield Mutant(source, found.start(1), found.end(1), ";")


def mutants(source):
    skipped = [token.span() for token in TOKEN.finditer(source) if token.lastgroup == "skip"]
    for kind in (of_tokens, of_conditions, of_statements):
        for mutant in kind(source):
            if not any(start < mutant.start < end for start, end in skipped):
                yield mutant
