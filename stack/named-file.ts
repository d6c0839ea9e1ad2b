import path from "node:path";
import { projectFolder } from "./project-folder";

/**
 * A file as a person names it on the command line of an npm script. npm starts scripts in the project folder, wherever the person is;
 * the folder that they are in comes as INIT_CWD. It counts only for a script of this project: a program that a script starts
 * inherits the variable, and may be a script of another checkout.
 *
 * @param file - as typed; an absolute path and `-` (standard input) are kept.
 * @returns the path from the working folder; the same text where person and script are in the same folder.
 */
export function namedFile(file: string, env: NodeJS.ProcessEnv = process.env, folder = process.cwd()): string {
  const ours = env.npm_package_json !== undefined && path.dirname(env.npm_package_json) === projectFolder;
  if (file === "-" || !env.INIT_CWD || !ours || env.INIT_CWD === folder) return file;
  return path.relative(folder, path.resolve(env.INIT_CWD, file)) || ".";
}
