import { useState } from "preact/hooks";
import { copied } from "./clipboard";

/** Code of an answer, with a button that copies it. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const [said, say] = useState("");
  const copy = async () => say((await copied(code)) ? "Copied" : "The browser doesn't let this page copy");
  return (
    <figure class="code">
      <figcaption class="row small">
        <span class="muted">{language || "code"}</span>
        <span class="spring" />
        <span role="status" class="muted">
          {said}
        </span>
        <button type="button" class="small-button" onClick={() => void copy()}>
          Copy<span class="visually-hidden"> code</span>
        </button>
      </figcaption>
      <pre tabIndex={0}>
        <code>{code.replace(/\n$/, "")}</code>
      </pre>
    </figure>
  );
}
