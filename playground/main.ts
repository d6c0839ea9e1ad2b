import { randomBytes } from "node:crypto";
import path from "node:path";
import { isAddress, namesIn } from "../datasets/sources";
import { viewStack } from "../report/connect";
import { note, print, runCommand } from "../stack/command";
import { openBrowser } from "./open-browser";
import { playgroundDocument } from "./page-document";
import { createPlayground } from "./server/app";
import { listen } from "./server/listen";

/** What the command that starts this process asks for. */
export interface PlaygroundRun {
  stack: string;
  /** Folder of its Pulumi project, in which this process runs. */
  folder: string;
  /** Of several models; absent where there is one. */
  model?: string;
  /** Absent: the usual one, or any free one. */
  port?: number;
  /** Folder below which examples are saved. */
  saveTo: string;
  open: boolean;
}

/** Runs in a process of its own, which trusts what the target's cloud needs. Argument: a PlaygroundRun as JSON. */
runCommand(async ([argument]) => {
  const { stack, folder, model, port, saveTo, open } = JSON.parse(argument!) as PlaygroundRun;
  note(`Reading stack ${stack} ...`);
  const [view, page] = await Promise.all([viewStack({ stack, folder }, model), playgroundDocument(stack)]);
  const { datasets } = await view.facts();
  const files = datasets.flatMap((data) => namesIn(data.path)).filter((name) => !isAddress(name));
  const inUse = files.map((name) => path.resolve(folder, name));
  const examples = { folder: saveTo, model: datasets[0]?.model ?? "", inUse };
  const token = randomBytes(24).toString("base64url");
  // Signs in and reads the job's files while the person reads the page: the first answer's latency is the model's alone.
  view.report().catch(() => undefined);
  const app = createPlayground({ token, page, view, examples });
  const address = `${await listen(app, port)}/?token=${token}`;
  print(`Playground of stack ${stack}: ${address}`);
  note("Ctrl-C ends it.");
  const forget = open ? openBrowser(address) : undefined;
  await endOfRun();
  forget?.();
  await app.close();
  return 0;
});

function endOfRun(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    // Started by a command that was killed: nobody could end this process any more.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), 1_000).unref();
  });
}
