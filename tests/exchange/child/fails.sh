#!/bin/sh
# Ends with an exit code.
exit 101
