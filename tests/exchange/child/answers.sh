#!/bin/sh
# Answers as the reader would, with its arguments and the length of its input.
printf '{"Ok":{"grids":[],"remarks":["%s %s %s"]}}' "$1" "$2" "$(cat | wc -c)"
