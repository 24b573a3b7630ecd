#!/bin/sh
# Ends as a program does that gets no more memory.
echo "memory allocation of 300000000 bytes failed" >&2
kill -ABRT $$
