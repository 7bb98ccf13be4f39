import type * as widthsModule from "fast-string-width";

/** The fast-string-width package, set up at its first use. */
export const widths: () => typeof widthsModule;
