import type { TemplateFunction } from "../expressions/scope";
import { collectionFunctions } from "./collections";
import { idFunctions } from "./ids";
import { logicFunctions } from "./logic";
import { numberFunctions } from "./numbers";
import { textFunctions } from "./text";

/** By name in lower case: names are the same in any case. */
export const functions: Record<string, TemplateFunction> = {
  ...collectionFunctions,
  ...idFunctions,
  ...logicFunctions,
  ...numberFunctions,
  ...textFunctions,
};
