const lines = new Set<string>();
let listening = false;

/**
 * Leaves out one line of the standard error, once. Pulumi's provider process writes what `check`, `diff`, `read` and `delete` throw with
 * `console.error`, and answers the engine with the same error, which prints it itself: everybody would read it twice.
 *
 * @param line - as it would be written
 */
export function toldByEngine(line: string): void {
  lines.add(line);
  if (listening) return;
  listening = true;
  const write = console.error;
  console.error = (...values: unknown[]) => {
    if (typeof values[0] === "string" && lines.delete(values[0])) return;
    write.apply(console, values);
  };
}
