import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { guidOf } from "../../program/guid";

it("is a GUID of version 5 and of the RFC's variant, whatever the parts", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (parts) => {
      expect(guidOf(...parts)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(guidOf(...parts)).toBe(guidOf(...parts));
    }),
  );
});

it("is pinned: another GUID would be another role assignment", () => {
  expect(guidOf("/subscriptions/s", "role", "principal", "dev")).toBe("1bf0e0c4-f2ce-51e7-9639-97b9775ab699");
});
