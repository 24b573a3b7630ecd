#!/bin/sh
# Never ends, whatever happens to its input.
exec sleep 600
