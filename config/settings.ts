import { z } from "zod";
import type { Hyperparameters } from "../dynamic-providers/fine-tuning-job/schema";
import * as groups from "./groups";
import { element, fraction, noneIfEmpty, oneOf, text, textMap, wholeNumber, yesOrNo } from "./schema";

/** In Pulumi.yaml every setting has a default; an empty text means that nothing is set. */
const orNone = (value: string) => (value === "" ? undefined : value);
const payload = z
  .record(z.string(), z.unknown(), { error: "an object, as the service takes it" })
  .transform(noneIfEmpty);

/** Which of them the chosen method has is a rule of its own: rules.ts. */
const hyperparameters = z
  .record(z.string(), z.unknown(), { error: "an object of hyperparameters" })
  .transform((given) => {
    const values = Object.entries(given).map(([name, value]) => [name, fraction(value)]);
    return noneIfEmpty(Object.fromEntries(values) as Hyperparameters);
  });

const metadata = textMap("an object of names and values").refine(
  (pairs) =>
    Object.keys(pairs).length <= 16 &&
    Object.entries(pairs).every(([key, value]) => key.length <= 64 && value.length <= 512),
  { error: "at most 16 pairs, with keys up to 64 and values up to 512 characters" },
);

/** Every setting, by the names of Pulumi.yaml, with the default of each field. */
export const settings = element(
  {
    resourceGroupName: text("1 to 90 of A-Z a-z 0-9 _ . - ( )", /^[\w.()-]{1,90}$/).default("ResourceGroup1"),
    location: text("an Azure region such as northcentralus", /^[A-Za-z0-9 ]+$/)
      .transform((region) => region.toLowerCase().replaceAll(" ", ""))
      .default("northcentralus"),
    account: groups.account,
    tags: textMap("an object of tag names and values").transform(noneIfEmpty).prefault({}),
    network: groups.network,
    localAuth: yesOrNo().default(false),
    model: text("the name of a model").default("gpt-4o-mini-2024-07-18"),
    method: oneOf(["supervised", "dpo", "reinforcement"]).default("supervised"),
    hyperparameters: hyperparameters.prefault({}),
    seed: wholeNumber(-1, 2147483647)
      .transform((seed) => (seed < 0 ? undefined : seed))
      .prefault(-1),
    trainingType: text("a training type such as Standard or GlobalStandard").default("Standard"),
    suffix: text("at most 9 of A-Z a-z 0-9 - _", /^[\w-]{0,9}$/)
      .transform(orNone)
      .prefault(""),
    grader: payload.prefault({}),
    responseFormat: payload.prefault({}),
    metadata: metadata.transform(noneIfEmpty).prefault({}),
    integrations: z.array(groups.integration, { error: "a list of integrations" }).transform(noneIfEmpty).prefault([]),
    existingJobId: text("the id of a fine-tuning job (ftjob- and 32 hex)", /^(ftjob-[\w-]+)?$/)
      .transform(orNone)
      .prefault(""),
    dataset: groups.dataset,
    training: groups.training,
    deploy: groups.deploy,
    budget: groups.budget,
    roles: groups.roles,
    keys: groups.keys,
    retain: groups.retain,
    probe: groups.probe,
    catalogFile: text("the path of a JSON file", /^/).transform(orNone).prefault(""),
  },
  "the settings are",
);

/** The settings as plain data, defaults filled in. */
export type Settings = z.output<typeof settings>;
