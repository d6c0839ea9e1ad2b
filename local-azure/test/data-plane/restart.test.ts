import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { Agent, request } from "undici";
import { addAccount } from "../../src/arm/new-account";
import { startServer, type RunningServer } from "../../src/service/server";
import { ManualClock } from "../../src/testing";
import type { FileRecord } from "../../src/world/state";
import { trainingText } from "./examples";

/** One request to the server of the moment. */
async function ask({ world, certificates }: RunningServer, key: string, path: string, body?: object): Promise<unknown> {
  const answer = await request(`${world.origin}/openai/v1/fine_tuning/jobs${path}`, {
    dispatcher: new Agent({ connect: { ca: certificates.caPem } }),
    headers: { "api-key": key, "content-type": "application/json" },
    ...(body ? { method: "POST" as const, body: JSON.stringify(body) } : {}),
  });
  return answer.body.json();
}

it("a job goes on over a restart, with the same figures even when they were lost", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "local-azure-"));
  const options = {
    stateFile: path.join(folder, "state.json"),
    clock: new ManualClock(),
    settings: { trainingSeconds: 100, fileSeconds: 0, accountSeconds: 0 },
  };
  const first = await startServer(options);
  const account = addAccount(first.world, {
    name: "restart",
    resourceGroup: "ResourceGroup1",
    location: "northcentralus",
    kind: "OpenAI",
    sku: { name: "S0" },
    properties: { customSubDomainName: "restart" },
    createdBy: "test",
  });
  const text = trainingText();
  const now = first.world.clock.now();
  const file: FileRecord = {
    id: "file-1",
    filename: "set.jsonl",
    purpose: "fine-tune",
    bytes: text.length,
    createdAt: now,
    processedAt: now,
    rows: { chat: 12, preference: 0, prompt: 0 },
  };
  account.dataPlane.files.push(file);
  writeFileSync(path.join(first.world.blobFolder, file.id), text);
  const [key] = account.keys;
  const { id } = (await ask(first, key, "", { model: "gpt-4o-mini", training_file: file.id })) as { id: string };
  options.clock.advance(60_000);
  const half = (await ask(first, key, `/${id}/events?limit=100`)) as { data: { message: string }[] };
  await first.close();
  rmSync(path.join(first.world.blobFolder, `${id}.metrics.json`));
  writeFileSync(path.join(first.world.blobFolder, "file-stray.partial"), "left by a crash");

  const second = await startServer(options);
  expect(readdirSync(second.world.blobFolder)).not.toContain("file-stray.partial");
  expect(await ask(second, key, `/${id}/events?limit=100`)).toEqual(half);
  expect(half.data[0]!.message).toMatch(/^Step \d+: training loss=/);
  options.clock.advance(60_000);
  expect(await ask(second, key, `/${id}`)).toMatchObject({ status: "succeeded" });
  await second.close();
  rmSync(folder, { recursive: true, force: true });
});
