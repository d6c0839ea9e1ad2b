import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { get } from "node:https";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "@jest/globals";
import { validate } from "dockerfile-utils";
import { projectFolder } from "../../../stack/project";
import { builtLocalAzure } from "../../support/built-local-azure";
import { temporaryFolder } from "../../support/temporary-folder";
import { ImageSteps } from "./image-steps";

const running: ChildProcess[] = [];
afterAll(() => running.forEach((container) => container.kill("SIGKILL")));

const dockerfile = path.join(projectFolder, "local-azure/Dockerfile");

it("the Dockerfile is one that Docker accepts, and runs as a user without rights", () => {
  const content = readFileSync(dockerfile, "utf8");
  expect(validate(content)).toEqual([]);
  expect(validate(content.replace("USER", "USR"))).not.toEqual([]);
  expect(content).toMatch(/^USER 1000:1000$/m);
});

// Its steps are those of a Linux.
const describeOnUnix = process.platform === "win32" ? describe.skip : describe;
describeOnUnix("built and started", () => {
  it("its steps install the package; the container serves others by name, is healthy, and ends when it is told", async () => {
    const folder = realpathSync(temporaryFolder("image"));
    const built = path.join(folder, "dist");
    await builtLocalAzure(built);
    const image = new ImageSteps(path.join(folder, "image"), built, await freePort());
    await image.build(dockerfile);
    expect(() => statSync(image.at("package"))).toThrow("ENOENT");
    await expect(image.checkHealth()).rejects.toThrow();

    const container = image.start(["--names", "azure.test"]);
    const complaints = text(container.stderr!);
    running.push(container);
    const ended = once(container, "exit");
    const [line] = (await Promise.race([once(container.stdout!, "data"), ended])) as [Buffer | number];
    const { endpoint, caFile } = JSON.parse(String(line)) as { endpoint: string; caFile: string };
    expect([new URL(endpoint).hostname, caFile]).toEqual(["azure.test", image.at("data/ca.pem")]);
    await image.checkHealth();
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(endpoint);
      const asked = { host: "127.0.0.1", port, servername: "azure.test", ca: readFileSync(caFile) };
      get({ ...asked, path: "/metadata/endpoints?api-version=2022-09-01" }, ({ statusCode }) => resolve(statusCode)).on(
        "error",
        reject,
      );
    });
    expect(answer).toBe(200);
    container.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    // Beside the address of the live page, nothing.
    expect(await complaints).toMatch(/^Live page: https:\/\/azure\.test:\d+\/local-azure\/live#token=\S+\n$/);
  }, 300_000);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
