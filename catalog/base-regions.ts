import listed from "./base-deployments.json";

/** Where the shipped catalog knows that a base model can be deployed, by deployment type. */
export function listedBaseRegions(id: string): Record<string, string[]> | undefined {
  const standard: Record<string, string[]> = listed.Standard;
  const own = standard[id];
  if (!own) return undefined;
  const but = ({ regions, except }: { regions: string[]; except: Record<string, string[] | undefined> }) =>
    regions.filter((region) => !except[id]?.includes(region));
  return { Standard: own, DataZoneStandard: but(listed.DataZoneStandard), GlobalStandard: but(listed.GlobalStandard) };
}
