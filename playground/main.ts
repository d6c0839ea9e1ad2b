import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { viewStack } from "../report/connect";
import { report, runCommand, UserError } from "../tools/command";
import { openBrowser } from "./open-browser";
import { playgroundDocument } from "./page-document";
import { createPlayground } from "./server/app";

/** What the command that starts this process asks for. */
export interface PlaygroundRun {
  stack: string;
  /** Absent: `usualPort`, or any free one. */
  port?: number;
  /** Folder below which examples are saved. */
  saveTo: string;
  open: boolean;
}

/** The same port each time, so that the browser knows the page's settings again. */
const usualPort = 4180;

/** Runs in a process of its own, which trusts what the target's cloud needs. Argument: a PlaygroundRun as JSON. */
runCommand(async ([argument]) => {
  const { stack, port, saveTo, open } = JSON.parse(argument!) as PlaygroundRun;
  report(`Reading stack ${stack} ...`);
  const [view, page] = await Promise.all([viewStack(stack), playgroundDocument(stack)]);
  const { datasets } = await view.facts();
  const examples = { folder: saveTo, model: datasets[0]?.model ?? "" };
  const token = randomBytes(24).toString("base64url");
  // Signs in and reads the job's files while the person reads the page: the first answer's latency is the model's alone.
  view.report().catch(() => undefined);
  const app = createPlayground({ token, page, view, examples });
  await listen(app, port);
  const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/?token=${token}`;
  console.log(`Playground of stack ${stack}: ${address}`);
  report("Ctrl-C ends it.");
  if (open) openBrowser(address);
  await endOfRun();
  await app.close();
  return 0;
});

async function listen(app: FastifyInstance, wanted: number | undefined): Promise<void> {
  const host = "127.0.0.1";
  try {
    await app.listen({ host, port: wanted ?? usualPort });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    if (wanted !== undefined) {
      const why = code === "EACCES" ? "may not be used" : "is taken by another program";
      throw new UserError(`port ${wanted} ${why}. Name another one with --port, or none to get a free one.`);
    }
    await app.listen({ host, port: 0 });
  }
}

function endOfRun(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    // Started by a command that was killed: nobody could end this process any more.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), 1_000).unref();
  });
}
