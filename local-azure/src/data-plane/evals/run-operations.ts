import { readFileSync } from "node:fs";
import { asObject, bodyObject, param } from "../../http/request";
import { blobPath, removeBlobs } from "../../storage/blobs";
import type { EvalRecord, EvalRunRecord } from "../../world/state";
import { invalidPayload, notFound, unexpectedState } from "../api/errors";
import type { Call, Endpoint } from "../api/call";
import { readMetadata } from "../api/metadata";
import { seconds } from "../api/unix-time";
import { evalOf, listView, newEvalId, readName } from "./eval-operations";
import { itemsBlob, type OutputItem } from "./execute-run";
import { enqueue, statusOf } from "./run-queue";

const since = "2025-01-01";
const RUN = "/evals/:eval/runs/:run";

export const evalRunOperations: Endpoint[] = [
  { method: "POST", path: "/evals/:eval/runs", action: "evals/write", since, run: create },
  { method: "GET", path: "/evals/:eval/runs", action: "evals/read", since, run: list },
  { method: "GET", path: RUN, action: "evals/read", since, run: (call) => runView(call, evalOf(call), runOf(call)) },
  { method: "POST", path: RUN, action: "evals/write", since, run: cancel },
  { method: "DELETE", path: RUN, action: "evals/delete", since, run: remove },
  { method: "GET", path: `${RUN}/output_items`, action: "evals/read", since, run: listItems },
  { method: "GET", path: `${RUN}/output_items/:item`, action: "evals/read", since, run: getItem },
];

function create(call: Call): unknown {
  const evaluation = evalOf(call);
  const body = bodyObject(call.request);
  const run: EvalRunRecord = {
    id: newEvalId("evalrun"),
    name: readName(body.name) ?? "",
    createdAt: call.now,
    metadata: readMetadata(body.metadata) ?? {},
    source: readSource(body.data_source),
  };
  evaluation.runs.push(run);
  call.world.save();
  enqueue(call.world, call.account, evaluation, run);
  // Recorded, in v1 too.
  void call.reply.status(201);
  return runView(call, evaluation, run);
}

function list(call: Call): unknown {
  const evaluation = evalOf(call);
  const { status } = call.request.query;
  const runs = evaluation.runs.filter(
    (run) => status === undefined || statusOf(call.world, call.account, evaluation, run) === status,
  );
  return listView(call, runs, (run) => runView(call, evaluation, run));
}

function cancel(call: Call): unknown {
  const [evaluation, run] = [evalOf(call), runOf(call)];
  const status = statusOf(call.world, call.account, evaluation, run);
  if (status !== "queued" && status !== "in_progress")
    throw unexpectedState(`The run '${run.id}' is ${status}; only an unfinished run can be canceled.`);
  run.canceledAt = call.now;
  call.world.save();
  return runView(call, evaluation, run);
}

function remove(call: Call): unknown {
  const [evaluation, run] = [evalOf(call), runOf(call)];
  // One that is under way ends at its next row.
  run.canceledAt ??= call.now;
  evaluation.runs = evaluation.runs.filter((other) => other !== run);
  call.world.save();
  removeBlobs(call.world, run.id);
  return { object: "eval.run.deleted", deleted: true, run_id: run.id };
}

function listItems(call: Call): unknown {
  const { status } = call.request.query;
  const items = outputsOf(call).filter((item) => status === undefined || item.status === status);
  return listView(call, items, (item) => item);
}

function getItem(call: Call): unknown {
  const id = param(call.request, "item");
  const item = outputsOf(call).find((one) => one.id === id);
  if (!item) throw notFound("output item", id);
  return item;
}

/** Those of a run that has ended; before that there are none [guess]. */
function outputsOf(call: Call): OutputItem[] {
  const run = runOf(call);
  if (run.endedAt === undefined) return [];
  return JSON.parse(readFileSync(blobPath(call.world, itemsBlob(run.id)), "utf8")) as OutputItem[];
}

function runOf(call: Call): EvalRunRecord {
  const id = param(call.request, "run");
  const run = evalOf(call).runs.find((one) => one.id === id);
  if (!run) throw notFound("eval run", id);
  return run;
}

/** @throws AzureError 400 */
function readSource(value: unknown): Record<string, unknown> {
  const source = asObject(value);
  const from = asObject(source?.source);
  if (!source || (source.type !== "jsonl" && source.type !== "completions")) {
    throw invalidPayload(
      "data_source.type must be jsonl or completions; this service supports no others.",
      "data_source",
    );
  }
  const isThere = from?.type === "file_id" ? typeof from.id === "string" : Array.isArray(from?.content);
  if (!isThere || (from?.type !== "file_id" && from?.type !== "file_content")) {
    throw invalidPayload(
      "data_source.source must be file_id with an id, or file_content with a content.",
      "data_source",
    );
  }
  if (source.type === "jsonl") return source;
  if (typeof source.model !== "string")
    throw invalidPayload("data_source.model is required: the name of a deployment.", "data_source");
  const { type, template, item_reference: reference } = asObject(source.input_messages) ?? {};
  const hasInput = type === "template" ? Array.isArray(template) : typeof reference === "string";
  if (!hasInput)
    throw invalidPayload("data_source.input_messages must be a template, or an item_reference.", "data_source");
  return source;
}

function runView({ world, account, base }: Call, evaluation: EvalRecord, run: EvalRunRecord) {
  const { passed = 0, failed = 0, errored = 0, criteria = [], usage = [] } = run.outcome ?? {};
  return {
    ...{ object: "eval.run", id: run.id, eval_id: evaluation.id, name: run.name, metadata: run.metadata },
    status: statusOf(world, account, evaluation, run),
    model: run.source.type === "completions" ? run.source.model : "",
    created_at: seconds(run.createdAt),
    report_url: `${base}/evals/${evaluation.id}/runs/${run.id}`,
    result_counts: { total: passed + failed + errored, errored, failed, passed },
    per_model_usage: usage.map(({ model, invocations, prompt, completion }) => ({
      ...{ model_name: model, invocation_count: invocations, prompt_tokens: prompt, completion_tokens: completion },
      ...{ total_tokens: prompt + completion, cached_tokens: 0 },
    })),
    per_testing_criteria_results: criteria.map((counts, index) => ({
      testing_criteria: evaluation.criteria[index]!.name,
      ...counts,
    })),
    data_source: run.source,
    error: run.problem ?? null,
  };
}
