import { readFileSync } from "node:fs";
import { counters } from "./counters";

/** Counts a file as the lab does, with one of the counters. Arguments: counter, dataset. Prints `{seconds, sum}`. */
const [name, file] = process.argv.slice(2) as [keyof typeof counters, string];
const count = counters[name]();
count("warm up");
const start = performance.now();
let sum = 0;
for (const line of readFileSync(file, "utf8").split("\n")) {
  if (line === "") continue;
  const { messages } = JSON.parse(line) as { messages: Record<string, string>[] };
  sum += 3;
  for (const message of messages) {
    sum += 3;
    for (const [key, value] of Object.entries(message)) sum += count(value) + (key === "name" ? 1 : 0);
  }
}
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, sum }));
