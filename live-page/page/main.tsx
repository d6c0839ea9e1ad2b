import { signal } from "@preact/signals";
import { render } from "preact";
import "../../report/page/base.css";
import { count } from "../../report/page/format";
import { ThemeButton } from "../../report/page/theme";
import { follow } from "./connect";
import { ClockText } from "./clock";
import "./live.css";
import { Overview } from "./overview";
import { RequestLog } from "./request-log";
import { complete, connection, service, total } from "./state";

type View = "overview" | "requests";
const views: { view: View; name: string }[] = [
  { view: "overview", name: "What is there" },
  { view: "requests", name: "Requests" },
];
/** On narrow screens one of the two is shown. */
const shown = signal<View>("overview");

function App() {
  return (
    <>
      <header class="bar">
        <h1>local-azure</h1>
        <ConnectionBadge />
        <span class="muted small where">{service.value?.endpoint ?? "…"}</span>
        <span class="spring" />
        <ClockText />
        <ThemeButton />
      </header>
      <Trouble />
      <nav class="views" aria-label="Views">
        {views.map(({ view, name }) => (
          <button
            key={view}
            type="button"
            class="quiet"
            aria-pressed={shown.value === view}
            onClick={() => (shown.value = view)}
          >
            {name}
            {view === "requests" && ` (${count(total.value)})`}
          </button>
        ))}
      </nav>
      <main class={`panes show-${shown.value}`}>
        {complete.value ? (
          <>
            <Overview />
            <RequestLog />
          </>
        ) : (
          connection.value.state !== "refused" && <p class="muted waiting">Waiting for the service …</p>
        )}
      </main>
    </>
  );
}

function ConnectionBadge() {
  const { state } = connection.value;
  const looks = { live: "good", connecting: "busy", lost: "bad", refused: "bad" } as const;
  const words = { live: "Live", connecting: "Connecting", lost: "Reconnecting", refused: "No access" } as const;
  return (
    <span role="status" class={`badge ${looks[state]}`}>
      {words[state]}
    </span>
  );
}

function Trouble() {
  const { value } = connection;
  if (value.state !== "lost" && value.state !== "refused") return null;
  return <p class={`trouble notice ${value.state === "lost" ? "warning" : "error"}`}>{value.message}</p>;
}

render(<App />, document.getElementById("app")!);
void follow();
