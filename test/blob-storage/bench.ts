import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { openCertificates } from "local-azure/storage/certificates";
import { naturalText, writeCorpus } from "../../commands/bench/corpora";
import { ACCOUNT, Azurite } from "../azurite/start";
import { projectFolder } from "../../stack/project-folder";
import { rehearse, settingsOf } from "../support/rehearsal";
import { trustAuthority } from "../support/trust";
import type { Told } from "./reading-process";

const MB = Number(process.argv[2] ?? 512);
/** What is promised of the process that reads or sends such a blob, in megabytes of its memory at most; some 140 of them are the program. */
const GOAL_MB = 250;
/** A worker thread has a heap of its own, for a blob as for a file. */
const WORKER_MB = 100;

/** `npm run bench:blob [-- MB]`: what a large blob costs the process that reads it, from Azurite and to the rehearsal service; a JSON line each. */
async function main(): Promise<void> {
  // Azurite has the real time, and the service of a test one of its own.
  const rehearsal = await rehearse({ settings: { tokenSeconds: 10 * 365 * 24 * 3600 } });
  const { folder } = rehearsal;
  const certificates = path.join(folder, "certificates");
  const { caPem } = await openCertificates(certificates);
  trustAuthority(caPem);
  const azurite = await Azurite.start({
    cert: path.join(certificates, "server.pem"),
    key: path.join(certificates, "server-key.pem"),
  });
  try {
    const authorities = path.join(folder, "authorities.pem");
    writeFileSync(authorities, `${caPem}\n${readFileSync(rehearsal.service.caFile, "utf8")}`);
    const file = path.join(folder, "corpus.jsonl");
    await writeCorpus(file, MB * 1e6 - 4096, await naturalText(), 3);
    const key = new StorageSharedKeyCredential(ACCOUNT, azurite.key);
    const container = new BlobServiceClient(`${azurite.endpoint}/${ACCOUNT}`, key).getContainerClient("sets");
    await container.create();
    await container.getBlockBlobClient("corpus.jsonl").uploadFile(file);
    const address = `https://${ACCOUNT}.blob.core.windows.net/sets/corpus.jsonl`;
    const told = { settings: settingsOf(rehearsal.service, rehearsal.client), accountId: rehearsal.accountId };
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: authorities, FINETUNE_BLOB_ENDPOINT: azurite.endpoint };
    report("the file on disk, checked", await run({ ...told, address: file, does: "check" }, env), WORKER_MB);
    report("read", await run({ ...told, address, does: "read" }, env));
    report("checked", await run({ ...told, address, does: "check" }, env), WORKER_MB);
    report("checked in one thread", await run({ ...told, address, does: "check", threads: 0 }, env));
    report("uploaded in one request", await run({ ...told, address, does: "upload whole" }, env));
    report("uploaded in parts", await run({ ...told, address, does: "upload in parts" }, env));
    rmSync(file);
  } finally {
    await azurite.stop();
    await rehearsal.close();
  }
}

function report(what: string, { ms, peakMb }: { ms: number; peakMb: number }, moreMb = 0): void {
  const goalMb = GOAL_MB + moreMb;
  const kept = peakMb <= goalMb;
  console.log(JSON.stringify({ blob: `${MB} MB`, what, seconds: Math.round(ms / 100) / 10, peakMb, goalMb, kept }));
  if (!kept) process.exitCode = 1;
}

function run(told: Told, env: NodeJS.ProcessEnv): Promise<{ ms: number; peakMb: number }> {
  // From its bundle, as commands and handlers run: what transpiles sources has a memory of its own.
  const args = ["commands/bootstrap.js", "test/blob-storage/reading-process", JSON.stringify(told)];
  const child = spawn(process.execPath, args, {
    ...{ env, cwd: projectFolder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) =>
    child.once("close", (code) =>
      code === 0
        ? resolve(JSON.parse(output) as { ms: number; peakMb: number })
        : reject(new Error(`It ended with ${code}.`)),
    ),
  );
}

void main();
