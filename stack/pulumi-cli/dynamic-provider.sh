#!/bin/sh
# Starts the process that runs dynamic providers, as the SDK's own script does. That one has Node say where the package is, which takes a
# process of its own; here the project's folder, which this runs in, is looked at first.
script="node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js"
if [ -f "$script" ]; then
  script="$PWD/$script"
else
  script=$(node -e "console.log(require.resolve('@pulumi/pulumi/cmd/dynamic-provider'))")
fi
if [ -n "$script" ]; then
  node "$script" "$@"
fi
