import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { GUARD_SCRIPT } from "../../../stack/live-line/guard";

// A shell and signals, which Windows has not; there is no line there.
const onPosix = process.platform === "win32" ? describe.skip : describe;

onPosix("the guard of a terminal", () => {
  let folder: string;
  const log = () => readFileSync(path.join(folder, "log"), "utf8").trim().split("\n").filter(Boolean);
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "guard-"));
    // A terminal that notes its settings.
    writeFileSync(path.join(folder, "stty"), `#!/bin/sh\necho "stty $*" >> ${folder}/log\n`);
    chmodSync(path.join(folder, "stty"), 0o755);
    writeFileSync(path.join(folder, "log"), "");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the guard with what it was told until its command ended. */
  function guard(told: string): string {
    const env = { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}` };
    const stdio = ["pipe", "pipe", "pipe", "pipe"] as const;
    const { status, stdout } = spawnSync("sh", ["-c", GUARD_SCRIPT, "sh", "500:5"], {
      input: told,
      env,
      stdio: [...stdio],
      encoding: "utf8",
    });
    expect(status).toBe(0);
    return stdout;
  }

  it("does nothing after a command that has restored the terminal", () => {
    expect(guard("rows 24\nrows 0\nrows 30\npulumi 1\ndone\n")).toBe("");
    expect(log()).toEqual([]);
  });

  it("restores settings, rows and scroll region after a command that was killed", () => {
    expect(guard("rows 24\nrows 30\n")).toBe("\x1b7\x1b[30;1H\x1b[2K\x1b[r\x1b8\x1b[?25h\x1b[0m");
    expect(log()).toEqual(["stty 500:5", "stty rows 30"]);
  });

  it("leaves the rows alone while none is reserved", () => {
    expect(guard("rows 24\nrows 0\n")).toBe("\x1b[?25h\x1b[0m");
    expect(log()).toEqual(["stty 500:5"]);
  });

  it("interrupts the pulumi that would go on drawing, and restores the terminal after its end", () => {
    const ended = path.join(folder, "ended");
    // Orphaned, as the pulumi of a killed command is; ends on the first signal, as one without a step in progress.
    const orphan = `process.on("SIGINT", () => { require("fs").writeFileSync(${JSON.stringify(ended)}, ""); process.exit(); }); setTimeout(() => {}, 60_000); console.log("ready")`;
    const start = `const { spawn } = require("child_process");
      const child = spawn(process.execPath, ["-e", ${JSON.stringify(orphan)}], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
      child.stdout.once("data", () => { console.log(child.pid); process.exit(); });`;
    const pid = spawnSync(process.execPath, ["-e", start], { encoding: "utf8" }).stdout.trim();
    expect(guard(`rows 24\npulumi ${pid}\n`)).toMatch(
      new RegExp(`process ${pid}\\) is being stopped too[^]*Run the same command again`),
    );
    expect(existsSync(ended)).toBe(true);
    expect(log()).toEqual(["stty 500:5", "stty rows 24", "stty 500:5", "stty rows 24"]);
  });

  it("says nothing of a pulumi that has ended already", () => {
    expect(guard("rows 24\npulumi 999999999\n")).not.toContain("killed");
  });
});
