import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterEach, describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, rated, TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const folder = "roles/backend/candidates/amber-otter";

async function withCandidate(): Promise<void> {
  repo = await agreedRepo();
  await repo.ok(
    "candidate",
    "add",
    "backend",
    "--id",
    "amber-otter",
    "--name",
    "Kim  Lee",
    "--source",
    "referral",
    "--ats",
    "greenhouse:5521",
  );
  await repo.ok("log", "backend", "amber-otter", "presented");
}

/** Everything git has, in one text. */
function everythingInGit(): string {
  const ids = repo
    .git("rev-list", "--all", "--objects")
    .trim()
    .split("\n")
    .map((line) => line.slice(0, 40));
  return ids.map((id) => repo.git("cat-file", "-p", id)).join("\n");
}

describe("who candidates are", () => {
  test("is shown on this machine, and stands in no commit, no JSON and nothing that others read", async () => {
    await withCandidate();
    expect(await repo.ok("candidate", "list", "backend")).toContain("Kim Lee");
    expect(await repo.ok("candidate", "show", "backend", "amber-otter")).toContain("Kim Lee (known on this machine alone)");
    expect(await repo.ok("names", "list")).toBe("backend/amber-otter  Kim Lee\n");
    expect(statSync(repo.path(".git/hire/names.json")).mode & 0o777).toBe(0o600);
    expect(statSync(repo.path(".git/hire")).mode & 0o777).toBe(0o700);
    expect(everythingInGit()).not.toMatch(/Kim|Lee/u);
    for (const args of [
      ["candidate", "list", "backend", "--json"],
      ["candidate", "show", "backend", "amber-otter", "--json"],
      ["report", "--format", "markdown"],
      ["report", "--format", "html"],
      ["report", "--full"],
      ["rank", "backend"],
      ["due"],
      ["tell", "backend", "--digest"],
    ])
      expect((await repo.hire(args)).stdout, args.join(" ")).not.toMatch(/Kim|Lee/u);
    expect((await repo.hire(["names", "list", "--json"])).code).toBe(2);
  });

  test("is handed to colleagues encrypted to their keys, to nobody without one, and never to others", async () => {
    await withCandidate();
    const [colleague, stranger] = [await generateX25519Identity(), await generateX25519Identity()];
    expect((await repo.hire(["names", "export"])).stderr).toContain("for whose eyes?");
    expect((await repo.hire(["names", "export", "--to", "age1nonsense"])).stderr).toContain("'age1nonsense' is no age recipient");
    const text = await repo.ok("names", "export", "--to", await identityToRecipient(colleague));
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/u);
    expect(text).not.toMatch(/Kim|otter/u);
    using other = new TestRepo(repo);
    await other.ok("names", "remove", "amber-otter");
    expect(existsSync(other.path(".git/hire/names.json"))).toBe(false);
    const key = (name: string, identity: string): string => {
      writeFileSync(other.path(`.git/${name}`), `# created: today\n${identity}\n`);
      return other.path(`.git/${name}`);
    };
    const wrong = await other.hire(["names", "import", "-", "--identity", key("stranger", stranger)], { stdin: text });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("encrypted for other keys than yours")]);
    expect((await other.hire(["names", "import", "-", "--identity", key("colleague", colleague)], { stdin: text })).stderr).toContain(
      "1 taken up",
    );
    expect(await other.ok("names", "list")).toBe("backend/amber-otter  Kim Lee\n");
    // Another name here stays, unless it is told to go.
    await other.ok("names", "set", "backend", "amber-otter", "Kim Leigh");
    expect((await other.hire(["names", "import", "-", "--identity", key("colleague", colleague)], { stdin: text })).stderr).toContain(
      "another name stands here already",
    );
    await other.hire(["names", "import", "-", "--identity", key("colleague", colleague), "--replace"], { stdin: text });
    expect(await other.ok("names", "list")).toContain("Kim Lee\n");
    for (const broken of ["", text.slice(0, 120), text.replace(/[A-Za-z]{4}(?=[^-]*-----END)/u, "AAAA")])
      expect((await other.hire(["names", "import", "-", "--identity", key("colleague", colleague)], { stdin: broken })).code).toBe(2);
    expect((await other.hire(["names", "import", "-", "--identity", key("none", "nonsense")], { stdin: text })).stderr).not.toContain(
      "nonsense",
    );
  });
});

describe("what a candidate asks for", () => {
  test("everything about them in one file, for eyes that may see it", async () => {
    await withCandidate();
    await repo.ok("candidate", "add", "backend", "--id", "brisk-heron");
    await repo.ok("log", "backend", "amber-otter", "interviewed", "--stage", "team");
    const score = [
      "score",
      "backend",
      "amber-otter",
      "--stage",
      "team",
      ...rated({ mentoring: [4, "Two juniors carried the queue <script>, more than Brisk Heron did"] }),
    ];
    await repo.ok(...score, "--recommendation", "hire");
    const hidden = await repo.hire(["candidate", "show", "backend", "amber-otter", "--export", "-", "--as", "bo"]);
    expect([hidden.code, hidden.stdout, hidden.stderr]).toEqual([2, "", expect.stringContaining("hidden from you")]);
    const text = await repo.ok("candidate", "show", "backend", "amber-otter", "--export", "-", "--as", "riku");
    for (const part of [
      "# What we hold about Kim Lee",
      "greenhouse:5521",
      "presented, by dana",
      "Bringing others along: 4",
      "Two juniors carried the queue",
      `- ${folder}/evaluations/team--dana.yaml`.replaceAll("-", "-"),
      "commits of the repository's history",
    ])
      expect(text.replaceAll("\\", "")).toContain(part);
    expect(text).not.toMatch(/<script>|brisk|heron/iu);
    await repo.ok("candidate", "show", "backend", "amber-otter", "--export", "about.md", "--as", "riku");
    expect(statSync(repo.path("about.md")).mode & 0o077).toBe(0);
  });
});

describe("forgetting", () => {
  test("takes files, name and drafts, commits it, and says honestly what remains", async () => {
    await withCandidate();
    await repo.ok("log", "backend", "amber-otter", "concern", "--note", "Another offer");
    await repo.ok("candidate", "add", "backend", "--id", "brisk-heron");
    await repo.ok("check");
    writeFileSync(repo.path(".git/hire/seen-dana.json"), "{}");
    const asked = await repo.hire(["forget", "backend", "amber-otter"]);
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining("erase everything about amber-otter?\n      --yes")]);
    const said = await repo.ok("forget", "backend", "amber-otter", "--yes");
    expect(said).toContain("2 files about them in this work tree");
    expect(said).toContain("their name, on this machine");
    expect(said.replaceAll(/\s+/gu, " ")).toContain(
      "4 commits of this clone's history hold what was written, and every clone and fork of it",
    );
    expect(said.replaceAll(/\s+/gu, " ")).toContain("the applicant system: greenhouse:5521");
    expect(said.replaceAll(/\s+/gu, " ")).toContain(`git filter-repo --invert-paths --path ${folder}/`);
    expect([existsSync(repo.path(folder)), existsSync(repo.path(".git/hire/names.json"))]).toEqual([false, false]);
    expect(readdirSync(repo.path(".git/hire")).filter((name) => /^check-|^seen-|^pending-/u.test(name))).toEqual([]);
    expect([repo.git("log", "-1", "--format=%s").trim(), repo.git("status", "--porcelain")]).toEqual([
      "Erase a candidate for Senior Backend Engineer",
      "",
    ]);
    // Nobody is reproached for an erasure.
    expect((await repo.hire(["check", "--base", "HEAD~1"])).code).toBe(0);
  });

  test("is refused under a legal hold and before the floor, and asks on a terminal", async () => {
    await withCandidate();
    repo.edit("hire.yaml", "version: 1\n", "version: 1\nretention: { reject: 6 months, hire: 24 months, floor: 3 months }\n");
    repo.commit("Retention");
    await repo.ok("decide", "backend", "amber-otter", "reject", "--reason", "mentoring=Has not carried anyone yet", "--as", "dana");
    const early = await repo.hire(["forget", "backend", "amber-otter", "--yes"]);
    expect([early.code, early.stderr]).toEqual([
      2,
      expect.stringContaining("are to be kept until 2027-02-03 (retention.floor in hire.yaml)"),
    ]);
    const due = outputOf<{ candidates: { state: string; until: string }[] }>(await repo.ok("forget", "--due", "--json"));
    expect(due.candidates).toMatchObject([{ state: "kept", until: "2027-05-03" }]);
    repo.later(182);
    expect(await repo.ok("forget", "--due")).toMatch(
      /One candidate's time is up\n {2}amber-otter {2}no, 3 Nov 2026 +since 2027-05-03: hire forget backend\n +amber-otter/u,
    );
    repo.edit(`${folder}/candidate.yaml`, "version: 1\n", "version: 1\nlegal_hold: A claim is open\n");
    repo.commit("Hold");
    const held = await repo.hire(["forget", "backend", "amber-otter", "--yes", "--early"]);
    expect([held.code, held.stderr]).toEqual([2, expect.stringContaining("amber-otter is under a legal hold: A claim is open")]);
    expect(await repo.ok("forget", "--due")).toContain("legal hold: A claim is open");
    repo.edit(`${folder}/candidate.yaml`, "legal_hold: A claim is open\n", "");
    repo.commit("No hold");
    const no = await repo.hire(["forget", "backend", "amber-otter"], { prompts: scriptedPrompts([false]) });
    expect([no.code, existsSync(repo.path(folder))]).toEqual([2, true]);
    const yes = await repo.hire(["forget", "backend", "amber-otter", "--json"], { prompts: scriptedPrompts([true]) });
    expect(outputOf(yes.stdout)).toMatchObject({
      candidate: "amber-otter",
      name: true,
      files: expect.arrayContaining([`${folder}/decision.yaml`]) as unknown,
    });
  });

  test("without a word on retention, it says where one is written", async () => {
    await withCandidate();
    expect(await repo.ok("forget", "--due")).toContain("hire.yaml says nothing of how long candidates' files are kept");
  });
});

describe("the guard", () => {
  test("finds the names this machine knows, in files, their names, and messages; quotes none; and looks again when a name is added", async () => {
    await withCandidate();
    expect((await repo.hire(["check"])).code).toBe(0);
    await repo.ok(
      "tell",
      "backend",
      "--kind",
      "process",
      "--summary",
      "News",
      "--reason",
      "Kim Lee is away until Friday, so we wait for her answer.",
      "--for",
      "riku",
    );
    const found = async (...args: string[]): Promise<readonly string[]> => {
      const { stdout } = await repo.hire(["check", "--json", ...args]);
      const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string; readonly message: string }[] };
      for (const { message } of findings) expect(message).not.toMatch(/kim|lee\b/iu);
      return findings.filter(({ rule }) => rule === "candidate/personal-data").map(({ message }) => message);
    };
    expect(await found()).toEqual(["holds the name of a candidate"]);
    await repo.ok("names", "remove", "amber-otter");
    expect(await found()).toEqual([]);
    await repo.ok("names", "set", "backend", "amber-otter", "Lée, Kim");
    expect(await found()).toEqual(["holds the name of a candidate"]);
    repo.write("roles/backend/candidates/amber-otter/cv-kim_lee.txt", "x\n");
    repo.commit("Add the CV of kim lee");
    expect(
      (await found("--base", "HEAD~1")).map((message) => message.replaceAll(/[0-9a-f]{7}/gu, "ID")).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual([
      "a file that commit ID brought has the name of a candidate in its name",
      "holds the name of a candidate",
      "the message of commit ID holds the name of a candidate",
    ]);
    repo.edit(`${folder}/events.yaml`, "by: dana }", 'by: dana, note: "call +358 40 123 4567" }');
    repo.commit("Note\n\nHer number is +358 40 123 4567.\n\nCo-authored-by: Riku <riku@northwind.example>");
    expect(await found("--base", "HEAD~1")).toContainEqual(expect.stringMatching(/the message of commit \w{7} holds a phone number/u));
  });
});
