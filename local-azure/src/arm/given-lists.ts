import { existsSync, readFileSync } from "node:fs";
import { AzureError } from "../http/azure-error";
import type { World } from "../world/world";

/** Lists as Resource Manager answers them: the `value` of each, by region (`eastus2`). */
interface GivenLists {
  models?: Record<string, unknown[]>;
  usages?: Record<string, unknown[]>;
}

/**
 * What `lists.json` beside the state file says of a region, such as a recording of Azure's own answer; undefined where it says nothing. It
 * is read at each request, and changes nothing but the answer: what is trained and deployed here is the service's own models still.
 */
export function givenList(
  { listsFile }: Pick<World, "listsFile">,
  kind: keyof GivenLists,
  location: string,
): { value: unknown[] } | undefined {
  if (!existsSync(listsFile)) return undefined;
  const value = parse(listsFile)[kind]?.[location];
  return value && { value };
}

function parse(file: string): GivenLists {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as GivenLists;
  } catch (error) {
    throw new AzureError(500, "InternalServerError", `${file} can't be read: ${(error as Error).message}`);
  }
}
