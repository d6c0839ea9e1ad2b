import { readFileSync } from "node:fs";
import { UserError } from "../../stack/command";
import { namedFile } from "../../stack/named-file";

/** The text of a file that a person or a step names. @throws UserError when it can't be read */
export function textOf(file: string): string {
  try {
    return readFileSync(namedFile(file), "utf8");
  } catch (error) {
    throw new UserError(`the text can't be read: ${(error as Error).message}`);
  }
}
