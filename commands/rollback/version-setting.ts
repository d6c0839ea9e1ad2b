import { existsSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { isMap, parseDocument } from "yaml";
import { UserError } from "../../stack/command";
import { withChanges } from "../../stack/rehearsal/setting-changes";
import { replaceFile } from "../../stack/replace-file";

/**
 * The text of a stack's settings file with `deploy.version` set, and everything else as it was: comments, quotes, order.
 *
 * @param pin - a version's number; undefined removes the setting
 * @throws UserError when the file can't be changed in that way
 */
export function withVersion(text: string, project: string, pin: number | undefined): string {
  const document = parseDocument(text);
  const broken = document.errors[0];
  if (broken) throw new UserError(`it is not YAML: ${broken.message}`);
  const deploy = ["config", `${project}:deploy`];
  const now: unknown = document.getIn(deploy);
  if (now !== undefined && now !== null && !isMap(now)) {
    const then = pin === undefined ? " without `version`" : `, and set \`deploy.version\` to ${pin}`;
    throw new UserError(`${deploy[1]} is not a group of settings. Write it as a group${then}`);
  }
  if (pin === undefined && !document.hasIn([...deploy, "version"])) return text;
  if (!isMap(now)) return withChanges(text, [{ path: deploy, value: { version: pin } }]);
  return withChanges(text, [{ path: [...deploy, "version"], value: pin }]);
}

/** Writes `deploy.version` into a settings file. @returns what puts the file back as it was, unless somebody has changed it since */
export function setVersion(file: string, project: string, pin: number | undefined): () => void {
  const given = read(file);
  const changed = changedText(file, given ?? "", project, pin);
  if (changed === (given ?? "")) return () => undefined;
  // Through a link, as an editor would.
  const target = given === undefined ? file : realpathSync(file);
  replaceFile(target, changed, given === undefined ? 0o644 : statSync(target).mode & 0o777);
  return () => {
    if (read(file) !== changed) return;
    if (given === undefined) rmSync(file);
    else replaceFile(target, given, statSync(target).mode & 0o777);
  };
}

function changedText(file: string, given: string, project: string, pin: number | undefined): string {
  try {
    return withVersion(given, project, pin);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${file} was left unchanged: ${error.message}.`);
    throw error;
  }
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
