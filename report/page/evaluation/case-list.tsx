import { useMemo } from "preact/hooks";
import { counted } from "../../../format/count";
import { count } from "../format";
import { CaseItem } from "./case-item";
import { list, listing, page } from "./case-view";
import type { ExtremesProps } from "./extremes";
import { listCases, orders, shows } from "./list-cases";

/** Cases on one page. */
const size = 20;

/** Every case: filtered, searched, sorted, and a page of them drawn. */
export function CaseList({ cases, models, other, width }: ExtremesProps & { width: number }) {
  const chosen = listing.value;
  const found = useMemo(() => listCases(cases, chosen, width), [cases, chosen, width]);
  const last = Math.max(0, Math.ceil(found.length / size) - 1);
  const shown = Math.min(page.value, last);
  const compared = other < models.length;
  return (
    <section class="stack" aria-label="All cases">
      <h3>All cases</h3>
      <div class="controls" role="search" aria-label="Cases">
        <label class="control search">
          Search
          <input
            type="search"
            value={chosen.search}
            placeholder={cases[0]?.shown.messages ? "words, or a line's number" : "a line's number"}
            onInput={({ currentTarget }) => list({ search: currentTarget.value })}
          />
        </label>
        <Choice
          label="Show"
          value={chosen.show}
          of={shows}
          without={compared ? [] : ["win", "tie", "loss", "worse"]}
          onChange={(show) => list({ show })}
        />
        <Choice
          label="Sort by"
          value={chosen.order}
          of={orders}
          without={compared ? [] : ["losses", "gains"]}
          onChange={(order) => list({ order })}
        />
        <span class="muted" role="status">
          {found.length === cases.length
            ? counted(cases.length, "case")
            : `${count(found.length)} of ${counted(cases.length, "case")}`}
        </span>
      </div>
      {found.length === 0 && <p class="muted">No case matches: change the search or what is shown.</p>}
      <ol class="cases">
        {found.slice(shown * size, (shown + 1) * size).map((one) => (
          <li key={one.shown.line}>
            <CaseItem {...{ one, models, other }} />
          </li>
        ))}
      </ol>
      {last > 0 && <Pager shown={shown} last={last} />}
    </section>
  );
}

function Pager({ shown, last }: { shown: number; last: number }) {
  // Never `disabled`: the focus would be lost with it.
  const to = (target: number, name: string) => (
    <button
      type="button"
      class="slim"
      aria-disabled={target < 0 || target > last}
      onClick={() => (page.value = Math.min(Math.max(target, 0), last))}
    >
      {name}
    </button>
  );
  return (
    <nav class="pager" aria-label="Pages of cases">
      {to(shown - 1, "Previous")}
      <span role="status">
        Page {count(shown + 1)} of {count(last + 1)}
      </span>
      {to(shown + 1, "Next")}
    </nav>
  );
}

interface ChoiceProps<K extends string> {
  label: string;
  value: K;
  of: Record<K, string>;
  /** What there is no sense in. */
  without: string[];
  onChange: (value: K) => void;
}

function Choice<K extends string>({ label, value, of, without, onChange }: ChoiceProps<K>) {
  const keys = (Object.keys(of) as K[]).filter((key) => !without.includes(key));
  return (
    <label class="control">
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as K)}>
        {keys.map((key) => (
          <option key={key} value={key}>
            {of[key]}
          </option>
        ))}
      </select>
    </label>
  );
}
