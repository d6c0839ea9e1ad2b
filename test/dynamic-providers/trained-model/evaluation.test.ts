import { describe, expect, it } from "@jest/globals";
import { chooseCheckpoint } from "../../../dynamic-providers/trained-model/choose-checkpoint";
import { evaluate } from "../../../dynamic-providers/trained-model/evaluation";
import { gateFailures } from "../../../dynamic-providers/trained-model/gate";
import type { StepMetrics } from "../../../dynamic-providers/trained-model/schema";

const overfitted: StepMetrics[] = [
  { step: 1, trainLoss: 3, validLoss: 3.1 },
  { step: 2, trainLoss: 2, validLoss: 2.5, fullValidLoss: 2 },
  { step: 3, trainLoss: 1, validLoss: 2.4 },
  { step: 4, trainLoss: 0.5, fullValidLoss: 2.5 },
];

describe("evaluate", () => {
  it("prefers losses over the whole validation file, and warns of overfitting", () => {
    const result = evaluate(overfitted);
    expect(result).toMatchObject({
      trainingLoss: { first: 3, last: 0.5 },
      validationLoss: { first: 2, last: 2.5, best: 2, bestStep: 2 },
      best: { step: 2 },
      final: { step: 4 },
      steps: 4,
    });
    expect(result.warnings).toEqual([
      "The validation loss ended at 2.500, 25% above its best (2.000 at step 2): the model overfits. Fewer epochs, or `deploy.checkpoint: best`, may give a better model.",
    ]);
  });

  it("takes losses of batches where there are no others", () => {
    const rows = overfitted.map(({ step, trainLoss, validLoss }) => ({ step, trainLoss, validLoss }));
    expect(evaluate(rows).validationLoss).toEqual({ first: 3.1, last: 2.4, best: 2.4, bestStep: 3 });
  });

  it("is content at exactly 20% above the best", () => {
    const rows = [
      { step: 1, validLoss: 1 },
      { step: 2, validLoss: 1.2 },
    ];
    expect(evaluate(rows).warnings).toEqual([]);
  });

  it("knows the best step by training loss without validation", () => {
    const result = evaluate([
      { step: 1, trainLoss: 2 },
      { step: 2, trainLoss: 1 },
      { step: 3, trainLoss: 1.5 },
    ]);
    expect(result).toMatchObject({ validationLoss: null, best: { step: 2 } });
  });

  it("sums up rewards, the highest the best, and warns of one that fell", () => {
    const rows = [
      { step: 1, trainReward: 0 },
      { step: 2, trainReward: 0.5, fullValidReward: 0.2 },
      { step: 3, trainReward: 0.75 },
      { step: 4, trainReward: 1, fullValidReward: 0.8 },
      { step: 5, trainReward: 0.75, fullValidReward: 0.6 },
    ];
    const result = evaluate(rows);
    expect(result).toMatchObject({
      ...{ trainingLoss: null, validationLoss: null },
      trainingReward: { first: 0, last: 0.75 },
      validationReward: { first: 0.2, last: 0.6, best: 0.8, bestStep: 4 },
      ...{ best: { step: 4 }, final: { step: 5 } },
    });
    expect(result.warnings).toEqual([
      "The validation reward ended at 0.6000, below its best (0.8000 at step 4). Fewer epochs, or `deploy.checkpoint: best`, may give a better model.",
    ]);
    expect(evaluate(rows.slice(0, 4)).warnings).toEqual([]);
    expect(evaluate(rows.map(({ step, trainReward }) => ({ step, trainReward }))).best).toMatchObject({ step: 4 });
  });

  it("knows nothing of no steps", () => {
    expect(evaluate([])).toEqual({
      trainingLoss: null,
      validationLoss: null,
      final: null,
      best: null,
      steps: 0,
      warnings: [],
    });
  });
});

const checkpoint = (step: number, metrics: Partial<StepMetrics>) => ({
  name: step === 3 ? "m" : `m:ckpt-step-${step}`,
  step,
  metrics: { step, ...metrics },
});
const three = [
  checkpoint(1, { fullValidLoss: 2 }),
  checkpoint(2, { fullValidLoss: 1 }),
  checkpoint(3, { fullValidLoss: 1.5, fullValidTokenAccuracy: 0.7 }),
];

describe("chooseCheckpoint", () => {
  const final = { step: 3, trainLoss: 0.9 };

  it("last is the model, judged with the figures of its checkpoint", () => {
    const metrics = { step: 3, trainLoss: 0.9, fullValidLoss: 1.5, fullValidTokenAccuracy: 0.7 };
    expect(chooseCheckpoint("last", "m", final, three)).toEqual({ name: "m", metrics });
  });

  it("best has the lowest validation loss; of equals the later", () => {
    expect(chooseCheckpoint("best", "m", final, three).name).toBe("m:ckpt-step-2");
    expect(
      chooseCheckpoint("best", "m", final, [checkpoint(1, { validLoss: 1 }), checkpoint(2, { validLoss: 1 })]).name,
    ).toBe("m:ckpt-step-2");
  });

  it("best is the model when the service keeps no checkpoints", () => {
    expect(chooseCheckpoint("best", "m", final, [])).toEqual({ name: "m", metrics: final });
  });

  it("best has the highest validation reward; rewards of batches count where the file was not evaluated", () => {
    const best = (...checkpoints: ReturnType<typeof checkpoint>[]) => chooseCheckpoint("best", "m", final, checkpoints);
    const [one, two] = [
      { trainReward: 1, fullValidReward: 0.2 },
      { trainReward: 0.1, fullValidReward: 0.4 },
    ];
    expect(best(checkpoint(1, one), checkpoint(2, two)).name).toBe("m:ckpt-step-2");
    expect(best(checkpoint(1, one), checkpoint(2, { trainReward: 9 })).name).toBe("m:ckpt-step-1");
    expect(best(checkpoint(1, { trainReward: -1 }), checkpoint(2, { trainReward: -2 })).name).toBe("m:ckpt-step-1");
    expect(best(checkpoint(1, two), checkpoint(2, two)).name).toBe("m:ckpt-step-2");
  });

  it("a step is that checkpoint, or an error with those that there are", () => {
    expect(chooseCheckpoint(1, "m", final, three).name).toBe("m:ckpt-step-1");
    expect(() => chooseCheckpoint(9, "m", final, three)).toThrow(/it has: 1, 2, 3\. Use one of them/);
    expect(() => chooseCheckpoint(9, "m", final, [])).toThrow(/it has: none/);
  });
});

describe("gateFailures", () => {
  const metrics: StepMetrics = {
    step: 3,
    fullValidLoss: 1.5,
    validLoss: 0.1,
    fullValidTokenAccuracy: 0.7,
    trainTokenAccuracy: 1,
    ...{ trainReward: 9, fullValidReward: 0.25 },
  };

  it.each([
    [undefined, []],
    [{}, []],
    [{ maxValidationLoss: 1.5 }, []],
    [{ minTokenAccuracy: 0.7 }, []],
    [{ maxValidationLoss: 1.4 }, [/validation loss is 1\.500, above maxValidationLoss 1\.4/]],
    [{ minTokenAccuracy: 0.8 }, [/token accuracy is 0\.7000, below minTokenAccuracy 0\.8/]],
    [{ minReward: 0.25 }, []],
    [{ minReward: -3 }, []],
    [{ minReward: 0.5 }, [/validation reward is 0\.2500, below minReward 0\.5/]],
    [{ maxValidationLoss: 0, minTokenAccuracy: 1, minReward: 1 }, [/loss/, /accuracy/, /reward/]],
  ])("%j", (gate, expected) => {
    const failures = gateFailures(gate, metrics);
    expect(failures).toHaveLength(expected.length);
    expected.forEach((pattern, index) => expect(failures[index]).toMatch(pattern));
  });

  it("doesn't pass what can't be judged", () => {
    expect(gateFailures({ maxValidationLoss: 9, minTokenAccuracy: 0 }, { step: 1, trainLoss: 1 })).toHaveLength(2);
    expect(gateFailures({ maxValidationLoss: 9 }, null)).toEqual([
      expect.stringMatching(/reported no validation loss/),
    ]);
    expect(gateFailures({ minReward: 0 }, { step: 1, trainReward: 1 })).toEqual([
      expect.stringMatching(/no reward on the validation file is known/),
    ]);
  });
});
