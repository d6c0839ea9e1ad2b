import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { isTemporaryName, isTemporaryOf, temporaryName } from "../../../dynamic-providers/evaluation/temporary-name";

const owner = { project: "p", stack: "s", job: "j" };

it("is one that Azure takes, and tells its owner from every other", () => {
  const text = fc.string({ minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(text, text, text, text, (project, stack, job, model) => {
      const one = { project, stack, job };
      const name = temporaryName(one, model);
      expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/);
      expect([isTemporaryName(name), isTemporaryOf(one, name.toUpperCase())]).toEqual([true, true]);
      expect(isTemporaryOf({ ...one, stack: `${stack}x` }, name)).toBe(false);
      // The names of two parts are not those of two others that read the same in a row.
      expect(isTemporaryOf({ project: project + stack, stack: "", job }, name)).toBe(false);
    }),
  );
});

it.each(["tutor", "tutor-0a1b2c", "evaluation", "evaluation-0a1b2c", "gpt-4o-mini-base"])("is not %s", (name) => {
  expect([isTemporaryName(name), isTemporaryOf(owner, name)]).toEqual([false, false]);
});
