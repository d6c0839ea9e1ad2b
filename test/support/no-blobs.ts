import type { RemoteStore } from "../../datasets/sources";

/** For tests that read no blob: one that does fails. */
export const noBlobs: RemoteStore = {
  find: (address) => Promise.reject(new Error(`This test has no ${address}.`)),
  found: (address) => {
    throw new Error(`This test has no ${address}.`);
  },
};
