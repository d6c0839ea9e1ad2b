import { expect, it } from "@jest/globals";
import { runsPrograms } from "./temporary-files";

const root = "/dev/vda / ext4 rw,relatime 0 0\n";

it.each([
  ["programs may run there", `${root}tmpfs /dev/shm tmpfs rw,nosuid,nodev,size=65536k 0 0\n`, true],
  ["they may not", `${root}tmpfs /dev/shm tmpfs rw,nosuid,nodev,noexec 0 0\n`, false],
  ["what was mounted last counts", "shm /dev/shm tmpfs rw 0 0\ntmpfs /dev/shm tmpfs rw,noexec 0 0\n", false],
  ["it is a folder on the disk", root, false],
])("files go to memory where it is mounted for it: %s", (_, mounts, expected) => {
  expect(runsPrograms(mounts)).toBe(expected);
});
