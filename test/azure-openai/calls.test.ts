import { describe, expect, it } from "@jest/globals";
import { Calls } from "../../azure-openai/calls";
import { AzureFailure } from "../../azure-openai/failure";
import { VirtualClock } from "../support/virtual-clock";

function setUp(roleWait = false) {
  const clock = new VirtualClock();
  const lines: string[] = [];
  let renewals = 0;
  const calls = new Calls({
    clock,
    target: "https://account.example",
    renewToken: () => void renewals++,
    ...(roleWait ? { roleWait: { tell: (line: string) => void lines.push(line) } } : {}),
  });
  const begun = clock.now();
  /** A request that fails with each of these, then succeeds. */
  const failing = (...failures: AzureFailure[]) => {
    let attempts = 0;
    const request = () => {
      attempts++;
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve("done");
    };
    return { request, attempts: () => attempts };
  };
  return { clock, calls, lines, failing, renewals: () => renewals, passed: () => clock.now() - begun };
}

const status = (code: number, facts = {}) => new AzureFailure(`status ${code}`, { status: code, ...facts });
const cut = () => new AzureFailure("cut", { code: "ECONNRESET" });
const noRole = () => status(401, { code: "PermissionDenied" });

describe("run", () => {
  it.each([408, 429, 500, 502, 503, 504])("repeats %d", async (code) => {
    const { clock, calls, failing } = setUp();
    const { request, attempts } = failing(status(code), status(code));
    await expect(clock.run(calls.run("Doing", request))).resolves.toBe("done");
    expect(attempts()).toBe(3);
  });

  it.each([400, 403, 404, 409])("does not repeat %d", async (code) => {
    const { clock, calls, failing } = setUp();
    const { request, attempts } = failing(status(code));
    await expect(clock.run(calls.run("Doing", request))).rejects.toThrow(`status ${code}`);
    expect(attempts()).toBe(1);
  });

  it("waits as long as the service asks, and gives up when that is too long", async () => {
    const { clock, calls, failing, passed } = setUp();
    await clock.run(calls.run("Doing", failing(status(429, { retryAfterMs: 90_000 })).request));
    expect(passed()).toBe(90_000);
    const { request, attempts } = failing(status(429, { retryAfterMs: 3_600_000 }));
    await expect(clock.run(calls.run("Doing", request))).rejects.toThrow("429");
    expect(attempts()).toBe(1);
  });

  it("gives up after about half a minute of disturbance", async () => {
    const { clock, calls, failing, passed } = setUp();
    const { request, attempts } = failing(...Array.from({ length: 20 }, cut));
    await expect(clock.run(calls.run("Doing", request))).rejects.toThrow("cut");
    expect(attempts()).toBe(6);
    expect(passed()).toBeLessThan(40_000);
  });

  it("tells a refused connection at once", async () => {
    const { clock, calls, failing, passed } = setUp();
    const { request } = failing(new AzureFailure("refused", { code: "ECONNREFUSED", neverSent: true }));
    await expect(clock.run(calls.run("Doing", request))).rejects.toThrow("refused");
    expect(passed()).toBe(0);
  });

  it("signs in again once when the token is refused", async () => {
    const { clock, calls, failing, renewals } = setUp();
    await clock.run(calls.run("Doing", failing(status(401)).request));
    expect(renewals()).toBe(1);
    await expect(clock.run(calls.run("Doing", failing(status(401), status(401)).request))).rejects.toThrow("401");
    expect(renewals()).toBe(2);
  });
});

describe("a request that must not be made twice", () => {
  it.each([cut(), status(408), status(500), status(503)])(
    "is not repeated when it may have been handled (%s)",
    async (failure) => {
      const { clock, calls, failing } = setUp();
      const { request, attempts } = failing(failure);
      await expect(clock.run(calls.run("Paying", request, "once"))).rejects.toBe(failure);
      expect(attempts()).toBe(1);
    },
  );

  it.each([status(429), status(401), new AzureFailure("slow", { code: "UND_ERR_CONNECT_TIMEOUT", neverSent: true })])(
    "is repeated when it surely was not (%s)",
    async (failure) => {
      const { clock, calls, failing } = setUp();
      await expect(clock.run(calls.run("Paying", failing(failure).request, "once"))).resolves.toBe("done");
    },
  );
});

describe("missing roles", () => {
  it("are waited for, with one line at once and one a minute", async () => {
    const { clock, calls, failing, lines } = setUp(true);
    await clock.run(calls.run("Listing", failing(...Array.from({ length: 6 }, noRole)).request));
    const rest = "of up to 15 min · role assignments have not taken effect yet (usually under 10 min) · Listing";
    expect(lines).toEqual([`waited 0 s ${rest}`, `waited 60 s ${rest}`]);
  });

  it("are not waited for longer than 15 minutes, and only where asked", async () => {
    const patient = setUp(true);
    const never = patient.failing(...Array.from({ length: 200 }, noRole));
    await expect(patient.clock.run(patient.calls.run("Listing", never.request))).rejects.toThrow("401");
    expect(patient.passed()).toBeGreaterThan(14 * 60_000);
    expect(patient.passed()).toBeLessThan(16 * 60_000);
    const hasty = setUp();
    await expect(hasty.clock.run(hasty.calls.run("Listing", hasty.failing(noRole()).request))).rejects.toThrow("401");
    expect(hasty.passed()).toBe(0);
  });

  it("are not confused with a wrong key", async () => {
    const { clock, calls, failing, lines } = setUp(true);
    const wrong = () => status(401, { code: "401", detail: "Access denied due to invalid subscription key" });
    await expect(clock.run(calls.run("Listing", failing(wrong(), wrong()).request))).rejects.toThrow("401");
    expect(lines).toEqual([]);
  });
});
