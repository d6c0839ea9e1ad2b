import { signal } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import "./zod-without-eval";
import "../../report/page/base.css";
import { RehearsalNotice } from "../../report/page/rehearsal";
import { ThemeButton } from "../../report/page/theme";
import type { Problem, Setup } from "../api";
import { ChatPage } from "./chat-page";
import { followDeployments, keepConversation } from "./keep";
import { ProblemNotice } from "./problem-notice";
import { ReportPage } from "./report-page";
import { getSetup, problemOf } from "./server";
import { listenToKeys, ShortcutsButton } from "./shortcuts";
import "./playground.css";

type Page = "chat" | "report";
const pages: { page: Page; name: string }[] = [
  { page: "chat", name: "Chat" },
  { page: "report", name: "Training report" },
];

const shown = signal<Page>(fromAddress());
const setup = signal<Setup | undefined>(undefined);
const problem = signal<Problem | undefined>(undefined);
const againMs = 5_000;
let timer: number | undefined;

addEventListener("hashchange", () => (shown.value = fromAddress()));
listenToKeys();

function App() {
  useEffect(() => void load(), []);
  useEffect(() => {
    const look = () => !document.hidden && void load();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return (
    <>
      <header class="bar">
        <h1>Playground</h1>
        <span class="muted small where">
          {setup.value ? `${setup.value.stack} · ${setup.value.account} · ${setup.value.location}` : "…"}
        </span>
        <nav aria-label="Pages">
          {pages.map(({ page, name }) => (
            <a key={page} href={`#${page}`} aria-current={shown.value === page ? "page" : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <span class="spring" />
        <ShortcutsButton />
        <ThemeButton />
      </header>
      <RehearsalNotice rehearsal={setup.value?.rehearsal} />
      <main>
        {problem.value && <ProblemNotice problem={problem.value} retry={() => void load()} />}
        {shown.value === "report" ? <ReportPage /> : setup.value && <ChatPage setup={setup.value} />}
      </main>
    </>
  );
}

async function load(): Promise<void> {
  try {
    const found = await getSetup();
    if (!setup.value) keepConversation(found);
    followDeployments(found);
    setup.value = found;
    problem.value = undefined;
    if (!found.deployments.some(({ state }) => state === "Succeeded")) lookAgain();
  } catch (error) {
    problem.value = problemOf(error);
  }
}

/** While nothing can answer yet, an `up` may be about to deploy. */
function lookAgain(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void load(), againMs);
}

function fromAddress(): Page {
  return location.hash === "#report" ? "report" : "chat";
}

render(<App />, document.getElementById("app")!);
