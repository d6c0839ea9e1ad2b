import path from "node:path";
import type { LoggedRequest } from "local-azure/admin/request-log";
import { readPreview } from "../../../commands/preview-summary/read-preview";
import { summarize, type Summary } from "../../../commands/preview-summary/summary";
import { readUpEvents, type EngineEvent } from "../../../stack/up-events";
import type { Checkout } from "../checkout";
import { changesIn, type Changes, type StepMetadata } from "./changes";

/** What a preview says that `up` would do. */
export interface Said extends Summary {
  /** The `[plan]` lines, without the prefix. */
  plan: string[];
  changes: Changes;
  /** Errors of the preview; none when it went through. */
  errors: string[];
}

/** What an `up` did. */
export interface Done {
  failed: boolean;
  output: string;
  plan: string[];
  changes: Changes;
  /** Fine-tuning jobs that were submitted. */
  jobs: number;
  /** Writes of deployments in their order, e.g. `["DELETE model-ft", "PUT model-ft"]`. */
  deployments: string[];
  /** Every write that the cloud accepted, but for sign-in and a grader's trial, which leaves nothing. */
  writes: string[];
}

/** The day that dates of retirement are compared with. */
const today = new Date("2026-11-23T00:00:00Z");

export async function previewOf(checkout: Checkout): Promise<Said> {
  const { stdout, output } = await checkout.pulumi("preview", "--json", "--show-sames");
  const preview = readPreview(output);
  const digest = JSON.parse(stdout.slice(0, stdout.lastIndexOf("\n}") + 2)) as Digest;
  const steps = (digest.steps ?? []).map(({ oldState, newState, ...step }) => ({
    ...step,
    old: oldState,
    new: newState,
  }));
  const messages = (digest.diagnostics ?? []).map(({ message }) => message ?? "");
  return {
    ...summarize(preview, today),
    plan: planIn(messages.join("\n")),
    changes: changesIn(steps),
    errors: preview.errors,
  };
}

export async function upOf(checkout: Checkout): Promise<Done> {
  const before = (await requests(checkout)).at(-1)?.number ?? 0;
  const log = path.join(checkout.folder, ".local", "up-events.jsonl");
  checkout.write(".local/up-events.jsonl", "");
  const { code, output } = await checkout.pulumi("up", "--yes", "--skip-preview", "--event-log", log);
  const writes = (await requests(checkout)).filter(
    ({ number, method, path: url, status }) =>
      number > before && method !== "GET" && !/\/token|\/graders\//.test(url) && status < 400,
  );
  const events: EngineEvent[] = readUpEvents(log);
  const pick = (pattern: RegExp) => writes.filter(({ method, path: url }) => pattern.test(`${method} ${url}`));
  return {
    failed: code !== 0,
    output,
    plan: planIn(events.map((event) => event.diagnosticEvent?.message ?? "").join("\n")),
    changes: changesIn(events.flatMap(({ resourcePreEvent }) => (resourcePreEvent ? [resourcePreEvent.metadata] : []))),
    jobs: pick(/^POST .*\/fine_tuning\/jobs(\?|$)/).length,
    deployments: pick(/^(PUT|DELETE|PATCH) .*\/deployments\/[^/?]+(\?|$)/).map(
      ({ method, path: url }) => `${method} ${/\/deployments\/([^/?]+)/.exec(url)![1]}`,
    ),
    writes: writes.map(({ method, path: url }) => `${method} ${url.replace(/\?.*/, "")}`),
  };
}

interface Digest {
  steps?: (StepMetadata & { oldState?: StepMetadata["old"]; newState?: StepMetadata["new"] })[];
  diagnostics?: { message?: string }[];
}

async function requests(checkout: Checkout): Promise<LoggedRequest[]> {
  return (await checkout.admin<{ requests: LoggedRequest[] }>("GET", "/requests")).requests;
}

function planIn(text: string): string[] {
  return [...text.matchAll(/^\[plan\] (.*?)\s*$/gm)].map((match) => match[1]!);
}
