import type { ResourceValidationPolicy } from "@pulumi/policy";
import { regionName, standardTrainingRegions } from "../../catalog";
import { checksAccounts } from "../checks";

interface Settings {
  /** @default every region that the catalog knows for training type Standard */
  regions?: string[];
}

export const allowedRegions: ResourceValidationPolicy = {
  name: "allowed-regions",
  description: "The account and its data are in an allowed region.",
  configSchema: { properties: { regions: { type: "array", items: { type: "string" }, minItems: 1 } } },
  validateResource: checksAccounts<Settings>()(({ props: { location = "" }, settings }, report) => {
    const regions = (settings.regions ?? standardTrainingRegions()).map(regionName);
    if (!regions.includes(regionName(location)))
      report(`The region is ${location}; expected ${regions.join(", ")}.`, "Change `location`.");
  }),
};
