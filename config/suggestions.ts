import { z } from "zod";
import { closeTo } from "../datasets/nearest";
import { hyperparameters } from "../dynamic-providers/fine-tuning-job/hyperparameters";
import { settings } from "./settings";

/**
 * The setting that an unknown name most likely means: `deploy.capacity` for `deploy.capactiy`, `training.capacity` or `capacity`.
 *
 * @param path - as it was given, its parts joined by dots.
 */
export function settingMeant(path: string): string | undefined {
  const paths = settingPaths();
  const [parent, name] = split(path);
  const siblings = paths.filter((known) => split(known)[0] === parent);
  const sibling = byName(closeTo(name, siblings.map(nameOf)), siblings);
  if (sibling) return sibling;
  // `name` is part of several settings: then the one that is not within another's settings is meant, if it is one.
  const exact = outermost(paths.filter((known) => nameOf(known).toLowerCase() === name.toLowerCase()));
  if (exact.length > 0) return exact.length === 1 ? exact[0] : undefined;
  const named = (known: string) => outermost(paths.filter((path) => nameOf(path) === known));
  const names = [...new Set(paths.map(nameOf))].filter((known) => named(known).length === 1);
  const near = closeTo(name, names);
  return near === undefined ? undefined : named(near)[0];
}

/** Those with the fewest parts: `deploy.capacity` rather than `deploy.baseModel.capacity`. */
function outermost(paths: string[]): string[] {
  const depth = (path: string) => path.split(".").length;
  const least = Math.min(...paths.map(depth));
  return paths.filter((path) => depth(path) === least);
}

/** Whether there is a setting of this path, e.g. `deploy.capacity`. */
export function isSetting(path: string): boolean {
  return settingPaths().includes(path);
}

interface Schema {
  properties?: Record<string, Schema>;
}

/** Every setting and every field of those that are objects. Made when something is wrong, since most previews don't need it. */
function settingPaths(): string[] {
  const schema = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" }) as Schema;
  return [...below(schema, ""), ...Object.keys(hyperparameters).map((name) => `hyperparameters.${name}`)];
}

function below({ properties = {} }: Schema, prefix: string): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => [
    `${prefix}${name}`,
    ...below(schema, `${prefix}${name}.`),
  ]);
}

function split(path: string): [parent: string, name: string] {
  const dot = path.lastIndexOf(".");
  return [path.slice(0, Math.max(dot, 0)), path.slice(dot + 1)];
}

function nameOf(path: string): string {
  return split(path)[1];
}

function byName(name: string | undefined, paths: string[]): string | undefined {
  return name === undefined ? undefined : paths.find((path) => nameOf(path) === name);
}
