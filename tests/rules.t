#!/bin/sh
# The page of each rule is a test: what it rejects and accepts is judged by the program.
set -eu

exec perl tests/support/pages.pl policies/rules/*.md
