import type { CognitiveServicesManagementClient } from "@azure/arm-cognitiveservices";
import { createPipelineRequest } from "@azure/core-rest-pipeline";
import { z } from "zod";
import { AnswerError } from "./to-failure";
import { expectShape } from "./unexpected-answer";

const pageShape = z.looseObject({
  value: z.array(z.looseObject({ subscriptionId: z.string().min(1) })),
  nextLink: z.string().nullish(),
});

/** Newest stable version of the operation (Azure/azure-rest-api-specs, Microsoft.Resources subscriptions.json). */
const API_VERSION = "2022-12-01";
/** No tenant shows so many pages of subscriptions. */
const MOST_PAGES = 100;

/**
 * Ids of the subscriptions that the caller may see: "Subscriptions - List" of Resource Manager. Its client is a package of its own
 * (@azure/arm-resources-subscriptions), for this one GET.
 *
 * @param resourceManager - its address
 * @throws AnswerError, UnexpectedAnswer
 */
export async function subscriptionsOf(
  client: CognitiveServicesManagementClient,
  resourceManager: string,
  abortSignal: AbortSignal,
): Promise<string[]> {
  const found = new Set<string>();
  let url: string | undefined = `${resourceManager}/subscriptions?api-version=${API_VERSION}`;
  for (let pages = 0; url !== undefined && pages < MOST_PAGES; pages++) {
    // The token goes to Resource Manager alone, whatever a page says.
    if (new URL(url).origin !== new URL(resourceManager).origin) break;
    const answer = await client.sendRequest(createPipelineRequest({ url, abortSignal }));
    const body = parsed(answer.bodyAsText ?? "");
    if (answer.status !== 200) throw new AnswerError(answer.status, body, new Headers(answer.headers.toJSON()));
    const { value, nextLink } = expectShape(pageShape, body, "a list of subscriptions");
    for (const { subscriptionId } of value) found.add(subscriptionId);
    url = nextLink || undefined;
  }
  return [...found];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
