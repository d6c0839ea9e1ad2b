/** What a report without an evaluation says in its place. */
export function NotEvaluated() {
  return (
    <p class="muted">
      This model has not been evaluated on this machine. <code>npm run evaluate</code> runs the same cases on it and on
      other deployments; the report then shows which one answers better.
    </p>
  );
}
