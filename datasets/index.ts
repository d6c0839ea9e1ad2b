/** Checks of dataset files and exact token counts: the engine behind the Dataset resource and `npm run validate`. */
export { OptionError } from "./option-error";
export * from "./report";
export { ruleCodes, type RuleCode, ruleDefaults } from "./rules/codes";
export { resolveSeverities } from "./rules/severities";
export { type Histogram } from "./statistics";
export * from "./validate";
