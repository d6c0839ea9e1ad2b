import { expect, it } from "@jest/globals";
import { interval, score, share, signedScore } from "../../format/score";

it.each<[string, string]>([
  [score(0.81239), "0.812"],
  [score(7.5), "7.500"],
  [signedScore(0.1124), "+0.112"],
  [signedScore(-0.01), "-0.010"],
  [signedScore(-0.0001), "0.000"],
  [signedScore(0), "0.000"],
  [interval({ low: -0.01, high: 0.2 }, signedScore), "-0.010 to +0.200"],
  [share(0.05), "5.0%"],
])("%s", (shown, expected) => expect(shown).toBe(expected));
