import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What a package takes over from the package.json that it is made of. */
export interface SourcePackage {
  name: string;
  version: string;
  description: string;
  license: string;
  engines: { node: string };
  dependencies: Record<string, string>;
}

/** A program has them itself: two copies of Pulumi's SDK in one process don't know each other's resources. */
const peers = ["@pulumi/pulumi", "@pulumi/azure-native"];
/** Whose next minor versions refuse the oldest Node that this package admits: patches of this one alone. */
const heldBack = ["@azure/storage-blob"];
/** Named in the text for checkouts alone (`boundToCheckout`), which the package never uses. */
const neverLoaded = ["tsx"];

/**
 * package.json of the npm package: its dependencies are what the compiled files load, in the versions that the project is tested with.
 *
 * @param folder - holds the compiled files.
 */
export function packageFile(root: SourcePackage, folder: string) {
  const { name, version, description, license, engines } = root;
  const candidates = Object.keys(root.dependencies).filter((one) => !neverLoaded.includes(one));
  const loaded = loadedPackages(folder, candidates);
  const versions = (names: string[]) =>
    Object.fromEntries(names.map((one) => [one, `${heldBack.includes(one) ? "~" : "^"}${root.dependencies[one]!}`]));
  return {
    ...{ name, version, description, license, engines },
    keywords: ["pulumi", "azure", "openai", "fine-tuning"],
    exports: {
      ".": { types: "./npm-package/index.d.ts", default: "./npm-package/index.js" },
      "./handlers": { types: "./npm-package/handlers.d.ts", default: "./npm-package/handlers.js" },
      "./package.json": "./package.json",
    },
    // For resolvers that don't know exports: TypeScript's node10, which Pulumi's own compiler uses.
    main: "./npm-package/index.js",
    types: "./npm-package/index.d.ts",
    dependencies: versions(loaded.filter((one) => !peers.includes(one))),
    peerDependencies: versions(peers),
  };
}

/** Names of `candidates` that the JavaScript or the types of a folder load. */
function loadedPackages(folder: string, candidates: string[]): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.(js|d\.ts)$/.test(file));
  const texts = files.map((file) => readFileSync(path.join(folder, file), "utf8"));
  return candidates.filter((name) => {
    const load = new RegExp(`(?:require\\(|import\\(|from )["'\`]${name}(?:/[^"'\`]*)?["'\`]`);
    return texts.some((text) => load.test(text));
  });
}
