#!/bin/sh
# Ends well and answers nonsense.
printf '{"Ok":{"grids":'
