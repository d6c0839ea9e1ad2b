#!/bin/sh
# Starts the Node language host. The built one is older than the CLI, which no longer hands the options of Pulumi.yaml's
# `runtime` over as flags; so this project's are given here (the official host of this CLI takes them from the CLI). Other programs
# get the host's defaults, as they would from a fresh project.
if [ -f compiled/register.js ]; then
  exec "$0-host" -typescript=false "-nodeargs=-r ./compiled/register.js" "$@"
elif grep -q "tsx/cjs" Pulumi.yaml 2>/dev/null; then
  exec "$0-host" -typescript=false "-nodeargs=-r tsx/cjs" "$@"
fi
exec "$0-host" "$@"
