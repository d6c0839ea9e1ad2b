import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";

/* eslint-disable-next-line @typescript-eslint/no-require-imports -- plain JavaScript, which runs before there is TypeScript */
const { skipPromiseTraces } = require("../../compiled/stack-traces") as { skipPromiseTraces: () => void };
// As the program's own process does: mapping the lines of a trace for each promise was a third of the work of `test/index.test.ts`.
skipPromiseTraces();

/** A resource as the program registered it. */
export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** How many were registered before it. */
  order: number;
  /** Names of the resources that it depends on, by an input or by `dependsOn`: the engine makes it after them, and deletes it before them. */
  dependsOn: string[];
}

/** What the service would answer; enough for dependents to be registered. */
const answers: Record<string, Record<string, unknown>> = {
  Dataset: {
    sha256: "5a".repeat(32),
    bytes: 100,
    examples: 60,
    tokens: { total: { sum: 5000 }, assistant: { sum: 1 } },
  },
  CostEstimate: { estimate: { trainingTokens: { low: 1, high: 2 } } },
  TrainingFile: { fileId: "file-1" },
  FineTuningJob: { jobId: "ftjob-1", trainingKey: "abcdef0123456789" },
  TrainedModel: { fineTunedModel: "gpt.ft-1" },
  ModelVersions: { servedModel: "gpt.ft-1", servedKey: "abcdef0123456789", servedCheckpoint: "last" },
  Deployment: { systemData: { createdAt: "2026-11-22T12:00:00Z" } },
  AccountKeys: { primary: "k1", secondary: "k2" },
  ChatProbe: { answer: "A field of computer science." },
};

/** Pulumi's monitor of mocks, which gets the engine's requests. */
interface Monitor {
  registerResource(request: RegisterResourceRequest, done: unknown): unknown;
}

export interface MockedProgram {
  registered: Registered[];
  /** Calls of azure-native functions. */
  called: { token: string; inputs: Record<string, unknown> }[];
  /** The registered resource of a name, once it has been registered. */
  find(name: string): Registered;
}

/**
 * Runs what follows against mocks instead of an engine. Functions of azure-native answer with `functions[token]`, or fail with its error.
 *
 * @param others - answers of the service, by kind of resource, in place of the usual ones
 */
export async function mockProgram(
  functions: Record<string, object | Error> = {},
  others: Partial<typeof answers> = {},
): Promise<MockedProgram> {
  const registered: Registered[] = [];
  const called: MockedProgram["called"] = [];
  /** What each request names as dependencies, which mocks are not told. */
  const requested = new Map<string, string[]>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const order = registered.length;
        registered.push({
          type,
          name,
          inputs: inputs as Record<string, unknown>,
          order,
          dependsOn: requested.get(name) ?? [],
        });
        const kind = type.split(":").at(-1) ?? "";
        return { id: `${name}-id`, state: { ...(inputs as object), ...(others[kind] ?? answers[kind]) } };
      },
      call: ({ token, inputs }) => {
        called.push({ token, inputs: inputs as Record<string, unknown> });
        const answer = functions[token];
        // As over gRPC, where the message comes as `details`.
        if (answer instanceof Error) throw Object.assign(answer, { details: answer.message });
        return answer ?? {};
      },
    },
    "azure-openai-finetune",
    "dev",
    false,
    // As backends without organizations call theirs.
    "organization",
  );
  const monitor = getMonitor() as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, done) => {
    requested.set(
      request.getName(),
      request.getDependenciesList().map((urn) => urn.split("::").at(-1)!),
    );
    return register(request, done);
  };
  return {
    registered,
    called,
    find(name) {
      const found = registered.find((resource) => resource.name === name);
      if (!found) throw new Error(`${name} was not registered, only: ${registered.map((r) => r.name).join(", ")}`);
      return found;
    },
  };
}

/** The value of an output. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value)));
}

/** Waits until everything that the program has started is registered. */
export async function settled(): Promise<void> {
  await pulumi.runtime.disconnect();
}
