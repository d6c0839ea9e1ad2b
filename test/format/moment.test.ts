import { expect, it } from "@jest/globals";
import { moment } from "../../format/moment";

it.each([
  ["2026-11-29T15:05:57.9910000Z", "2026-11-29 15:05 UTC"],
  ["2026-11-29T16:05:00+01:00", "2026-11-29 15:05 UTC"],
  ["soon", "soon"],
])("%s is %s", (iso, said) => expect(moment(iso)).toBe(said));
