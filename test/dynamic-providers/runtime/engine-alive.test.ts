import { createServer, type AddressInfo } from "node:net";
import { expect, it } from "@jest/globals";
import { engineAlive } from "../../../dynamic-providers/runtime/engine-alive";

it("sees the engine while it listens, and no longer", async () => {
  const engine = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
  expect(await engineAlive(address)).toBe(true);
  await new Promise((resolve) => engine.close(resolve));
  expect(await engineAlive(address)).toBe(false);
});

it.each([undefined, "", "--flag", "file.ts"])(
  "takes a process that no engine started (%s) for one that goes on",
  async (argument) => {
    expect(await engineAlive(argument ?? "")).toBe(true);
  },
);
