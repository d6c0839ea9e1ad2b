import type { ImageSize } from "./image-size";

/** How a family of models counts an image: by tiles of 512 x 512 pixels, or by patches of 32 x 32. */
type ImageRule = { base: number; tile: number } | { multiplier: number };

/**
 * Rules by the start of a model's name; the longest that fits counts (OpenAI, "Images and vision", "Calculating costs", and Azure's
 * "Use vision-enabled chat models" with the figures of gpt-4o and gpt-4o-mini). They are documented for chat: that a fine-tuning job
 * bills images by the same rule is a guess.
 */
const rules: Readonly<Record<string, ImageRule>> = {
  "gpt-4o": { base: 85, tile: 170 },
  "gpt-4o-mini": { base: 2833, tile: 5667 },
  "gpt-4.1": { base: 85, tile: 170 },
  "gpt-4.1-mini": { multiplier: 1.62 },
  "gpt-4.1-nano": { multiplier: 2.46 },
  "o4-mini": { multiplier: 1.72 },
  "gpt-5": { base: 70, tile: 140 },
};
const OTHER_MODELS: ImageRule = { base: 85, tile: 170 };

/** Where the row holds an address instead of the image: 765 tokens of the gpt-4o family. */
const USUAL_SIZE: ImageSize = { width: 1024, height: 1024 };

const PATCH = 32;
const MAX_PATCHES = 1536;

/**
 * Tokens of an image.
 *
 * @param model - name of the base model.
 * @param size - undefined where it is unknown: a square of 1024 pixels is assumed.
 * @param low - whether its detail is `low`, which models that count patches don't have.
 */
export function imageTokens(model: string, size: ImageSize = USUAL_SIZE, low = false): number {
  const rule = ruleOf(model);
  if ("multiplier" in rule) return Math.ceil(patches(size) * rule.multiplier);
  return rule.base + (low ? 0 : tiles(size) * rule.tile);
}

function ruleOf(model: string): ImageRule {
  const names = Object.keys(rules).filter((name) => model === name || model.startsWith(`${name}-`));
  const longest = names.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? OTHER_MODELS : rules[longest]!;
}

/**
 * Scaled down to fit into 2048 x 2048, then to 768 on the shorter side; never up. Sizes are rounded to whole pixels: of gpt-4.1, 2049 x 513
 * was billed as 8 tiles and 2050 x 513 as 4 (community.openai.com/t/1281361).
 */
function tiles({ width, height }: ImageSize): number {
  const fit = Math.min(1, 2048 / Math.max(width, height));
  const scale = fit * Math.min(1, 768 / (fit * Math.min(width, height)));
  const across = (pixels: number) => Math.max(1, Math.ceil(Math.round(pixels * scale) / 512));
  return across(width) * across(height);
}

/** At most 1,536: a larger image is scaled down until a whole number of patches fits along one side, and all of them into the limit. */
function patches({ width, height }: ImageSize): number {
  const whole = Math.ceil(width / PATCH) * Math.ceil(height / PATCH);
  if (whole <= MAX_PATCHES) return whole;
  const scale = Math.sqrt((PATCH * PATCH * MAX_PATCHES) / (width * height));
  const across = [(width * scale) / PATCH, (height * scale) / PATCH] as const;
  const shrink = Math.min(...across.map((count) => Math.max(1, Math.floor(count)) / count));
  // The side that becomes whole must not get one more from the last bit of a division.
  const [columns, lines] = across.map((count) => Math.max(1, Math.ceil(count * shrink - 1e-9)));
  return Math.min(MAX_PATCHES, columns! * lines!);
}
