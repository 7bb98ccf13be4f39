import type * as base from "@scure/base";

/** The @scure/base package, set up at its first use. */
export const encodings: () => typeof base;
