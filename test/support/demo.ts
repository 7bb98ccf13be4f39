import { cpSync, rmSync } from "node:fs";
import { onceMade, TestRepo } from "./repo.ts";

/** The sample search as `hire demo` builds it, seen on the day it ends; agreed, drifted, one scorecard due. */
export const demoRepo = onceMade(async () => {
  using made = new TestRepo();
  await made.ok("demo", "x");
  const repo = new TestRepo();
  rmSync(repo.path(".git"), { recursive: true });
  cpSync(made.path("x"), repo.root, { recursive: true });
  return repo;
});
