import type { ChatImage } from "../../azure-openai/chat-types";

interface ImagesProps {
  images: ChatImage[];
  /** Absent: they stay. */
  remove?: (index: number) => void;
}

/** Images of a turn. One with an address is only named: loading it would tell its host who reads what. */
export function Images({ images, remove }: ImagesProps) {
  if (images.length === 0) return null;
  return (
    <ul class="images" aria-label="Images">
      {images.map((image, index) => (
        <li key={image}>
          {image.url.startsWith("data:") ? (
            <img src={image.url} alt={nameOf(image)} title={nameOf(image)} />
          ) : (
            <span class="address small">Image at {image.url}</span>
          )}
          {remove && (
            <button type="button" class="small-button" onClick={() => remove(index)}>
              Remove<span class="visually-hidden"> {nameOf(image)}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function nameOf({ name, url }: ChatImage): string {
  return name ?? url.slice(0, 200);
}
