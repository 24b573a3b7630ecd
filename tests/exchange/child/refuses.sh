#!/bin/sh
# Reads nothing and says why.
printf '{"Err":"Protected"}'
