import { spawn } from "node:child_process";
import type { Checkout } from "./checkout";

/** The end of a question of ours; the cursor stands behind it. */
const QUESTION = /\(yes, no, details\) /g;

/**
 * Runs a command of the checkout on a terminal of its own, which `script` (util-linux) opens, and types an answer whenever it is asked.
 *
 * @param answers - in their order; the command waits where there are more questions
 */
export function onTerminal(
  checkout: Checkout,
  answers: string[],
  ...command: string[]
): Promise<{ code: number; output: string }> {
  const line = [process.execPath, "commands/bootstrap.js", ...command].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
    cwd: checkout.folder,
    env: { ...process.env, TERM: "xterm", NO_COLOR: "1", SHELL: "/bin/sh", ...checkout.env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  let typed = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    const asked = output.match(QUESTION)?.length ?? 0;
    while (typed < Math.min(asked, answers.length)) child.stdin.write(`${answers[typed++]}\r`);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      checkout.transcript += output;
      resolve({ code: code ?? 1, output });
    });
  });
}
