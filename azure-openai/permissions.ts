import type { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { createPipelineRequest } from "@azure/core-rest-pipeline";
import { z } from "zod";
import { AnswerError } from "./to-failure";
import { expectShape } from "./unexpected-answer";

/** What one role allows, in patterns: `*` stands for any text, slashes included, and case doesn't matter. */
export interface Granted {
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
}

const patterns = z.array(z.string()).nullish();
const permissionsShape = z.looseObject({
  value: z.array(
    z.looseObject({
      actions: patterns,
      notActions: patterns,
      dataActions: patterns,
      notDataActions: patterns,
    }),
  ),
});

/** Newest stable version of the operation (Azure/azure-rest-api-specs, authorization-RoleDefinitionsCalls.json). */
const API_VERSION = "2022-04-01";

/**
 * What roles allow the caller on a resource, one element per role: "Permissions - List For Resource" of Resource Manager. Its client is a
 * package of its own (@azure/arm-authorization), for this one GET.
 *
 * @param resource - address of the resource in Resource Manager
 * @throws AnswerError, UnexpectedAnswer
 */
export async function permissionsOf(
  client: CognitiveServicesManagementClient,
  resource: string,
  abortSignal: AbortSignal,
): Promise<Granted[]> {
  const url = `${resource}/providers/Microsoft.Authorization/permissions?api-version=${API_VERSION}`;
  const { status, bodyAsText, headers } = await client.sendRequest(createPipelineRequest({ url, abortSignal }));
  const body = parsed(bodyAsText ?? "");
  if (status !== 200) throw new AnswerError(status, body, new Headers(headers.toJSON()));
  const { value } = expectShape(permissionsShape, body, "a list of permissions");
  return value.map(({ actions, notActions, dataActions, notDataActions }) => ({
    actions: actions ?? [],
    notActions: notActions ?? [],
    dataActions: dataActions ?? [],
    notDataActions: notDataActions ?? [],
  }));
}

/** Whether one of the roles allows it. @param action - e.g. `Microsoft.CognitiveServices/accounts/deployments/write` */
export function allows(granted: Granted[], action: string, isDataAction: boolean): boolean {
  return granted.some(({ actions, notActions, dataActions, notDataActions }) => {
    const [given, taken] = isDataAction ? [dataActions, notDataActions] : [actions, notActions];
    return matches(action, given) && !matches(action, taken);
  });
}

function matches(action: string, given: string[]): boolean {
  return given.some((pattern) => {
    const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${expression}$`, "i").test(action);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
