import { z } from "zod";
import { defaults } from "../components/defaults";
import type { Hyperparameters } from "../dynamic-providers/fine-tuning-job/hyperparameters";
import { METHODS } from "../dynamic-providers/fine-tuning-job/hyperparameters";
import {
  JOB_ID,
  LARGEST_SEED,
  METADATA,
  metadataProblem,
  SUFFIX_BASE,
} from "../dynamic-providers/fine-tuning-job/job-limits";
import * as around from "./around-the-account";
import * as groups from "./groups";
import { element, fraction, noneIfEmpty, oneOf, text, textMap, wholeNumber, yesOrNo } from "./schema";

/** In Pulumi.yaml every setting has a default; an empty text means that nothing is set. */
const orNone = (value: string) => (value === "" ? undefined : value);

/** Which of them the chosen method has is a rule of its own: rules.ts. */
const hyperparameters = z
  .record(z.string(), z.unknown(), { error: "an object of hyperparameters" })
  .transform((given) => {
    const values = Object.entries(given).map(([name, value]) => [name, fraction(value)]);
    return noneIfEmpty(Object.fromEntries(values) as Hyperparameters);
  });

const metadata = textMap("an object of names and values").refine((pairs) => !metadataProblem(pairs), {
  error: `at most ${METADATA.pairs} pairs, with keys up to ${METADATA.key} and values up to ${METADATA.value} characters`,
});

/**
 * Every setting, by the names of Pulumi.yaml, with the default of each field. `costs` says what somebody pays for who changes it on a stack that
 * is deployed.
 */
export const settings = element(
  {
    resourceGroupName: text(groups.resourceGroup.words, groups.resourceGroup.pattern)
      .default("ResourceGroup1")
      .meta({ costs: "training, since the account is replaced" }),
    // Not set: the region of an existing account, else DEFAULT_LOCATION.
    location: text("an Azure region such as northcentralus", /^[A-Za-z0-9 ]*$/)
      .transform((region) => region.toLowerCase().replaceAll(" ", ""))
      .prefault("")
      .meta({ costs: "training, since the account is replaced" }),
    account: groups.account,
    tags: textMap("an object of tag names and values").transform(noneIfEmpty).prefault({}),
    network: groups.network,
    identity: around.identity,
    encryption: around.encryption,
    diagnostics: around.diagnostics,
    contentFilter: groups.contentFilter,
    localAuth: yesOrNo().default(false),
    model: text("the name of a model").default("gpt-4o-mini-2024-07-18").meta({ costs: "training" }),
    method: oneOf(METHODS).default(defaults.method).meta({ costs: "training" }),
    hyperparameters: hyperparameters.prefault({}).meta({ costs: "training" }),
    seed: wholeNumber(-1, LARGEST_SEED)
      .transform((seed) => (seed < 0 ? undefined : seed))
      .prefault(-1)
      .meta({ costs: "training" }),
    trainingType: text("a training type such as Standard or GlobalStandard")
      .default(defaults.trainingType)
      .meta({ costs: "training" }),
    suffix: text(SUFFIX_BASE.words, SUFFIX_BASE.pattern).transform(orNone).prefault(""),
    grader: groups.payload.prefault({}).meta({ costs: "training" }),
    responseFormat: groups.payload.prefault({}).meta({ costs: "training" }),
    graderTrial: groups.graderTrial,
    metadata: metadata.transform(noneIfEmpty).prefault({}),
    integrations: z.array(groups.integration, { error: "a list of integrations" }).transform(noneIfEmpty).prefault([]),
    existingJobId: text(JOB_ID.words, /^/)
      .refine((id) => id === "" || JOB_ID.pattern.test(id), { error: JOB_ID.words })
      .transform(orNone)
      .prefault(""),
    job: groups.job,
    dataset: groups.dataset,
    training: groups.training,
    deploy: groups.deploy,
    evaluation: groups.evaluation,
    promote: groups.promote,
    budget: groups.budget,
    roles: groups.roles,
    keys: groups.keys,
    retain: groups.retain,
    probe: groups.probe,
    transform: text("the path of a TypeScript file", /^$|\.[cm]?[jt]s$/)
      .transform(orNone)
      .prefault(""),
    catalogFile: text("the path of a JSON file", /^/).transform(orNone).prefault(""),
  },
  "the settings are",
);

const DEFAULT_LOCATION = "northcentralus";

/** The settings as plain data, defaults filled in; `location` is empty where only the existing account can tell it. */
export type Settings = Omit<z.output<typeof settings>, "roles"> & {
  roles: z.output<typeof groups.roles> & { manage: boolean };
};

/** Defaults that depend on other settings. */
export function withDerivedDefaults(given: z.output<typeof settings>): Settings {
  const { account, location, roles } = given;
  return {
    ...given,
    location: location || (account.existing ? "" : DEFAULT_LOCATION),
    roles: { ...roles, manage: roles.manage ?? !account.existing },
  };
}
