import { lstat, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../stack/command";

/** The file that a person named, below `folder`; neither dots nor links lead out of it. @throws UserError */
export async function placeOf(folder: string, file: string): Promise<string> {
  if (!/\.jsonl$/i.test(file)) throw new UserError(`"${file}" must end in .jsonl, as training files do.`);
  if (file.includes("\0")) throw new UserError(`${JSON.stringify(file)} can't be a file's name.`);
  const root = await realpath(folder).catch(() => {
    throw new UserError(
      `The folder ${folder} no longer exists. Start the playground with --save-to FOLDER to save elsewhere.`,
    );
  });
  const target = path.resolve(root, file);
  const parent = await realpath(path.dirname(target)).catch(() => {
    throw new UserError(`There is no folder ${path.dirname(file)} in ${folder}.`);
  });
  const place = path.join(parent, path.basename(target));
  const real = await realpath(place).catch(() => place);
  if (!isBelow(root, real)) {
    throw new UserError(
      `"${file}" is outside ${folder}. Start the playground with --save-to FOLDER to save elsewhere.`,
    );
  }
  const found = await stat(real).catch(() => undefined);
  if (found && !found.isFile()) throw new UserError(`"${file}" is not a file.`);
  // Writing would make the file that the link names, wherever that is.
  if (!found && (await isLink(real)))
    throw new UserError(`"${file}" is a broken symbolic link. Remove it, or choose another file.`);
  return real;
}

function isBelow(root: string, place: string): boolean {
  const relative = path.relative(root, place);
  return relative !== "" && relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
}

async function isLink(place: string): Promise<boolean> {
  const found = await lstat(place).catch(() => undefined);
  return found?.isSymbolicLink() === true;
}
