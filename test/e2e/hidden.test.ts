import { afterEach, describe, expect, test } from "vitest";
import { ctrlC, scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, fixture, onceMade, rated, searchFiles, TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

/** What bo wrote, and nobody may read before their own is in: words and figures that stand nowhere else. */
const secret = /\b(?:864\d|73\.19|26\.81|zebra|quagga|okapi|narwhal|strong.no.hire)\b|"rating": ?[45]|"mean"/iu;

/** Every way to ask: who has not handed in, and nobody known (who sees only what anyone may). */
const asAna = ["--as", "ana"] as const;
const formats = [[], ["--json"], ["--format", "markdown"], ["--full"]] as const;
const checks = ["text", "json", "github", "sarif", "gitlab", "junit", "markdown"].map((format) => ["--format", format]);

async function saysNothing(args: readonly string[], options: Parameters<TestRepo["hire"]>[1] = {}): Promise<void> {
  const { stdout, stderr } = await repo.hire(args, options);
  // All the words that may be recommended are no secret, side by side.
  const said = (stdout + stderr).replaceAll("strong-hire, hire, mixed, no-hire, strong-no-hire", "");
  const found = secret.exec(said);
  expect(found === null ? null : `${args.join(" ")}: …${said.slice(Math.max(0, found.index - 80), found.index + 60)}`).toBeNull();
}

/** Bo scored a candidate and a sample; ana, who is asked to, did neither. */
const scored = onceMade(async () => {
  const made = await agreedRepo();
  await made.ok("candidate", "add", "backend", "--id", "amber-otter", "--as", "riku");
  await made.ok("log", "backend", "amber-otter", "presented", "--as", "riku");
  await made.ok("log", "backend", "amber-otter", "interviewed", "--stage", "design", "--as", "ana");
  await made.ok("candidate", "add", "backend", "--id", "oak-sample", "--calibration", "--profile", "Ran a queue", "--as", "riku");
  for (const [candidate, stage, ids] of [
    ["amber-otter", "design", ["failure-design", "candour"]],
    ["amber-otter", "team", ["mentoring"]],
    ["oak-sample", "calibration", ["failure-design", "candour", "mentoring"]],
  ] as const)
    await made.ok(
      "score",
      "backend",
      candidate,
      "--as",
      "bo",
      "--stage",
      stage,
      ...rated(Object.fromEntries(ids.map((id) => [id, [4, `The zebra story about ${id}`] as const]))),
      "--recommendation",
      "strong-no-hire",
      "--key-reason",
      "The quagga answer",
      "--concern",
      "An okapi",
    );
  return made;
});

describe("scores, to the interviewer who has not handed in", () => {
  test("no command, no format", async () => {
    repo = await scored();
    const commands = [
      ["rank", "backend"],
      ["report", "backend"],
      ["report", "--all"],
      ["debrief", "backend", "amber-otter"],
      ["debrief", "backend", "oak-sample"],
      ["candidate", "list", "backend"],
      ["candidate", "show", "backend", "amber-otter"],
      ["candidate", "show", "backend", "oak-sample"],
      ["diff", "HEAD~6", "HEAD"],
      ["drift", "backend"],
      ["weigh", "backend"],
      ["rubric", "backend"],
      ["check"],
    ];
    for (const command of commands)
      for (const format of formats)
        for (const who of [asAna, []]) if (who.length > 0 || format[0] === "--format") await saysNothing([...command, ...format, ...who]);
    for (const format of checks) for (const base of [[], ["--base", "HEAD~5"]]) await saysNothing(["check", ...format, ...base, ...asAna]);
  });

  test("no refusal, no conversation, no amendment in another's name", async () => {
    repo = await scored();
    const file = "roles/backend/candidates/amber-otter/evaluations/design--bo.yaml";
    for (const args of [
      ["score", "backend", "amber-otter", "--stage", "design", "--interviewer", "bo"],
      ["score", "backend", "amber-otter", "--stage", "design", "--interviewer", "bo", "--amend"],
      [
        "score",
        "backend",
        "amber-otter",
        "--stage",
        "design",
        "--interviewer",
        "bo",
        "--amend",
        "--because",
        "I look",
        "--rate",
        "candour=2",
      ],
      ["score", "backend", "amber-otter", "--stage", "design", "--rate", "candour=9"],
      ["decide", "backend", "amber-otter", "offer", "--reason", "candour=Well said", "--by", "dana"],
      ["decide", "backend", "amber-otter", "offer", "--reason", "candour=Well said"],
      ["rubric", "backend", "--set", "criteria.candour.weight=9"],
      ["explain", "candour", "--reason", "We talked about this at length, and it matters more"],
      ["change", "backend", "--set", "decision.bar=4", "--reason", "We talked about this at length, and it matters more"],
    ]) {
      await saysNothing([...args, ...asAna]);
      await saysNothing([...args, "--json", ...asAna]);
    }
    await saysNothing(["score", "backend", "amber-otter", "--stage", "design", "--interviewer", "bo", "--amend", ...asAna], {
      prompts: scriptedPrompts([]),
    });
    await saysNothing(["debrief", "backend", "amber-otter", ...asAna], { prompts: scriptedPrompts([]) });
    expect(repo.git("log", "--oneline", "--", file).trim().split("\n")).toHaveLength(1);
  });

  test.each([
    ["a value off the scale", "rating: 4", "rating: 8642"],
    ["a value of another kind", "rating: 4", 'rating: "8642 zebra"'],
    ["a broken line", "rating: 4", "rating: [8642, zebra"],
    ["an unknown key", "rating: 4", "rating: 4\n    zebra: 8642"],
    ["a duplicate key", "rating: 4", "rating: 4\n    rating: 8642"],
    ["a tab", "rating: 4", "rating:\t8642"],
    ["a control character", "The zebra story", "The zebra \u0007 story"],
    ["an unknown word", "strong-no-hire", "zebra"],
    ["an empty reason", "The quagga answer", ""],
    ["a time that is none", /submitted_at: .*/u, "submitted_at: zebra 8642"],
    ["protected words", "The zebra story", "The zebra story of a young mother"],
    ["an address", "The zebra story", "The zebra story, ask zebra@okapi.example"],
    ["another criterion", "criterion: candour", "criterion: candor"],
    ["a word in another spelling, which could be mended", "recommendation: strong-no-hire", "recommendation: Strong No Hire"],
    ["a number in quotes, which could be mended", "rating: 4", 'rating: "4"'],
    ["a merge conflict", "rating: 4", "<<<<<<< a\n    rating: 4\n=======\n    rating: 8642\n>>>>>>> b"],
  ] as const)("%s in another's scorecard is found, and not quoted", async (_, from, to) => {
    repo = await scored();
    repo.edit("roles/backend/candidates/amber-otter/evaluations/design--bo.yaml", from, to);
    for (const format of checks) await saysNothing(["check", ...format, ...asAna]);
    for (const args of [
      ["check", "--fix-dry-run"],
      ["rank", "backend"],
      ["report", "backend", "--full"],
      ["debrief", "backend", "amber-otter"],
      ["score", "backend", "amber-otter"],
      ["check", "--base", "HEAD"],
      ["ci"],
      ["diff"],
    ])
      await saysNothing([...args, ...asAna]);
    repo.git("add", "--all");
    await saysNothing(["check", "--staged", ...asAna]);
    await saysNothing(["check", "--fix", ...asAna]);
  });
});

describe("points, before both sides are in", () => {
  const weighed = onceMade(async () => {
    const made = new TestRepo();
    for (const path of searchFiles) made.write(path, fixture(`search/${path}`));
    made.commit("Begin");
    await made.ok(
      "weigh",
      "backend",
      "--as",
      "dana",
      "--points",
      "failure-design=73.19",
      "--points",
      "mentoring=26.81",
      "--must-have",
      "mentoring",
    );
    return made;
  });

  test("no command, no format, no refusal", async () => {
    repo = await weighed();
    const commands = [
      ["weigh", "backend"],
      ["weigh", "backend", "--points", "mentoring=5"],
      ["rubric", "backend", "--weighed"],
      ["report", "backend"],
      ["report", "--all"],
      ["check"],
      ["diff", "HEAD~1", "HEAD"],
      ["drift", "backend"],
      ["rank", "backend"],
    ];
    for (const command of commands)
      for (const format of formats) for (const who of [["--as", "riku"], asAna]) await saysNothing([...command, ...format, ...who]);
  });

  test.each([
    ["a broken line", "points: 73.19", "points: [8642"],
    ["a value of another kind", "points: 73.19", "points: 8642 zebra"],
    ["too many", "points: 73.19", "points: 8642.5"],
    ["an unknown key", "points: 73.19", "points: 73.19, zebu: 8642"],
    ["an unknown requirement", "requirement: failure-design", "requirement: failure-desing"],
    ["protected words", "person: dana", "# a young mother, zebra\nperson: dana"],
  ])("%s in another's points is found, and not quoted", async (_, from, to) => {
    repo = await weighed();
    repo.edit("roles/backend/priorities/dana.yaml", from, to);
    for (const format of checks) await saysNothing(["check", ...format, "--as", "riku"]);
    for (const args of [
      ["weigh", "backend"],
      ["report", "backend"],
      ["rubric", "backend"],
      ["check", "--fix-dry-run"],
      ["check", "--base", "HEAD"],
      ["diff"],
      ["ci"],
    ])
      await saysNothing([...args, "--as", "riku"]);
  });
});

describe("what would have opened a scorecard", () => {
  const rank = (...who: readonly string[]): ReturnType<TestRepo["hire"]> => repo.hire(["rank", "backend", ...who]);

  test.each([
    ["a brief that cannot be read", "roles/backend/intake.yaml", "bogus: 1\n"],
    ["a candidate that cannot be read", "roles/backend/candidates/amber-otter/candidate.yaml", "bogus: 1\n"],
    ["a sample that cannot be read", "roles/backend/candidates/oak-sample/candidate.yaml", "bogus: 1\n"],
    ["events that cannot be read", "roles/backend/candidates/amber-otter/events.yaml", "- bogus: 1\n"],
  ])("%s", async (_, path, line) => {
    repo = await scored();
    // Without stages, only the brief says who is asked.
    repo.edit("roles/backend/rubric.yaml", /stages:\n(?: {2}- .*\n)+/u, "");
    repo.write(path, `${repo.read(path)}${line}`);
    for (const args of [
      ["rank", "backend"],
      ["debrief", "backend", "amber-otter"],
      ["debrief", "backend", "oak-sample"],
      ["candidate", "show", "backend", "amber-otter"],
      ["candidate", "show", "backend", "oak-sample"],
      ["report", "backend"],
      ["decide", "backend", "amber-otter", "offer", "--reason", "candour=Well said", "--by", "dana"],
    ])
      for (const format of [[], ["--json"]]) await saysNothing([...args, ...format, ...asAna]);
    for (const args of [
      ["debrief", "backend", "amber-otter", "--format", "markdown"],
      ["report", "backend", "--format", "markdown"],
    ])
      await saysNothing(args);
    expect((await rank("--as", "riku")).stdout).not.toContain("oak-sample  4.0");
  });

  test("leaving and coming back: whoever met a candidate scores before they see", async () => {
    repo = await scored();
    await repo.ok("log", "backend", "amber-otter", "withdrawn", "--reason", "Took another offer", "--as", "riku");
    for (const args of [
      ["rank", "backend"],
      ["debrief", "backend", "amber-otter"],
      ["candidate", "show", "backend", "amber-otter"],
    ])
      await saysNothing([...args, ...asAna]);
    await repo.ok("log", "backend", "amber-otter", "resumed", "--as", "riku");
    await repo
      .ok("decide", "backend", "amber-otter", "reject", "--reason", "other=The zebra", "--as", "riku", "--by", "dana")
      .catch(() => "");
    await saysNothing(["debrief", "backend", "amber-otter", ...asAna]);
    // A stage that no longer names her does not show it to her either.
    repo.edit("roles/backend/rubric.yaml", "interviewers: [ana, bo]", "interviewers: [bo]");
    await saysNothing(["rank", "backend", ...asAna]);
  });

  test("a sample is scored whole, in its own stage", async () => {
    repo = await scored();
    const { code, stderr } = await repo.hire([
      "score",
      "backend",
      "oak-sample",
      "--stage",
      "team",
      ...rated({ mentoring: [3, "Ran a queue"] }),
      ...asAna,
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("has no stage 'team'")]);
    await saysNothing(["debrief", "backend", "oak-sample", ...asAna]);
  });

  test("a hold's reasons", async () => {
    repo = await scored();
    repo.write(
      "roles/backend/candidates/amber-otter/decision.yaml",
      'version: 1\ndecision: hold\nby: dana\ndecided_at: "2026-11-03T12:00:00+02:00"\nreasons: [{ criterion: candour, text: The zebra again }]\noverrides: The quagga\n',
    );
    for (const format of [[], ["--json"]])
      for (const command of ["show"]) await saysNothing(["candidate", command, "backend", "amber-otter", ...format, ...asAna]);
    await saysNothing(["debrief", "backend", "amber-otter", "--json", ...asAna]);
  });

  test("files for others, whoever writes them", async () => {
    repo = await scored();
    for (const [command, format] of [
      ["report", "text"],
      ["report", "json"],
      ["rank", "json"],
      ["rank", "text"],
      ["debrief", "markdown"],
    ] as const) {
      await repo.ok(command, "backend", ...(command === "debrief" ? ["amber-otter"] : []), "--format", `${format}=out.txt`, "--as", "bo");
      expect(secret.exec(repo.read("out.txt")), `${command} ${format}`).toBeNull();
    }
  });

  test("that a card contradicts itself, and where", async () => {
    const spans: unknown[] = [];
    for (const word of ["hire", "no-hire", "strong-no-hire"]) {
      repo = await scored();
      repo.edit("roles/backend/candidates/amber-otter/evaluations/design--bo.yaml", /recommendation: .*/u, `recommendation: ${word} `);
      const { findings } = JSON.parse((await repo.hire(["check", "--json", ...asAna])).stdout) as {
        findings: { rule: string; endColumn: number; file: string }[];
      };
      spans.push(...findings.filter(({ rule }) => rule === "evaluation/contradicts").map(({ endColumn }) => endColumn));
      if (word !== "strong-no-hire") repo[Symbol.dispose]();
    }
    expect(spans).toEqual([]);
  });

  test("an interrupted scorecard, typed on by someone else", async () => {
    repo = await scored();
    await repo.ok("candidate", "add", "backend", "--id", "brisk-heron", "--as", "riku");
    const begun = scriptedPrompts(["4", "The zebra story once more", ctrlC]);
    await repo.hire(["score", "backend", "brisk-heron", "--stage", "design", "--as", "bo"], { prompts: begun });
    const looks = scriptedPrompts(["not assessed", "no time was left", ctrlC]);
    await saysNothing(["score", "backend", "brisk-heron", "--stage", "design", "--interviewer", "bo", ...asAna], { prompts: looks });
    expect(looks.asked[0]).toBe("Rating");
  });
});

describe("once it is decided", () => {
  /** Dana scores the other stage, decides, and says what the candidate hears; ana still owes her card. */
  async function decided(choice: string, ...flags: readonly string[]): Promise<void> {
    repo = await scored();
    await repo.ok(
      "score",
      "backend",
      "amber-otter",
      "--as",
      "dana",
      "--stage",
      "team",
      ...rated({ mentoring: [5, "A narwhal of a team"] }),
    );
    await repo.ok(
      "decide",
      "backend",
      "amber-otter",
      choice,
      "--as",
      "dana",
      "--reason",
      "candour=The zebra again",
      "--tell",
      "We found the okapi wanting",
      ...flags,
    );
  }

  test.each([["offer"], ["reject"], ["hold"]])("%s: nothing of it is shown while someone who met them owes a scorecard", async (choice) => {
    await decided(choice);
    for (const who of [asAna, []] as const)
      for (const args of [
        ["report", "backend", "--format", "markdown", "--full"],
        ["debrief", "backend", "amber-otter", "--format", "markdown"],
      ])
        await saysNothing([...args, ...who]);
    for (const args of [
      ["report", "backend"],
      ["report", "backend", "--json"],
      ["candidate", "show", "backend", "amber-otter"],
      ["candidate", "show", "backend", "amber-otter", "--json"],
      ["debrief", "backend", "amber-otter"],
      ["rank", "backend", "--json"],
      ["tell", "backend", "--digest"],
      ["due", "--all"],
      [],
    ])
      await saysNothing([...args, ...asAna]);
    // A bar that moves would tell who reaches it, and whom it was held against.
    repo.edit("roles/backend/rubric.yaml", "bar: 3.5", "bar: 4.9");
    repo.edit("roles/backend/rubric.yaml", "name: Saying what is not known\n", "name: Saying what is not known\n    bar: 2\n");
    repo.commit("Move the bar");
    await repo
      .ok("explain", "decision", "candour", "--as", "dana", "--reason", "The board asked for a higher bar this year.")
      .catch(() => "");
    for (const format of [[], ["--json"], ["--format", "markdown"]]) {
      await saysNothing(["diff", "HEAD~2", ...format, ...asAna]);
      expect((await repo.hire(["diff", "HEAD~2", ...format, ...asAna])).stdout).not.toMatch(
        /amber-otter (?:now|no longer)|declined for it: amber/u,
      );
    }
    for (const format of checks) await saysNothing(["check", ...format, ...asAna]);
  });
});

describe("what would have told points to someone of the panel who has not weighed", () => {
  test("pages for everyone, the mean, and a draft made of it", async () => {
    repo = new TestRepo();
    for (const path of searchFiles) repo.write(path, fixture(`search/${path}`));
    repo.commit("Begin");
    await repo.ok("weigh", "backend", "--as", "dana", "--points", "failure-design=73.19", "--points", "mentoring=26.81");
    await repo.ok("weigh", "backend", "--as", "riku", "--points", "failure-design=26.81", "--points", "mentoring=73.19");
    await repo.ok("weigh", "backend", "--as", "ana", "--points", "failure-design=50", "--points", "mentoring=50");
    await saysNothing(["report", "backend", "--format", "markdown", "--full"]);
    await saysNothing(["report", "backend", "--format", "markdown", "--as", "riku"]);
    expect((await repo.hire(["rubric", "backend", "--weighed", "--as", "bo"])).stderr).toContain("you have not weighed yet");
    repo.git("rm", "--quiet", "roles/backend/rubric.yaml");
    repo.commit("Begin the rubric anew");
    expect((await repo.hire(["rubric", "backend", "--as", "bo"])).stderr).toContain("you have not weighed yet");
    expect(await repo.hire(["rubric", "backend", "--as", "ana"])).toMatchObject({ code: 0 });
  });
});
