import type { Problem } from "../api";

/** What went wrong, in the service's or the server's own sentence. */
export function ProblemNotice({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const { message, retryAfterSeconds } = problem;
  return (
    <div class="notice error" role="alert">
      <p>
        {message} {retryAfterSeconds ? `Try again in ${retryAfterSeconds} s.` : ""}
      </p>
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
