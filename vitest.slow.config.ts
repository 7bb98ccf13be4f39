import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/slow/**/*.test.ts"], globalSetup: "test/support/temporary.ts", testTimeout: 600_000 },
});
