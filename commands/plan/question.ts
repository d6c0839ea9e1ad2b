import { createInterface } from "node:readline/promises";

/** Asks on the terminal. @returns undefined when the input ended or Ctrl-C was pressed */
export async function ask(question: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const stop = new AbortController();
  const end = () => stop.abort();
  terminal.on("SIGINT", end).on("close", end);
  try {
    return await terminal.question(question, { signal: stop.signal });
  } catch {
    process.stdout.write("\n");
    return undefined;
  } finally {
    terminal.off("close", end).close();
  }
}
