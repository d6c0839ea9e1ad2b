import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import type { z } from "zod";
import { settings } from "../../config/settings";
import { hyperparameters } from "../../dynamic-providers/fine-tuning-job/hyperparameters";
import { compared, named } from "../e2e/settings/coverage";

/** Every setting by its path, down to what is a value of its own: `deploy.gate.maxValidationLoss`, but `tags` as a whole. */
function leaves(schema: z.core.$ZodType, path: string): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "default":
    case "prefault":
    case "optional":
      return leaves(def.innerType, path);
    case "pipe":
      // A transform before the value (fractions as text) or after it (none if empty).
      return leaves(isTransform(def.in) ? def.out : def.in, path);
    case "object":
      return Object.entries(def.shape).flatMap(([name, field]) =>
        leaves(field, path === "" ? name : `${path}.${name}`),
      );
    default:
      return [path];
  }
}

function isTransform(schema: z.core.$ZodType): boolean {
  return schema._zod.def.type === "transform";
}

const all = leaves(settings, "").flatMap((path) =>
  path === "hyperparameters" ? Object.keys(hyperparameters).map((name) => `hyperparameters.${name}`) : [path],
);

describe("what a preview says of a setting and what `up` does", () => {
  it("are compared for every setting of the schema", () => {
    expect(all.length).toBeGreaterThan(50);
    const shown = new Set(Object.values(compared).flat());
    expect(all.filter((setting) => !shown.has(setting))).toEqual([]);
    const parents = all.map((path) => path.slice(0, path.lastIndexOf(".")));
    expect([...shown].filter((setting) => !all.includes(setting) && !parents.includes(setting))).toEqual([]);
  });

  it.each(Object.entries(named))("%s names its settings", (file, names) => {
    const source = readFileSync(`test/e2e/${file}.test.ts`, "utf8");
    expect(names.filter((name) => !source.includes(name))).toEqual([]);
  });
});
