import { boolean, list, number, object, text } from "../shape";

const throttlingRule = object({
  count: number(),
  dynamicThrottlingEnabled: boolean(),
  key: text(),
  matchPatterns: list(object({ method: text(), path: text() })),
  minCount: number(),
  renewalPeriod: number(),
});

export const throttlingRules = list(throttlingRule, { readOnly: true });

export const callRateLimit = object(
  { count: number(), renewalPeriod: number(), rules: list(throttlingRule) },
  { readOnly: true },
);
