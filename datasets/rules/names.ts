import type { Report } from "./row-rules";

/** What the service takes as the name of a function. */
const functionName = /^[a-zA-Z0-9_-]{1,64}$/;
const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;

/** Reports control characters in a name; says whether it has none. */
export function checkControlCharacters(name: string, where: string, report: Report): boolean {
  if (!controlCharacter.test(name)) return true;
  report(
    "control-character-in-name",
    `${where} contains a control character (such as a line break or tab). Remove it.`,
  );
  return false;
}

/** Checks the name of a function, where it is declared or called. */
export function checkFunctionName(
  name: unknown,
  code: "invalid-tool-schema" | "invalid-tool-call",
  where: string,
  report: Report,
): name is string {
  if (typeof name === "string" && functionName.test(name)) return true;
  if (typeof name !== "string" || checkControlCharacters(name, where, report))
    report(code, `${where} must be 1 to 64 characters (A-Z a-z 0-9 _ -).`);
  return false;
}
