import type { Reply, Request } from "../../http/request";
import type { AccountRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { Flavour } from "./flavour";

/** One request, signed in and bound to its account. */
export interface Call {
  world: World;
  account: AccountRecord;
  flavour: Flavour;
  request: Request;
  reply: Reply;
  /** Milliseconds since 1970, once per request. */
  now: number;
  /** Address of the API in this flavour, without a slash at the end: for Location headers. */
  base: string;
}

/** One row of the data plane's API: where it answers and what runs there. */
export interface Endpoint {
  method: "GET" | "POST" | "DELETE";
  /** Below `/openai`, `/openai/v1` or `/models`. */
  path: string;
  /** RBAC data action below `Microsoft.CognitiveServices/accounts/OpenAI/`, of `foundry` below `.../MaaS/`. */
  action: string;
  /** Absent: both flavours of Azure OpenAI. `foundry`: the model inference API of Foundry accounts (`/models/...`). */
  only?: "dated" | "v1" | "foundry";
  /** First day of dated versions that have it. */
  since?: string;
  /** Returns the body, or undefined when it has already answered. */
  run(call: Call): unknown;
}

/** Answers 201 with the object's address in dated versions, 200 in v1. */
export function created(call: Call, path: string): void {
  if (call.flavour.kind === "dated")
    void call.reply.status(201).header("location", `${call.base}${path}?api-version=${call.flavour.apiVersion}`);
}
