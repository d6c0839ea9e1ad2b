import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AccountRecord } from "../../src/world/state";
import { startForTest, type TestService } from "../../src/testing";
import { trainingText } from "./examples";
import { call, uploadFile, type Answer } from "./plain-client";
import { available, PublishedSchemas, type Document } from "./published-schemas";

(available ? describe : describe.skip)("answers fit the published schemas", () => {
  let service: TestService;
  let account: AccountRecord;
  let schemas: PublishedSchemas;

  beforeAll(async () => {
    schemas = new PublishedSchemas();
    service = await startForTest({ settings: { trainingSeconds: 100 } });
    account = service.addAccount("contract");
  });
  afterAll(() => service.close());

  const problems = (answer: Pick<Answer, "body">, document: Document, name: string) =>
    schemas.problems(answer.body, document, name);

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
