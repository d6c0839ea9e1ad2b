import { signal } from "@preact/signals";
import type { ShownRequest } from "local-azure/live/shapes";
import { clockTime, count } from "../../report/page/format";
import { agentName, perSecond, shortDuration, shortPath } from "./request-text";
import { RequestDetails } from "./request-details";
import { outcomeOf, statusChoices, wanted, type StatusChoice } from "./request-filter";
import { rate, requests, skipped, total } from "./state";

const text = signal("");
const choice = signal<StatusChoice>("all");
/** The requests as they were when the reader paused; undefined: they move. */
const paused = signal<readonly ShownRequest[] | undefined>(undefined);
const opened = signal<number | undefined>(undefined);
/** Rows that are drawn at most; a reader of more filters. */
const mostRows = 150;

/** What is asked, newest first. */
export function RequestLog() {
  const known = paused.value ?? requests.value;
  const matching = known.filter((request) => wanted(request, text.value, choice.value));
  return (
    <section class="request-log" aria-labelledby="requests">
      <div class="log-head">
        <h2 id="requests">Requests</h2>
        <label class="text-filter">
          <span class="visually-hidden">Filter by text</span>
          <input
            type="search"
            placeholder="Filter: POST chat, 404, …"
            value={text.value}
            onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          />
        </label>
        <label class="status-filter">
          <span class="visually-hidden">Filter by status</span>
          <select
            value={choice.value}
            onChange={({ currentTarget }) => (choice.value = currentTarget.value as StatusChoice)}
          >
            {statusChoices.map(({ choice: one, name }) => (
              <option key={one} value={one}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          aria-pressed={paused.value !== undefined}
          onClick={() => (paused.value = paused.value ? undefined : requests.value)}
        >
          {paused.value ? "Continue" : "Pause"}
        </button>
      </div>
      <p class="muted small">{summary(known.length, matching.length)}</p>
      <ol class="requests" aria-label="Requests, newest first" tabIndex={0}>
        {matching.slice(0, mostRows).map((request) => (
          <Request key={request.number} request={request} />
        ))}
      </ol>
    </section>
  );
}

function summary(known: number, matching: number): string {
  const missing = paused.value ? (requests.value[0]?.number ?? 0) - (paused.value[0]?.number ?? 0) : 0;
  return [
    `${count(total.value)} since the start, ${perSecond(rate.value)}`,
    known === matching ? undefined : `${count(matching)} of the last ${count(known)} match`,
    matching > mostRows ? `the newest ${count(mostRows)} are shown` : undefined,
    skipped.value > 0 ? `${count(skipped.value)} came too fast to be listed` : undefined,
    paused.value ? `paused, ${count(missing)} newer` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

function Request({ request }: { request: ShownRequest }) {
  const { number, method, path, status, left, at, ms, agent } = request;
  const open = opened.value === number;
  return (
    <li>
      <button
        type="button"
        class={`request ${outcomeOf(request)}`}
        aria-expanded={open}
        onClick={() => (opened.value = open ? undefined : number)}
      >
        <time class="muted">{clockTime(at / 1000)}</time>
        <span class="method">{method}</span>
        <b class="status-code">{left ? "left" : status === 0 ? "…" : status}</b>
        <span class="path">{shortPath(path)}</span>
        <span class="took muted">{ms === undefined ? "" : shortDuration(ms)}</span>
        <span class="agent muted">{agent === undefined ? "" : agentName(agent)}</span>
      </button>
      {open && <RequestDetails request={request} />}
    </li>
  );
}
