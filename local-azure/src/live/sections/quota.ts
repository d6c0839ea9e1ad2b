import { modelUsages, tunedUsage } from "../../arm/usages";
import type { World } from "../../world/world";
import type { QuotaRow, Rows } from "../shapes";
import { first } from "./rows";

/** Quotas of which something is in use, in the regions that have accounts. */
export function quotaRows(world: World): Rows<QuotaRow> {
  const regions = [...new Set(world.state.accounts.map(({ location }) => location))].sort();
  return first(
    regions.flatMap((location) =>
      [tunedUsage(world, location), ...modelUsages(world, location)]
        .filter(({ currentValue }) => currentValue > 0)
        .map(({ name, currentValue, limit }) => ({ location, name: name.value, used: currentValue, limit })),
    ),
  );
}
