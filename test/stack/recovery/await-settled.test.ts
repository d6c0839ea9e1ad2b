import { describe, expect, it } from "@jest/globals";
import { awaitSettled } from "../../../stack/recovery/await-settled";
import type { Found } from "../../../stack/recovery/lookup";
import { VirtualClock } from "../../support/virtual-clock";

const address = { id: "/a", apiVersion: "1" };

/** Looks at something that is as `states` says, each from its second on. */
async function look(states: [number, string | undefined][], expected?: "gone") {
  const clock = new VirtualClock(0);
  const lines: string[] = [];
  let asked = 0;
  const lookup = (): Promise<Found | undefined> => {
    asked++;
    const state = states.findLast(([from]) => clock.now() >= from * 1000)?.[1];
    return Promise.resolve(state === undefined ? undefined : { id: "/A", provisioningState: state });
  };
  const found = await clock.run(
    awaitSettled(lookup, address, { clock, say: (line) => void lines.push(line), expected }),
  );
  return { found, lines, asked, seconds: clock.now() / 1000 };
}

describe("what an interrupted create has made", () => {
  it("is taken at once when it is complete, or failed", async () => {
    expect(await look([[0, "Succeeded"]])).toMatchObject({ found: { id: "/A" }, asked: 1, seconds: 0 });
    expect(await look([[0, "Failed"]])).toMatchObject({ found: { id: "/A" }, asked: 1 });
  });

  it("may appear late: the request was still on its way", async () => {
    expect(await look([[3, "Succeeded"]])).toMatchObject({ found: { id: "/A" }, seconds: 3 });
  });

  it("is not there after a while of looking", async () => {
    expect(await look([])).toMatchObject({ found: undefined, seconds: 5 });
  });

  it("is waited for while it is in progress, which is said once", async () => {
    const { found, lines, seconds } = await look([
      [0, "Creating"],
      [100, "Succeeded"],
    ]);
    expect(found).toMatchObject({ id: "/A" });
    expect(seconds).toBeLessThan(111);
    expect(lines).toEqual(["is still in progress (Creating); waiting for it"]);
  });

  it("that is just being deleted is nothing", async () => {
    const { found } = await look([
      [0, "Deleting"],
      [4, undefined],
    ]);
    expect(found).toBeUndefined();
  });

  it("that never settles ends in a sentence", async () => {
    await expect(look([[0, "Creating"]])).rejects.toThrow(/still Creating after 20 minutes/);
  });
});

describe("what an interrupted delete was about", () => {
  it("is left at once when it is gone", async () => {
    expect(await look([], "gone")).toMatchObject({ found: undefined, asked: 1, seconds: 0 });
  });

  it("may go late: the request was still on its way", async () => {
    const states: [number, string | undefined][] = [
      [0, "Succeeded"],
      [3, undefined],
    ];
    expect(await look(states, "gone")).toMatchObject({ found: undefined, seconds: 3 });
  });

  it("stays, after a while of looking", async () => {
    expect(await look([[0, "Succeeded"]], "gone")).toMatchObject({ found: { id: "/A" }, seconds: 5 });
  });

  it("is waited for while it is being deleted", async () => {
    const states: [number, string | undefined][] = [
      [0, "Deleting"],
      [100, undefined],
    ];
    const { found, lines, seconds } = await look(states, "gone");
    expect(found).toBeUndefined();
    expect(seconds).toBeLessThan(111);
    expect(lines).toEqual(["is still in progress (Deleting); waiting for it"]);
  });
});
