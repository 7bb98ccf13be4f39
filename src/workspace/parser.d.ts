/** The yaml package, set up at its first use. */
export const parser: () => typeof import("yaml");
