import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/slow/**", "test/faults/**"],
    globalSetup: "test/support/temporary.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Starting git copies the memory map of the process that starts it: two small processes do it sooner than two threads of a large one.
    pool: "forks",
    // No test replaces a module: what one file loaded and made, the next may use.
    isolate: false,
    // Most of a test's time is git's: a core kept free for the runner would be idle.
    maxWorkers: "100%",
  },
});
