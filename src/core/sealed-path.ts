/** No id has a dot: what is sealed stands beside the place of what it holds. */
export const sealedEnding = ".sealed.yaml";

/** Where a file stands while it is sealed. */
export function sealedPath(path: string): string {
  return `${path.slice(0, -".yaml".length)}${sealedEnding}`;
}

/** Where a sealed file's text stands once it is open. */
export function openPath(path: string): string {
  return `${path.slice(0, -sealedEnding.length)}.yaml`;
}
