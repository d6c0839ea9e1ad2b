import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { remoteName } from "../../../dynamic-providers/training-file/remote-name";

const hash = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
const owner = fc.string({ minLength: 1, maxLength: 40 });

it("in the stack's own account is the stem and the content's hash: names in states stay", () => {
  fc.assert(
    fc.property(hash, (sha256) => {
      expect(remoteName("data/rows.jsonl", sha256)).toBe(`rows-${sha256.slice(0, 12)}.jsonl`);
    }),
  );
});

it("in an account of others two stacks never share a name, and one always finds its own", () => {
  fc.assert(
    fc.property(hash, owner, owner, (sha256, one, other) => {
      fc.pre(one !== other);
      const own = remoteName("rows.jsonl", sha256, one);
      expect(own).toMatch(/^rows-[0-9a-f]{12}\.jsonl$/);
      expect(own).toBe(remoteName("elsewhere/rows.jsonl", sha256, one));
      expect(own).not.toBe(remoteName("rows.jsonl", sha256, other));
      expect(own).not.toBe(remoteName("rows.jsonl", sha256));
    }),
  );
});
