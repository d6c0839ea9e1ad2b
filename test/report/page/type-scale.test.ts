import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "@jest/globals";

const project = path.join(__dirname, "..", "..", "..");

/** The sizes of base.css; `inherit` takes one of them over. */
const allowed = /^(inherit|var\(--size-(small|body|title|page)\))$/;

it.each([
  "report/page/base.css",
  "report/page/report.css",
  "report/page/evaluation/evaluation.css",
  "playground/page/playground.css",
  "live-page/page/live.css",
])("%s sets type in the sizes of the scale alone", (file) => {
  const css = readFileSync(path.join(project, file), "utf8");
  const sizes = [...css.matchAll(/font-size:\s*([^;]+);/g)].map(([, size]) => size!);
  // The size is what stands before the line height, or before the families.
  const shorthands = [...css.matchAll(/\bfont:\s*([^;]+);/g)].map(([, font]) => font!.trim().split(/[\s/]+/)[0]!);
  expect(sizes.length).toBeGreaterThan(2);
  expect([...sizes, ...shorthands].filter((size) => !allowed.test(size))).toEqual([]);
});
