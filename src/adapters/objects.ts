import { spawn } from "node:child_process";
import { maxFileSize, type Snapshot, type SnapshotFile } from "../core/snapshot.ts";
import { Refusal, exitCode } from "../core/refusal.ts";

/** Before every git command that only reads: nothing of the repository's configuration may run or rewrite what is read. */
const hardened = [
  "--no-pager",
  "--no-replace-objects",
  "--literal-pathspecs",
  "-c",
  "log.showSignature=false",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.quotePath=false",
];

/** Reading fetches nothing: what a partial clone lacks is missing, and no transport of its configuration runs. */
const offline = { GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };

/** Runs git with bytes in and bytes out; rejects with git's own words. */
export function runGit(folder: string, env: NodeJS.ProcessEnv, args: readonly string[], input?: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...hardened, ...args], { cwd: folder, env: { ...env, ...offline }, stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", (error) => reject(new Refusal("git could not be started", { hint: "install git and try again", cause: error })));
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Error(Buffer.concat(err).toString("utf8").trim() || `git ${args[0] ?? ""} ended with ${code}`));
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
  });
}

interface Listed {
  readonly path: string;
  readonly kind: SnapshotFile["kind"];
  readonly blob: string;
  readonly size: number;
}

const kinds: Readonly<Record<string, SnapshotFile["kind"]>> = {
  "120000": "symlink",
  "160000": "submodule",
  "100644": "file",
  "100755": "file",
  "100664": "file",
};

/** Entries under `names` in a folder of a commit: one process to list, one for all contents. */
export async function readTree(
  top: string,
  env: NodeJS.ProcessEnv,
  commit: string,
  folder: string,
  names: readonly string[],
  wanted: (path: string) => boolean,
): Promise<Snapshot> {
  const tree = folder === "" ? commit : `${commit}:${folder}`;
  const listing = await runGit(top, env, ["ls-tree", "-r", "-z", "-l", "--full-tree", tree, "--", ...names]).catch((error: unknown) => {
    // A folder that the commit does not have holds no hiring files; anything else is a real failure.
    if (folder !== "" && /not a tree object|invalid object name|does not exist|not a valid object name/iu.test(String(error)))
      return Buffer.alloc(0);
    throw unreadable(commit, error);
  });
  const entries = listing
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "")
    .map((line): Listed => {
      const tab = line.indexOf("\t");
      const [mode = "", , blob = "", size = "0"] = line.slice(0, tab).split(/ +/u);
      return { path: line.slice(tab + 1), kind: kinds[mode] ?? "other", blob, size: size === "-" ? 0 : Number(size) };
    })
    .filter(({ path }) => wanted(path));
  // git cannot tell the size of what it does not have.
  if (entries.some(({ size }) => Number.isNaN(size))) throw unreadable(commit, new Error("objects are missing"));
  const blobs = entries.filter(({ kind, size }) => kind === "file" && size <= maxFileSize).map(({ blob }) => blob);
  const contents = await readBlobs(top, env, blobs).catch((error: unknown) => {
    throw unreadable(commit, error);
  });
  return {
    revision: commit,
    files: entries.map(({ path, kind, blob, size }) => ({
      path,
      kind,
      size,
      bytes: kind === "file" && size <= maxFileSize ? (contents.get(blob) ?? null) : null,
    })),
  };
}

export function unreadable(commit: string, error: unknown): Refusal {
  return new Refusal(
    `commit ${commit.slice(0, 12)} cannot be read: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
    {
      exitCode: exitCode.unknown,
      hint: "fetch what is missing (git fetch --unshallow, or git fetch --refetch for a partial clone), then try again",
      cause: error,
    },
  );
}

/** Contents by blob id, through one `cat-file --batch`. */
export async function readBlobs(top: string, env: NodeJS.ProcessEnv, blobs: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = [...new Set(blobs)];
  const contents = new Map<string, Buffer>();
  if (wanted.length === 0) return contents;
  const bytes = await runGit(top, env, ["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  let position = 0;
  for (const blob of wanted) {
    const end = bytes.indexOf(10, position);
    const header = bytes.toString("latin1", position, end);
    const size = Number(header.split(" ")[2]);
    if (!header.startsWith(blob) || !Number.isInteger(size)) throw new Error(`object ${blob.slice(0, 12)} is missing`);
    contents.set(blob, bytes.subarray(end + 1, end + 1 + size));
    position = end + 1 + size + 1;
  }
  return contents;
}
