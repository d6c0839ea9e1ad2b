import { useEffect, useRef } from "preact/hooks";
import type { Setup } from "../api";
import { change, settings } from "./conversation";
import { Deployments } from "./deployments";
import { FewShot } from "./few-shot";
import { Parameters } from "./parameters";

/** Width from which the set-up stands open beside the conversation. */
const wide = matchMedia("(min-width: 900px)");

/** Who answers, and how they are asked. */
export function SetupPanel({ setup }: { setup: Setup }) {
  const panel = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const follow = () => (panel.current!.open = wide.matches);
    follow();
    wide.addEventListener("change", follow);
    return () => wide.removeEventListener("change", follow);
  }, []);
  return (
    <aside class="setup" aria-label="Set-up">
      <details ref={panel}>
        <summary>
          Set-up <span class="muted small">{settings.value.deployments.join(", ")}</span>
        </summary>
        <div class="setup-body">
          <Deployments choices={setup.deployments} />
          <label class="field">
            System message
            <textarea
              rows={3}
              value={settings.value.systemMessage}
              onInput={({ currentTarget }) => change({ systemMessage: currentTarget.value })}
            />
          </label>
          <FewShot preset={setup.fewShot} />
          <Parameters />
        </div>
      </details>
    </aside>
  );
}
