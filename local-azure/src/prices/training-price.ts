import type { World } from "../world/world";
import { itemsOf } from "./retail-prices";

export interface TrainingPrice {
  usd: number;
  /** 1,000 tokens, or an hour of training. */
  per: "1K tokens" | "hour";
}

/** Words of a meter's name that tell nothing of the model. */
const NOISE = /^(gpt|ft|rft|trng|training|tkn|tokens|unit|\d{4})$/;
/** Words for training types, after those that stand in the feed. */
const TYPES: Record<string, string> = {
  ...{ glbl: "globalStandard", glb: "globalStandard", global: "globalStandard" },
  ...{ regnl: "standard", regional: "standard", dz: "dataZoneStandard" },
};
/** How the feed abbreviates models of other publishers. */
const SHORT: Record<string, string> = { "llama 3.3 70b instruct": "3.3 70b", "ministral 3b": "mnstrl 3b" };

/**
 * The price of a job's training by the price feed, whose meters are told apart by the words of their names; undefined where it has none. A meter without a
 * type is Global Standard, as with the models of other publishers (guess, after the names of their data zone meters).
 *
 * @param model - name of the base model, without version
 */
export function trainingPrice(
  world: Pick<World, "listsFile" | "origin">,
  { model, trainingType = "standard" }: { model: string; trainingType?: string },
  location: string,
): TrainingPrice | undefined {
  const words = modelWords(model);
  const found = itemsOf(world).find((item) => {
    const name = String(item.meterName).toLowerCase();
    if (item.armRegionName !== location || !/\br?ft\b/.test(name) || /host|hstng/.test(name)) return false;
    const meter = wordsOf(name);
    const type = meter.includes("dev") ? "developerTier" : typeIn(meter);
    const modelOfMeter = meter.filter((word) => !(word in TYPES) && word !== "dev").join(" ");
    return modelOfMeter === words && type.toLowerCase() === trainingType.toLowerCase();
  });
  if (!found) return undefined;
  return { usd: Number(found.retailPrice), per: /hour/i.test(String(found.unitOfMeasure)) ? "hour" : "1K tokens" };
}

function modelWords(name: string): string {
  const words = wordsOf(name.toLowerCase()).join(" ");
  return SHORT[words] ?? words;
}

function wordsOf(name: string): string[] {
  return name.split(/[\s-]+/).filter((word) => !NOISE.test(word));
}

function typeIn(words: string[]): string {
  return TYPES[words.find((word) => word in TYPES) ?? ""] ?? "globalStandard";
}
