import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "@jest/globals";

const project = path.resolve(__dirname, "../..");
/** A program's messages, one of each kind that we send, as an engine gets them. */
const program = `
  const grpc = require("@grpc/grpc-js");
  const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb");
  const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
  const server = new grpc.Server();
  server.addService(EngineService, {
    log: ({ request }, answer) => { console.log(request.getMessage()); answer(null, new Empty()); },
  });
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), async (_, port) => {
    process.env.PULUMI_NODEJS_ENGINE = "127.0.0.1:" + port;
    require("./compiled/debug-messages").skipDebugMessages();
    const { log } = require("@pulumi/pulumi");
    for (const kind of ["debug", "info", "warn"]) await log[kind](kind);
    process.exit();
  });`;

it.each([
  ["off", ["info", "warn"]],
  [undefined, ["debug", "info", "warn"]],
])("with FINETUNE_DEBUG_MESSAGES=%s the engine is sent %j", (given, sent) => {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, FINETUNE_DEBUG_MESSAGES: given },
  });
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual(sent);
});
