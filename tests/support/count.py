#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Counts what ran in a meson test log: count.py TESTLOG.json…

Prints "PASSED FAILED SKIPPED". A TAP test counts each of its lines, a Criterion binary each of
its tests, anything else counts one. A test that meson calls failed counts at least one failure,
whatever it printed; one that was expected to fail, and did, is passed.
"""
import json
import re
import sys

TAP = re.compile(r"^(not )?ok\b(.*)$", re.MULTILINE)
CRITERION = re.compile(r"Tested: (\d+) \| Passing: (\d+) \| Failing: (\d+) \| Crashing: (\d+)")


def count_tap(text):
    passed = failed = skipped = 0
    for line in TAP.finditer(text):
        directive = re.search(r"# *(SKIP|TODO)", line[2], re.IGNORECASE)
        if directive:
            skipped += 1
        elif line[1]:
            failed += 1
        else:
            passed += 1
    return passed, failed, skipped


def count(test):
    out, err = test.get("stdout", ""), test.get("stderr", "")
    result = test["result"]
    if result == "SKIP":
        return 0, 0, 1
    if result == "EXPECTEDFAIL":
        return 1, 0, 0
    criterion = CRITERION.search(out + err)
    if criterion:
        tested, passing, failing, crashing = map(int, criterion.groups())
        counts = passing, failing + crashing, tested - passing - failing - crashing
    elif re.search(r"^1\.\.\d+", out, re.MULTILINE):
        counts = count_tap(out)
    else:
        counts = (1, 0, 0) if result == "OK" else (0, 1, 0)
    passed, failed, skipped = counts
    if result == "OK" and failed:
        raise SystemExit(f"{test['name']}: meson says OK, its output says {failed} failed")
    if result != "OK" and not failed:
        failed = 1
    return passed, failed, max(skipped, 0)


def main(files):
    totals = [0, 0, 0]
    for file in files:
        with open(file, encoding="utf-8", errors="replace") as log:
            for line in log:
                totals = [a + b for a, b in zip(totals, count(json.loads(line)))]
    print(*totals)


main(sys.argv[1:])
