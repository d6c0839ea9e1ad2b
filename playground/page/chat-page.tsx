import type { Setup } from "../api";
import { Composer } from "./composer";
import { announcement } from "./ask";
import { Messages } from "./messages";
import { SaveDialog } from "./save-dialog";
import { SetupPanel } from "./setup-panel";
import { startOver } from "./shortcuts";
import { turns } from "./turns";

/** The setup beside the conversation; on a narrow page above it. */
export function ChatPage({ setup }: { setup: Setup }) {
  const begun = turns.value.length > 0;
  return (
    <div class="chat-page">
      <SetupPanel setup={setup} />
      <section class="conversation" aria-label="Conversation">
        {setup.deployments.length === 0 ? (
          <p class="notice">
            The account has no deployment yet. The training report shows the progress; you can chat with the model here
            as soon as it is deployed.
          </p>
        ) : (
          <Messages setup={setup} />
        )}
        <Composer disabled={setup.deployments.length === 0}>
          <button type="button" disabled={!begun} onClick={startOver}>
            New conversation
          </button>
        </Composer>
        <p class="visually-hidden" role="status">
          {announcement.value}
        </p>
      </section>
      <SaveDialog setup={setup} />
    </div>
  );
}
