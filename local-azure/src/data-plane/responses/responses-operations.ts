import { Readable } from "node:stream";
import { AzureError } from "../../http/azure-error";
import { param } from "../../http/request";
import type { Call, Endpoint } from "../api/call";
import { isSince } from "../api/flavour";
import { pageOf } from "../api/list-page";
import { invalidRequest } from "../chat/chat-error";
import { complete } from "../chat/complete";
import type { FinishedAnswer } from "../chat/finish";
import { emptyBody, responseBody } from "./response-body";
import { responseEvents } from "./response-events";
import { itemId, newResponseId } from "./response-id";
import { readResponsesRequest, type ResponsesRequest } from "./responses-request";
import { deleteResponse, storeResponse, storedResponse, type StoredResponse } from "./stored-responses";

/** First dated version that has them, and what an older one answers (recorded). */
const SINCE = "2025-03-01";
const TOO_OLD = "Azure OpenAI Responses API is enabled only for api-version 2025-03-01-preview and later";

export const responsesOperations: Endpoint[] = [
  { method: "POST", path: "/responses", action: "responses/write", run: sinceThen(create) },
  {
    method: "GET",
    path: "/responses/:response",
    action: "responses/read",
    run: sinceThen((call) => stored(call).response),
  },
  { method: "DELETE", path: "/responses/:response", action: "responses/delete", run: sinceThen(remove) },
  { method: "GET", path: "/responses/:response/input_items", action: "responses/read", run: sinceThen(inputItems) },
  { method: "POST", path: "/responses/:response/cancel", action: "responses/write", run: sinceThen(cancel) },
];

function sinceThen(run: Endpoint["run"]): Endpoint["run"] {
  return (call) => {
    if (!isSince(call.flavour, SINCE)) throw new AzureError(400, "BadRequest", TOO_OLD);
    return run(call);
  };
}

async function create(call: Call): Promise<unknown> {
  const request = readResponsesRequest(call);
  const completion = await complete(call, request, request.model);
  const id = newResponseId(call.now);
  const body = responseBody(id, completion, request);
  if (request.store) {
    const { previous } = request;
    storeResponse(call.world, call.account, {
      response: body,
      input: numbered(id, body.output.length, request),
      previous,
    });
  }
  if (!request.stream) return body;
  void call.reply.header("content-type", "text/event-stream; charset=utf-8").header("cache-control", "no-cache");
  const [answer] = completion.choices as [FinishedAnswer];
  return Readable.from(responseEvents(emptyBody(id, completion, request), body, answer));
}

/** Input items as they are listed: with ids, numbered on from those of the output. */
function numbered(id: string, from: number, { input }: ResponsesRequest): StoredResponse["input"] {
  return input.map((item, at) => ({
    id: itemId(item.type === "function_call" ? "fc" : "msg", id, from + at + 1),
    ...(item.type === undefined ? { type: "message" } : {}),
    status: "completed",
    ...item,
  }));
}

/** @throws AzureError 404 for one that is not kept, was deleted or never was */
function stored({ world, account, request }: Call): StoredResponse {
  const id = param(request, "response");
  const found = storedResponse(world, account, id);
  if (found?.response.id === id) return found;
  const extra = { type: "invalid_request_error", param: null, code: null };
  throw new AzureError(404, "invalid_request_error", `Response with id '${id}' not found.`, {}, extra);
}

function remove(call: Call): unknown {
  const { response } = stored(call);
  deleteResponse(call.world, call.account, response.id);
  return { id: response.id, object: "response", deleted: true };
}

/** Newest first, unless `order` says otherwise. */
function inputItems(call: Call): unknown {
  const items = stored(call).input.map((item) => ({ ...item, id: String(item.id) }));
  const ordered = call.request.query.order === "asc" ? items : items.reverse();
  const { data, hasMore } = pageOf(ordered, call.request, { default: 20, max: 100 });
  return { object: "list", data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: hasMore };
}

/** Every response is complete when it is answered, also one in the background. */
function cancel(call: Call): unknown {
  const { response } = stored(call);
  if (response.background !== true) throw invalidRequest("Cannot cancel a synchronous response.", "response_id");
  return response;
}
