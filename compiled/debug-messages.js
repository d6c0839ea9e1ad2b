// Plain Node without dependencies: the program's debug messages, which pulumi shows with --debug alone.
"use strict";

/** Environment variable: `off` where nobody sees them. Set by `stack/pulumi-cli/run.ts`. */
const variable = "FINETUNE_DEBUG_MESSAGES";

/**
 * From now on Pulumi's SDK sends none where nobody sees them. It sends some 200 for a stack of 24 resources, each as a call to the engine
 * that waits for the one before.
 */
function skipDebugMessages() {
  if (process.env[variable] !== "off") return;
  require("@pulumi/pulumi/log").debug = () => Promise.resolve();
}

module.exports = { skipDebugMessages };
