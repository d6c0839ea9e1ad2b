import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { PartialFailure } from "../../../dynamic-providers/runtime/partial-failure";
import { trainingFileHandler } from "../../../dynamic-providers/training-file/handler";
import type { TrainingFileInputs, TrainingFileState } from "../../../dynamic-providers/training-file/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import { chatRows, rehearse, submitJob, upload, type Rehearsal } from "../../support/rehearsal";
import type { Fault } from "../../support/fault-proxy";

let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse({ settings: { fileSeconds: 3 } });
});
afterEach(() => rehearsal.close());

/** Small, so that a file of some kilobytes goes in several parts. */
const PARTS = { wholeUpTo: 1_000, partBytes: 1_000 };

async function inputsFor(text: string, more: Partial<TrainingFileInputs> = {}): Promise<TrainingFileInputs> {
  const { accountId, location } = rehearsal;
  const file = rehearsal.file("training_set.jsonl", text);
  const args = { accountId, location, ...file, purpose: "fine-tune", ...more };
  return (await newHandler().check({} as TrainingFileInputs, args as TrainingFileInputs)).inputs;
}

const newHandler = (limits?: typeof PARTS) => trainingFileHandler(rehearsal.newProcess(), limits);
const files = () => rehearsal.account.dataPlane.files;
const failureOf = (task: Promise<unknown>) =>
  task.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error: unknown) => error as PartialFailure,
  );
const FILES = /\/files(\?|$)/;

describe("create", () => {
  it("uploads, waits for the check, and keeps the id", async () => {
    const inputs = await inputsFor(chatRows(12));
    const { id, outs } = await newHandler().create(inputs);
    expect(id).toBe(inputs.remoteName);
    expect(outs).toMatchObject({ status: "processed", fileId: expect.stringMatching(/^file-[0-9a-f]{32}$/) });
    expect(files()).toMatchObject([{ filename: inputs.remoteName, bytes: inputs.bytes }]);
  });

  it("takes an earlier upload of the same bytes", async () => {
    const inputs = await inputsFor(chatRows(12));
    const first = await newHandler().create(inputs);
    const second = await newHandler().create(inputs);
    expect(second.outs.fileId).toBe(first.outs.fileId);
    expect(rehearsal.proxy.count("POST", FILES)).toBe(1);
  });

  it("finds an earlier upload behind thousands of other files: the list comes in pages", async () => {
    const inputs = await inputsFor(chatRows(12));
    const first = await newHandler().create(inputs);
    const [record] = files();
    for (let other = 0; other < 1_200; other++) {
      const id = `file-${other.toString(16).padStart(32, "0")}`;
      files().push({ ...record!, id, filename: "other.jsonl", createdAt: record!.createdAt + 1_000 * (other + 1) });
    }
    const second = await newHandler().create(inputs);
    expect(second.outs.fileId).toBe(first.outs.fileId);
    expect(rehearsal.proxy.count("POST", FILES)).toBe(1);
    expect(rehearsal.proxy.count("GET", /\/files\?.*after=/)).toBeGreaterThan(0);
  });

  it("sends nothing to an account that is full, and says the figures", async () => {
    const first = await inputsFor(chatRows(12));
    await newHandler().create(first);
    const [record] = files();
    for (let other = 1; other < 100; other++)
      files().push({ ...record!, id: `file-${other}`, filename: "other.jsonl" });
    const failure = await failureOf(newHandler().create(await inputsFor(chatRows(13))));
    expect(failure.message).toMatch(
      /training_set\.jsonl: the account holds 100 of 100 files \(MaxUserFileCount\), so nothing was uploaded\. Delete files/,
    );
    expect(rehearsal.proxy.count("POST", FILES)).toBe(1);
    await expect(newHandler().create(first)).resolves.toBeDefined();
  });

  it("uploads once for two resources with the same bytes in one process", async () => {
    const inputs = await inputsFor(chatRows(12));
    const handler = newHandler();
    const [a, b] = await Promise.all([handler.create(inputs), handler.create(inputs)]);
    expect(a.outs.fileId).toBe(b.outs.fileId);
    expect(files()).toHaveLength(1);
  });

  it("ends with one file when two processes upload at once", async () => {
    const inputs = await inputsFor(chatRows(12));
    const [a, b] = await Promise.all([newHandler().create(inputs), newHandler().create(inputs)]);
    expect(files().map((file) => file.id)).toEqual([a.outs.fileId]);
    expect(b.outs.fileId).toBe(a.outs.fileId);
  });

  it.each<Fault>([
    "cut before",
    "cut after",
    "truncate",
    { status: 500 },
    { status: 503 },
    { status: 408 },
    { status: 429, headers: { "retry-after": "7" } },
    { status: 429, headers: { "retry-after-ms": "20" } },
    { status: 401 },
  ])("survives %j at the upload, with one file", async (fault) => {
    const inputs = await inputsFor(chatRows(12));
    rehearsal.proxy.disturb("POST", FILES, fault);
    const { outs } = await newHandler().create(inputs);
    expect(files().map((file) => file.id)).toEqual([outs.fileId]);
  });

  it("refuses a file that changed after the preview, and leaves nothing", async () => {
    const inputs = await inputsFor(chatRows(400));
    appendFileSync(inputs.path, "{}\n");
    await expect(newHandler().create(inputs)).rejects.toThrow(/training_set.jsonl changed after it was validated/);
    rehearsal.file(
      "training_set.jsonl",
      chatRows(400, () => "Other text of the same length...".slice(0, 11)),
    );
    await expect(newHandler().create({ ...inputs, bytes: readFileSync(inputs.path).length })).rejects.toThrow(
      /changed/,
    );
    expect(files()).toEqual([]);
  });

  it("shows why the service refuses the content, and keeps the id", async () => {
    const inputs = { ...(await inputsFor('{"messages": "none"}\n')), __provider: "text" };
    const failure = await failureOf(newHandler().create(inputs));
    expect(failure.reasons[0]).toMatch(
      /training_set.jsonl: the service rejected the file file-[0-9a-f]+: .+ Fix the dataset/,
    );
    expect(failure.properties).toMatchObject({ __provider: "text", fileId: files()[0]!.id, status: "error" });
    expect(failure.id).toBe(inputs.remoteName);
  });

  it("clears a broken copy away before it uploads", async () => {
    const inputs = await inputsFor(chatRows(12));
    await newHandler().create(inputs);
    const [broken] = files();
    broken!.bytes = 5;
    const { outs } = await newHandler().create(inputs);
    expect(files().map((file) => file.id)).toEqual([outs.fileId]);
    expect(outs.fileId).not.toBe(broken!.id);
  });

  it("waits for new role assignments to take effect, with a line at once and one a minute", async () => {
    const client = rehearsal.service.addClient({ displayName: "new", roles: [READER] });
    const inputs = await inputsFor(chatRows(12));
    const created = trainingFileHandler(rehearsal.newProcess({ client })).create(inputs);
    rehearsal.assignLater(client, 120);
    await created;
    const waiting = rehearsal.lines.filter((line) => /role assignments have not taken effect yet/.test(line));
    expect(waiting.map((line) => line.split(" of ")[0])).toEqual(["waited 0 s", "waited 60 s"]);
  });

  it("doesn't wait when the stack doesn't manage the roles", async () => {
    const client = rehearsal.service.addClient({ displayName: "never", roles: [READER] });
    const inputs = await inputsFor(chatRows(12), { rolesManaged: false });
    const before = rehearsal.clock.now();
    await expect(trainingFileHandler(rehearsal.newProcess({ client })).create(inputs)).rejects.toThrow(
      /PermissionDenied/,
    );
    expect(rehearsal.clock.now()).toBe(before);
  });
});

/** Reads Resource Manager, and nothing on the data plane. */
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

describe("an earlier file of the same name and size", () => {
  /** A file that somebody else put on the account under the name that `inputs` will look for. */
  const foreign = (inputs: TrainingFileInputs, text: string) => {
    const own = readFileSync(inputs.path);
    const { fileId } = upload(rehearsal, inputs.remoteName, text);
    writeFileSync(inputs.path, own);
    files().find(({ id }) => id === fileId)!.filename = inputs.remoteName;
    return fileId;
  };
  const other = () => chatRows(12, (row) => `Answer ${row}!`);

  it("is not taken when its content differs: it stays, and the right content is uploaded beside it", async () => {
    const inputs = await inputsFor(chatRows(12));
    const fileId = foreign(inputs, other());
    const { outs } = await newHandler().create(inputs);
    expect(outs.fileId).not.toBe(fileId);
    expect(files().map(({ id }) => id)).toEqual([fileId, outs.fileId]);
    expect(rehearsal.lines.join("\n")).toMatch(
      new RegExp(`${fileId} is named ${inputs.remoteName} and has the same size, but different content`),
    );
    // A later run takes the right one again.
    expect((await newHandler().create(inputs)).outs.fileId).toBe(outs.fileId);
    expect(rehearsal.proxy.count("POST", FILES)).toBe(1);
  });

  it("is not taken for what an upload made whose answer was lost", async () => {
    const inputs = await inputsFor(chatRows(12));
    let fileId = "";
    rehearsal.proxy.fault = ({ method, path }) => {
      if (method !== "POST" || !FILES.test(path) || fileId !== "") return undefined;
      fileId = foreign(inputs, other());
      return "cut before";
    };
    const { outs } = await newHandler().create(inputs);
    expect(outs.fileId).not.toBe(fileId);
    expect(files().map(({ id }) => id)).toEqual([fileId, outs.fileId]);
  });

  it("is not preferred for being older", async () => {
    const inputs = await inputsFor(chatRows(12));
    const { outs } = await newHandler().create(inputs);
    const fileId = foreign(inputs, other());
    const record = files().find(({ id }) => id === fileId)!;
    Object.assign(record, { createdAt: record.createdAt - 60_000 });
    expect((await newHandler().update("", outs, inputs)).outs.fileId).toBe(outs.fileId);
    expect(files()).toHaveLength(2);
  });

  it("is compared after it was processed: an import has no size before", async () => {
    const inputs = await inputsFor(chatRows(12));
    const fileId = foreign(inputs, other());
    files()[0]!.processedAt = rehearsal.clock.now() + 60_000;
    expect((await newHandler().create(inputs)).outs.fileId).not.toBe(fileId);
  });

  it("is not taken when its content can't be read, with the reason", async () => {
    const inputs = await inputsFor(chatRows(12));
    const fileId = foreign(inputs, chatRows(12));
    rehearsal.proxy.fault = ({ path }) =>
      path.includes(fileId) && path.includes("/content") ? { status: 400 } : undefined;
    expect((await newHandler().create(inputs)).outs.fileId).not.toBe(fileId);
    expect(rehearsal.lines.join("\n")).toMatch(/can't be compared, so it is not used \(disturbed\)/);
  });

  it("stops while the content can't be read for now: nothing is uploaded beside what may be right", async () => {
    const inputs = await inputsFor(chatRows(12));
    foreign(inputs, chatRows(12));
    rehearsal.proxy.fault = ({ path }) => (path.includes("/content") ? { status: 503 } : undefined);
    await expect(newHandler().create(inputs)).rejects.toThrow(/Reading the file file-/);
    expect(files()).toHaveLength(1);
  });

  it("is taken unread beyond the limit, and the line says so", async () => {
    const inputs = await inputsFor(chatRows(12));
    const fileId = foreign(inputs, other());
    const limits = { wholeUpTo: 100e6, partBytes: 64e6, compareUpTo: inputs.bytes - 1 };
    const { outs } = await trainingFileHandler(rehearsal.newProcess(), limits).create(inputs);
    expect(outs.fileId).toBe(fileId);
    expect(rehearsal.lines.join("\n")).toMatch(/only files of up to .* are compared by content/);
  });
});

describe("a large file", () => {
  it("goes in parts and arrives whole", async () => {
    const text = chatRows(40);
    const { outs } = await newHandler(PARTS).create(await inputsFor(text));
    const stored = readFileSync(path.join(rehearsal.service.world.blobFolder, files()[0]!.id), "utf8");
    expect(stored).toBe(text);
    expect(outs).not.toHaveProperty("upload");
    expect(rehearsal.lines.join("\n")).toMatch(/^\d+% · .*uploading \S+, part 2\/9 \(2 of 9 kB\)$/m);
  });

  it("goes on where it broke off", async () => {
    const inputs = await inputsFor(chatRows(40));
    let parts = 0;
    rehearsal.proxy.fault = ({ method, path }) =>
      method === "POST" && path.includes("/parts") && ++parts > 3 ? { status: 400, code: "broken" } : undefined;
    const failure = await failureOf(newHandler(PARTS).create(inputs));
    expect(failure.properties).toMatchObject({ upload: { parts: [{ bytes: 1000 }, {}, {}] } });
    rehearsal.proxy.fault = () => undefined;
    const sentBefore = rehearsal.proxy.count("POST", /\/parts/);
    const state = failure.properties as unknown as TrainingFileState;
    const { outs } = await newHandler(PARTS).update(failure.id, state, inputs);
    const total = Math.ceil(inputs.bytes / PARTS.partBytes);
    expect(rehearsal.proxy.count("POST", /\/parts/) - sentBefore).toBe(total - 3);
    expect(outs.status).toBe("processed");
    expect(files()).toHaveLength(1);
  });

  it("arrives whole where an earlier run sent parts of another size", async () => {
    const text = chatRows(40);
    const inputs = await inputsFor(text);
    let parts = 0;
    rehearsal.proxy.fault = ({ method, path }) =>
      method === "POST" && path.includes("/parts") && ++parts > 3 ? { status: 400, code: "broken" } : undefined;
    const failure = await failureOf(newHandler(PARTS).create(inputs));
    rehearsal.proxy.fault = () => undefined;
    const state = failure.properties as unknown as TrainingFileState;
    const { outs } = await newHandler({ ...PARTS, partBytes: 300 }).update(failure.id, state, inputs);
    expect(readFileSync(path.join(rehearsal.service.world.blobFolder, outs.fileId), "utf8")).toBe(text);
    expect(files()).toHaveLength(1);
  });

  it("starts anew when the upload has expired meanwhile", async () => {
    const inputs = await inputsFor(chatRows(40));
    rehearsal.proxy.disturb("POST", /\/complete/, { status: 400, code: "broken" });
    const failure = await failureOf(newHandler(PARTS).create(inputs));
    rehearsal.service.advance(3 * 3_600_000);
    const { outs } = await newHandler(PARTS).update(
      failure.id,
      failure.properties as unknown as TrainingFileState,
      inputs,
    );
    expect(outs.status).toBe("processed");
  });

  it("starts anew when the upload was cancelled meanwhile", async () => {
    const inputs = await inputsFor(chatRows(40));
    rehearsal.proxy.disturb("POST", /\/complete/, { status: 400, code: "broken" });
    const failure = await failureOf(newHandler(PARTS).create(inputs));
    rehearsal.account.dataPlane.uploads[0]!.status = "cancelled";
    const state = failure.properties as unknown as TrainingFileState;
    const { outs } = await newHandler(PARTS).update(failure.id, state, inputs);
    expect(outs.status).toBe("processed");
    expect(files().map((file) => file.id)).toEqual([outs.fileId]);
  });

  it.each<Fault>(["cut after", "truncate", { status: 502 }])("survives %j at its completion", async (fault) => {
    rehearsal.proxy.disturb("POST", /\/complete/, fault);
    const { outs } = await newHandler(PARTS).create(await inputsFor(chatRows(40)));
    expect(files().map((file) => file.id)).toEqual([outs.fileId]);
  });

  it("is cancelled when it changed on the way", async () => {
    const inputs = await inputsFor(chatRows(40));
    const other = rehearsal.file(
      "training_set.jsonl",
      chatRows(40, (row) => `Answer ${row}!`),
    );
    expect(other.bytes).toBe(inputs.bytes);
    await expect(newHandler(PARTS).create(inputs)).rejects.toThrow(/changed after it was validated/);
    expect(files()).toEqual([]);
    expect(rehearsal.account.dataPlane.uploads.map((upload) => upload.status)).toEqual(["cancelled"]);
  });
});

describe("check and diff", () => {
  it("names the remote file after stem and content", async () => {
    const inputs = await inputsFor(chatRows(12));
    expect(inputs.remoteName).toBe(`training_set-${inputs.sha256.slice(0, 12)}.jsonl`);
  });

  it("leaves the name unknown while the content is", async () => {
    expect((await inputsFor("", { sha256: UNKNOWN })).remoteName).toBe(UNKNOWN);
  });

  it.each<[string, Partial<TrainingFileInputs>, boolean, string[]]>([
    ["nothing", {}, false, []],
    ["another path with the same bytes", { path: "other.jsonl" }, true, []],
    ["retain", { retain: true }, true, []],
    ["other content", { sha256: "f".repeat(64) }, true, ["sha256"]],
    ["unknown content", { sha256: UNKNOWN }, true, ["sha256"]],
    ["another purpose", { purpose: "evals" }, true, ["purpose"]],
    ["another region", { location: "westus" }, true, ["location"]],
    ["an unknown account", { accountId: UNKNOWN }, true, ["accountId"]],
  ])("%s", async (_name, more, changes, replaces) => {
    const inputs = await inputsFor(chatRows(12));
    const state: TrainingFileState = {
      ...inputs,
      stateVersion: 1,
      fileId: "file-1",
      status: "processed",
      createdAt: 1,
    };
    expect(await newHandler().diff("", state, { ...inputs, ...more })).toEqual({ changes, replaces });
  });

  it("shows a change while the file was not processed", async () => {
    const inputs = await inputsFor(chatRows(12));
    const state: TrainingFileState = { ...inputs, stateVersion: 1, fileId: "file-1", status: "running", createdAt: 1 };
    expect(await newHandler().diff("", state, inputs)).toEqual({ changes: true, replaces: [] });
  });
});

describe("read and delete", () => {
  const created = async (more: Partial<TrainingFileInputs> = {}) => {
    const inputs = await inputsFor(chatRows(12), more);
    return (await newHandler().create(inputs)).outs;
  };

  it("finds what was deleted elsewhere", async () => {
    const state = await created();
    expect(await newHandler().read(state.remoteName, state)).toEqual({ id: state.remoteName, props: state });
    files().length = 0;
    expect(await newHandler().read(state.remoteName, state)).toEqual({});
  });

  it("takes an account that is gone for gone", async () => {
    const state = await created();
    await rehearsal.deleteAccount();
    expect(await newHandler().read(state.remoteName, state)).toEqual({});
    await newHandler().delete(state.remoteName, state);
  });

  it("deletes, and can be repeated", async () => {
    const state = await created();
    await newHandler().delete(state.remoteName, state);
    expect(files()).toEqual([]);
    await newHandler().delete(state.remoteName, state);
  });

  it.each<Fault>(["cut before", "cut after", { status: 500 }, { status: 409 }])(
    "deletes in spite of %j",
    async (fault) => {
      const state = await created();
      rehearsal.proxy.disturb("DELETE", /\/files\//, fault);
      await newHandler()
        .delete(state.remoteName, state)
        .catch(() => newHandler().delete(state.remoteName, state));
      expect(files()).toEqual([]);
    },
  );

  it("keeps a file that this process took into use again", async () => {
    const state = await created();
    const handler = newHandler();
    await handler.create(state);
    await handler.delete(state.remoteName, state);
    expect(files()).toHaveLength(1);
  });

  it("deletes what a refresh has compared before: destroy --refresh runs no program", async () => {
    const state = await created();
    const down = newHandler();
    await down.diff(state.remoteName, state, state);
    await down.delete(state.remoteName, state);
    expect(files()).toEqual([]);
  });

  it("keeps the file on which an adopted job was trained, and says so", async () => {
    const own = await created();
    const adoptedJobId = await submitJob(rehearsal, own.fileId);
    const adopting = await inputsFor(chatRows(12), { adoptedJobId });
    expect((await newHandler().diff("", own, adopting)).changes).toBe(true);
    const { outs } = await newHandler().update("", own, adopting);
    // The setting may be gone by the end; the job is adopted all the same.
    const forgotten = await inputsFor(chatRows(12));
    expect((await newHandler().diff("", outs, forgotten)).changes).toBe(false);
    const process = rehearsal.newProcess();
    await trainingFileHandler(process).delete("", (await newHandler().update("", outs, forgotten)).outs);
    expect(files()[0]!.id).toBe(own.fileId);
    expect(process.kept).toEqual([`file ${own.fileId} (${own.remoteName}) from adopted job ${adoptedJobId}`]);
  });

  it("deletes a file that an adopted job doesn't need", async () => {
    const elsewhere = upload(rehearsal, "copy.jsonl", chatRows(12));
    const state = await created({ adoptedJobId: await submitJob(rehearsal, elsewhere.fileId) });
    await newHandler().delete("", state);
    expect(files().map((file) => file.id)).not.toContain(state.fileId);
  });

  it("keeps a retained file and says so", async () => {
    const state = await created({ retain: true });
    const process = rehearsal.newProcess();
    await trainingFileHandler(process).delete(state.remoteName, state);
    expect(files()).toHaveLength(1);
    expect(process.kept).toEqual([`file ${state.fileId} (${state.remoteName}), kept by retain`]);
  });
});
