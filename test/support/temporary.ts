import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One folder for all that a run of tests makes, gone with it: tests share repositories, and none of them is the last to use one. */
export default function makeTemporary(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "hire-tests-"));
  // What is made here may have to be run by another user.
  chmodSync(folder, 0o755);
  process.env["TMPDIR"] = folder;
  // git may still be tidying up behind a test.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
