import { expect, it, jest } from "@jest/globals";
import { providerProcess } from "../../../dynamic-providers/runtime/context";
import { handler } from "../../../dynamic-providers/dataset/handler";
import type { DatasetInputs } from "../../../dynamic-providers/dataset/schema";
import { datasetFile, validRows } from "../../datasets/examine";

const rows = (count: number, end = "\n") => validRows(count).join(end) + end;
const check = async (content: string, olds?: DatasetInputs) => {
  const log = jest.spyOn(providerProcess, "print").mockImplementation(() => undefined);
  const news = { path: datasetFile(content), role: "training", model: "gpt-4o-mini", method: "supervised" };
  const { inputs, failures } = await handler.check(olds, news as unknown as DatasetInputs);
  expect(failures).toEqual([]);
  const said = log.mock.calls.flat().join("\n");
  log.mockRestore();
  return { inputs: inputs, said };
};

it("knows a new file by its own hash, and a changed one by its new hash", async () => {
  const first = await check(rows(12));
  expect(first.inputs.contentSha256).toBe(first.inputs.sha256);
  const more = await check(rows(13), first.inputs);
  expect(more.inputs.contentSha256).toBe(more.inputs.sha256);
  expect(more.inputs.sha256).not.toBe(first.inputs.sha256);
});

it("keeps the hash of the same rows with other line ends through all checkouts, also in a state that had none", async () => {
  const linux = rows(14);
  const first = (await check(linux)).inputs;
  const { contentSha256: _, ...older } = first;
  const windows = await check(rows(14, "\r\n"), older as DatasetInputs);
  expect(windows.inputs).toMatchObject({ contentSha256: first.sha256 });
  expect(windows.inputs.sha256).not.toBe(first.sha256);
  expect(windows.said).toMatch(/only in its line endings or byte order mark\. .* nothing is uploaded or trained again/);
  const marked = await check(`\uFEFF${rows(14, "\r\n")}`, windows.inputs);
  expect(marked.inputs.contentSha256).toBe(first.sha256);
  const again = await check(`\uFEFF${rows(14, "\r\n")}`, marked.inputs);
  expect(again.inputs).toMatchObject({ contentSha256: first.sha256, sha256: marked.inputs.sha256 });
  const back = await check(linux, again.inputs);
  expect(back.inputs).toMatchObject({ contentSha256: first.sha256, sha256: first.sha256 });
});

it("a state that was made on Windows keeps its hash on Linux", async () => {
  const windows = (await check(rows(15, "\r\n"))).inputs;
  expect((await check(rows(15), windows)).inputs.contentSha256).toBe(windows.sha256);
});

it("rows that changed, in as many tokens, are another content", async () => {
  const first = (await check(rows(16))).inputs;
  const order = validRows(16).reverse().join("\r\n") + "\r\n";
  const other = (await check(order, first)).inputs;
  expect(other.contentSha256).toBe(other.sha256);
});
