import { randomUUID } from "node:crypto";
import { AzureError } from "../../../http/azure-error";
import { asObject } from "../../../http/request";
import type { World } from "../../../world/world";
import { SOON } from "../../operations";
import type { Route } from "../../route";
import { askedBy } from "../plan";
import type { Send } from "../run/send";
import { isSecret } from "../template/parameters";
import { readTemplate } from "../template/read";
import { DEPLOYMENT_TYPE } from "../template/nested";
import { changesOf, type Change } from "./changes";

/** Results that are kept for their askers. */
const KEPT = 100;

/** `POST .../whatIf` of a resource group or the subscription: 202, and the result where `Location` says. */
export function registerWhatIf(route: Route, world: World, send: Send, scopes: string[]): void {
  const results = new Map<string, unknown>();
  for (const scope of scopes) {
    const path = `${scope}/providers/${DEPLOYMENT_TYPE}/:deployment/whatIf`;
    route("POST", path, `${DEPLOYMENT_TYPE}/whatIf/action`, async (call) => {
      const asked = askedBy(world, call);
      const { resultFormat } = asObject(asked.properties.whatIfSettings) ?? {};
      const found = await changesOf(world, asked, send);
      const shown = /^resourceIdOnly$/i.test(String(resultFormat)) ? found.map(idOnly) : found;
      const id = randomUUID();
      results.set(id, { status: "Succeeded", properties: { changes: masked(shown, secretsOf(asked.properties)) } });
      for (const old of [...results.keys()].slice(0, -KEPT)) results.delete(old);
      const version = call.request.query["api-version"] ?? "";
      const location = `${world.origin}/subscriptions/${world.state.subscriptionId}/operationresults/whatIf/${id}?api-version=${version}`;
      return call.reply
        .code(202)
        .headers({ location, ...SOON })
        .send();
    });
  }
  route("GET", "/subscriptions/:subscriptionId/operationresults/whatIf/:id", "", ({ param }) => {
    const result = results.get(param("id"));
    if (result !== undefined) return result;
    throw new AzureError(404, "NotFound", `The operation '${param("id")}' was not found.`);
  });
}

/** Without the contents there is no telling whether something changes. */
function idOnly({ resourceId, changeType, unsupportedReason }: Change) {
  const known = changeType === "Modify" || changeType === "NoChange" ? "Deploy" : changeType;
  return { resourceId, changeType: known, ...(unsupportedReason !== undefined && { unsupportedReason }) };
}

function secretsOf({ template, parameters }: Record<string, unknown>): string[] {
  const declared = Object.entries(readTemplate(template).parameters).filter(([, one]) => isSecret(one));
  const given = asObject(parameters) ?? {};
  const values = declared.map(([name, one]) => asObject(given[name])?.value ?? one.defaultValue);
  return values.filter((value): value is string => typeof value === "string" && value !== "");
}

/** Values of secure parameters are not shown (how Azure shows them: guess). */
function masked(value: unknown, secrets: string[]): unknown {
  if (typeof value === "string") return secrets.reduce((text, secret) => text.replaceAll(secret, "*******"), value);
  if (Array.isArray(value)) return value.map((item) => masked(item, secrets));
  const members = asObject(value);
  if (!members) return value;
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, masked(member, secrets)]));
}
