import { useRef, useState } from "preact/hooks";
import type { Setup } from "../api";
import { readSetupFile, writeSetupFile } from "../setup-file";
import { Section } from "./section";
import { change, settings } from "./settings";
import type { Settings } from "./settings-values";
import { fileOf, settingsOf } from "./setup-file-settings";

interface Outcome {
  said?: string;
  wrong?: string;
  /** What an import replaced. */
  before?: Settings;
}

/** Takes the setup along as a JSON file, and brings one back. */
export function SetupFile({ setup }: { setup: Setup }) {
  const input = useRef<HTMLInputElement>(null);
  const [outcome, report] = useState<Outcome>({});
  const bring = async (file: File | undefined) => {
    if (!file) return;
    // The same file may be chosen again after it was corrected.
    input.current!.value = "";
    report(importText(await file.text(), file.name, setup));
  };
  const undo = () => {
    if (outcome.before) change(outcome.before);
    report({ said: "The import was undone." });
  };
  return (
    <Section title="Setup file">
      <p class="muted small">
        System message, examples, parameters, format and tools as JSON. It never contains keys or tokens.
      </p>
      <div class="row">
        <button type="button" onClick={() => report(exportFile(setup))}>
          Export
        </button>
        <button type="button" onClick={() => input.current!.click()}>
          Import …
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept="application/json,.json"
          aria-label="Setup file to import"
          onChange={({ currentTarget }) => void bring(currentTarget.files?.[0])}
        />
      </div>
      {outcome.wrong && (
        <p class="notice error" role="alert">
          {outcome.wrong}
        </p>
      )}
      {outcome.said && (
        <p class="notice" role="status">
          {outcome.said}{" "}
          {outcome.before && (
            <button type="button" class="small-button" onClick={undo}>
              Undo
            </button>
          )}
        </p>
      )}
    </Section>
  );
}

function exportFile({ stack }: Setup): Outcome {
  try {
    const text = writeSetupFile(fileOf(settings.value));
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `playground-${stack}.json`;
    link.click();
    URL.revokeObjectURL(address);
    return { said: `Exported as ${link.download}.` };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}

function importText(text: string, name: string, { deployments }: Setup): Outcome {
  try {
    const before = settings.value;
    const { settings: found, missing } = settingsOf(readSetupFile(text), deployments);
    change(found);
    const left =
      missing.length > 0 ? ` Left out, because the account has no such deployment: ${missing.join(", ")}.` : "";
    return { said: `Imported ${name}.${left}`, before };
  } catch (error) {
    return { wrong: `${name} was not imported. ${(error as Error).message}` };
  }
}
