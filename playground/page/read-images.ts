import type { ChatImage } from "../../azure-openai/chat-types";
import { imageAddress, imageTypes, mostImageBytes, mostImages } from "../image-limits";

/** Images, or a sentence that says why there are none. */
export interface ReadImages {
  images: ChatImage[];
  wrong?: string;
}

const formats = "PNG, JPEG or WebP";

/** Files as images of a chat. @param there - images that the next call has already */
export async function readFiles(files: File[], there: number): Promise<ReadImages> {
  const wrong = tooMany(there + files.length) ?? files.map(problemOf).find((problem) => problem !== undefined);
  if (wrong) return { images: [], wrong };
  const images = files.map(async (file) => ({ url: await dataUrl(file), name: file.name || "pasted image" }));
  return { images: await Promise.all(images) };
}

/** An address as an image of a chat: the service loads it, this page doesn't. */
export function readAddress(text: string, there: number): ReadImages {
  const url = text.trim();
  const wrong = tooMany(there + 1) ?? addressProblem(url);
  return wrong ? { images: [], wrong } : { images: [{ url }] };
}

function problemOf({ name, type, size }: { name: string; type: string; size: number }): string | undefined {
  if (!imageTypes.includes(type))
    return `${name || "The file"} is ${type || "of an unknown type"}; expected ${formats}.`;
  if (size <= mostImageBytes) return undefined;
  return `${name || "The image"} has ${megabytes(size)} MB; expected at most ${megabytes(mostImageBytes)} MB.`;
}

function addressProblem(url: string): string | undefined {
  if (imageAddress.test(url) && !url.startsWith("data:")) return undefined;
  return `${JSON.stringify(url.slice(0, 100))} is not an image URL; expected https://...`;
}

function tooMany(count: number): string | undefined {
  if (count <= mostImages) return undefined;
  return `A request can have up to ${mostImages} images, including those of the conversation and the examples; this one would have ${count}.`;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toLocaleString("en-US", { maximumFractionDigits: 1 });
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error(`${file.name} can't be read.`));
    reader.readAsDataURL(file);
  });
}
