import { rehearsalSentence } from "./rehearsal-sentence";

/** Across the page, above everything that looks like Azure. */
export function RehearsalNotice({ rehearsal }: { rehearsal: boolean | undefined }) {
  if (!rehearsal) return null;
  return (
    <p class="rehearsal small" role="note">
      <b>Rehearsal</b> {rehearsalSentence}
    </p>
  );
}
