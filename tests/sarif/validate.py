#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Validates SARIF files against the published schema: validate.py SCHEMA FILE…"""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
validator = jsonschema.validators.validator_for(schema)(
    schema, format_checker=jsonschema.FormatChecker()
)
bad = 0
for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        document = json.load(file)
    for error in validator.iter_errors(document):
        bad += 1
        print(f"{name}: {error.json_path}: {error.message[:300]}")
sys.exit(bad > 0)
