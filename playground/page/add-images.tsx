import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChatImage } from "../../azure-openai/chat-types";
import { imageTypes } from "../image-limits";
import { settings, takesImages } from "./settings";
import { Menu } from "./menu";
import { readAddress, readFiles, type ReadImages } from "./read-images";

/** Images that are being added to a message, and why the last one was not. */
export interface ImageDraft {
  images: ChatImage[];
  wrong?: string;
}

/** Whether some selected model takes images. Those that take none get the text alone, which `ImagesNote` says. */
export function imagesOffered(): boolean {
  const { deployments } = settings.value;
  return deployments.some(takesImages);
}

/** Adds what was read; what was wrong is said beside it. */
export function withRead(draft: ImageDraft, { images, wrong }: ReadImages): ImageDraft {
  return { images: [...draft.images, ...images], wrong };
}

/** Images among what was pasted; without one the text is pasted as ever. */
export async function pastedImages(
  event: ClipboardEvent,
  draft: ImageDraft,
  before: number,
): Promise<ImageDraft | undefined> {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length === 0) return undefined;
  event.preventDefault();
  if (!imagesOffered()) return { ...draft, wrong: "The selected model doesn't accept images." };
  return withRead(draft, await readFiles(files, before + draft.images.length));
}

interface AddImagesProps {
  draft: ImageDraft;
  /** Images that the call has before these. */
  before: number;
  change: (draft: ImageDraft) => void;
  /** Takes the focus when something was added. */
  done: () => void;
}

/** Adds images from files or addresses. */
export function AddImages({ draft, before, change, done }: AddImagesProps) {
  const input = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState(false);
  const there = before + draft.images.length;
  const add = (read: ReadImages) => {
    change(withRead(draft, read));
    if (read.wrong) return;
    setAsking(false);
    done();
  };
  if (!imagesOffered()) return null;
  return (
    <>
      {asking ? (
        <AddressField add={(text) => add(readAddress(text, there))} cancel={() => (setAsking(false), done())} />
      ) : (
        <Menu label="Add image">
          {(close) => (
            <>
              <button type="button" class="quiet" onClick={() => (close(), input.current!.click())}>
                From a file …
              </button>
              <button type="button" class="quiet" onClick={() => setAsking(true)}>
                From a URL …
              </button>
            </>
          )}
        </Menu>
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={imageTypes.join(",")}
        aria-label="Image files"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file may be chosen again after it was removed.
          currentTarget.value = "";
          void readFiles(files, there).then(add);
        }}
      />
    </>
  );
}

function AddressField({ add, cancel }: { add: (text: string) => void; cancel: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current!.focus(), []);
  return (
    <span class="row address-field">
      <input
        ref={field}
        type="text"
        inputMode="url"
        aria-label="Image URL"
        placeholder="https://..."
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            // It is in the form of the message, which this must not send.
            event.preventDefault();
            add(field.current!.value);
          } else if (event.key === "Escape") {
            event.stopPropagation();
            cancel();
          }
        }}
      />
      <button type="button" class="small-button" onClick={() => add(field.current!.value)}>
        Add
      </button>
      <button type="button" class="small-button" onClick={cancel}>
        Cancel
      </button>
    </span>
  );
}

/** What is wrong with an image, and who of two doesn't get any. */
export function ImagesNote({ images, wrong }: ImageDraft) {
  const without = images.length > 0 ? settings.value.deployments.filter((name) => !takesImages(name)) : [];
  return (
    <>
      {wrong && (
        <p class="wrong small" role="alert">
          {wrong}
        </p>
      )}
      {without.map((name) => (
        <p key={name} class="muted small">
          {name} serves a model that doesn't accept images, so only the text is sent to it.
        </p>
      ))}
    </>
  );
}
