import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sealDigest } from "../../src/core/seal.ts";
import { asCommitter } from "../../src/node-context.ts";
import type { Prompts } from "../../src/ports.ts";
import { twoClones } from "../support/clones.ts";
import { outputOf } from "../support/outputs.ts";
import { scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, fixture, onceMade, type Ran, rated, TestRepo } from "../support/repo.ts";

const folder = "roles/backend/candidates/amber-otter/evaluations";
const holders = ["riku", "cy", "eva", "mallory"] as const;
type Holder = (typeof holders)[number];
const keys = new Map<Holder, { readonly identity: string; readonly key: string }>();

beforeAll(async () => {
  for (const name of holders) {
    const identity = await generateX25519Identity();
    keys.set(name, { identity, key: await identityToRecipient(identity) });
  }
});

const sealLines = (...names: readonly Holder[]): string =>
  `seal:\n${names.map((name) => `  - { person: ${name === "eva" ? "cy" : name}, key: ${keys.get(name)?.key ?? ""} }\n`).join("")}`;

/** A candidate whom ana and bo (design) and dana (team) are to score, in a repository that seals to riku and cy. */
const sealing = onceMade(async () => {
  const made = new TestRepo(await agreedRepo());
  made.edit("hire.yaml", "name: Cy Ward, active: false", "name: Cy Ward");
  made.write("hire.yaml", `${made.read("hire.yaml")}expectations: { debrief: 2 business days }\n${sealLines("riku", "cy")}`);
  made.edit("roles/backend/rubric.yaml", "assesses: [failure-design, candour]", "assesses: [failure-design]");
  made.edit("roles/backend/rubric.yaml", "interviewers: [dana, bo]", "interviewers: [dana]");
  made.commit("Seal what is handed in");
  await made.ok("candidate", "add", "backend", "--id", "amber-otter");
  await made.ok("log", "backend", "amber-otter", "presented");
  await made.ok("log", "backend", "amber-otter", "profile-accepted");
  return made;
});

let repo: TestRepo;
beforeEach(async () => {
  repo = await sealing();
});
afterEach(() => repo[Symbol.dispose]());

/** Runs as a person whose commits are theirs. */
async function by(person: string, args: readonly string[], prompts?: Prompts, at: TestRepo = repo): Promise<Ran> {
  const env = asCommitter({}, person, `${person}@northwind.example`, at.now()) as Record<string, string>;
  return at.hire([...args, "--as", person], { env, ...(prompts === undefined ? {} : { prompts }) });
}

async function done(person: string, ...args: readonly string[]): Promise<Ran> {
  const ran = await by(person, args);
  expect([ran.code, ran.stderr], args.join(" ")).toEqual([0, expect.any(String)]);
  return ran;
}

const design = (rating: number): readonly string[] => rated({ "failure-design": [rating, "Named the split brain before I asked"] });
const score = (person: string, rating: number, ...more: readonly string[]): Promise<Ran> =>
  done(person, "score", "backend", "amber-otter", "--stage", "design", ...design(rating), "--recommendation", "strong-no-hire", ...more);
/** 100 points, of which so many for payments. */
const weights = (payments: number): readonly string[] => [
  "--points",
  `failure-design=${60 - payments}`,
  "--points",
  "mentoring=40",
  "--points",
  `payments=${payments}`,
];
const scoreTeam = (): Promise<Ran> =>
  done("dana", "score", "backend", "amber-otter", "--stage", "team", ...rated({ mentoring: [3, "Two juniors grew beside her"] }));

/** A key file, outside of what is tracked. */
function keyFile(name: Holder, at: TestRepo = repo): string {
  const path = at.path(`.git/${name}.key`);
  writeFileSync(path, `# created: today\n${keys.get(name)?.identity ?? ""}\n`);
  return path;
}

const unseal = (person: string, key: Holder, ...more: readonly string[]): Promise<Ran> =>
  by(person, ["unseal", "backend", ...more, "--identity", keyFile(key)]);

function everythingInGit(): string {
  const ids = repo.git("rev-list", "--all", "--objects").trim().split("\n");
  return ids.map((line) => repo.git("cat-file", "-p", line.slice(0, 40))).join("\n");
}

async function findings(...args: readonly string[]): Promise<readonly string[]> {
  const { findings: found } = outputOf<{ readonly findings: readonly { readonly rule: string; readonly message: string }[] }>(
    (await repo.hire(["check", ...args, "--json"])).stdout,
  );
  return found
    .filter(({ rule }) => /^seal|author|priorities|evaluation.edited/u.test(rule))
    .map(({ rule, message }) => `${rule} ${message}`);
}

describe("sealed scorecards", () => {
  test("say that they are in and nothing else, to nobody, before all are", async () => {
    const { stdout } = await score("ana", 4);
    expect(stdout.replaceAll(/\s+/gu, " ")).toContain("is in, sealed. riku or cy can open it once all are in");
    expect(everythingInGit()).not.toMatch(/split brain|strong-no-hire|rating: 4/u);
    expect(existsSync(repo.path(`${folder}/design--ana.yaml`))).toBe(false);
    await score("bo", 2);
    for (const args of [
      ["debrief", "backend", "amber-otter"],
      ["rank", "backend"],
      ["candidate", "show", "backend", "amber-otter"],
      ["report"],
    ])
      for (const person of ["ana", "dana", "riku"]) {
        const { stdout: shown } = await by(person, args);
        expect(shown, args.join(" ")).not.toMatch(/split brain|strong.no.hire|mean 3/u);
      }
    expect((await by("dana", ["debrief", "backend", "amber-otter"])).stdout).toBe(
      "amber-otter for Senior Backend Engineer: debrief\nNot in yet: dana (Team interview)\nIn and sealed: ana and bo. They are opened together, once all are in.\n",
    );
    const early = await unseal("riku", "riku", "amber-otter");
    expect([early.code, early.stderr]).toEqual([2, expect.stringContaining("amber-otter: dana still out")]);
    const refused = await by("dana", ["decide", "backend", "amber-otter", "reject", "--reason", "other=No"]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("scorecards of amber-otter are sealed")]);
    expect((await repo.hire(["candidate", "show", "backend", "amber-otter", "--export", "-"])).stderr).toContain("are sealed");
  });

  test("lengths tell nothing: what is sealed comes in blocks", async () => {
    await score("ana", 4);
    await score("bo", 2, "--key-reason", "Did not once ask what the client had seen, in an hour of talk about an outage");
    const sizes = ["ana", "bo"].map((person) => statSync(repo.path(`${folder}/design--${person}.sealed.yaml`)).size);
    expect(Math.abs((sizes[0] ?? 0) - (sizes[1] ?? 0))).toBeLessThan(10);
  });

  test("are opened together, exactly as they were handed in, and a check can tell", async () => {
    const base = repo.git("rev-parse", "HEAD").trim();
    await score("ana", 4);
    await score("bo", 2);
    await scoreTeam();
    expect((await by("riku", ["report", "backend"])).stdout).toContain("open the sealed scorecards of amber-otter");
    expect((await by("riku", ["due"])).stdout).toMatch(/dana +amber-otter: debrief and decide/u);
    expect((await unseal("riku", "mallory", "amber-otter")).stderr).toContain("encrypted for other keys than yours");
    expect((await by("riku", ["unseal", "backend"])).stderr).toContain("with which key?");
    const head = repo.git("rev-parse", "HEAD").trim();
    const opened = await by("riku", ["unseal", "backend"], scriptedPrompts([keyFile("riku")]));
    expect([opened.code, opened.stdout]).toEqual([0, "amber-otter: 3 scorecards open: hire debrief backend amber-otter\n"]);
    expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Unseal amber-otter for Senior Backend Engineer");
    expect(repo.git("show", "--name-status", "--format=", "--no-renames", "HEAD").trim().split("\n").toSorted()).toEqual([
      `A\t${folder}/design--ana.yaml`,
      `A\t${folder}/design--bo.yaml`,
      `A\t${folder}/team--dana.yaml`,
      `D\t${folder}/design--ana.sealed.yaml`,
      `D\t${folder}/design--bo.sealed.yaml`,
      `D\t${folder}/team--dana.sealed.yaml`,
    ]);
    expect(repo.read(`${folder}/design--ana.yaml`)).toContain("rating: 4");
    expect((await by("dana", ["debrief", "backend", "amber-otter"])).stdout).toContain("strong no hire");
    expect(await findings("--base", base)).toEqual([]);
    expect(await findings("--base", head)).toEqual([]);
    expect((await unseal("riku", "riku")).stderr).toContain("nothing is sealed of backend");
  });

  test("what the opener changes on the way is found, from a base before they were handed in and from one after", async () => {
    const base = repo.git("rev-parse", "HEAD").trim();
    await score("ana", 4);
    const sealed = repo.git("rev-parse", "HEAD").trim();
    await unseal("riku", "riku", "amber-otter", "--without", "bo", "--without", "dana");
    repo.edit(`${folder}/design--ana.yaml`, "rating: 4", "rating: 2");
    repo.git("commit", "--all", "--amend", "--no-edit");
    for (const from of [base, sealed])
      expect(await findings("--base", from), from).toContain("seal/opened is not what ana handed in sealed");
    expect((await findings("--base", base)).some((line) => line.startsWith("seal/missing"))).toBe(true);
  });

  test("are changed by whoever gave them, with their own words at hand, and by nobody else", async () => {
    const base = repo.git("rev-parse", "HEAD").trim();
    await score("ana", 4);
    const first = repo.read(`${folder}/design--ana.sealed.yaml`);
    const copies = (): readonly string[] =>
      existsSync(repo.path(`.git/hire/sealed/${folder}`))
        ? readdirSync(repo.path(`.git/hire/sealed/${folder}`), { recursive: true, encoding: "utf8" }).filter((name) => name.includes("/"))
        : [];
    const [copy = ""] = copies();
    expect(statSync(repo.path(`.git/hire/sealed/${folder}/${copy}`)).mode & 0o777).toBe(0o600);
    const other = await by("bo", ["score", "backend", "amber-otter", "--interviewer", "ana", "--stage", "design", "--amend", ...design(1)]);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("ana's scorecard is in, and sealed")]);
    await done("ana", "score", "backend", "amber-otter", "--stage", "design", "--amend", "--rate", "failure-design=3");
    expect(repo.read(`${folder}/design--ana.sealed.yaml`)).not.toBe(first);
    // On another machine there is no copy: what is left out is asked for.
    using elsewhere = new TestRepo(repo);
    rmSync(elsewhere.path(".git/hire/sealed"), { recursive: true });
    const again = await by(
      "ana",
      ["score", "backend", "amber-otter", "--stage", "design", "--amend", "--rate", "failure-design=1"],
      undefined,
      elsewhere,
    );
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("not kept on this machine: say all of it again")]);
    await score("bo", 2);
    await scoreTeam();
    await unseal("riku", "cy");
    expect(repo.read(`${folder}/design--ana.yaml`)).toMatch(/rating: 3, evidence: Named the split brain/u);
    expect(repo.read(`${folder}/design--ana.yaml`)).not.toContain("amendments");
    expect(copies()).toEqual([]);
    expect(await findings("--base", base)).toEqual([]);
  });

  test("replaced by someone else, or taken away unopened, are found", async () => {
    await score("ana", 4);
    const base = repo.git("rev-parse", "HEAD").trim();
    const mine = repo.read(`${folder}/design--ana.sealed.yaml`);
    repo.write(
      `${folder}/design--ana.sealed.yaml`,
      mine.replace(/^digest: ./mu, (start) => `${start.slice(0, -1)}${start.endsWith("0") ? "1" : "0"}`),
    );
    repo.commit("Replace it");
    expect((await findings("--base", base))[0]).toMatch(/^seal\/opened what ana sealed was replaced by someone else/u);
    repo.git("reset", "--hard", base);
    repo.git("rm", "--quiet", `${folder}/design--ana.sealed.yaml`);
    repo.commit("Take it away");
    expect((await findings("--base", base))[0]).toMatch(
      /^seal\/opened .*design--ana.sealed.yaml was taken away by someone else, unopened/u,
    );
  });

  test("what does not open as its digest says is not opened", async () => {
    await score("ana", 4);
    await score("bo", 2);
    await scoreTeam();
    const [ana, bo] = ["ana", "bo"].map((person) => repo.read(`${folder}/design--${person}.sealed.yaml`));
    const armour = /-----BEGIN[\s\S]*$/u;
    repo.write(`${folder}/design--ana.sealed.yaml`, (ana ?? "").replace(armour, armour.exec(bo ?? "")?.[0] ?? ""));
    repo.commit("Another one's words under ana's name");
    const refused = await unseal("riku", "riku");
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("holds something else than was handed in")]);
    expect(existsSync(repo.path(`${folder}/design--bo.yaml`))).toBe(false);
  });

  test("of someone who left are not waited for; a late one is sealed, hides the rest again and is opened alone", async () => {
    await score("ana", 4);
    await scoreTeam();
    expect((await unseal("riku", "riku", "amber-otter", "--without", "cy")).stderr).toContain("nothing here waits for 'cy'");
    expect((await unseal("bo", "riku", "amber-otter", "--without", "bo")).stderr).toContain("your own is out");
    expect((await unseal("riku", "riku", "amber-otter", "--without", "bo")).code).toBe(0);
    expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Unseal amber-otter for Senior Backend Engineer, without bo");
    await score("bo", 2);
    expect((await by("dana", ["debrief", "backend", "amber-otter"])).stdout).toContain("All are in, sealed: bo.");
    expect((await unseal("riku", "riku", "amber-otter")).stdout).toContain("amber-otter: 1 scorecard open");
    // Open by now: a change is one that everybody sees.
    const late = await by("ana", ["score", "backend", "amber-otter", "--stage", "design", "--amend", "--rate", "failure-design=3"]);
    expect(late.stderr).toContain("a late change needs its reason");
    await done(
      "ana",
      "score",
      "backend",
      "amber-otter",
      "--stage",
      "design",
      "--amend",
      "--rate",
      "failure-design=3",
      "--because",
      "Wrote 4",
    );
    expect(repo.read(`${folder}/design--ana.yaml`)).toContain("because: Wrote 4");
    expect(existsSync(repo.path(`${folder}/design--ana.sealed.yaml`))).toBe(false);
  });

  test("of one stage are opened once that stage is done", async () => {
    await score("ana", 4);
    expect((await unseal("riku", "riku", "amber-otter", "--stage", "design")).stderr).toContain("amber-otter: bo still out");
    await score("bo", 2);
    expect((await unseal("riku", "riku", "amber-otter", "--stage", "design")).code).toBe(0);
    expect((await by("riku", ["debrief", "backend", "amber-otter"])).stdout).toContain("strong no hire");
    expect((await by("dana", ["debrief", "backend", "amber-otter"])).stdout).toContain("stay hidden until yours is");
  });

  test("with a name that is known here are not sealed: nobody could take it out", async () => {
    await done("ana", "names", "set", "backend", "amber-otter", "Kim Lee");
    const refused = await by("ana", [
      "score",
      "backend",
      "amber-otter",
      "--stage",
      "design",
      ...rated({ "failure-design": [4, "Kim Lee named it"] }),
    ]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("holds the name of a candidate")]);
    expect(repo.git("status", "--porcelain")).toBe("");
  });

  test("hide nothing else: a comment in such a file is looked at, what is encrypted is not taken for words", async () => {
    await score("ana", 4);
    const file = `${folder}/design--ana.sealed.yaml`;
    expect((await repo.hire(["check"])).stdout).not.toContain(file);
    repo.write(file, `# kim@example.com\n${repo.read(file)}`);
    expect((await repo.hire(["check"])).stdout).toContain("a comment holds an e-mail address");
  });

  test("are erased with the candidate, here and where they were written", async () => {
    await score("ana", 4);
    await done("riku", "forget", "backend", "amber-otter", "--early", "--yes");
    expect(readdirSync(repo.path(".git/hire/sealed"), { recursive: true })).toEqual(["keys.json"]);
    expect(existsSync(repo.path("roles/backend/candidates/amber-otter"))).toBe(false);
  });
});

/** Someone who opens, or may push, and is not honest. */
describe("whoever is not honest with what is sealed", () => {
  const file = `${folder}/design--ana.sealed.yaml`;

  function commitAs(person: string, message: string): void {
    repo.git("add", "--all");
    repo.git("-c", `user.name=${person}`, "commit", "--quiet", `--author=${person} <${person}@northwind.example>`, "--message", message);
  }

  /** Another scorecard in ana's name, sealed to the same keys. */
  async function forge(at = file): Promise<void> {
    const open = repo.path(".git/forged");
    const identity = keys.get("riku")?.identity ?? "";
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const own = repo.read(at);
    const text = (
      await decrypter.decrypt(armor.decode(/-----BEGIN[\s\S]*/u.exec(own)?.[0].replaceAll(/^ +/gmu, "") ?? ""), "text")
    ).replace("rating: 4", "rating: 1");
    writeFileSync(open, text);
    const encrypter = new Encrypter();
    for (const name of ["riku", "cy"] as const) encrypter.addRecipient(keys.get(name)?.key ?? "");
    const armoured = armor
      .encode(await encrypter.encrypt(text))
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`)
      .join("\n");
    repo.write(
      at,
      own
        .replace(/^digest: .*$/mu, `digest: ${sealDigest(text.replace(/\n+$/u, "\n"))}`)
        .replace(/ {2}-----BEGIN[\s\S]*$/u, `${armoured}\n`),
    );
  }

  test("is found though the file was first made to say that they typed it in", async () => {
    await score("ana", 4);
    const base = repo.git("rev-parse", "HEAD").trim();
    repo.edit(file, "interviewer: ana\n", "interviewer: ana\nentered_by: riku\n");
    commitAs("riku", "Tidy");
    expect((await findings("--base", base))[0]).toContain("what ana sealed was replaced by someone else");
    await forge();
    commitAs("riku", "Tidy more");
    expect((await unseal("riku", "riku", "amber-otter", "--without", "bo,dana")).stderr).toContain(
      "says something else outside than inside",
    );
    expect((await findings("--base", base))[0]).toContain("what ana sealed was replaced by someone else");
  });

  test("is found though the folder of the role, or of the candidate, was renamed with it", async () => {
    await score("ana", 4);
    const base = repo.git("rev-parse", "HEAD").trim();
    repo.git("mv", "roles/backend", "roles/platform");
    const moved = file.replace("backend", "platform");
    expect(await findings("--base", base)).toEqual([]);
    await forge(moved);
    commitAs("riku", "Rename the role");
    expect((await findings("--base", base))[0]).toContain("what ana sealed was replaced by someone else");
    repo.git("reset", "--hard", base);
    repo.git("mv", "roles/backend/candidates/amber-otter", "roles/backend/candidates/amber-badger");
    const renamed = file.replace("amber-otter", "amber-badger");
    for (const path of [renamed, "roles/backend/candidates/amber-badger/candidate.yaml"]) repo.edit(path, "amber-otter", "amber-badger");
    await forge(renamed);
    repo.edit(renamed, /:00\+02:00/u, ":01+02:00");
    commitAs("riku", "Rename the candidate");
    expect((await findings("--base", base)).join("\n")).toContain("what ana sealed was replaced by someone else");
  });

  test("is found in what was opened rightly and renamed before it was changed, from a base before it all", async () => {
    const before = repo.git("log", "--format=%H", "--grep=^Seal what", "-1").trim();
    await score("ana", 4);
    const base = repo.git("rev-parse", "HEAD").trim();
    await score("bo", 2);
    await scoreTeam();
    expect((await unseal("riku", "riku")).code).toBe(0);
    repo.git("mv", "roles/backend", "roles/middle");
    commitAs("riku", "Rename the role");
    repo.git("mv", "roles/middle", "roles/platform");
    commitAs("riku", "And once more");
    const honest = repo.git("rev-parse", "HEAD").trim();
    for (const from of [before, base]) expect(await findings("--base", from), from).toEqual([]);
    repo.edit(`${folder.replace("backend", "platform")}/design--ana.yaml`, "rating: 4", "rating: 1");
    commitAs("riku", "Typo");
    for (const from of [before, base]) expect((await findings("--base", from)).join("\n"), from).toContain("evaluation/edited");
    repo.git("reset", "--hard", honest);
    const now = `roles/platform/candidates/amber-fox`;
    repo.git("mv", "roles/platform/candidates/amber-otter", now);
    for (const name of ["candidate.yaml", "evaluations/design--ana.yaml", "evaluations/design--bo.yaml", "evaluations/team--dana.yaml"])
      repo.edit(`${now}/${name}`, "amber-otter", "amber-fox");
    repo.edit(`${now}/evaluations/design--ana.yaml`, "rating: 4", "rating: 1");
    commitAs("riku", "Rename the candidate");
    for (const from of [before, base]) expect((await findings("--base", from)).join("\n"), from).toContain("evaluation/edited");
  });

  test("is found in a round of weights that was sealed after earlier ones were open; honest rounds are not", async () => {
    const weights = (...flags: readonly string[]): Promise<Ran> => done("dana", "weigh", "backend", ...flags);
    const points = (design: number): readonly string[] => ["--points", `failure-design=${design}`, "--points", `mentoring=${100 - design}`];
    const base = repo.git("rev-parse", "HEAD").trim();
    for (const design of [60, 61]) {
      await weights(...points(design));
      await done("riku", "weigh", "backend", ...points(design - 20));
      expect((await unseal("riku", "riku")).code).toBe(0);
    }
    const opened = repo.git("rev-parse", "HEAD").trim();
    for (const from of [base, `${base}~1`]) expect(await findings("--base", from), from).toEqual([]);
    await weights(...points(62));
    repo.git("rm", "--quiet", "roles/backend/priorities/dana.sealed.yaml");
    commitAs("riku", "Drop it");
    for (const from of [base, opened])
      expect((await findings("--base", from)).join("\n"), from).toContain("was taken away by someone else, unopened");
  });

  test("is found though a merge took it away, or took it back", async () => {
    await score("ana", 4);
    const first = repo.git("rev-parse", "HEAD").trim();
    await done("ana", "score", "backend", "amber-otter", "--stage", "design", "--amend", "--rate", "failure-design=3");
    const base = repo.git("rev-parse", "HEAD").trim();
    repo.git("checkout", "--quiet", "-b", "other", first);
    repo.git("commit", "--quiet", "--allow-empty", "--message", "x");
    repo.git("checkout", "--quiet", "main");
    repo.git("merge", "--quiet", "--no-ff", "--strategy=ours", "--no-commit", "other");
    repo.git("rm", "--quiet", file);
    commitAs("riku", "Merge");
    expect((await findings("--base", base))[0]).toContain("was taken away by someone else, unopened");
    repo.git("reset", "--hard", base);
    repo.git("merge", "--quiet", "--no-ff", "--strategy=ours", "--no-commit", "other");
    repo.git("checkout", first, "--", file);
    commitAs("riku", "Merge");
    expect((await findings("--base", base))[0]).toContain("what ana sealed was replaced by someone else");
  });

  test("is warned of where nobody can tell, as there is no address to tell it by", async () => {
    repo.edit("hire.yaml", ", email: ana@northwind.example", "");
    commitAs("riku", "No address");
    await score("ana", 4);
    const base = repo.git("rev-parse", "HEAD").trim();
    await forge();
    commitAs("riku", "Tidy");
    expect(await findings("--base", base)).toContain("seal/opened no address of ana is known, so nobody can tell who changed this");
  });

  test("is no charge against who hands in on two branches and brings them together", async () => {
    await score("ana", 4);
    const base = repo.git("rev-parse", "HEAD").trim();
    const amend = (rating: number): Promise<Ran> =>
      done("ana", "score", "backend", "amber-otter", "--stage", "design", "--amend", "--rate", `failure-design=${rating}`);
    repo.git("switch", "--quiet", "--create", "other");
    await amend(2);
    repo.git("switch", "--quiet", "main");
    await amend(3);
    const mine = repo.git("rev-parse", "HEAD").trim();
    for (const side of ["--ours", "--theirs"]) {
      repo.git("reset", "--quiet", "--hard", mine);
      try {
        repo.git("merge", "--quiet", "--no-commit", "other");
      } catch {
        // Both changed the file.
      }
      repo.git("checkout", side, "--", file);
      commitAs("ana", "Merge");
      expect(await findings("--base", base), side).toEqual([]);
    }
  });

  test("is found in weights, too, once they are open", async () => {
    const base = repo.git("rev-parse", "HEAD").trim();
    await done("dana", "weigh", "backend", ...weights(10));
    await done("riku", "weigh", "backend", ...weights(25));
    expect((await unseal("riku", "riku")).code).toBe(0);
    expect(await findings("--base", base)).toEqual([]);
    const opened = repo.git("rev-parse", "HEAD").trim();
    repo.edit("roles/backend/priorities/dana.yaml", "points: 50", "points: 40");
    repo.edit("roles/backend/priorities/dana.yaml", "points: 10", "points: 20");
    commitAs("riku", "Typo");
    for (const from of [base, opened])
      expect((await findings("--base", from))[0], from).toContain("priorities/edited changed by someone else");
  });

  test("is found though whoever opens it gave it, too, and changes their mind on the way", async () => {
    const points = (design: number): readonly string[] => ["--points", `failure-design=${design}`, "--points", `mentoring=${100 - design}`];
    const base = repo.git("rev-parse", "HEAD").trim();
    await done("dana", "weigh", "backend", ...points(60));
    await done("riku", "weigh", "backend", ...points(40));
    await unseal("riku", "riku");
    const opened = repo.git("rev-parse", "HEAD").trim();
    const own = "roles/backend/priorities/riku.yaml";
    const change = (): void => {
      repo.edit(own, "points: 40", "points: 59");
      repo.edit(own, "points: 60", "points: 41");
    };
    change();
    repo.git("-c", "user.name=riku", "commit", "--quiet", "--all", "--amend", "--no-edit", "--author=riku <riku@northwind.example>");
    expect(await findings("--base", base)).toContain("seal/opened is not what riku handed in sealed");
    repo.git("reset", "--quiet", "--hard", opened);
    change();
    commitAs("riku", "My own");
    expect((await findings("--base", base)).join("\n")).toContain("priorities/edited changed after it was opened");
    repo.git("reset", "--quiet", "--hard", opened);
    for (const person of ["dana", "riku"]) await done(person, "weigh", "backend", ...points(50));
    await unseal("riku", "riku");
    expect(await findings("--base", base)).toEqual([]);
  });

  test("cannot open one side's weights by saying they are of a later round", async () => {
    const points = ["--points", "failure-design=60", "--points", "mentoring=40"];
    await done("dana", "weigh", "backend", ...points);
    repo.edit("roles/backend/priorities/dana.sealed.yaml", "round: 1", "round: 2");
    commitAs("dana", "Weights");
    await done("riku", "weigh", "backend", ...points);
    const { code, stderr } = await unseal("riku", "riku");
    expect([code, stderr]).toEqual([2, expect.stringContaining("says something else outside than inside")]);
    expect(existsSync(repo.path("roles/backend/priorities/riku.yaml"))).toBe(false);
  });

  test("opens no weights by naming one person for both sides, either", async () => {
    await done("dana", "weigh", "backend", "--points", "failure-design=60", "--points", "mentoring=40");
    repo.edit("roles/backend/intake.yaml", "recruiter: riku", "recruiter: dana");
    expect((await unseal("riku", "riku")).stderr).toContain("the weights: riku still out");
  });

  test("opens nothing early by asking fewer people, by hand or by taking the candidate out, without a word of it", async () => {
    await score("ana", 4);
    const base = repo.git("rev-parse", "HEAD").trim();
    repo.edit("roles/backend/rubric.yaml", "interviewers: [ana, bo]", "interviewers: [ana]");
    repo.edit("roles/backend/rubric.yaml", "interviewers: [dana]", "interviewers: [ana]");
    expect((await unseal("riku", "riku", "amber-otter")).stderr).toContain("bo and dana still out");
    repo.git("checkout", "--", "roles/backend/rubric.yaml");
    await done("riku", "log", "backend", "amber-otter", "withdrawn", "--reason", "Another offer");
    expect((await unseal("riku", "riku", "amber-otter")).stderr).toContain("amber-otter: bo still out");
    repo.git("reset", "--hard", base);
    expect((await unseal("riku", "riku", "amber-otter", "--without", "bo,dana", "--no-commit")).code).toBe(0);
    commitAs("riku", "Tidy");
    expect(await findings("--base", base)).toEqual(["seal/early opened before bo handed in"]);
  });

  test("keeps nobody else's closed by breaking one, and what can never be opened can be given up once its giver has left", async () => {
    await done("riku", "candidate", "add", "backend", "--id", "brisk-heron");
    for (const id of ["amber-otter", "brisk-heron"]) {
      for (const person of ["ana", "bo"]) await done(person, "score", "backend", id, "--stage", "design", ...design(4));
      await done("dana", "score", "backend", id, "--stage", "team", ...rated({ mentoring: [3, "Two juniors grew beside her"] }));
    }
    const armour = /-----BEGIN[\s\S]*$/u;
    repo.write(file, repo.read(file).replace(armour, armour.exec(repo.read(`${folder}/design--bo.sealed.yaml`))?.[0] ?? ""));
    commitAs("riku", "Break it");
    expect((await findings("--base", "HEAD~1"))[0]).toContain("what ana sealed was encrypted anew by someone else");
    const { code, stdout, stderr } = await unseal("riku", "riku");
    expect([code, stdout]).toEqual([1, "brisk-heron: 3 scorecards open: hire debrief backend brisk-heron\n"]);
    expect(stderr.replaceAll(/\s+/gu, " ")).toContain(`${file} holds something else than was handed in`);
    expect((await by("riku", ["unseal", "backend", "amber-otter", "--give-up", "ana"])).stderr).toContain("ana is still here");
    repo.edit("hire.yaml", "name: Ana Silva,", "name: Ana Silva, active: false,");
    commitAs("riku", "Ana has left");
    const base = repo.git("rev-parse", "HEAD").trim();
    await done("riku", "unseal", "backend", "amber-otter", "--give-up", "ana");
    expect(await findings("--base", base)).toEqual([`seal/opened ${file} was given up unopened; ana is no longer here`]);
    expect((await unseal("riku", "riku", "amber-otter", "--without", "ana")).code).toBe(0);
  });
});

describe("keys", () => {
  test("of a holder who left are replaced by a colleague who has one", async () => {
    await score("ana", 4);
    repo.write("hire.yaml", repo.read("hire.yaml").replace(/seal:[\s\S]*$/u, sealLines("riku", "eva")));
    repo.commit("Cy's key is another one now");
    expect(await findings()).toEqual(["seal/keys is sealed to other keys than those of hire.yaml"]);
    expect((await findings("--base", "HEAD~1"))[0]).toMatch(/^seal\/holders a new key of cy/u);
    const before = repo.git("rev-parse", "HEAD").trim();
    using riku = new TestRepo(repo);
    rmSync(riku.path(".git/hire/sealed"), { recursive: true });
    const without = await by("riku", ["unseal", "--reseal"], undefined, riku);
    expect([without.code, without.stderr]).toEqual([
      2,
      expect.stringContaining("1 file sealed to other keys, and no copy of it is kept here"),
    ]);
    const { code, stdout } = await by("riku", ["unseal", "--reseal", "--identity", keyFile("riku", riku)], undefined, riku);
    expect([code, stdout]).toEqual([0, "1 file sealed to the keys of riku and cy.\n"]);
    repo.git("pull", "--quiet", riku.root, "main");
    expect(await findings("--base", before)).toEqual([]);
    await score("bo", 2);
    await scoreTeam();
    expect((await unseal("cy", "cy")).stderr).toContain("encrypted for other keys than yours");
    expect((await unseal("cy", "eva")).code).toBe(0);
  });

  test("that are all lost: whoever handed in seals it again from their own copy", async () => {
    await score("ana", 4);
    repo.write("hire.yaml", repo.read("hire.yaml").replace(/seal:[\s\S]*$/u, sealLines("mallory", "eva").replace("mallory", "riku")));
    repo.commit("New keys");
    expect((await by("ana", ["unseal", "--reseal"])).stdout).toBe("1 file sealed to the keys of riku and cy.\n");
    expect((await by("ana", ["unseal", "--reseal"])).stdout).toBe("Nothing is sealed to other keys than today's.\n");
    await score("bo", 2);
    await scoreTeam();
    expect((await unseal("riku", "eva")).code).toBe(0);
    expect(repo.read(`${folder}/design--ana.yaml`)).toContain("rating: 4");
  });

  test("that are none are said to be so, where they stand", async () => {
    repo.write("hire.yaml", repo.read("hire.yaml").replace(/(person: cy, key: age1).*(?= \})/u, `$1${"q".repeat(58)}`));
    repo.commit("A slip");
    const { code, stderr } = await by("ana", ["score", "backend", "amber-otter", "--stage", "design", ...design(4)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("seal in hire.yaml: 'age1qqq")]);
    const armoured = repo.path(".git/armoured.key");
    writeFileSync(armoured, "-----BEGIN AGE ENCRYPTED FILE-----\n");
    repo.git("reset", "--quiet", "--hard", "HEAD~1");
    await score("ana", 4);
    const refused = await by("riku", ["unseal", "backend", "amber-otter", "--without", "bo,dana", "--identity", armoured]);
    expect(refused.stderr).toContain("holds a key that is itself encrypted");
  });

  test("that are taken out of hire.yaml: whoever handed in sealed before is told that it is open now", async () => {
    await score("ana", 4);
    repo.write("hire.yaml", repo.read("hire.yaml").replace(/seal:[\s\S]*$/u, ""));
    repo.commit("Tidy");
    await done("riku", "candidate", "add", "backend", "--id", "brisk-heron");
    const args = ["score", "backend", "brisk-heron", "--stage", "design", ...design(4)];
    const refused = await by("ana", args, scriptedPrompts([false]));
    expect([refused.code, refused.stderr.replaceAll(/\s+/gu, " ")]).toEqual([
      2,
      expect.stringContaining("hire.yaml names no key any more"),
    ]);
    expect((await by("ana", args)).code).toBe(0);
  });

  test("that someone put into hire.yaml are named to those who hand in, and refused by them", async () => {
    await score("ana", 4);
    repo.write("hire.yaml", repo.read("hire.yaml").replace(/seal:[\s\S]*$/u, sealLines("riku", "mallory").replace("mallory", "cy")));
    repo.commit("Tidy");
    const args = ["score", "backend", "amber-otter", "--stage", "design", "--amend", "--rate", "failure-design=3"];
    const refused = await by("ana", args, scriptedPrompts([false]));
    expect([refused.code, refused.stderr.replaceAll(/\s+/gu, " ")]).toEqual([
      2,
      expect.stringContaining("hire.yaml has a new key, of cy: whose it is, ask them"),
    ]);
    expect((await by("ana", args)).code).toBe(0);
  });
});

describe("sealed weights", () => {
  const weigh = (person: string, payments: number): Promise<Ran> => done(person, "weigh", "backend", ...weights(payments));

  test("are in, are opened when both sides' are, and so is each round", async () => {
    expect((await weigh("dana", 10)).stdout).toContain("Still to weigh: riku");
    expect(everythingInGit()).not.toContain("points: 50");
    expect((await unseal("riku", "riku")).stderr).toContain("the weights: riku still out");
    const both = await weigh("riku", 25);
    expect(both.stdout.replaceAll(/\s+/gu, " ")).toBe(
      "In: dana, riku. Sealed: dana, riku. Whoever holds a key opens them: hire unseal backend ",
    );
    expect((await by("riku", ["report", "backend"])).stdout).toContain("open the sealed weights");
    const opened = await unseal("riku", "riku");
    expect([opened.code, opened.stdout]).toEqual([0, "The weights of dana and riku are open: hire weigh backend\n"]);
    expect((await by("dana", ["weigh", "backend"])).stdout).toContain("where you stand");
    // The second round is sealed as the first was; the first stays open.
    expect((await weigh("dana", 15)).stdout).toContain("where you stand, round 1");
    expect((await unseal("riku", "riku")).stderr).toContain("the weights: riku still out");
    expect((await weigh("riku", 20)).stdout.replaceAll(/\s+/gu, " ")).toContain("round 2 is sealed, and whoever holds a key opens it");
    expect((await unseal("riku", "riku")).code).toBe(0);
    expect((await by("dana", ["weigh", "backend"])).stdout).toContain("where you stand, round 2");
  });

  test("are weighed again before they are opened as if for the first time", async () => {
    await weigh("dana", 10);
    await weigh("dana", 20);
    await weigh("riku", 25);
    await unseal("riku", "riku");
    expect(repo.read("roles/backend/priorities/dana.yaml")).not.toContain("earlier");
    expect(repo.read("roles/backend/priorities/dana.yaml")).toContain("points: 20");
  });
});

test("one sealed anew while it was opened elsewhere is no second truth", async () => {
  const { dana, riku, shared } = await twoClones();
  using _dana = dana;
  using _riku = riku;
  using _shared = { [Symbol.dispose]: () => rmSync(shared, { recursive: true, force: true }) };
  dana.edit("hire.yaml", "name: Cy Ward, active: false", "name: Cy Ward");
  dana.write("hire.yaml", `${dana.read("hire.yaml")}${sealLines("riku", "cy")}`);
  dana.commit("Seal");
  const team = ["score", "backend", "amber-otter", "--stage", "team"];
  expect((await by("dana", [...team, ...rated({ mentoring: [3, "Two juniors grew beside her"] })], undefined, dana)).code).toBe(0);
  await dana.ok("sync");
  await riku.ok("sync");
  const open = ["unseal", "backend", "amber-otter", "--stage", "team", "--without", "bo", "--identity", keyFile("riku", riku)];
  expect((await by("riku", open, undefined, riku)).code).toBe(0);
  await riku.ok("sync");
  expect((await by("dana", [...team, "--amend", "--rate", "mentoring=4"], undefined, dana)).code).toBe(0);
  const conflict = await dana.hire(["sync"]);
  expect([conflict.code, conflict.stderr]).toEqual([
    2,
    expect.stringContaining("team--dana.sealed.yaml: yours (not shown), theirs nothing"),
  ]);
  await dana.ok("sync", "--theirs", "all");
  expect(existsSync(dana.path(`${folder}/team--dana.sealed.yaml`))).toBe(false);
  expect(readdirSync(dana.path(".git/hire/sealed"), { recursive: true })).toEqual(["keys.json"]);
  expect(dana.read(`${folder}/team--dana.yaml`)).toContain("rating: 3");
});

test("hire.yaml names two holders at least, each once", async () => {
  repo.write("hire.yaml", repo.read("hire.yaml").replace(/ {2}- \{ person: cy, key.*\n/u, ""));
  expect((await repo.hire(["check"])).stdout).toContain("schema/");
  repo.write("hire.yaml", repo.read("hire.yaml").replace(/seal:[\s\S]*$/u, sealLines("riku", "mallory").replace("mallory", "riku")));
  expect((await repo.hire(["check"])).stdout).toContain("a key of 'riku' stands here a second time");
  repo.write("hire.yaml", fixture("search/hire.yaml") + sealLines("riku", "cy"));
  expect(await findings()).toEqual(["seal/keys 'cy' is no longer here, and could open what is sealed"]);
});
