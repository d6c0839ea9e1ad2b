import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import Ajv, { type ErrorObject } from "ajv";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { deploy } from "./deployments";
import { questions, trainingText } from "./examples";
import { call, uploadFile, type Answer } from "./plain-client";

/** Published schemas; they are not part of this repository. */
const specs = path.resolve(__dirname, "../../../../shared/specs");
const dataPlane = "azure-rest-api-specs/specification/cognitiveservices/data-plane/AzureOpenAI";
const documents = {
  stable: `${dataPlane}/authoring/stable/2024-10-21/azureopenai.json`,
  preview: `${dataPlane}/authoring/preview/2025-04-01-preview/azureopenai.json`,
  inference: `${dataPlane}/inference/stable/2024-10-21/inference.json`,
  v1: "azure-rest-api-specs-trimmed/specification/ai/data-plane/OpenAI.v1/azure-v1-v1-generated.trimmed.json",
};

/** Members that the live v1 endpoint leaves out of jobs while they have no value, against its schema (recorded). */
const leftOut =
  "error fine_tuned_model finished_at organization_id result_files trained_tokens validation_file metadata";

/** Where the live v1 endpoint is on record with something else than its schema, and this service follows the record. */
function isRecorded({ keyword, params, instancePath }: ErrorObject): boolean {
  const missing = (params as { missingProperty?: string }).missingProperty;
  return (
    (keyword === "required" && missing !== undefined && leftOut.split(" ").includes(missing)) ||
    // `pending` before a job runs.
    (keyword === "enum" && instancePath.endsWith("/status"))
  );
}

/** OpenAPI's `nullable` as JSON Schema says it; ajv reads it only beside `type`, and not with `enum`. */
function withNull(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNull);
  if (typeof schema !== "object" || schema === null) return schema;
  const { nullable, ...rest } = schema as Record<string, unknown>;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withNull(value)]));
  return nullable === true ? { anyOf: [{ type: "null" }, inner] } : inner;
}

const available = existsSync(specs);
if (!available) process.stderr.write(`Contract tests are skipped: ${specs} with the published schemas is not there.\n`);

(available ? describe : describe.skip)("answers fit the published schemas", () => {
  let service: TestService;
  let account: AccountRecord;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

  beforeAll(async () => {
    for (const [name, file] of Object.entries(documents))
      ajv.addSchema(withNull(JSON.parse(readFileSync(path.join(specs, file), "utf8"))) as object, name);
    service = await startForTest({ settings: { trainingSeconds: 100 } });
    account = service.addAccount("contract");
  });
  afterAll(() => service.close());

  /** Problems of an answer against `document#/definitions/Name` (Swagger) or `#/components/schemas/Name`. */
  function problems(answer: Answer, document: keyof typeof documents, name: string): string[] {
    const place = document === "stable" ? "definitions" : "components/schemas";
    const at = document === "inference" && !specHas(document, "components") ? "definitions" : place;
    const validate = ajv.compile({ $ref: `${document}#/${at}/${name}` });
    validate(answer.body);
    return (validate.errors ?? [])
      .filter((error) => document !== "v1" || !isRecorded(error))
      .map((error) => `${error.instancePath} ${error.message ?? ""} ${JSON.stringify(error.params)}`);
  }

  function specHas(document: keyof typeof documents, member: string): boolean {
    return member in (JSON.parse(readFileSync(path.join(specs, documents[document]), "utf8")) as object);
  }

  describe.each([
    { document: "stable", root: "openai", version: "2024-10-21", created: 201 },
    { document: "preview", root: "openai", version: "2025-04-01-preview", created: 201 },
    { document: "v1", root: "openai/v1", version: undefined, created: 200 },
  ] as const)("$document", ({ document, root, version, created }) => {
    const isV1 = document === "v1";
    const names = {
      file: isV1 ? "AzureOpenAIFile" : "File",
      fileList: isV1 ? "AzureListFilesResponse" : "FileList",
      fileDelete: isV1 ? "OpenAI.DeleteFileResponse" : "FileDelete",
      job: isV1 ? "OpenAI.FineTuningJob" : "FineTuningJob",
      jobList: isV1 ? "OpenAI.ListPaginatedFineTuningJobsResponse" : "FineTuningJobList",
      events: isV1 ? "OpenAI.ListFineTuningJobEventsResponse" : "FineTuningJobEventList",
      checkpoints: isV1 ? "OpenAI.ListFineTuningJobCheckpointsResponse" : "FineTuningJobCheckpointList",
      model: isV1 ? "OpenAI.Model" : "Model",
      modelList: isV1 ? "OpenAI.ListModelsResponse" : "ModelList",
      error: isV1 ? "AzureErrorResponse" : "ErrorResponse",
    };
    const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
      call(service, account, method, `${root}${path}${version ? `?api-version=${version}` : ""}`, body);
    const fits = (answer: Answer, name: keyof typeof names) =>
      expect(problems(answer, document, names[name])).toEqual([]);
    let fileId: string;
    let jobId: string;

    it("files", async () => {
      const query = version ? `?api-version=${version}` : "";
      const uploaded = await uploadFile(service, account, `${root}/files${query}`, trainingText(), "fine-tune");
      expect(uploaded.status).toBe(created);
      expect(uploaded.headers.location !== undefined).toBe(!isV1);
      fits(uploaded, "file");
      fileId = uploaded.body.id as string;
      fits(await ask("GET", `/files/${fileId}`), "file");
      fits(await ask("GET", "/files"), "fileList");
      const other = await uploadFile(service, account, `${root}/files${query}`, "not json\n", "fine-tune");
      const failed = await ask("GET", `/files/${other.body.id as string}`);
      expect(failed.body.status).toBe("error");
      fits(failed, "file");
      fits(await ask("DELETE", `/files/${other.body.id as string}`), "fileDelete");
      fits(await ask("GET", `/files/${other.body.id as string}`), "error");
    });

    it("jobs, events, checkpoints", async () => {
      const hyperparameters = { n_epochs: 2, batch_size: 4 };
      const body = {
        model: "gpt-4o-mini",
        training_file: fileId,
        validation_file: fileId,
        suffix: "x",
        hyperparameters,
      };
      const submitted = await ask("POST", "/fine_tuning/jobs", body);
      expect(submitted.status).toBe(created);
      fits(submitted, "job");
      jobId = submitted.body.id as string;
      service.advance(61_000);
      fits(await ask("GET", `/fine_tuning/jobs/${jobId}`), "job");
      service.advance(60_000);
      const done = await ask("GET", `/fine_tuning/jobs/${jobId}`);
      expect(done.body.status).toBe("succeeded");
      fits(done, "job");
      fits(await ask("GET", "/fine_tuning/jobs"), "jobList");
      fits(await ask("GET", `/fine_tuning/jobs/${jobId}/events`), "events");
      const checkpoints = await ask("GET", `/fine_tuning/jobs/${jobId}/checkpoints`);
      expect(checkpoints.body.data).toHaveLength(2);
      fits(checkpoints, "checkpoints");
      const second = await ask("POST", "/fine_tuning/jobs", body);
      fits(await ask("POST", `/fine_tuning/jobs/${second.body.id as string}/cancel`), "job");
      fits(await ask("POST", `/fine_tuning/jobs/${second.body.id as string}/cancel`), "error");
      const refused = await ask("POST", "/fine_tuning/jobs", { ...body, model: "text-embedding-3-small" });
      expect(refused.status).toBe(400);
      fits(refused, "error");
    });

    it("copies of checkpoints, which only v1 has", async () => {
      const { body } = await ask("GET", `/fine_tuning/jobs/${jobId}/checkpoints`);
      const [{ id }] = body.data as [{ id: string }];
      const path = `${root}/fine_tuning/jobs/${jobId}/checkpoints/${id}/copy${version ? `?api-version=${version}` : ""}`;
      const headers = { "aoai-copy-ft-checkpoints": "preview" };
      const target = { destinationResourceId: service.addAccount(`copies-${document}`).id, region: "northcentralus" };
      const copies = [
        await call(service, account, "POST", path, target, headers),
        await call(service, account, "GET", path, undefined, headers),
      ];
      expect(copies.map(({ status }) => status)).toEqual(isV1 ? [200, 200] : [404, 404]);
      const found = copies.filter(({ status }) => status === 200);
      expect(found.flatMap((copy) => problems(copy, "v1", "CopyModelResponse"))).toEqual([]);
    });

    it("models", async () => {
      const list = await ask("GET", "/models");
      fits(list, "modelList");
      const models = list.body.data as { id: string }[];
      const tuned = models.find(({ id }) => id.includes(jobId.slice(6)));
      expect(tuned).toBeDefined();
      fits(await ask("GET", `/models/${tuned!.id}`), "model");
      fits(await ask("GET", "/models/gpt-4o-mini-2024-07-18"), "model");
      fits(await ask("GET", "/models/none"), "error");
    });

    it("chat", async () => {
      const done = await ask("GET", `/fine_tuning/jobs/${jobId}`);
      deploy(service, account, `chat-${document}`, done.body.fine_tuned_model as string);
      const body = { model: `chat-${document}`, messages: [{ role: "user", content: questions[3]![0] }] };
      const path = isV1 ? "/chat/completions" : `/deployments/chat-${document}/chat/completions`;
      const answer = await ask("POST", path, body);
      expect(answer.status).toBe(200);
      const schema = isV1 ? "AzureCreateChatCompletionResponse" : "createChatCompletionResponse";
      expect(problems(answer, isV1 ? "v1" : "inference", schema)).toEqual([]);
      const stream = await ask("POST", path, { ...body, stream: true, stream_options: { include_usage: true } });
      const chunkSchema = isV1 ? "AzureCreateChatCompletionStreamResponse" : "createChatCompletionStreamResponse";
      const chunks = stream.text.split("\n\n").filter((line) => line.startsWith("data: {"));
      // The dated API's first chunk carries the prompt's filter result and empty members, against its schema (recorded).
      for (const chunk of chunks.slice(isV1 ? 0 : 1)) {
        const parsed = { ...stream, body: JSON.parse(chunk.slice(6)) as Record<string, unknown> };
        expect(problems(parsed, isV1 ? "v1" : "inference", chunkSchema)).toEqual([]);
      }
    });
  });

  it("runs and validates graders", async () => {
    const text = { input: "{{sample.output_text}}", reference: "{{item.answer}}" };
    const check = { type: "string_check", name: "check", operation: "eq", ...text };
    const judge = {
      type: "score_model",
      name: "judge",
      model: "gpt-4o",
      input: [{ role: "user", content: text.input }],
    };
    const multi = { type: "multi", name: "both", graders: { check, judge }, calculate_output: "check + judge" };
    const python = { type: "python", name: "python", source: "def grade(sample, item):\n  return 1.0" };
    const api = "openai/v1/fine_tuning/alpha/graders";
    for (const grader of [check, judge, multi, python]) {
      const ran = await call(service, account, "POST", `${api}/run`, {
        grader,
        model_sample: "a",
        item: { answer: "a" },
      });
      expect(ran.status).toBe(200);
      expect(problems(ran, "v1", "OpenAI.RunGraderResponse")).toEqual([]);
      const validated = await call(service, account, "POST", `${api}/validate`, { grader });
      expect(problems(validated, "v1", "OpenAI.ValidateGraderResponse")).toEqual([]);
    }
    const refused = await call(service, account, "POST", `${api}/validate`, { grader: {} });
    expect(problems(refused, "v1", "AzureErrorResponse")).toEqual([]);
  });

  describe.each(["stable", "preview"] as const)("uploads, %s", (document) => {
    it("create, part, complete, cancel", async () => {
      const version = document === "stable" ? "2024-10-21" : "2025-04-01-preview";
      const path = (rest: string) => `openai/uploads${rest}?api-version=${version}`;
      const text = trainingText();
      const body = {
        purpose: "fine-tune",
        filename: "a.jsonl",
        bytes: Buffer.byteLength(text),
        mime_type: "application/jsonl",
      };
      const upload = await call(service, account, "POST", path(""), body);
      expect(problems(upload, document, "UploadResource")).toEqual([]);
      const id = upload.body.id as string;
      const part = await uploadFile(service, account, path(`/${id}/parts`), text, undefined, "data");
      expect(problems(part, document, "UploadPartResource")).toEqual([]);
      const complete = await call(service, account, "POST", path(`/${id}/complete`), { part_ids: [part.body.id] });
      expect(complete.body.status).toBe("completed");
      expect(problems(complete, document, "UploadResource")).toEqual([]);
      const other = await call(service, account, "POST", path(""), body);
      const cancelled = await call(service, account, "POST", path(`/${other.body.id as string}/cancel`));
      expect(problems(cancelled, document, "UploadResource")).toEqual([]);
    });
  });
});
