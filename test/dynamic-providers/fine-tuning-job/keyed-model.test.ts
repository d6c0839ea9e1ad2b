import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { shippedCatalog } from "../../../catalog";
import { keyedModel } from "../../../dynamic-providers/fine-tuning-job/keyed-model";
import type { FineTuningJobInputs } from "../../../dynamic-providers/fine-tuning-job/schema";
import { trainingKey } from "../../../dynamic-providers/fine-tuning-job/training-key";
import { UNKNOWN } from "../../../dynamic-providers/runtime/unknown";

const content = { method: "supervised" as const, trainingType: "Standard", trainingSha256: "a".repeat(64) };
const keyed = (model: string) => ({ ...content, model, trainingKey: trainingKey({ ...content, model }) });
const names = shippedCatalog.models.flatMap(({ id, aliases }) => [id, ...aliases].map((name) => ({ id, name })));

describe("keyedModel", () => {
  it("is the new name without a resource, or for another model", () => {
    expect(keyedModel(undefined, { ...content, model: "gpt-4o-mini" })).toBe("gpt-4o-mini");
    expect(keyedModel(keyed("gpt-4o-2024-08-06"), { ...content, model: "gpt-4o-mini" })).toBe("gpt-4o-mini");
    expect(keyedModel(keyed("gpt-4o-mini"), { ...content, model: "o4-mini.ft-1" })).toBe("o4-mini.ft-1");
    expect(keyedModel(keyed("gpt-4o-mini"), { ...content, model: UNKNOWN })).toBe(UNKNOWN);
  });

  it("names of one model never change its key, however often the spelling changes; another model always does", () => {
    const some = fc.constantFrom(...names);
    fc.assert(
      fc.property(some, fc.array(some, { minLength: 1, maxLength: 4 }), (first, later) => {
        let olds: Partial<FineTuningJobInputs> & { model: string; trainingKey: string } = keyed(first.name);
        let id = first.id;
        for (const next of later) {
          const model = keyedModel(olds, { ...content, model: next.name });
          const key = trainingKey({ ...content, model });
          expect(key === olds.trainingKey).toBe(next.id === id);
          // What the engine stores: the new spelling, with the key of the check.
          olds = { ...content, model: next.name, trainingKey: key };
          id = next.id;
        }
      }),
    );
  });
});
