import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { checkedTransforms, setTransforms, type Transforms } from "./transforms";

/** From here on the program's azure-native resources go through the file's functions. @throws pulumi.RunError where it can't be used */
export function applyTransforms(file: string | undefined): void {
  if (file === undefined) setTransforms();
  else setTransforms(loadTransforms(file), file);
}

/**
 * The functions that a file exports.
 *
 * @param file - TypeScript or JavaScript, relative to the project's folder
 * @throws pulumi.RunError where it is missing, can't be loaded, or exports something else
 */
export function loadTransforms(file: string, load: (absolute: string) => unknown = loadTypeScript): Transforms {
  const absolute = path.resolve(file);
  if (!existsSync(absolute)) {
    throw new pulumi.RunError(
      `transform is "${file}", but there is no such file in ${process.cwd()}. Correct the path, or remove transform.`,
    );
  }
  let exported: unknown;
  try {
    exported = (load(absolute) as { default?: unknown }).default;
  } catch (error) {
    throw new pulumi.RunError(`transform: ${file} can't be loaded: ${(error as Error).message}`);
  }
  return checkedTransforms(exported, file);
}

/** tsx is loaded only here: the program itself runs from its bundle. */
function loadTypeScript(absolute: string): unknown {
  const projectRequire = createRequire(path.join(process.cwd(), "index.ts"));
  const tsx = projectRequire("tsx/cjs/api") as { require(file: string, from: string): unknown };
  return tsx.require(absolute, absolute);
}
