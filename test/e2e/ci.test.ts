import { cpSync, mkdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { outputOf } from "../support/outputs.ts";
import { pull, type PullRan, transcript } from "../support/pull.ts";
import { agreedRepo, onceMade, rated, TestRepo } from "../support/repo.ts";

const rubric = "roles/backend/rubric.yaml";
const intake = "roles/backend/intake.yaml";
const card = (person: string): string => `roles/backend/candidates/amber-otter/evaluations/design--${person}.yaml`;

/** A search in which both sides agreed and two interviewers have scored one candidate, on main; a branch for what is proposed. */
const searched = onceMade(async () => {
  const repo = await agreedRepo();
  await repo.ok("candidate", "add", "backend", "--id", "amber-otter", "--as", "riku");
  for (const [person, rating] of [
    ["ana", 4],
    ["bo", 3],
  ] as const) {
    const scores = rated({
      "failure-design": [rating, `Walked through the queue outage with ${person}`],
      candour: [rating, `Said to ${person} what nobody knew`],
    });
    await as(repo, person, "score", "backend", "amber-otter", "--stage", "design", "--as", person, ...scores, "--recommendation", "hire");
  }
  repo.git("checkout", "--quiet", "-b", "proposal");
  return repo;
});

async function as(repo: TestRepo, person: string, ...args: readonly string[]): Promise<void> {
  const email = `${person}@northwind.example`;
  const ran = await repo.hire(args, { env: { GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_EMAIL: email } });
  if (ran.code !== 0) throw new Error(`${args.join(" ")}: ${ran.stderr}`);
}

function commitAs(repo: TestRepo, person: string, message: string): void {
  repo.git("add", "--all");
  repo.git(
    "-c",
    `user.email=${person}@northwind.example`,
    "commit",
    `--author=${person} <${person}@northwind.example>`,
    "--message",
    message,
  );
}

const weigh = (repo: TestRepo, weight: number): void => repo.edit(rubric, /weight: \d+(?=\n {4}bar)/u, `weight: ${weight}`);
const because = "Bo leaves the rotation in January, so the new hire is alone on call.";

async function golden(name: string, ran: PullRan): Promise<void> {
  await expect(transcript(ran)).toMatchFileSnapshot(`../fixtures/ci/${name}.txt`);
}

describe("hire ci on a pull request", () => {
  test("without a hiring change: nothing stands in the way", async () => {
    using repo = await searched();
    repo.write("notes.md", "Nothing of hire's");
    repo.commit("Note");
    const ran = await pull(repo, "proposal");
    expect([ran.code, outputOf<{ pullRequest: number }>(ran.comment).pullRequest]).toEqual([0, 7]);
    await golden("untouched", ran);
  });

  test("a change with its reason passes, and the comment says why", async () => {
    using repo = await searched();
    weigh(repo, 6);
    await repo.ok("explain", "failure-design", "--reason", because, "--scores", "keep", "--as", "dana");
    repo.commit("Weigh designing for failure more");
    const ran = await pull(repo, "proposal");
    expect(ran.code, ran.stdout).toBe(0);
    await golden("explained", ran);
  });

  test("a change without a reason fails at its line", async () => {
    using repo = await searched();
    weigh(repo, 6);
    repo.commit("Weigh designing for failure more");
    const ran = await pull(repo, "proposal");
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain(`::error file=${rubric},line=13,endLine=13,col=13,endColumn=13,title=change/unexplained::`);
    await golden("unexplained", ran);
  });

  test("a surprise: the pay moved and nobody was told; no figure reaches the CI unless it is asked for", async () => {
    using repo = await searched();
    repo.edit(intake, "max: 90000", "max: 82000");
    repo.commit("Tidy the brief");
    const ran = await pull(repo, "proposal");
    expect(ran.code).toBe(1);
    for (const text of [ran.stdout, ran.stderr, ran.summary, ran.comment]) expect(text).not.toMatch(/8[24][\s_.]?000|90[\s_.]?000/u);
    await golden("surprise", ran);
    const open = await pull(repo, "proposal", { args: ["--show-sensitive"] });
    expect(open.stdout).toContain("90 000 → 82 000");
  });

  test("a scorecard edited once another one was in", async () => {
    using repo = await searched();
    repo.edit(card("ana"), "rating: 4", "rating: 3");
    commitAs(repo, "ana", "Correct a rating");
    const ran = await pull(repo, "proposal");
    expect(ran.code).toBe(1);
    await golden("edited-evaluation", ran);
  });

  test("amended by whoever gave it passes; by someone else it does not", async () => {
    using repo = await searched();
    const amend = ["score", "backend", "amber-otter", "--stage", "design", "--amend", "--because", "Wrote 4 where I meant 3"];
    await as(repo, "ana", ...amend, "--as", "ana", "--rate", "failure-design=3");
    const ran = await pull(repo, "proposal");
    expect(ran.code, ran.stdout).toBe(0);
    await as(repo, "riku", ...amend, "--as", "ana", "--rate", "failure-design=2");
    const other = await pull(repo, "proposal");
    expect([other.code, other.stdout]).toEqual([1, expect.stringContaining("evaluation/edited")]);
  });

  test("signing for someone else, and as a co-author", async () => {
    using repo = await searched();
    repo.edit("roles/backend/agreements/dana.yaml", /summary: .*/u, "summary: As agreed, in other words");
    commitAs(repo, "riku", "Sign");
    const ran = await pull(repo, "proposal");
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining("agreement/author")]);
    expect(ran.stdout).not.toContain("riku@northwind.example");
    repo.git(
      "-c",
      "user.email=riku@northwind.example",
      "commit",
      "--amend",
      "--quiet",
      "--message",
      "Sign\n\nCo-authored-by: Dana Reyes <dana@northwind.example>",
    );
    expect((await pull(repo, "proposal")).code).toBe(0);
  });
});

describe("however it is fetched and pushed", () => {
  test("a clone without the base: it cannot tell, and names the remedy", async () => {
    using repo = await searched();
    weigh(repo, 6);
    repo.commit("Weigh");
    const ran = await pull(repo, "proposal", { depth: 1 });
    expect(ran.code).toBe(3);
    await golden("shallow", ran);
  });

  test("a clone with the base and one commit of two: what was agreed is judged, who signed, scored or is who cannot be told", async () => {
    using repo = await searched();
    weigh(repo, 6);
    repo.commit("Weigh");
    repo.commit("Nothing more");
    const agreed = await pull(repo, "proposal", { depth: 2 });
    expect([agreed.code, agreed.stdout]).toEqual([1, expect.stringContaining("change/unexplained")]);
    const sealed = card("cy").replace(".yaml", ".sealed.yaml");
    const traced: Readonly<Record<string, () => void>> = {
      "roles/backend/agreements/dana.yaml": () =>
        repo.edit("roles/backend/agreements/dana.yaml", /summary: .*/u, "summary: As agreed, in other words"),
      [card("ana")]: () => repo.edit(card("ana"), "Walked through", "Walked me through"),
      [sealed]: () =>
        repo.write(
          sealed,
          `version: 1\ncandidate: amber-otter\nstage: design\ninterviewer: cy\nsubmitted_at: "2026-11-10T17:05:00+02:00"\ndigest: ${"a".repeat(64)}\nto: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p]\nsealed: |\n  -----BEGIN AGE ENCRYPTED FILE-----\n  YWdl\n  -----END AGE ENCRYPTED FILE-----\n`,
        ),
      "hire.yaml": () => repo.edit("hire.yaml", "email: riku@northwind.example", "email: riku@elsewhere.example"),
    };
    for (const [path, change] of Object.entries(traced)) {
      repo.git("checkout", "--quiet", "-B", "proposal", "main");
      change();
      repo.commit("Edit");
      repo.commit("Nothing more");
      const ran = await pull(repo, "proposal", { depth: 2 });
      expect([ran.code, ran.stderr], path).toEqual([3, expect.stringContaining(`who changed ${path} cannot be told`)]);
      expect(ran.stderr).toContain("fetch-depth: 0");
    }
    // What of hire.yaml tells nobody apart is no matter of who wrote it.
    repo.git("checkout", "--quiet", "-B", "proposal", "main");
    repo.edit("hire.yaml", "organization: Northwind", "organization: Northwind Traders");
    repo.commit("Edit");
    repo.commit("Nothing more");
    expect((await pull(repo, "proposal", { depth: 2 })).code).toBe(0);
  });

  test("from a fork, with a token that may only read: the same verdict, and a summary that cannot be written changes nothing", async () => {
    using repo = await searched();
    weigh(repo, 6);
    repo.commit("Weigh");
    const ran = await pull(repo, "proposal", { env: { GITHUB_STEP_SUMMARY: "/dev/null/summary.md", GITHUB_TOKEN: "read" } });
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining("the step summary could not be written")]);
    await golden("fork", ran);
  });

  test("after a force push the reason still counts, as it names the change and no commit", async () => {
    using repo = await searched();
    weigh(repo, 6);
    await repo.ok("explain", "failure-design", "--reason", because, "--scores", "keep", "--as", "dana");
    repo.commit("Weigh");
    repo.git("reset", "--quiet", "--soft", "main");
    repo.git("commit", "--quiet", "--message", "Everything in one, after a force push");
    const ran = await pull(repo, "proposal");
    expect(ran.code, ran.stdout).toBe(0);
    await golden("force-push", ran);
  });

  test("in a merge queue", async () => {
    using repo = await searched();
    weigh(repo, 6);
    repo.commit("Weigh");
    const ran = await pull(repo, "proposal", { event: "merge_group" });
    expect(ran.code).toBe(1);
    await golden("merge-queue", ran);
  });

  test("pushed to main; as the first push of all; on a branch without hiring files", async () => {
    using repo = await searched();
    weigh(repo, 6);
    repo.commit("Weigh");
    const before = repo.git("rev-parse", "main").trim();
    repo.git("branch", "--force", "main", "proposal");
    const pushed = await pull(repo, "main", { event: "push", before });
    expect([pushed.code, pushed.stdout]).toEqual([1, expect.stringContaining("change/unexplained")]);

    using fresh = new TestRepo();
    fresh.write("hire.yaml", repo.read("hire.yaml"));
    fresh.commit("Begin");
    const first = await pull(fresh, "main", { event: "push", before: "0".repeat(40) });
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining("nothing came before HEAD")]);

    using other = new TestRepo();
    other.write("README.md", "Something else");
    other.commit("Begin");
    other.git("branch", "proposal");
    other.git("checkout", "--quiet", "proposal");
    other.write("README.md", "Something else again");
    other.commit("Go on");
    const none = await pull(other, "proposal");
    expect([none.code, none.stdout]).toEqual([0, "No hiring files here: nothing to check.\n"]);
  });

  test("in a CI that hire does not know, on main: it cannot tell, and never says that nothing changed", async () => {
    using repo = await searched();
    repo.git("checkout", "--quiet", "main");
    repo.git("remote", "add", "-f", "origin", repo.root);
    repo.git("remote", "set-head", "origin", "main");
    const { code, stdout, stderr } = await repo.hire(["ci"], { env: { CI: "true" } });
    expect([code, stdout, stderr]).toEqual([3, "", expect.stringContaining("HEAD seems to be its own base here")]);
    expect((await repo.hire(["ci", "--base", "HEAD~1"], { env: { CI: "true" } })).code).toBeLessThan(2);
  });

  test("where several hiring repositories lie, the one that is meant is asked for", async () => {
    using repo = await agreedRepo();
    for (const folder of ["north", "south"]) {
      cpSync(repo.path("roles"), repo.path(`${folder}/roles`), { recursive: true });
      repo.write(`${folder}/hire.yaml`, repo.read("hire.yaml"));
    }
    repo.git("rm", "--quiet", "-r", "hire.yaml", "roles");
    repo.commit("Two of them");
    const { code, stderr } = await repo.hire(["ci", "--base", "HEAD"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("there are 2 hiring repositories here: north, south")]);
    expect((await repo.hire(["ci", "--base", "HEAD", "-C", "south"])).code).toBe(0);
  });

  test("on GitLab: the code quality report, and the comment with the merge request's number", async () => {
    using repo = await searched();
    weigh(repo, 6);
    repo.commit("Weigh");
    const env = {
      CI: "true",
      GITLAB_CI: "true",
      CI_PIPELINE_SOURCE: "merge_request_event",
      CI_MERGE_REQUEST_IID: "12",
      CI_MERGE_REQUEST_DIFF_BASE_SHA: repo.git("rev-parse", "main").trim(),
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: repo.git("rev-parse", "proposal").trim(),
    };
    const { code } = await repo.hire(["ci", "--comment", "note.json"], { env });
    expect(code).toBe(1);
    expect(JSON.parse(repo.read("gl-code-quality-report.json"))).toContainEqual(
      expect.objectContaining({
        check_name: "change/unexplained",
        severity: "critical",
        location: { path: rubric, lines: { begin: 13, end: 13 } },
      }),
    );
    expect(outputOf<{ pullRequest: number }>(repo.read("note.json")).pullRequest).toBe(12);
  });
});

describe("the guard is not switched off by what it guards", () => {
  const cases: readonly (readonly [what: string, attempt: (repo: TestRepo) => void, said: string])[] = [
    [
      "turning its rule off",
      (repo) => repo.edit("hire.yaml", "version: 1\n", 'version: 1\nrules: { change/unexplained: "off" }\n'),
      "hire.yaml",
    ],
    ["raising its limit", (repo) => repo.edit("hire.yaml", "version: 1\n", "version: 1\nchange: { reweight: 0.9 }\n"), "reweight"],
    [
      "silencing it",
      (repo) => repo.edit(rubric, "version: 1\n", "# hire-ignore change/unexplained: it is only a tweak\nversion: 1\n"),
      "suppress/unknown",
    ],
    [
      "deleting the agreements",
      (repo) => void repo.git("rm", "-r", "--quiet", "roles/backend/agreements"),
      "the agreement has been deleted",
    ],
    ["calling the role a draft", (repo) => repo.edit(intake, "status: open", "status: draft"), "change/unexplained"],
    ["moving the hiring root away", (repo) => void repo.git("rm", "--quiet", "hire.yaml"), "hire.yaml was deleted"],
    ["renaming the role's folder", (repo) => void repo.git("mv", "roles/backend", "roles/engineer"), "change/unexplained"],
  ];
  test.each(cases)("%s", async (_, attempt, said) => {
    using repo = await searched();
    attempt(repo);
    if (repo.git("ls-files", rubric) !== "") weigh(repo, 6);
    else repo.edit("roles/engineer/rubric.yaml", /weight: \d+(?=\n {4}bar)/u, "weight: 6");
    repo.commit("Nothing to see here");
    const ran = await pull(repo, "proposal");
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining(said)]);
    expect(ran.stdout).toContain("change/unexplained");
  });
});

describe("ways around the guard, each tried once", () => {
  const scores = (repo: TestRepo): void => repo.edit(card("ana"), "rating: 4", "rating: 5");

  test("renaming the candidate", async () => {
    using repo = await searched();
    repo.git("mv", "roles/backend/candidates/amber-otter", "roles/backend/candidates/amber-lynx");
    for (const file of ["candidate.yaml", "evaluations/design--ana.yaml", "evaluations/design--bo.yaml"])
      repo.edit(`roles/backend/candidates/amber-lynx/${file}`, "amber-otter", "amber-lynx");
    repo.edit("roles/backend/candidates/amber-lynx/evaluations/design--ana.yaml", "rating: 4", "rating: 5");
    repo.commit("Rename");
    const ran = await pull(repo, "proposal");
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining("evaluation/edited")]);
  });

  test("a merge that takes back what main got since", async () => {
    using repo = await searched();
    repo.write("notes.md", "x");
    repo.commit("Note");
    repo.git("checkout", "--quiet", "main");
    const amend = ["score", "backend", "amber-otter", "--stage", "design", "--amend", "--because", "Wrote 4 where I meant 3"];
    await as(repo, "ana", ...amend, "--as", "ana", "--rate", "failure-design=3");
    repo.git("checkout", "--quiet", "proposal");
    repo.git("merge", "--quiet", "--strategy=ours", "--message", "Merge main", "main");
    const ran = await pull(repo, "proposal");
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining("evaluation/edited")]);
  });

  test("a force push to main: it cannot tell, and never says that nothing changed", async () => {
    using repo = await searched();
    scores(repo);
    repo.commit("Better");
    repo.git("branch", "--force", "main", "proposal");
    const ran = await pull(repo, "main", { event: "push", before: "1".repeat(40) });
    expect([ran.code, ran.stderr]).toEqual([3, expect.stringContaining("was not fetched")]);
  });

  test("an explanation rewritten once it was accepted; an answer in another's name", async () => {
    using repo = await searched();
    repo.git("checkout", "--quiet", "main");
    weigh(repo, 6);
    await repo.ok("explain", "failure-design", "--reason", because, "--scores", "keep", "--as", "dana");
    repo.commit("Weigh");
    repo.git("checkout", "--quiet", "-B", "proposal");
    const update = repo.git("ls-files", "roles/backend/updates").trim();
    repo.edit(update, "scores: keep", "scores: void");
    repo.commit("Tidy");
    const rewritten = await pull(repo, "proposal");
    expect([rewritten.code, rewritten.stdout]).toEqual([1, expect.stringContaining("update/edited")]);

    repo.git("reset", "--quiet", "--hard", "main");
    await repo.ok("answer", "agree", "--as", "riku");
    const forged = await pull(repo, "proposal");
    expect([forged.code, forged.stdout]).toEqual([1, expect.stringContaining("update/author")]);
    repo.git("reset", "--quiet", "--hard", "main");
    await as(repo, "riku", "answer", "agree", "--as", "riku");
    expect((await pull(repo, "proposal")).code).toBe(0);
  });

  test("someone's scorecard changed by another, with no other one in", async () => {
    using repo = await searched();
    repo.git("checkout", "--quiet", "main");
    repo.git("rm", "--quiet", card("bo"));
    repo.commit("Only one card");
    repo.git("checkout", "--quiet", "-B", "proposal");
    scores(repo);
    commitAs(repo, "riku", "Better");
    const ran = await pull(repo, "proposal");
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining("changed by someone else")]);
    repo.git("reset", "--quiet", "--hard", "main");
    scores(repo);
    commitAs(repo, "ana", "I meant five");
    expect((await pull(repo, "proposal")).code).toBe(0);
  });

  test("an anchor hidden behind a second one of the same value", async () => {
    using repo = await searched();
    repo.edit(rubric, "      - { value: 3, means: Names", "      - { value: 3, means: Anyone at all }\n      - { value: 3, means: Names");
    repo.commit("Anchor");
    const ran = await pull(repo, "proposal");
    expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining("stands here a second time")]);
  });

  test("no figure of pay reaches the CI by another rule, and no line of a file is heard as a command", async () => {
    using repo = await searched();
    repo.edit(intake, "min: 72000, max: 90000", "min: 13579, max: 13600");
    repo.commit("Lower");
    for (const args of [[], ["--format", "json"], ["--format", "sarif"], ["--format", "markdown"]]) {
      const ran = await pull(repo, "proposal", { args });
      for (const text of [ran.stdout, ran.stderr, ran.summary, ran.comment]) expect(text).not.toMatch(/13[\s_.]?579|13[\s_.]?600/u);
    }
    repo.git("reset", "--quiet", "--hard", "main");
    repo.edit(intake, "status: open", 'status: "##[add-mask]x ::error::y"');
    repo.commit("Odd");
    const ran = await pull(repo, "proposal", { args: ["--format", "json"] });
    expect(ran.stdout).not.toContain("##[");
    const log = await pull(repo, "proposal");
    expect(log.stdout.split("::stop-commands::")[0]).toBe("");
  });

  test("a candidate whom others judged goes: it says so, and stands in nobody's way but a legal hold's", async () => {
    using repo = await searched();
    await repo.ok("forget", "backend", "amber-otter", "--yes");
    const asked = await pull(repo, "proposal");
    expect(asked.code, asked.stdout).toBe(0);
    const line = /amber-otter was erased, with 2 scorecards \\?\(commit [0-9a-f]{7}/u;
    for (const text of [asked.stdout, outputOf<{ body: string }>(asked.comment).body]) expect(text).toMatch(line);
    repo.git("checkout", "--quiet", "main");
    repo.edit("roles/backend/candidates/amber-otter/candidate.yaml", /$/u, "legal_hold: A claim was announced\n");
    commitAs(repo, "riku", "Hold");
    repo.git("checkout", "--quiet", "-B", "proposal");
    repo.git("rm", "-r", "--quiet", "roles/backend/candidates/amber-otter");
    commitAs(repo, "riku", "Clean up");
    const held = await pull(repo, "proposal");
    expect([held.code, held.stdout]).toEqual([1, expect.stringContaining("candidate/legal-hold")]);
  });

  describe("an address put beside someone's name is told by the commit that put it there", () => {
    const give = (repo: TestRepo, addresses: string): void =>
      repo.edit("hire.yaml", /riku@northwind.example(?:, emails: \[.*?\])?/u, `riku@northwind.example, emails: [${addresses}]`);
    const name = (repo: TestRepo, organization: string): void =>
      repo.edit("hire.yaml", /organization: .*/u, `organization: ${organization}`);
    const evil = "mallory@northwind.example";
    const slip = (repo: TestRepo): void => {
      give(repo, evil);
      commitAs(repo, "mallory", "Another address");
    };
    test.each<readonly [string, (repo: TestRepo) => void]>([
      [
        "before a commit of theirs",
        (repo) => {
          slip(repo);
          name(repo, "Northwind Traders");
          commitAs(repo, "riku", "Our whole name");
        },
      ],
      [
        "in a file that they mend",
        (repo) => {
          give(repo, evil);
          name(repo, '"Northwind');
          commitAs(repo, "mallory", "Another address");
          name(repo, "Northwind");
          commitAs(repo, "riku", "Close the quote");
        },
      ],
      [
        "beside a branch of theirs that is merged",
        (repo) => {
          repo.git("checkout", "--quiet", "-b", "side");
          repo.edit("hire.yaml", "{ id: cy, name: Cy Ward, active: false }", "{ id: cy, name: Cy Ward }");
          commitAs(repo, "riku", "Cy is back");
          repo.git("checkout", "--quiet", "proposal");
          slip(repo);
          repo.git("-c", "user.email=riku@northwind.example", "-c", "user.name=riku", "merge", "--quiet", "--no-edit", "side");
        },
      ],
      [
        "where they take it along to another folder",
        (repo) => {
          slip(repo);
          repo.git("mv", "hire.yaml", "roles", "people/");
          commitAs(repo, "riku", "Move");
        },
      ],
      [
        "that they had taken back",
        (repo) => {
          const before = repo.read("hire.yaml");
          give(repo, evil);
          commitAs(repo, "riku", "Another one");
          repo.write("hire.yaml", before);
          commitAs(repo, "riku", "No, not that");
          slip(repo);
        },
      ],
    ])("%s", async (_, propose) => {
      using repo = await searched();
      mkdirSync(repo.path("people"));
      propose(repo);
      const ran = await pull(repo, "proposal");
      expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining("riku was given another address, and not by riku")]);
    });

    test("their own, from that one another, and moved by someone else", async () => {
      using repo = await searched();
      give(repo, "riku@elsewhere.example");
      commitAs(repo, "riku", "Where I am");
      // From the new one, which goes with it.
      give(repo, "ri@elsewhere.example");
      repo.git("add", "--all");
      repo.git("commit", "--author=riku <riku@elsewhere.example>", "--message", "And here");
      mkdirSync(repo.path("people"));
      repo.git("mv", "hire.yaml", "roles", "people/");
      commitAs(repo, "dana", "Move");
      const ran = await pull(repo, "proposal");
      expect(ran.stdout).not.toContain("people/address");
    });
  });
});

describe("honest work that must pass", () => {
  test("explained in two steps, by hand", async () => {
    using repo = await searched();
    for (const weight of [5, 6]) {
      weigh(repo, weight);
      repo.commit("Weigh");
      await repo
        .ok("explain", "failure-design", "--base", "main", "--reason", `${because} Step ${weight}`, "--scores", "keep", "--as", "dana")
        .catch(() => repo.ok("explain", "failure-design", "--reason", `${because} Step ${weight}`, "--scores", "keep", "--as", "dana"));
    }
    const ran = await pull(repo, "proposal");
    expect(ran.code, ran.stdout).toBe(0);
  });

  test("a recruiter hands over to another, who signs; both signatures stay", async () => {
    using repo = await searched();
    repo.edit(intake, "recruiter: riku", "recruiter: cy");
    repo.edit("hire.yaml", "{ id: cy, name: Cy Ward, active: false }", "{ id: cy, name: Cy Ward, email: cy@northwind.example }");
    await repo.ok("explain", "team", "--reason", "Riku moves to the sales searches; Cy takes this one over from Monday.", "--as", "dana");
    repo.commit("Hand over");
    await as(repo, "cy", "agree", "backend", "--as", "cy");
    await as(repo, "dana", "agree", "backend", "--as", "dana");
    const ran = await pull(repo, "proposal");
    expect(ran.code, ran.stdout).toBe(0);
  });

  test("a role under another name, in which two candidates have scorecards of the same people", async () => {
    using repo = await searched();
    repo.git("checkout", "--quiet", "main");
    await repo.ok("candidate", "add", "backend", "--id", "brisk-heron", "--as", "riku");
    for (const person of ["ana", "bo"]) {
      const scores = rated({ "failure-design": [2, `Asked ${person} for the answer`], candour: [2, `Guessed, as ${person} saw`] });
      await as(
        repo,
        person,
        "score",
        "backend",
        "brisk-heron",
        "--stage",
        "design",
        "--as",
        person,
        ...scores,
        "--recommendation",
        "no-hire",
      );
    }
    repo.git("checkout", "--quiet", "-B", "proposal");
    repo.git("mv", "roles/backend", "roles/payments");
    repo.commit("Call it what it is");
    const { code, stdout } = await pull(repo, "proposal");
    expect(code, stdout).toBe(0);
    expect(stdout).not.toContain("evaluation/edited");
  });

  test("two candidates under other names, presented at one moment, with what others said of them", async () => {
    using repo = await searched();
    const folder = "roles/backend/candidates";
    repo.git("checkout", "--quiet", "main");
    cpSync(repo.path(`${folder}/amber-otter`), repo.path(`${folder}/brisk-heron`), { recursive: true });
    const rename = (from: string, to: string): void => {
      for (const path of repo.git("ls-files", "--cached", "--others", `${folder}/${to}`).trim().split("\n"))
        repo.write(path, repo.read(path).replace(new RegExp(`^(id|candidate): ${from}$`, "mu"), `$1: ${to}`));
    };
    rename("amber-otter", "brisk-heron");
    for (const person of ["ana", "bo"])
      repo.edit(card(person).replace("amber-otter", "brisk-heron"), `with ${person}`, `with ${person}, who asked about retries`);
    commitAs(repo, "riku", "Another one");
    repo.git("checkout", "--quiet", "-B", "proposal");
    for (const [from, to] of [
      ["amber-otter", "green-crow"],
      ["brisk-heron", "calm-lynx"],
    ] as const) {
      repo.git("mv", `${folder}/${from}`, `${folder}/${to}`);
      rename(from, to);
    }
    commitAs(repo, "riku", "Call them something else");
    const ran = await pull(repo, "proposal");
    expect(ran.code, ran.stdout).toBe(0);
    expect(ran.stdout).not.toMatch(/(?:evaluation|candidate)\//u);
  });

  test("a hiring root that is copied to another folder, signed there, and deleted where it was", async () => {
    using repo = await searched();
    for (const name of ["hire.yaml", "roles"]) cpSync(repo.path(name), repo.path(`people/${name}`), { recursive: true });
    commitAs(repo, "dana", "Copy");
    repo.edit("people/roles/backend/agreements/riku.yaml", /summary: .*/u, "summary: As agreed, in other words");
    commitAs(repo, "riku", "Sign");
    repo.git("rm", "-r", "--quiet", "hire.yaml", "roles");
    commitAs(repo, "dana", "Only there");
    const ran = await pull(repo, "proposal");
    expect(ran.stdout).not.toContain("agreement/author");
  });

  test("a comment added to someone else's agreement makes nobody its author", async () => {
    using repo = await searched();
    weigh(repo, 6);
    await repo.ok("explain", "failure-design", "--reason", because, "--scores", "keep", "--as", "dana");
    repo.commit("Weigh");
    await as(repo, "riku", "agree", "backend", "--as", "riku");
    repo.edit("roles/backend/agreements/riku.yaml", "version: 1", "# Signed after the call\nversion: 1");
    commitAs(repo, "dana", "Note");
    const ran = await pull(repo, "proposal");
    expect(ran.stdout).not.toContain("agreement/author");
  });

  test("someone else's edit of a scorecard is healed by whoever gave it, and a forged signature by signing again", async () => {
    using repo = await searched();
    repo.edit(card("ana"), "rating: 4", "rating: 2");
    commitAs(repo, "dana", "Correct");
    await as(
      repo,
      "ana",
      "score",
      "backend",
      "amber-otter",
      "--stage",
      "design",
      "--amend",
      "--because",
      "It was four indeed",
      "--as",
      "ana",
      "--rate",
      "failure-design=4",
    );
    const healed = await pull(repo, "proposal");
    expect(healed.code, healed.stdout).toBe(0);

    repo.edit("roles/backend/agreements/riku.yaml", /summary: .*/u, "summary: As agreed, in other words");
    commitAs(repo, "dana", "Sign");
    expect((await pull(repo, "proposal")).stdout).toContain("hire agree --again, committed by riku");
    await as(repo, "riku", "agree", "backend", "--as", "riku", "--again");
    const signed = await pull(repo, "proposal");
    expect(signed.code, signed.stdout).toBe(0);
  });
});
