import { afterEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { outputOf } from "../support/outputs.ts";
import { ctrlC, scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, rated, type TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

const updates = (): readonly string[] =>
  repo
    .git("ls-files", "roles/backend/updates")
    .split("\n")
    .filter((line) => line !== "");

describe("news for the other side", () => {
  test("by flags, asked for an answer, and answered", async () => {
    repo = await agreedRepo();
    const { stdout } = await repo.hire([
      "tell",
      "backend",
      "--as",
      "dana",
      "--kind",
      "budget",
      "--summary",
      "The range is frozen until January",
      "--reason",
      "The board meets on the 12th.",
    ]);
    expect(stdout).toMatch(
      /^Told: The range is frozen until January\.\nriku is asked to agree or object:\n {2}hire answer 2026-11-03-dana-the-range-is-frozen-until-\w{4}\n$/u,
    );
    const [path = ""] = updates();
    expect(parse(repo.read(path))).toEqual({
      version: 1,
      kind: "budget",
      by: "dana",
      at: expect.stringContaining("2026-11-03T"),
      summary: "The range is frozen until January",
      reason: "The board meets on the 12th.",
      for: ["riku"],
    });
    expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Tell of Senior Backend Engineer: The range is frozen until January");
    expect(await repo.ok("report", "--as", "riku")).toContain("agree or object: The range is frozen until January");
    await repo.ok("answer", "agree", "--as", "riku");
    expect(await repo.ok("report", "--as", "riku")).not.toContain("agree or object");
    expect((await repo.hire(["check"])).code).toBe(0);
    const json = outputOf(
      await repo.ok(
        "tell",
        "backend",
        "--as",
        "riku",
        "--kind",
        "market",
        "--summary",
        "Two others hire for this",
        "--for",
        "bo",
        "--json",
      ),
    );
    expect(json).toMatchObject({ asked: ["bo"], untold: [] });
  });

  test("what changed in the brief without a word is named first, and explained on the way", async () => {
    repo = await agreedRepo();
    repo.edit("roles/backend/intake.yaml", "max: 90000", "max: 82000");
    repo.commit("Lower the range");
    const flags = ["--kind", "timeline", "--summary", "Not before March"];
    expect((await repo.hire(["tell", "backend", "--as", "dana", ...flags])).stderr.replaceAll(/\s+/gu, " ")).toContain(
      "Changed in the brief, and nobody was told why: compensation. hire explain compensation",
    );
    const script = scriptedPrompts([true, "The board froze the upper third until the new year.", "riku"]);
    await repo.hire(["tell", "backend", "--as", "dana"], { prompts: script });
    expect(script.asked[0]).toBe("Say why now?");
    expect((await repo.hire(["tell", "backend", "--as", "dana", ...flags, "--json"])).stdout).toContain('"untold": []');
  });

  test("as a conversation", async () => {
    repo = await agreedRepo();
    const script = scriptedPrompts(["market", "A competitor pays 10 000 more", "Two candidates named it", "="]);
    const { code } = await repo.hire(["tell", "backend", "--as", "riku"], { prompts: script });
    expect([code, script.left]).toEqual([0, []]);
    expect(parse(repo.read(updates()[0] ?? ""))).toMatchObject({
      kind: "market",
      by: "riku",
      for: ["dana"],
      reason: "Two candidates named it",
    });
  });

  test("refused with the way on", async () => {
    repo = await agreedRepo();
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await repo.hire(["tell", "backend", "--as", "dana", ...args]);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused()).toContain("--kind budget | priority | timeline");
    expect(await refused("--kind", "criteria", "--summary", "x")).toContain("hire change tells of criteria together with the change");
    expect(await refused("--kind", "budgt")).toContain("did you mean 'budget'?");
    expect(await refused("--kind", "budget")).toContain('--summary "…"');
    expect(await refused("--kind", "budget", "--summary", "Frozen", "--for", "rikku")).toContain("did you mean 'riku'?");
    expect(updates()).toEqual([]);
  });
});

describe("what everyone should know", () => {
  test("as text, Markdown and JSON: what is theirs, what is new, what happened, and nothing of scorecards", async () => {
    repo = await agreedRepo();
    await repo.ok(
      "tell",
      "backend",
      "--as",
      "dana",
      "--kind",
      "budget",
      "--summary",
      "The range is frozen <b>now</b>",
      "--reason",
      "The board meets on the 12th.",
    );
    await repo.ok("candidate", "add", "backend", "--id", "amber-otter", "--as", "riku");
    await repo.ok("log", "backend", "amber-otter", "presented", "--as", "riku");
    await repo.ok(
      "score",
      "backend",
      "amber-otter",
      "--as",
      "bo",
      "--stage",
      "design",
      ...rated({ "failure-design": [5, "The zebra outage"], candour: [2, "Guessed at it"] }),
    );
    const text = await repo.ok("tell", "backend", "--digest");
    expect(text).toContain("For riku: Senior Backend Engineer, since 27 Oct\nYours:\n  - agree or object: The range is frozen <b>now</b>");
    expect(text.replaceAll(/\s+/gu, " ")).toContain(
      "New: - 3 Nov, dana: The range is frozen <b>now</b>. Why: The board meets on the 12th. Candidates: - 3 Nov, amber-otter: presented",
    );
    // Dana told it herself.
    expect(text.slice(0, text.indexOf("For riku"))).not.toContain("New:");
    const page = await repo.ok("tell", "backend", "--digest", "--format", "markdown");
    expect(page).not.toContain("<b>");
    for (const shown of [text, page, await repo.ok("tell", "backend", "--digest", "--json")]) expect(shown).not.toMatch(/zebra|Guessed/u);
    const { briefings } = outputOf<{ briefings: { person: string }[] }>(await repo.ok("tell", "backend", "--digest", "--json"));
    expect(briefings.map(({ person }) => person)).toEqual(["dana", "riku", "ana", "bo"]);
    repo.later(10);
    expect(await repo.ok("tell", "backend", "--digest")).not.toContain("presented\n");
    expect(await repo.ok("tell", "backend", "--digest", "--since", "2026-11-03")).toContain("amber-otter: presented");
    expect((await repo.hire(["tell", "backend", "--digest", "--since", "Monday"])).stderr).toContain("is no date");
  });
});

describe("presented profiles, answered several in a row", () => {
  async function presented(): Promise<void> {
    repo = await agreedRepo();
    for (const candidate of ["amber-otter", "brisk-heron", "calm-finch", "dusky-lynx"]) {
      await repo.ok("candidate", "add", "backend", "--id", candidate, "--source", "referral", "--as", "riku");
      await repo.ok("log", "backend", candidate, "presented", "--as", "riku");
    }
    await repo.ok("log", "backend", "calm-finch", "concern", "--note", "Holds another offer until Friday", "--as", "riku");
  }

  test("meet, decline with what it rests on, ask, later; each saved at once", async () => {
    await presented();
    const script = scriptedPrompts([
      "meet",
      "decline",
      "Has brought juniors",
      "Has always worked alone",
      "ask",
      "What does the other offer pay?",
      "later",
    ]);
    const { code, stdout, stderr } = await repo.hire(["review", "backend", "--as", "dana"], { prompts: script });
    expect([code, stdout]).toEqual([0, "Senior Backend Engineer: 1 to meet, 1 declined, 1 asked about.\n"]);
    expect(stderr.replaceAll(/\s+/gu, " ")).toContain("3 of 4 calm-finch · referral · presented 3 Nov · Holds another offer until Friday");
    expect(repo.read("roles/backend/candidates/amber-otter/events.yaml")).toContain("what: profile-accepted, by: dana");
    expect(repo.read("roles/backend/candidates/brisk-heron/events.yaml")).toMatch(
      /what: profile-declined, by: dana.*reason: Has always worked alone.*requirement: mentoring/u,
    );
    expect(await repo.ok("report", "--as", "riku")).toContain("answer: calm-finch: What does the other offer pay?");
    expect(repo.git("log", "-3", "--format=%s").trim().split("\n")).toEqual([
      "Ask about calm-finch for Senior Backend Engineer",
      "Log brisk-heron: profile-declined",
      "Log amber-otter: profile-accepted",
    ]);
    expect(repo.git("status", "--porcelain")).toBe("");
    const { waiting } = outputOf<{ waiting: { candidate: string }[] }>(await repo.ok("review", "backend", "--json"));
    expect(waiting.map(({ candidate }) => candidate)).toEqual(["calm-finch", "dusky-lynx"]);
  });

  test("Ctrl-C keeps what was answered; without a terminal they are listed with the way on", async () => {
    await presented();
    expect((await repo.hire(["review", "backend", "--as", "dana"], { prompts: scriptedPrompts(["meet", ctrlC]) })).code).toBe(130);
    expect(repo.git("log", "-1", "--format=%s").trim()).toBe("Log amber-otter: profile-accepted");
    const listed = await repo.ok("review", "backend");
    expect(listed).toContain("  brisk-heron · referral · presented 3 Nov\n");
    expect(listed).toContain("hire log backend brisk-heron profile-accepted");
    for (const candidate of ["brisk-heron", "calm-finch", "dusky-lynx"])
      await repo.ok("log", "backend", candidate, "profile-accepted", "--as", "dana");
    expect(await repo.ok("review", "backend")).toBe("Senior Backend Engineer: no profile waits for an answer.\n");
  });
});

describe("hire alone", () => {
  test("what is yours, what is late from others, what is new since the last look; the first can be started at once", async () => {
    repo = await agreedRepo();
    repo.write(
      "hire.yaml",
      `${repo.read("hire.yaml")}expectations: { profile-feedback: 1 business day, candidate-update: 1 business day }\n`,
    );
    repo.commit("Promise times");
    expect(await repo.ok("--as", "dana")).toBe("Nothing is yours to do.\n");
    await repo.ok("candidate", "add", "backend", "--id", "amber-otter", "--as", "riku");
    await repo.ok("log", "backend", "amber-otter", "presented", "--as", "riku");
    repo.git("commit", "--amend", "--no-edit", "--author", "Riku Aho <riku@northwind.example>");
    repo.later(3);
    const shown = await repo.ok("--as", "dana");
    expect(shown).toContain(
      "Yours now, dana\n  1 answer amber-otter: presented 3 days ago, due 3 Nov 17:00, LATE\n    hire review backend",
    );
    expect(shown).toContain("New since you last looked\n  riku: Log amber-otter: presented");
    // Looked at: not new any more.
    expect(await repo.ok("--as", "dana")).not.toContain("New since");
    expect(await repo.ok("--as", "riku")).toContain("Late from others\n  dana  amber-otter: answer the profile, due 3 Nov");
    const { yours, others } = outputOf<{ yours: { text: string; late: boolean }[]; others: unknown[] }>(
      await repo.ok("--json", "--as", "dana"),
    );
    expect([yours.length, yours[0]?.late, others]).toEqual([1, true, []]);
    const script = scriptedPrompts(["answer amber-otter", "meet"]);
    expect((await repo.hire(["--as", "dana"], { prompts: script })).stdout).toContain("1 to meet");
    expect(repo.read("roles/backend/candidates/amber-otter/events.yaml")).toContain("what: profile-accepted, by: dana");
  });

  test("outside of a hiring repository it lists the commands; for someone unknown it says so", async () => {
    repo = await agreedRepo();
    expect((await repo.hire([], { cwd: "/" })).stdout).toContain("Usage: hire");
    repo.edit("hire.yaml", "dana@northwind.example", "dana.reyes@northwind.example");
    expect(await repo.ok()).toContain("Nobody in hire.yaml has your address: --as PERSON says who you are.");
    expect((await repo.hire(["--bogus"])).code).toBe(2);
  });
});
