import type { PathParameter } from "../resource-type";
import { integer, object, text } from "../shape";

/** 1 to 90 characters: common-types of the Azure REST API specifications. */
export const resourceGroupName: PathParameter = { kind: "text", required: true, minLength: 1, maxLength: 90 };

/** `^[a-zA-Z0-9][a-zA-Z0-9_.-]*$`, 2 to 64: cognitiveservices specification, 2025-06-01. */
const accountNameRule: PathParameter = {
  kind: "text",
  minLength: 2,
  maxLength: 64,
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/,
};
export const ownAccountName: PathParameter = { ...accountNameRule, autoName: "logical name and 8 hex digits" };
export const parentAccountName: PathParameter = { ...accountNameRule, required: true };

export const sku = object({
  capacity: integer(),
  family: text(),
  name: text({ required: true }),
  size: text(),
  tier: text(),
});

export const systemData = object(
  {
    createdAt: text(),
    createdBy: text(),
    createdByType: text(),
    lastModifiedAt: text(),
    lastModifiedBy: text(),
    lastModifiedByType: text(),
  },
  { readOnly: true },
);
