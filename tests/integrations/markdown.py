#!/usr/bin/python3
"""What a summary shows, given its HTML and the same findings as GitLab's report: markdown.py HTML GITLAB.
Says what is in the HTML that we never write, and which row is not what it should be."""
import html.parser
import json
import sys

OURS = {"h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "code", "pre"}


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows = []

    def handle_starttag(self, tag, attrs):
        if tag not in OURS or any(attr != ("class", "language-mermaid") for attr in attrs):
            print(f"not ours: <{tag}> {attrs}")
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1] and self.lasttag in ("td", "code"):
            self.rows[-1][-1] += data


reader = Reader()
reader.feed(open(sys.argv[1]).read())
findings = json.load(open(sys.argv[2]))
rows = [row for row in reader.rows if len(row) == 4][1:]
if len(rows) != len(findings) or len(rows) + 1 != len(reader.rows):
    print(f"{len(rows)} rows of {len(reader.rows)} for {len(findings)} findings")
for row, finding in zip(rows, findings):
    wanted = f"{finding['description']} ({finding['check_name']})"
    if row[2].strip() != wanted.strip():
        print(f"'{row[2]}' is not '{wanted}'")
