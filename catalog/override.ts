import { readFileSync } from "node:fs";
import { type Catalog, dataZoneTrainingRegions, shippedCatalog } from "./catalog";
import type * as OverrideSchema from "./override-schema";

/** A new model starts from these; its entry says the rest. */
const newModel = {
  aliases: [],
  encoding: "o200k_base",
  vision: false,
  methods: ["supervised"],
  trainingTypes: [],
  standardTrainingRegions: [],
  dataZoneTrainingRegions,
  standardDeploymentRegions: [],
  deploymentSkus: [],
  retirement: {},
} as const;

/**
 * The shipped catalog with the entries of a JSON file over it: models by `id` (field by field), prices by `model` (whole entries; they
 * need a date of their own), limits by name.
 *
 * @param file - path of the JSON file, relative to the working directory or absolute.
 * @throws Error that names the file and the entry when it can't be read or has another shape.
 */
export function overrideCatalog(file: string, catalog: Catalog = shippedCatalog): Catalog {
  const { models = [], prices, limits } = parse(file);
  const merged = {
    models: mergeBy("id", catalog.models, models, (old, entry) => ({ ...newModel, ...old, ...entry })),
    prices: {
      ...catalog.prices,
      ...prices,
      training: mergeBy("model", catalog.prices.training, prices?.training ?? [], (_, entry) => entry),
      hosting: mergeBy("model", catalog.prices.hosting, prices?.hosting ?? [], (_, entry) => entry),
      graders: mergeBy("model", catalog.prices.graders, prices?.graders ?? [], (_, entry) => entry),
      inference: mergeBy("model", catalog.prices.inference, prices?.inference ?? [], (_, entry) => entry),
    },
    limits: { ...catalog.limits, ...limits },
    listedIn: catalog.listedIn,
  };
  return merged as Catalog;
}

/** The shipped catalog, with the entries of a file over it where one is given. @throws Error as above */
export function catalogFrom(file: string | undefined): Catalog {
  return file ? overrideCatalog(file) : shippedCatalog;
}

/** The same where a file that can't be read is reported elsewhere: then the shipped catalog alone. */
export function readableCatalog(file: string | undefined): Catalog {
  try {
    return catalogFrom(file);
  } catch {
    return shippedCatalog;
  }
}

function parse(file: string): OverrideSchema.CatalogOverride {
  // Loaded only where a file is given: the schema's library takes longer to start than most previews need the catalog for.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { overrideSchema } = require("./override-schema") as typeof OverrideSchema;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`The catalog file '${file}' can't be read: ${(error as Error).message}`);
  }
  const { data, error } = overrideSchema.safeParse(content);
  if (data) return data;
  const [issue] = error.issues;
  throw new Error(`The catalog file '${file}' is invalid at '${issue?.path.join(".")}': ${issue?.message}.`);
}

function mergeBy<Key extends string, Old extends Record<Key, string>, Entry extends Record<Key, string>, Merged>(
  key: Key,
  olds: Old[],
  entries: Entry[],
  merge: (old: Old | undefined, entry: Entry) => Merged,
): (Old | Merged)[] {
  const byKey = new Map<string, Old | Merged>(olds.map((old) => [old[key], old]));
  for (const entry of entries) {
    byKey.set(
      entry[key],
      merge(
        olds.find((old) => (old[key] as string) === entry[key]),
        entry,
      ),
    );
  }
  return [...byKey.values()];
}
