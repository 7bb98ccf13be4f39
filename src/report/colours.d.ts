import type * as chalk from "chalk";

/** The chalk package, set up at its first use. */
export const colours: () => typeof chalk;
