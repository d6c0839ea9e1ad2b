import { pathOf } from "./path";

/** Members of the answer's JSON that a grader's templates read: `["city"]` of `{{sample.output_json.city}}`. */
export function jsonPaths(grader: Readonly<Record<string, unknown>>): string[][] {
  const templates = JSON.stringify(grader).matchAll(/\{\{\s*(sample\.output_json\.[^}]+?)\s*\}\}/g);
  return [...templates].flatMap(([, template]) => {
    const path = pathOf(template!)?.slice(2);
    return path ? [path] : [];
  });
}
