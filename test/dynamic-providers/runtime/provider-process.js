// What Pulumi's provider process does with providers' texts: reads a list of {text, calls} and prints what each call gave.
"use strict";
const requireFromString = require("require-from-string");

async function main() {
  const results = [];
  for (const { text, calls } of JSON.parse(require("node:fs").readFileSync(0, "utf8"))) {
    const provider = requireFromString(text).handler();
    for (const [method, ...args] of calls) results.push(await outcome(() => provider[method](...args)));
  }
  process.stdout.write(JSON.stringify(results));
}

async function outcome(call) {
  try {
    return { value: await call() };
  } catch (error) {
    return { error: { name: error.constructor.name, message: error.message, stack: error.stack, id: error.id } };
  }
}

void main();
