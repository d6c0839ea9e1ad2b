#!/bin/sh
# Starts the Node language host. The built one is older than the CLI, which no longer hands the options of Pulumi.yaml's
# `runtime` over as flags; so they are given here (the official host of this CLI takes them from the CLI).
loader=tsx/cjs
if [ -f compiled/register.js ]; then loader=./compiled/register.js; fi
exec "$0-host" -typescript=false "-nodeargs=-r $loader" "$@"
