/** The chalk package, set up at its first use. */
export const colours: () => typeof import("chalk");
