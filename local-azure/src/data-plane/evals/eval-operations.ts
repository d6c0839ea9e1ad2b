import { randomBytes } from "node:crypto";
import { bodyObject, param } from "../../http/request";
import { removeBlobs } from "../../storage/blobs";
import type { EvalRecord } from "../../world/state";
import { invalidPayload, notFound } from "../api/errors";
import type { Call, Endpoint } from "../api/call";
import { pageOf } from "../api/list-page";
import { seconds } from "../api/unix-time";
import { readMetadata } from "../api/metadata";
import { configView, readConfig, readCriteria } from "./read-eval";

/** In dated versions since those of 2025; v1 asks for a preview header, which this service doesn't insist on [guess]. */
const since = "2025-01-01";

export const evalOperations: Endpoint[] = [
  { method: "POST", path: "/evals", action: "evals/write", since, run: create },
  { method: "GET", path: "/evals", action: "evals/read", since, run: list },
  { method: "GET", path: "/evals/:eval", action: "evals/read", since, run: (call) => evalView(evalOf(call)) },
  { method: "POST", path: "/evals/:eval", action: "evals/write", since, run: update },
  { method: "DELETE", path: "/evals/:eval", action: "evals/delete", since, run: remove },
];

function create(call: Call): unknown {
  const body = bodyObject(call.request);
  const criteria = readCriteria(body.testing_criteria);
  const evaluation: EvalRecord = {
    id: newEvalId("eval"),
    name: readName(body.name) ?? "",
    createdAt: call.now,
    metadata: readMetadata(body.metadata) ?? {},
    ...{ config: readConfig(body.data_source_config), criteria, runs: [] },
  };
  call.account.dataPlane.evals = [...(call.account.dataPlane.evals ?? []), evaluation];
  call.world.save();
  // Recorded, in v1 too.
  void call.reply.status(201);
  return evalView(evaluation);
}

function list(call: Call): unknown {
  return listView(call, call.account.dataPlane.evals ?? [], evalView);
}

function update(call: Call): unknown {
  const evaluation = evalOf(call);
  const { name, metadata } = bodyObject(call.request);
  evaluation.name = readName(name) ?? evaluation.name;
  evaluation.metadata = readMetadata(metadata) ?? evaluation.metadata;
  call.world.save();
  return evalView(evaluation);
}

function remove(call: Call): unknown {
  const evaluation = evalOf(call);
  call.account.dataPlane.evals = call.account.dataPlane.evals!.filter((other) => other !== evaluation);
  call.world.save();
  for (const { id } of evaluation.runs) removeBlobs(call.world, id);
  return { object: "eval.deleted", deleted: true, eval_id: evaluation.id };
}

/** The evaluation that the path names. @throws AzureError 404 */
export function evalOf({ account, request }: Call): EvalRecord {
  const id = param(request, "eval");
  const found = account.dataPlane.evals?.find((one) => one.id === id);
  if (!found) throw notFound("eval", id);
  return found;
}

/** A page of a list, oldest first unless `order=desc`. */
export function listView<T extends { id: string }>(call: Call, items: readonly T[], view: (item: T) => object): object {
  const ordered = call.request.query.order === "desc" ? [...items].reverse() : [...items];
  const { data, hasMore } = pageOf(ordered, call.request, { default: 20, max: 100 });
  const ends = { first_id: data[0]?.id ?? "", last_id: data.at(-1)?.id ?? "" };
  return { object: "list", data: data.map(view), ...ends, has_more: hasMore };
}

/** `eval_`, `evalrun_` (recorded) and 32 hex digits. */
export function newEvalId(prefix: "eval" | "evalrun"): string {
  return `${prefix}_${randomBytes(16).toString("hex")}`;
}

/** @throws AzureError 400 */
export function readName(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalidPayload("name must be a string.", "name");
  return value;
}

function evalView({ id, name, createdAt, metadata, config, criteria }: EvalRecord) {
  return {
    ...{ object: "eval", id, name, metadata, created_at: seconds(createdAt) },
    data_source_config: configView(config),
    testing_criteria: criteria,
  };
}
