import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { nodeGit } from "../../src/adapters/git.ts";
import { outputOf } from "../support/outputs.ts";
import { agreedRepo, rated, type TestRepo } from "../support/repo.ts";

/** Each of these went wrong once. */
let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const reason = "Bo leaves the rotation in January, so the new hire is alone on call.";
const rubric = "roles/backend/rubric.yaml";

describe("nothing is written that could not be read again", () => {
  test.each<readonly string[]>([
    ["rubric", "--set", "criteria.candour.name=a\u001b[31m"],
    ["candidate", "add", "--source", "ref\u202eerral"],
    ["intake", "backend", "--set", "why=a\u0007b"],
    ["rubric", "--retire", "candour", "--reason", "gone\u001b"],
    ["rubric", "--set", `criteria.candour.means=${"long ".repeat(70_000)}`],
  ])("%j", async (...args) => {
    repo = await agreedRepo();
    const head = repo.git("rev-parse", "HEAD");
    const { code, stderr } = await repo.hire(args);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/[\u0007\u001b\u202e]/u);
    expect(repo.git("status", "--porcelain") + repo.git("rev-parse", "HEAD")).toBe(head);
  });
});

describe("--set takes text letter for letter", () => {
  test.each([
    ["Needs C # or Java, not both", "Needs C # or Java, not both"],
    ["- a hyphen first", "- a hyphen first"],
    ["yes: and no", "yes: and no"],
    ["2026-11-02", "2026-11-02"],
    ["*bold*", "*bold*"],
  ])("%s", async (value, expected) => {
    repo = await agreedRepo();
    await repo.ok("intake", "backend", "--set", `before=${value}`);
    expect(outputOf<{ intake: { before: string } }>(await repo.ok("intake", "backend", "--json")).intake.before).toBe(expected);
  });
});

describe("reading what is in the tree", () => {
  test("a linked roles folder, and folders named like files, are findings", async () => {
    repo = await agreedRepo();
    renameSync(repo.path("roles"), repo.path("elsewhere"));
    symlinkSync("elsewhere", repo.path("roles"));
    mkdirSync(repo.path("markets/empty.yaml"));
    const { code, stdout } = await repo.hire(["check"]);
    expect(code).toBe(1);
    expect(stdout).toContain("roles:1:1  error  layout/place");
    expect(stdout).toContain("markets/empty.yaml:1:1  error  layout/place");
    // What the link leads to is not read.
    repo.write("elsewhere/creds/rubric.yaml", "password: cobalt-7319\n");
    repo.write("elsewhere/creds/keys/notes.txt", "cobalt-7320\n");
    for (const args of [[], ["--json"], ["--fix-dry-run"], ["--format", "sarif"]]) {
      const ran = await repo.hire(["check", ...args]);
      expect(ran.stdout).not.toMatch(/cobalt|roles\/creds/u);
    }
  });
  test.skipIf(process.platform !== "linux")("a file name that is not UTF-8 is named", async () => {
    repo = await agreedRepo();
    writeFileSync(Buffer.concat([Buffer.from(`${repo.path("markets")}/m`), Buffer.from([0xff]), Buffer.from(".yaml")]), "x");
    expect((await repo.hire(["check"])).stdout).toContain("layout/id");
  });
  test("a very long line is framed, not searched", async () => {
    repo = await agreedRepo();
    repo.write("markets/long.yaml", `a: ${"-".repeat(250_000)}\n`);
    expect((await repo.hire(["check"])).code).toBe(1);
  });
  test("tens of thousands of bad rows", async () => {
    repo = await agreedRepo();
    repo.write("markets/rows.yaml", `version: 1\nid: rows\nsource: s\nas_of: "2026-01-01"\nfunnel:\n${"- {a: 1}\n".repeat(28_000)}`);
    expect(outputOf<{ findings: unknown[] }>((await repo.hire(["check", "--json"])).stdout).findings).toHaveLength(101);
  });
  test("what an interviewer may not see yet is in no frame", async () => {
    repo = await agreedRepo();
    await repo.ok("candidate", "add", "--id", "amber-otter");
    await repo.ok(
      "score",
      "amber-otter",
      "--as",
      "bo",
      "--stage",
      "design",
      ...rated({ "failure-design": [5, "Took a ledger through it"], candour: [2, "Guessed at two numbers"] }),
    );
    repo.edit("roles/backend/candidates/amber-otter/evaluations/design--bo.yaml", "rating: 5", "rating: 77");
    const { stdout } = await repo.hire(["check", "--as", "ana"]);
    expect(stdout).toContain("evaluation/off-scale");
    expect(stdout).not.toMatch(/rating: |Guessed|77/u);
  });
});

describe("git is asked, and runs nothing", () => {
  test("a signed commit is not verified, and a partial clone fetches nothing", async () => {
    repo = await agreedRepo();
    const marker = repo.path(".git/marker");
    const script = repo.path(".git/run-me");
    writeFileSync(script, `#!/bin/sh\necho ran >> "${marker}"\n`);
    chmodSync(script, 0o755);
    await repo.ok("rubric", "--set", "decision.bar=4");
    const signed = repo
      .git("cat-file", "commit", "HEAD")
      .replace("\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n\n");
    repo.write(".git/signed", signed);
    repo.git("update-ref", "HEAD", repo.git("hash-object", "-t", "commit", "-w", ".git/signed").trim());
    const old = repo.git("rev-parse", "HEAD~1:roles/backend/rubric.yaml").trim();
    for (const [key, value] of Object.entries({
      "log.showSignature": "true",
      "gpg.program": script,
      "core.repositoryformatversion": "1",
      "extensions.partialClone": "origin",
      "remote.origin.promisor": "true",
      "remote.origin.url": `ext::${script}`,
      "remote.origin.uploadpack": script,
      "protocol.ext.allow": "always",
    }))
      repo.git("config", key, value);
    expect((await repo.hire(["report", "--as", "riku"])).code).toBe(0);
    rmSync(repo.path(join(".git/objects", old.slice(0, 2), old.slice(2))));
    expect((await repo.hire(["diff", "HEAD~1", "HEAD"])).code).toBe(3);
    const { code, stderr } = await repo.hire(["check"]);
    expect([code, stderr]).toEqual([3, expect.stringContaining("the history of roles/backend/rubric.yaml cannot be read: object ")]);
    expect(existsSync(marker)).toBe(false);
  });
  test("who is acting stands in the environment, else in git's configuration", async () => {
    repo = await agreedRepo();
    repo.git("config", "user.name", "Riku Aho");
    repo.git("config", "user.email", "riku@northwind.example");
    const { GIT_AUTHOR_NAME: _name, GIT_AUTHOR_EMAIL: _email, ...bare } = repo.env;
    const identity = async (more: Readonly<Record<string, string>>) => nodeGit({ ...bare, ...more }).identity(repo.root);
    expect(await identity({})).toEqual({ name: "Riku Aho", email: "riku@northwind.example" });
    const dana = { GIT_AUTHOR_EMAIL: "dana@northwind.example" };
    expect(await identity(dana)).toEqual({ name: "Riku Aho", email: "dana@northwind.example" });
    expect(await identity({ ...dana, GIT_AUTHOR_NAME: "Dana" })).toEqual({ name: "Dana", email: "dana@northwind.example" });
  });

  test("objects are read before, while and after an idle process is let go", async () => {
    repo = await agreedRepo();
    const git = await nodeGit(repo.env).open(repo.root);
    const head = repo.git("rev-parse", "HEAD").trim();
    for (let idle = 40; idle < 70; idle += 2) {
      expect(await git?.head()).toBe(head);
      await new Promise((resolve) => setTimeout(resolve, idle));
    }
  });
  test("a title of several lines stays one line, in text and in the commit", async () => {
    repo = await agreedRepo();
    repo.edit("roles/backend/intake.yaml", "title: Senior Backend Engineer", 'title: "Eng\\n\\nSigned-off-by: Dana\\n✔ FORGED"');
    await repo.ok("candidate", "add", "--id", "amber-otter");
    expect(repo.git("log", "-1", "--format=%B").trim()).toBe("Add amber-otter to Eng Signed-off-by: Dana ✔ FORGED\n\nHire-Role: backend");
    for (const args of [["report"], ["rank"], ["candidate", "list"], ["candidate", "show", "amber-otter"], ["diff"]])
      expect((await repo.hire(args)).stdout).not.toMatch(/^✔ FORGED/mu);
  });
  test("a file keeps its mode", async () => {
    repo = await agreedRepo();
    chmodSync(repo.path(rubric), 0o664);
    await repo.ok("rubric", "--set", "decision.bar=4");
    expect(statSync(repo.path(rubric)).mode & 0o777).toBe(0o664);
  });
});

describe("what explains, and what does not", () => {
  const write = (by: string, text = reason): void => {
    const [change] = outputOf<{ roles: { changes: { fingerprint: string }[] }[] }>(JSON.stringify(current)).roles[0]?.changes ?? [];
    repo.write(
      "roles/backend/updates/2026-11-03-x-x-0000.yaml",
      `version: 1\nkind: criteria\nby: ${by}\nat: "2026-11-03T12:00:00+02:00"\nsummary: S\nreason: ${JSON.stringify(text)}\nexplains: [{ what: W, change: "${change?.fingerprint ?? ""}" }]\n`,
    );
  };
  let current: unknown;
  const change = async (weight: number): Promise<void> => {
    repo = await agreedRepo();
    repo.edit(rubric, "weight: 3", `weight: ${weight}`);
    current = JSON.parse((await repo.hire(["diff", "--json"])).stdout);
  };
  const unexplained = async (): Promise<boolean> => (await repo.hire(["diff", "--fail-on", "unexplained"])).code === 1;

  test("reasons in any script, and those that begin like a placeholder", async () => {
    await change(6);
    for (const text of [
      "Nadia leaves the rotation in January, so nobody is left.",
      "Todor leaves, so the new hire is alone on call then.",
      "Нового человека придётся учить с нуля, поэтому важнее надёжность.",
      "一月にボーが当番を外れるため、新しい人は一人で対応することになります。",
    ]) {
      write("dana", text);
      expect(await unexplained(), text).toBe(false);
    }
    for (const text of ["aaaa bbbb cccc dddd eeee", "TODO: write down why this changed", "because"]) {
      write("dana", text);
      expect(await unexplained(), text).toBe(true);
    }
  });
  test("only those who take part in the search explain", async () => {
    await change(6);
    write("cy");
    expect(await unexplained()).toBe(true);
    write("bo");
    expect(await unexplained()).toBe(false);
  });
  test("an old explanation that is moved explains nothing new", async () => {
    await change(6);
    write("dana");
    repo.commit("Move");
    repo.edit(rubric, "weight: 6", "weight: 3");
    repo.commit("And back");
    repo.edit(rubric, "weight: 3", "weight: 6");
    renameSync(repo.path("roles/backend/updates/2026-11-03-x-x-0000.yaml"), repo.path("roles/backend/updates/2026-11-03-x-y-0000.yaml"));
    expect(await unexplained()).toBe(true);
  });
  test("limits come from the base, never from the change itself", async () => {
    await change(6);
    repo.write("hire.yaml", `${repo.read("hire.yaml")}change: { reweight: 1 }\n`);
    expect(await unexplained()).toBe(true);
  });
});

test("JSON is never wrapped, however long its texts", async () => {
  repo = await agreedRepo();
  const means = "Says in an incident what is not known yet, to whoever needs to know it, before anyone asks, and what would settle it.";
  await repo.ok("rubric", "--set", `criteria.candour.means=${means}`);
  const { rubric: data } = outputOf<{ rubric: { criteria: { id: string; means: string }[] } }>(await repo.ok("rubric", "--json"));
  expect(data.criteria.find(({ id }) => id === "candour")?.means).toBe(means);
  const { candidate } = outputOf<{ candidate: string }>(await repo.ok("candidate", "add", "--id", "amber-otter", "--json"));
  expect(candidate).toBe("amber-otter");
  expect(
    outputOf<{ due: string[] }>(await repo.ok("weigh", "--points", "failure-design=60", "--points", "mentoring=40", "--json")).due,
  ).toEqual(["riku"]);
});

test("nobody signs what the other side could not read", async () => {
  repo = await agreedRepo();
  repo.edit(rubric, "bar: 3.5", "bar: 4");
  const { code, stderr } = await repo.hire(["agree", "--as", "dana"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("git add roles/backend/rubric.yaml && git commit")]);
});

test("whoever met a candidate owes a scorecard before they see another's", async () => {
  repo = await agreedRepo();
  repo.edit(rubric, /stages:\n.*\n.*\n/u, "");
  repo.edit("roles/backend/intake.yaml", ", panel: [ana, bo]", "");
  repo.commit("No stages");
  await repo.ok("candidate", "add", "--id", "amber-otter");
  await repo.ok("log", "amber-otter", "interviewed", "--as", "bo");
  await repo.ok(
    "score",
    "amber-otter",
    "--as",
    "ana",
    ...["failure-design", "mentoring", "candour"].flatMap((id) => ["--rate", `${id}=4`, "--evidence", `${id}=What ana heard about ${id}`]),
  );
  expect(await repo.ok("rank", "--as", "bo")).toContain("hidden until bo handed in");
  expect(await repo.ok("report", "--as", "dana")).not.toContain("every scorecard is in");
});
