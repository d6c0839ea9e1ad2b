import type { ResourceType } from "../resource-type";
import { account } from "./account";
import { deployment } from "./deployment";
import { project } from "./project";
import { raiPolicy } from "./rai-policy";
import { roleAssignment } from "./role-assignment";

export const resourceTypes: readonly ResourceType[] = [account, deployment, project, raiPolicy, roleAssignment];

/** Throws a sentence that names what is served. */
export function resourceTypeOf(token: string): ResourceType {
  const type = resourceTypes.find((candidate) => candidate.token === token);
  if (type) return type;
  const served = resourceTypes.map((candidate) => candidate.token).join(", ");
  throw new Error(
    `The stand-in azure-native plugin does not support the type ${token}, only ${served}. ` +
      "Install the official azure-native plugin to use others.",
  );
}
