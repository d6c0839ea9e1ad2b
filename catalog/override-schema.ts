import { z } from "zod";
import { shippedCatalog } from "./catalog";

const usd = z.number().nonnegative();
const date = z.iso.date();
const inferenceRates = z.record(z.string(), z.strictObject({ input: usd, cachedInput: usd.optional(), output: usd }));
const byTrainingType = z.partialRecord(z.enum(["Standard", "DataZone", "GlobalStandard", "Developer"]), usd);

const model = z.strictObject({
  id: z.string().min(1),
  aliases: z.array(z.string()).optional(),
  encoding: z.enum(["o200k_base", "cl100k_base"]).optional(),
  ownTokenizer: z.boolean().optional(),
  trainingContext: z.int().positive().optional(),
  truncationFrom: z.int().positive().optional(),
  vision: z.boolean().optional(),
  reasoning: z.boolean().optional(),
  reasoningEfforts: z.array(z.string()).optional(),
  methods: z.array(z.enum(["supervised", "dpo", "reinforcement"])).optional(),
  trainingTypes: z.array(z.enum(["Standard", "DataZone", "GlobalStandard", "Developer"])).optional(),
  standardTrainingRegions: z.array(z.string()).optional(),
  dataZoneTrainingRegions: z.array(z.string()).optional(),
  standardDeploymentRegions: z.array(z.string()).optional(),
  deploymentSkus: z.array(z.string()).optional(),
  baseDeploymentRegions: z.record(z.string(), z.array(z.string())).optional(),
  format: z.string().min(1).optional(),
  leastCapacity: z.int().positive().optional(),
  accountKinds: z.array(z.string()).optional(),
  retirement: z
    .strictObject({ base: date.optional(), training: date.optional(), deployments: date.optional() })
    .optional(),
  provisionedUnits: z.int().positive().optional(),
  withdrawn: z.string().optional(),
});

/** What a catalog file may hold. */
export const overrideSchema = z.strictObject({
  models: z.array(model).optional(),
  prices: z
    .strictObject({
      asOf: date,
      source: z.string().optional(),
      hoursPerMonth: z.number().positive().optional(),
      training: z
        .array(
          z.strictObject({
            model: z.string(),
            unit: z.enum(["million tokens", "hour"]),
            usd: byTrainingType,
            regions: z.record(z.string(), byTrainingType).optional(),
          }),
        )
        .optional(),
      hosting: z.array(z.strictObject({ model: z.string(), usdPerHour: usd })).optional(),
      graders: z
        .array(z.strictObject({ model: z.string(), input: usd, cachedInput: usd.optional(), output: usd }))
        .optional(),
      provisioned: z.strictObject({ usdPerUnitHour: usd, regions: z.record(z.string(), usd).optional() }).optional(),
      freeHostingSkus: z.array(z.string()).optional(),
      inference: z
        .array(
          z.strictObject({
            model: z.string(),
            usd: inferenceRates,
            regions: z.record(z.string(), inferenceRates).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  limits: z
    .strictObject(
      Object.fromEntries(
        Object.entries(shippedCatalog.limits)
          .filter(([, value]) => typeof value === "number")
          .map(([key]) => [key, z.number().positive().optional()]),
      ),
    )
    .optional(),
});

export type CatalogOverride = z.infer<typeof overrideSchema>;
