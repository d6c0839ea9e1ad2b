import { Azure } from "../azure-openai/azure";
import { systemClock } from "../azure-openai/clock";
import { readSettings } from "../azure-openai/settings";
import { BlobStore } from "../blob-storage/store";

let store: BlobStore | undefined;

/** Blobs for a command without a stack: read by whoever the environment signs in (`ARM_*`), else by `az login`. One for the process. */
export function blobsOfEnvironment(): BlobStore {
  return (store ??= new BlobStore(async () => {
    const settings = readSettings({ get: () => undefined }, process.env);
    return (await Azure.connect(settings, { clock: systemClock, destroying: () => false })).storage();
  }));
}
