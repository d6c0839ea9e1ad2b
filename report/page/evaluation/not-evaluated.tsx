/** What a report without an evaluation says in its place. */
export function NotEvaluated() {
  return (
    <p class="muted">
      This model has not been evaluated on this machine. <code>npm run evaluate</code> asks it and other deployments the
      same cases, and the report then shows who answers better.
    </p>
  );
}
