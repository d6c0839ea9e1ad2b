import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { halfLife, TokenFile } from "../../../commands/ci/token-file";
import { temporaryFolder } from "../../support/temporary-folder";

const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
const ofFiveMinutes = (at: number) => jwt({ iat: at, exp: at + 300, n: at });

/** Timers that are moved by hand. */
function timers() {
  let waiting: { milliseconds: number; run: () => Promise<void> } | undefined;
  const waits: number[] = [];
  return {
    waits,
    schedule: (milliseconds: number, run: () => Promise<void>) => {
      waiting = { milliseconds, run };
      waits.push(milliseconds);
      return () => (waiting = undefined);
    },
    isWaiting: () => waiting !== undefined,
    async pass() {
      const { run } = waiting!;
      waiting = undefined;
      await run();
    },
  };
}

async function opened(answers: (string | Error)[]) {
  const folder = temporaryFolder("token-file-test");
  const said: string[] = [];
  const { schedule, ...clock } = timers();
  let asked = 0;
  const request = () => {
    const answer = answers[Math.min(asked++, answers.length - 1)]!;
    return typeof answer === "string" ? Promise.resolve(answer) : Promise.reject(answer);
  };
  const file = await TokenFile.open(request, { folder, warn: (line) => said.push(line), schedule });
  return { file, folder, said, clock, content: () => readFileSync(file.path, "utf8"), asked: () => asked };
}

it("the file is there from the start, for its owner alone, and holds the newest token without a line end", async () => {
  const [first, second] = [ofFiveMinutes(1000), ofFiveMinutes(2000)];
  const { file, clock, content } = await opened([first, second]);
  expect(content()).toBe(first);
  expect(statSync(file.path).mode & 0o077).toBe(0);
  await clock.pass();
  expect(content()).toBe(second);
  expect(clock.waits).toEqual([150_000, 150_000]);
  file.close();
});

it("a source that fails is asked again, soon and then less often; the last token stays, and it is said once", async () => {
  const token = ofFiveMinutes(1);
  const answers = [token, ...Array.from({ length: 6 }, () => new Error("no answer")), token, new Error("again")];
  const { file, clock, content, said } = await opened(answers);
  for (let passed = 0; passed < 6; passed++) {
    await clock.pass();
    expect(content()).toBe(token);
  }
  expect(clock.waits.slice(1)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  expect(said).toEqual([expect.stringContaining("could not be renewed; trying again: no answer")]);
  await clock.pass();
  expect(clock.waits.at(-1)).toBe(150_000);
  await clock.pass();
  expect(said).toHaveLength(2);
  file.close();
});

it("nothing is left behind it, nor asked for after its end", async () => {
  const { file, folder, clock } = await opened(["token"]);
  file.close();
  expect([existsSync(file.path), readdirSync(folder), clock.isWaiting()]).toEqual([false, [], false]);
});

it("a token that comes after the end is not written", async () => {
  let answer: (token: string) => void = () => {};
  let asked = 0;
  const request = () =>
    asked++ === 0 ? Promise.resolve("first") : new Promise<string>((resolve) => (answer = resolve));
  const folder = temporaryFolder("token-file-test");
  const clock = timers();
  const file = await TokenFile.open(request, { folder, warn: () => {}, schedule: clock.schedule });
  const renewal = clock.pass();
  file.close();
  answer("late");
  await renewal;
  expect([readdirSync(folder), clock.isWaiting()]).toEqual([[], false]);
});

it("without a first token there is no file", async () => {
  const folder = temporaryFolder("token-file-test");
  const refused = TokenFile.open(() => Promise.reject(new Error("403")), { folder, warn: () => {} });
  await expect(refused).rejects.toThrow("403");
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ["GitHub's five minutes", ofFiveMinutes(1_700_000_000), 150_000],
  ["a day: never longer than azidentity keeps what it has read", jwt({ iat: 0, exp: 86_400 }), 600_000],
  ["a second", jwt({ iat: 10, exp: 11 }), 10_000],
  ["times in the wrong order", jwt({ iat: 11, exp: 10 }), 120_000],
  ["no times", jwt({}), 120_000],
  ["times that are texts", jwt({ iat: "1", exp: "9" }), 120_000],
  ["no JSON", "a.b.c", 120_000],
  ["no token at all", "", 120_000],
  ["null", `a.${Buffer.from("null").toString("base64url")}.c`, 120_000],
])("half of the life of %s", (_, token, milliseconds) => expect(halfLife(token)).toBe(milliseconds));
