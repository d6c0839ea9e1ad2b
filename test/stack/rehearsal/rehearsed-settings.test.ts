import { describe, expect, it } from "@jest/globals";
import { rehearsed } from "../../../stack/rehearsal/rehearsed-settings";

const of = (text: string) => rehearsed(text, "Pulumi.dev.yaml");

describe("settings of a stack as the rehearsal sees them", () => {
  it.each([
    ["none of a cloud", "# why\nconfig:\n  a:b: 1 # the\n", "# why\nconfig:\n  a:b: 1 # the\n"],
    ["a salt", "config:\n  a:b: 1\nencryptionsalt: v1:abc=\n", "config:\n  a:b: 1\n"],
    [
      "subscription and sign-in",
      "config:\n  azure-native:subscriptionId: 1\n  azure-native:tenantId: 2\n  a:b: 1 # the\n",
      "config:\n  a:b: 1 # the\n",
    ],
    [
      "the key of a cloud",
      "secretsprovider: azurekeyvault://k\nencryptedkey: abc\nconfig:\n  a:b: 1\n",
      "config:\n  a:b: 1\n",
    ],
    [
      "a secret of the provider",
      "secretsprovider: azurekeyvault://k\nconfig:\n  azure-native:clientSecret:\n    secure: v1:x\n  a:b: 1\n",
      "config:\n  a:b: 1\n",
    ],
    ["a secret of the rehearsal", "config:\n  a:b:\n    secure: v1:x\n", "config:\n  a:b:\n    secure: v1:x\n"],
    ["what is not YAML", "config: [", "config: ["],
    ["nothing", "", ""],
  ])("%s", (_what, text, expected) => {
    expect(of(text)).toBe(expected);
  });

  it.each(["secretsprovider: azurekeyvault://k", "encryptionsalt: v1:abc="])(
    "a secret that was encrypted elsewhere is refused by name (%s)",
    (where) => {
      const text = `${where}\nconfig:\n  a:b:\n    deep:\n      secure: v1:x\n  a:c: 1\n`;
      expect(() => of(text)).toThrow(/^Pulumi\.dev\.yaml has secrets that the rehearsal cannot decrypt: a:b\. /);
    },
  );
});
