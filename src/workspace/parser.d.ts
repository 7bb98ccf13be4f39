import type * as yaml from "yaml";

/** The yaml package, set up at its first use. */
export const parser: () => typeof yaml;
