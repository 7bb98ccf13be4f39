import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asCommitter } from "../../src/node-context.ts";
import type { Ran, TestRepo } from "./repo.ts";

export interface PullRan extends Ran {
  /** What the step's summary holds. */
  readonly summary: string;
  /** The comment's artifact, as text. */
  readonly comment: string;
}

interface PullOptions {
  /** Commits that the clone is cut off behind. */
  readonly depth?: number;
  readonly event?: "pull_request" | "merge_group" | "push";
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What a push replaced; the base by default. */
  readonly before?: string;
}

/** Who merges for people on the host. */
const host = asCommitter({}, "Host", "noreply@host.example", "2026-11-20T12:00:00+02:00");

/**
 * Runs `hire ci` as a host's CI does: in a second clone, on the merge of the repository's branch `head` into its
 * `main`, with the environment that the host sets.
 */
export async function pull(repo: TestRepo, head: string, options: PullOptions = {}): Promise<PullRan> {
  const { event = "pull_request", depth, args = [], env = {} } = options;
  const work = realpathSync(mkdtempSync(join(tmpdir(), "hire-pull-")));
  try {
    const own = { ...repo.env, ...(host as Record<string, string>), GIT_CONFIG_GLOBAL: "/dev/null" };
    const git = (folder: string, ...words: readonly string[]): string =>
      execFileSync("git", words, { cwd: folder, env: own, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
    const origin = join(work, "origin.git");
    git(work, "clone", "--quiet", "--bare", repo.root, origin);
    const base = git(origin, "rev-parse", "refs/heads/main");
    const proposed = git(origin, "rev-parse", `refs/heads/${head}`);
    const desk = join(work, "desk");
    git(work, "clone", "--quiet", origin, desk);
    git(desk, "checkout", "--quiet", "--detach", "origin/main");
    const pushed = event === "push" ? proposed : undefined;
    if (pushed === undefined) {
      git(desk, "merge", "--quiet", "--no-ff", "--message", "Merge the proposal", proposed);
      git(desk, "push", "--quiet", "origin", "HEAD:refs/pull/7/merge");
    }
    const clone = join(work, "clone");
    git(work, "init", "--quiet", clone);
    git(clone, "remote", "add", "origin", `file://${origin}`);
    const deep = depth === undefined ? [] : [`--depth=${depth}`];
    if (depth === undefined) git(clone, "fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*");
    git(
      clone,
      "fetch",
      "--quiet",
      ...deep,
      "origin",
      `+${pushed === undefined ? "refs/pull/7/merge" : `refs/heads/${head}`}:refs/remotes/pull/7/merge`,
    );
    if (pushed === undefined) git(clone, "checkout", "--quiet", "--detach", "refs/remotes/pull/7/merge");
    else
      git(
        clone,
        "checkout",
        "--quiet",
        "-B",
        head,
        `refs/remotes/${depth === undefined ? "origin" : "pull"}/${depth === undefined ? head : "7/merge"}`,
      );
    const payload = {
      number: 7,
      ...(event === "pull_request" ? { pull_request: { number: 7, base: { sha: base, ref: "main" }, head: { sha: proposed } } } : {}),
      ...(event === "merge_group" ? { merge_group: { base_sha: base, head_sha: git(clone, "rev-parse", "HEAD") } } : {}),
      ...(event === "push" ? { before: options.before ?? base } : {}),
    };
    const path = (name: string): string => join(work, name);
    writeFileSync(path("event.json"), JSON.stringify(payload));
    writeFileSync(path("summary.md"), "");
    const ran = await repo.hire(["ci", "--comment", path("comment.json"), ...args], {
      cwd: clone,
      env: {
        CI: "true",
        GITHUB_ACTIONS: "true",
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: path("event.json"),
        GITHUB_STEP_SUMMARY: path("summary.md"),
        GITHUB_REF:
          event === "pull_request"
            ? "refs/pull/7/merge"
            : event === "push"
              ? `refs/heads/${head}`
              : "refs/heads/gh-readonly-queue/main/pr-7",
        ...(event === "pull_request" ? { GITHUB_BASE_REF: "main" } : {}),
        ...env,
      },
    });
    const read = (name: string): string => {
      try {
        return readFileSync(path(name), "utf8");
      } catch {
        return "";
      }
    };
    return { ...ran, summary: read("summary.md"), comment: read("comment.json") };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Everything a run showed, with what differs from run to run made the same. */
export function transcript({ code, stdout, stderr, comment }: PullRan): string {
  const body = comment === "" ? "(none)" : (JSON.parse(comment) as { readonly body: string }).body;
  const ids = new Map<string, string>();
  const same = (text: string): string =>
    text
      .replaceAll(/hire-[0-9a-z]{24}/gu, "hire-TOKEN")
      .replaceAll(/\b[0-9a-f]{40}\b|\b[0-9a-f]{7}\b(?!-)/gu, (id) => {
        const short = id.slice(0, 7);
        if (!ids.has(short)) ids.set(short, `COMMIT-${ids.size + 1}`);
        return ids.get(short) ?? "";
      })
      .replaceAll(/· \d+ ms/gu, "· N ms")
      .replaceAll(/\d+ rules on/gu, "N rules on")
      .replaceAll(/Wrote \S+comment\.json \(\d+/gu, "Wrote comment.json (N");
  return same(`exit ${code}\n\n--- stdout\n${stdout}\n--- stderr\n${stderr}\n--- comment\n${body}`);
}
