import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { evaluationHandler } from "../../../dynamic-providers/evaluation/handler";
import type { EvaluationInputs, EvaluationState } from "../../../dynamic-providers/evaluation/schema";
import { temporaryName } from "../../../dynamic-providers/evaluation/temporary-name";
import { promotedVersionHandler } from "../../../dynamic-providers/promoted-version/handler";
import type { PromotedVersionState } from "../../../dynamic-providers/promoted-version/schema";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";
import type { AccountRecord } from "local-azure/world/state";
import { lessons } from "../../evaluation/rehearsed-models";
import { type Evaluated, rehearseEvaluation } from "./evaluated";

// The account that made the models is another one than that which is to serve one of them.
const here = process.cwd();
let one: Evaluated;
let production: AccountRecord;
let inputs: EvaluationInputs;
beforeAll(async () => {
  one = await rehearseEvaluation();
  production = one.rehearsal.service.addAccount("Production");
  production.location = "swedencentral";
  const { good, rehearsal } = one;
  const place = { accountId: production.id, accountPath: production.id, location: production.location };
  inputs = { ...one.inputs, ...place, candidate: good, sourceAccount: rehearsal.accountId };
});
afterAll(async () => {
  process.chdir(here);
  await one.rehearsal.close();
});
beforeEach(() => {
  one.rehearsal.lines.length = 0;
});
afterEach(() => {
  one.rehearsal.proxy.fault = () => undefined;
});

const said = () => one.rehearsal.lines.join("\n");
const names = () => production.deployments.map(({ name }) => name);
const stored = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T;
const owner = () => ({ project: inputs.project, stack: inputs.stack, job: inputs.job });
/** A deployment in production, of a model that the other account made. */
function deployThere(name: string, model: string): void {
  const [like] = one.rehearsal.account.deployments;
  production.deployments.push({ ...like!, name, model: { ...like!.model, name: model } });
}
async function checked(news: EvaluationInputs, olds?: EvaluationState) {
  const context = one.rehearsal.newProcess();
  const handler = evaluationHandler(context);
  const { inputs: all, failures } = await handler.check(olds, stored(news));
  return { handler, context, all, reasons: failures.map(({ reason }) => reason) };
}

describe("a version that another account has", () => {
  let first: EvaluationState;

  it("is evaluated where it is to serve, and of nobody's gain, since nothing serves there yet", async () => {
    const { handler, all, reasons } = await checked({ ...inputs, rule: { minScore: 0.5 } });
    expect(reasons).toEqual([]);
    const asked = new Set<string>();
    one.rehearsal.proxy.fault = ({ path: url }) => {
      if (url.includes("/chat/completions"))
        asked.add(JSON.stringify(production.deployments.map(({ model }) => model)));
      return undefined;
    };
    first = stored((await handler.create(all)).outs);
    expect(first).toMatchObject({ passed: true, reasons: [], model: one.good, caseCount: 24 });
    expect(first.summary).not.toContain("gain");
    const { accountId: source } = one.rehearsal;
    expect([...asked].map((all) => JSON.parse(all) as unknown)).toEqual([
      [{ format: "OpenAI", name: one.good, version: "1", source }],
    ]);
    expect(names()).toEqual([]);
  });

  it("is compared with what serves there, and rejected by its figures; nothing temporary is left", async () => {
    deployThere("tutor-0a1b2c", one.good);
    const worse = { ...inputs, candidate: one.worse, trainingKey: "k0", rule: { minGain: 0 } };
    const { handler, all } = await checked(worse, first);
    expect(await handler.diff("evaluation", first, all)).toMatchObject({ changes: true });
    expect(said()).toMatch(
      /Evaluates the model on 24 cases against the serving model, on 1 temporary deployment \(Standard\)/,
    );
    const { outs } = await handler.update("evaluation", first, all);
    expect(outs).toMatchObject({
      passed: false,
      reasons: [expect.stringMatching(/^its gain over the serving model is -0\.\d{3}, below evaluation\.minGain 0$/)],
    });
    expect(names()).toEqual(["tutor-0a1b2c"]);
    // What was asked once is known: the same again is no change.
    const again = await checked(worse, stored(outs));
    expect(await again.handler.diff("evaluation", stored(outs), again.all)).toMatchObject({ changes: false });
    expect(again.context.verdicts.of("tutor-job")).toMatchObject({ passed: false, model: one.worse });
  });

  it("stays while its account is replaced: the id is unknown until that is made", async () => {
    const known = await checked(first, first);
    const moving = { ...known.all, accountId: UNKNOWN };
    await expect(known.handler.diff("evaluation", first, moving)).resolves.toMatchObject({ replaces: [] });
  });

  it("a limit that it would pass stops the preview, before anything is made", async () => {
    production.deployments.length = 0;
    const { reasons } = await checked({ ...inputs, cases: one.inputs.cases, maxUsd: 0.5 });
    expect(reasons).toEqual([
      expect.stringMatching(/^The evaluation would cost about \$1\.\d\d .*, over evaluation\.maxUsd of \$0\.5/),
    ]);
    expect(names()).toEqual([]);
  });

  it("an account that is yet to be made is asked for room by its path", async () => {
    const unmade = { ...inputs, accountId: UNKNOWN, accountPath: `${production.id}x`, capacity: 100_000 };
    expect((await checked(unmade)).reasons).toEqual([
      expect.stringMatching(/^Not enough quota in swedencentral for a temporary Standard deployment/),
    ]);
    const { accountPath: _, ...unasked } = unmade;
    expect((await checked(unasked)).reasons).toEqual([]);
  });

  it("from a source account that Azure refuses is not evaluated yet, and leaves nothing", async () => {
    const cases = path.join(one.rehearsal.folder, "others.jsonl");
    writeFileSync(cases, lessons(22).replaceAll("What are", "Which are"));
    const { handler, all } = await checked({ ...inputs, cases, sourceAccount: `${one.rehearsal.accountId}x` });
    await expect(handler.create(all)).rejects.toThrow(/^The model has not been evaluated yet: .*Tuningx/);
    expect(names()).toEqual([]);
  });
});

describe("what an interrupted evaluation has left goes with the promotion", () => {
  const state = (more: Partial<PromotedVersionState> = {}) =>
    ({ accountPath: production.id, evaluatedBy: owner(), stateVersion: 1, ...more }) as PromotedVersionState;
  const left = () => temporaryName(owner(), "any");
  beforeEach(() => {
    production.deployments.length = 0;
    deployThere(left(), one.good);
    deployThere("tutor", one.good);
    deployThere(temporaryName({ ...owner(), stack: "another" }, "any"), one.good);
  });
  const handler = () => promotedVersionHandler(one.rehearsal.newProcess());

  it("when it is destroyed", async () => {
    await handler().delete("promoted", stored(state()));
    expect(names()).not.toContain(left());
    expect(names()).toHaveLength(2);
  });

  it("when nothing is evaluated any more, and not as long as something is", async () => {
    await handler().update("promoted", state(), state());
    expect(names()).toContain(left());
    await handler().update("promoted", state(), state({ evaluatedBy: undefined }));
    expect(names()).not.toContain(left());
  });

  it("when another account is to serve the model", async () => {
    await handler().update("promoted", state(), state({ accountPath: `${production.id}x` }));
    expect(names()).not.toContain(left());
  });

  it("and is looked for as soon as a stack evaluates that did not", async () => {
    const { evaluatedBy: _, ...before } = state();
    const changes = async (one: object, other: object) =>
      (await handler().diff("promoted", { version: {}, ...one } as never, { version: {}, ...other } as never)).changes;
    expect(await changes(before, state())).toBe(true);
    expect(await changes(before, before)).toBe(false);
  });

  it("and a state without an evaluation asks nothing", async () => {
    const before = one.rehearsal.proxy.count("GET", /./);
    await handler().delete("promoted", state({ evaluatedBy: undefined }));
    expect(one.rehearsal.proxy.count("GET", /./)).toBe(before);
  });
});
