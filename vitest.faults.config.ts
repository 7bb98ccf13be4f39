import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/faults/**/*.test.ts"],
    globalSetup: "test/support/temporary.ts",
    testTimeout: 1_800_000,
    hookTimeout: 900_000,
    // What is tried is counted on the way, in lines of its own.
    disableConsoleIntercept: true,
    fileParallelism: false,
  },
});
