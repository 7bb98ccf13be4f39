import { execFileSync } from "node:child_process";
import { renameSync } from "node:fs";
import { agreedRepo, onceMade, TestRepo } from "./repo.ts";

/** A search with one candidate, shared. */
const made = onceMade(async () => {
  const repo = new TestRepo(await agreedRepo());
  await repo.ok("candidate", "add", "backend", "--id", "amber-otter");
  await repo.ok("log", "backend", "amber-otter", "presented");
  // It lies in the clone, so that a copy has its own.
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", repo.path(".git/shared")]);
  repo.git("remote", "add", "origin", ".git/shared");
  await repo.ok("sync");
  return repo;
});

export interface Clones {
  readonly dana: TestRepo;
  readonly riku: TestRepo;
  /** Path of the repository they share. */
  readonly shared: string;
}

/** Two clones of one shared repository, a search in it. */
export async function twoClones(): Promise<Clones> {
  const dana = await made();
  const shared = `${dana.root}-shared`;
  renameSync(dana.path(".git/shared"), shared);
  dana.git("remote", "set-url", "origin", shared);
  return { dana, riku: new TestRepo(dana), shared };
}
