import { useLayoutEffect, useRef } from "preact/hooks";
import type { Setup } from "../api";
import { Deployments } from "./deployments";
import { FewShot } from "./few-shot";
import { Parameters } from "./parameters";
import { ResponseFormat } from "./response-format";
import { Section } from "./section";
import { change, settings } from "./settings";
import { SetupFile } from "./setup-file-section";
import { Tools } from "./tools";
import { Versions } from "./versions";

/** Width from which the setup stands open beside the conversation. */
const wide = matchMedia("(min-width: 900px)");

/** Which model answers, and how it is asked. On a narrow page it takes the conversation's place while it is open. */
export function SetupPanel({ setup }: { setup: Setup }) {
  const panel = useRef<HTMLDetailsElement>(null);
  // Before the first paint: what is drawn stays where it is.
  useLayoutEffect(() => {
    const follow = () => (panel.current!.open = wide.matches);
    follow();
    wide.addEventListener("change", follow);
    return () => wide.removeEventListener("change", follow);
  }, []);
  const close = () => {
    panel.current!.open = false;
    panel.current!.querySelector("summary")!.focus();
  };
  return (
    <aside class="setup" aria-label="Setup">
      <details ref={panel}>
        <summary>
          Setup <span class="muted small">{settings.value.deployments.join(", ")}</span>
        </summary>
        <div class="setup-body">
          <Deployments choices={setup.deployments} />
          <Versions setup={setup} />
          <Section title="System message" id="system-message">
            <textarea
              rows={3}
              aria-labelledby="system-message"
              value={settings.value.systemMessage}
              onInput={({ currentTarget }) => change({ systemMessage: currentTarget.value })}
            />
          </Section>
          <FewShot preset={setup.fewShot} />
          <Parameters />
          <ResponseFormat />
          <Tools />
          <SetupFile setup={setup} />
          <button type="button" class="narrow-only" onClick={close}>
            Back to the conversation
          </button>
        </div>
      </details>
    </aside>
  );
}
