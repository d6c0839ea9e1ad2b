/**
 * Models that Azure trains in some way, but not by a fine-tuning job as this stack submits it: why, as the middle of a sentence. Microsoft's page of
 * fine-tunable models (fine-tune-supported-models.md, 2026-10-06).
 */
const reasons: readonly [names: RegExp, reason: string][] = [
  [/^gpt-5(?!-2025-08-07$|$)/, "in the GPT-5 family, Azure fine-tunes only gpt-5-2025-08-07, and only by invitation"],
  [
    /^(gpt-oss-120b|qwen3\.6-35b-a3b|qwen3\.8-27b|muse-glimmer-30b)/,
    "Azure fine-tunes it only on managed compute or in a preview, not through this kind of fine-tuning job",
  ],
  [/^mai-code-1\.1-flash/, "Azure fine-tunes it only in a preview, not through this kind of fine-tuning job"],
];

/** Why a model that the catalog doesn't have is known all the same, and not to be tuned here; undefined for any other. */
export function notOfferedReason(name: string): string | undefined {
  return reasons.find(([names]) => names.test(name.toLowerCase()))?.[1];
}
