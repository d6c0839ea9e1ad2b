import { CaseItem } from "./case-item";
import { type ComparedCase, extremes } from "./list-cases";

export interface ExtremesProps {
  cases: ComparedCase[];
  models: string[];
  /** Place of the model that the candidate is compared with. */
  other: number;
}

/** Where the candidate does worst and best against the other model. */
export function Extremes(props: ExtremesProps) {
  return (
    <div class="extremes">
      <Side title="Largest losses" of="loss" {...props} />
      <Side title="Largest gains" of="win" {...props} />
    </div>
  );
}

function Side({ title, of, cases, models, other }: ExtremesProps & { title: string; of: "loss" | "win" }) {
  const found = extremes(cases, of);
  return (
    <section class="stack" aria-label={title}>
      <h3>{title}</h3>
      {found.length === 0 ? (
        <p class="muted">None: {of === "loss" ? "no case is worse" : "no case is better"}.</p>
      ) : (
        <ol class="cases">
          {found.map((one) => (
            <li key={one.shown.line}>
              <CaseItem {...{ one, models, other }} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
