import type { Problem } from "../api";

/** The service's words end as they like, and often a code in brackets follows: `... exceeded. (429)`. */
function sentence(text: string): string {
  const joined = text.replace(/\.\s*(\([^()]*\))$/, " $1");
  return /[.!?。]$/.test(joined) ? joined : `${joined}.`;
}

/** What went wrong, in the service's or the server's own sentence. */
export function ProblemNotice({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const { message, retryAfterSeconds } = problem;
  return (
    <div class="notice error" role="alert">
      <p>
        {sentence(message)} {retryAfterSeconds ? `Try again in ${retryAfterSeconds} s.` : ""}
      </p>
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
