import { createHash } from "node:crypto";
import { Azure } from "../../azure-openai/azure";
import { systemClock } from "../../azure-openai/clock";
import type { AzureSettings } from "../../azure-openai/settings";
import { BlobStore } from "../../blob-storage/store";
import { examineDataset } from "../../datasets";
import { type Part, readContent, recordOf } from "../../datasets/sources";
import { UPLOAD_LIMITS } from "../../dynamic-providers/training-file/ensure-file";
import type { TrainingFileInputs } from "../../dynamic-providers/training-file/schema";
import { uploadInParts } from "../../dynamic-providers/training-file/upload-in-parts";
import { uploadWhole } from "../../dynamic-providers/training-file/upload-whole";
import { sayAs } from "../../dynamic-providers/runtime/say";

/** What the process is told, as JSON in its first argument. */
export interface Told {
  settings: AzureSettings;
  accountId: string;
  address: string;
  does: "read" | "check" | "upload whole" | "upload in parts";
  threads?: number;
}

/** Checks a blob, or uploads it to the rehearsal service, in a process of its own. Prints milliseconds and peak memory in MB. */
async function main(): Promise<void> {
  const { settings, accountId, address, does, threads } = JSON.parse(process.argv[2]!) as Told;
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  const remote = new BlobStore(() => Promise.resolve(azure.storage()));
  const started = performance.now();
  if (does === "check") {
    const { report } = await examineDataset({
      ...{ path: address, role: "training", model: "gpt-4o-mini-2024-07-18", method: "supervised" },
      ...{ remote, threads, cache: false },
    });
    if (report.examples === 0) throw new Error(report.errors[0]!.message);
  } else if (does === "read") {
    const [part] = (await remote.find(address)) as Part[];
    const hash = createHash("sha256");
    for await (const block of part!.read()) hash.update(block);
  } else {
    await upload(azure, remote, { accountId, address, inParts: does === "upload in parts" });
  }
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ ms: Math.round(performance.now() - started), peakMb }));
  process.exit(0);
}

async function upload(
  azure: Azure,
  remote: BlobStore,
  { accountId, address, inParts }: { accountId: string; address: string; inParts: boolean },
): Promise<void> {
  const found = await remote.find(address);
  if (typeof found === "string") throw new Error(found);
  const parts = found.map(recordOf);
  const read = () => readContent({ path: address, parts }, remote);
  const hash = createHash("sha256");
  for await (const block of read()) hash.update(block);
  const { bytes } = parts[0]!;
  const inputs = {
    ...{ accountId, location: "", path: address, parts, bytes, sha256: hash.digest("hex"), purpose: "fine-tune" },
    remoteName: `bench-${inParts}.jsonl`,
  } satisfies TrainingFileInputs;
  const dataPlane = await azure.dataPlane(accountId);
  const say = sayAs({ print: () => undefined, status: () => undefined }, "bench");
  const { partBytes } = UPLOAD_LIMITS;
  const options = { clock: systemClock, read, partBytes, say, remember: () => undefined };
  const id = await (inParts ? uploadInParts(dataPlane, inputs, options) : uploadWhole(dataPlane, inputs, read));
  // The account has room for one of them.
  await dataPlane.files.delete(id!);
}

void main();
