import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogSeverity, type LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineLog, sendToEngine } from "../../../dynamic-providers/runtime/engine-log";

let server: Server;
let address: string;
let taken: ReturnType<LogRequest["toObject"]>[];

/** The engine's own protocol, over a socket. */
beforeEach(async () => {
  taken = [];
  server = new Server();
  const log = ({ request }: { request: LogRequest }, answer: (error: null, empty: Empty) => void) => {
    taken.push(request.toObject());
    answer(null, new Empty());
  };
  server.addService(EngineService, { log });
  address = await new Promise<string>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(`127.0.0.1:${port}`),
    ),
  );
});
afterEach(() => server.forceShutdown());

describe("the engine's log", () => {
  it("takes statuses in their order, as what is in no list at the end", async () => {
    const log = new EngineLog(sendToEngine(address), () => undefined);
    const lines = Array.from({ length: 20 }, (_, number) => `${number}%`);
    for (const line of lines) log.status(line);
    await log.flush();
    expect(taken.map(({ message }) => message)).toEqual(lines);
    expect(taken[0]).toMatchObject({ severity: LogSeverity.INFO, ephemeral: true, urn: "", streamid: 0 });
  });

  it("is not told twice what the newest line says", async () => {
    const log = new EngineLog(sendToEngine(address), () => undefined);
    for (const line of ["waiting", "waiting", "1%", "waiting"]) log.status(line);
    await log.flush();
    expect(taken.map(({ message }) => message)).toEqual(["waiting", "1%", "waiting"]);
  });

  it.each([
    ["is gone", () => sendToEngine("127.0.0.1:1")],
    ["never was", () => sendToEngine(undefined)],
    ["is no address", () => sendToEngine("--selectProjects")],
  ])("loses no line when the engine %s", async (_what, send) => {
    const kept: string[] = [];
    const log = new EngineLog(send(), (line) => kept.push(line));
    log.status("one");
    log.status("two");
    await log.flush();
    expect(kept).toEqual(["one", "two"]);
  });
});
