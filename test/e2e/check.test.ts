import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { main } from "../../src/main.ts";
import { outputOf } from "../support/outputs.ts";
import { scriptedPrompts } from "../support/prompts.ts";
import { agreedRepo, fixture, packageRoot, type Ran, type TestRepo } from "../support/repo.ts";

const intake = "roles/backend/intake.yaml";
const rubric = "roles/backend/rubric.yaml";

interface Check {
  readonly files: number;
  readonly findings: readonly { readonly rule: string; readonly file: string; readonly severity: string; readonly line: number }[];
  readonly suppressed: readonly { readonly rule: string; readonly reason: string }[];
}

async function check(repo: TestRepo, ...args: readonly string[]): Promise<Check> {
  const { stdout, stderr, code } = await repo.hire(["check", ...args, "--json"]);
  expect([0, 1], stderr).toContain(code);
  return outputOf<Check>(stdout);
}
const rulesIn = ({ findings }: Check): readonly string[] => findings.map(({ rule, file }) => `${rule} ${file}`);

/** Everything a check says but how long it took. */
const said = ({ code, stdout, stderr }: Ran): string => `${code}\n${stdout.replaceAll(/\d+ ms/gu, "")}${stderr}`;

/** Long enough for the disk's clock to have moved on: what was just written is looked at again until then. */
const settled = (): Promise<void> => wait(2700);

describe("a second check", () => {
  test("says the same as the first, looks again at what changed, and passes nothing over", async () => {
    using repo = await agreedRepo();
    for (const name of ["data", "design", "sales"]) {
      repo.write(`roles/${name}/intake.yaml`, repo.read(intake));
      repo.write(`roles/${name}/rubric.yaml`, repo.read(rubric));
    }
    repo.edit("roles/data/intake.yaml", "status: open", "status: opened");
    repo.edit("roles/design/intake.yaml", "Knows card payments", "A team player");
    await settled();
    const kept = (): readonly string[] => readdirSync(repo.path(".git/hire")).filter((name) => name.startsWith("check-"));
    const first = await repo.hire(["check"]);
    expect([first.code, kept().length]).toEqual([1, 1]);
    const second = await repo.hire(["check"]);
    expect(said(second)).toBe(said(first));
    expect(second.stdout.match(/schema\/enum/gu)).toHaveLength(1);

    // A changed file, a file that came, one that went, a role that came, a role that went.
    repo.edit("roles/sales/rubric.yaml", "covers: [mentoring]", "covers: [mentring]");
    expect(rulesIn(await check(repo))).toContain("rubric/covers-unknown roles/sales/rubric.yaml");
    repo.write("roles/sales/rubric.yml", "x");
    expect(rulesIn(await check(repo))).toContain("layout/stray roles/sales/rubric.yml");
    rmSync(repo.path("roles/sales"), { recursive: true });
    expect(rulesIn(await check(repo)).join(" ")).not.toContain("sales");
    repo.write("roles/Design/intake.yaml", repo.read(intake));
    expect(rulesIn(await check(repo)).join(" ")).toContain("layout/case-clash");
    rmSync(repo.path("roles/Design"), { recursive: true });
    expect(rulesIn(await check(repo)).join(" ")).not.toContain("layout/case-clash");

    // What all roles share counts for all of them.
    repo.edit("hire.yaml", "{ id: bo, name: Bo Chen, email: bo@northwind.example }", "{ id: bea, name: Bea Chen }");
    expect(rulesIn(await check(repo)).filter((line) => line.startsWith("people/unknown")).length).toBeGreaterThan(1);
  });

  test("a role in which a file changed is told of as by a first check, whatever else lies in it", async () => {
    using repo = await agreedRepo();
    const base = "roles/backend/candidates/kiwi";
    repo.write(`${base}/candidate.yaml`, "version: 1\nid: kiwi\nsource: referral\n");
    repo.write(`${base}/large.yaml`, "x".repeat(256 * 1024 + 1));
    repo.write(`${base}/broken.yaml`, "a: [");
    repo.write("roles/data/intake.yaml", repo.read(intake));
    writeFileSync(Buffer.concat([Buffer.from(repo.path("roles/data/")), Buffer.from([0x61, 0xff]), Buffer.from(".yaml")]), "x");
    await settled();
    const again = async (): Promise<void> => {
      const second = said(await repo.hire(["check"]));
      rmSync(repo.path(".git/hire"), { recursive: true });
      expect(second).toBe(said(await repo.hire(["check"])));
    };
    await again();
    repo.edit(intake, "status: open", "status: opened");
    repo.edit(`${base}/candidate.yaml`, "referral", '"call +358 40 123 4567"');
    repo.edit("roles/data/intake.yaml", "status: open", "status: opened");
    await again();
    // Two roles in which something cannot be read, and a change in the first of them.
    await repo.hire(["check"]);
    await settled();
    await repo.hire(["check"]);
    repo.edit(intake, "status: opened", "status: opening");
    await again();
    symlinkSync("/etc/hostname", repo.path(`${base}/link.yaml`));
    await again();
    // What is no file any more where one stood, and a file that cannot be read any more.
    repo.write(`${base}/candidate.yaml`, Buffer.from([0x61, 0x3a, 0x20, 0xff]));
    await again();
    rmSync(repo.path(`${base}/candidate.yaml`));
    symlinkSync("large.yaml", repo.path(`${base}/candidate.yaml`));
    await again();
  });

  test("folders that came, went, became files or repositories of their own, and back, are told of as by a first check", async () => {
    using repo = await agreedRepo();
    const kiwi = "roles/backend/candidates/kiwi";
    repo.write(`${kiwi}/candidate.yaml`, "version: 1\nid: kiwi\nsource: [\n");
    const again = async (change: () => void): Promise<string> => {
      await repo.hire(["check"]);
      change();
      const second = said(await repo.hire(["check"]));
      rmSync(repo.path(".git/hire"), { recursive: true });
      expect(second).toBe(said(await repo.hire(["check"])));
      return second;
    };
    expect(await again(() => repo.write("markets/fi.yaml", "version: ["))).toContain("markets/fi.yaml:1:11  error  yaml/syntax");
    expect(await again(() => renameSync(repo.path("roles"), repo.path("away")))).not.toContain(kiwi);
    expect(await again(() => renameSync(repo.path("away"), repo.path("roles")))).toContain(`${kiwi}/candidate.yaml`);
    expect(await again(() => mkdirSync(repo.path(`${kiwi}/.git`)))).toContain(`${kiwi}:1:1  error  layout/place`);
    expect(await again(() => rmSync(repo.path(`${kiwi}/.git`), { recursive: true }))).not.toContain("layout/place");
    expect(await again(() => mkdirSync(repo.path("roles/foo.yaml")))).toContain("roles/foo.yaml:1:1  error  layout/place");
    const flat = await again(() => {
      rmSync(repo.path(kiwi), { recursive: true });
      repo.write(kiwi, "");
    });
    expect(flat).toContain(`${kiwi}:1:1  warning  layout/stray`);
  });

  test("a file copied to a place of another kind is looked at as what it is there, its times kept or not", async () => {
    using repo = await agreedRepo();
    await settled();
    expect((await check(repo)).findings).toEqual([]);
    const past = new Date("2026-01-01T00:00:00Z");
    utimesSync(repo.path(rubric), past, past);
    copyFileSync(repo.path(rubric), repo.path(intake));
    utimesSync(repo.path(intake), past, past);
    const found = await check(repo);
    expect(rulesIn(found)).toContain(`schema/required ${intake}`);
    expect(rulesIn(await check(repo))).toEqual(rulesIn(found));
  });

  test("a file changed in place, of the same size and with its old time, is looked at again", async () => {
    using repo = await agreedRepo();
    await settled();
    expect((await check(repo)).findings).toEqual([]);
    const { atime, mtime } = statSync(repo.path(intake));
    repo.edit(intake, "status: open", "status: opon");
    utimesSync(repo.path(intake), atime, mtime);
    expect(rulesIn(await check(repo))).toContain(`schema/enum ${intake}`);
  });

  test("what another build of hire kept is made anew", async () => {
    using repo = await agreedRepo();
    await settled();
    const keptAs = async (build: string): Promise<number> => {
      const said = { stdout: "", stderr: "" };
      expect(await main(["check"], { ...repo.context({}, said), build })).toBe(0);
      const [name = ""] = readdirSync(repo.path(".git/hire"));
      return statSync(repo.path(`.git/hire/${name}`)).ino;
    };
    const first = await keptAs("one");
    expect(await keptAs("one")).toBe(first);
    expect(await keptAs("another")).not.toBe(first);
  });

  test("what the history had to say is asked again once HEAD has moved", async () => {
    using repo = await agreedRepo();
    repo.edit(rubric, "bar: 3.5", "bar: 3");
    repo.commit("Lower the bar");
    await settled();
    const before = said(await repo.hire(["check"]));
    expect(before).toContain("agreement/stale");
    expect(said(await repo.hire(["check"]))).toBe(before);
    // The same files, without the history in which they were agreed.
    repo.git("checkout", "--quiet", "--orphan", "alone");
    repo.commit("Begin anew");
    const after = said(await repo.hire(["check"]));
    expect(after).not.toBe(before);
    rmSync(repo.path(".git/hire"), { recursive: true });
    expect(said(await repo.hire(["check"]))).toBe(after);
  });

  test("what was kept is not trusted when it is damaged, cut off, of another place or another hire", async () => {
    using repo = await agreedRepo();
    repo.edit(intake, "status: open", "status: opened");
    await settled();
    const first = said(await repo.hire(["check"]));
    const [name = ""] = readdirSync(repo.path(".git/hire"));
    const path = repo.path(`.git/hire/${name}`);
    const sound = readFileSync(path, "latin1");
    const clean = sound.replace('"findings":[{', '"findings":[],"was":[{');
    const wrong: readonly string[] = [
      "",
      "{",
      sound.slice(0, sound.length / 2),
      sound.replace("schema/enum", "schema/type"),
      // Changed throughout, with the old sum.
      clean,
      sound.replace(/^\["hire check",3,"[^"]*"/u, '["hire check",3,"another"'),
      // Cut elsewhere.
      sound.replace(/,\[(\d+),(\d+),(\d+)\],/u, (_, a, b, c) => `,[${Number(a) - 8},${Number(b) + 8},${String(c)}],`),
      // Another name for a file, and other numbers.
      sound.replace(/intake\.yaml(?=\0)/u, "intake.yarn"),
      `${sound.slice(0, sound.indexOf("\n") + 9)}x${sound.slice(sound.indexOf("\n") + 10)}`,
      sound.replace(repo.root, "/somewhere/else"),
      "x".repeat(100_000),
    ];
    for (const text of wrong) {
      expect(text).not.toBe(sound);
      writeFileSync(path, text, "latin1");
      expect(said(await repo.hire(["check"]))).toBe(first);
      expect(readFileSync(path, "latin1")).not.toBe(text);
    }
  });

  test("eight at once, over many roles, say what one says", async () => {
    using repo = await agreedRepo();
    for (let index = 0; index < 50; index += 1) {
      repo.write(
        `roles/role-${index}/intake.yaml`,
        index % 10 === 0 ? repo.read(intake).replace("status: open", "status: opened") : repo.read(intake),
      );
      repo.write(`roles/role-${index}/rubric.yaml`, repo.read(rubric));
    }
    repo.write("roles/ROLE-7/intake.yaml", repo.read(intake));
    const alone = outputOf<Check>((await repo.hire(["check", "--json"])).stdout);
    rmSync(repo.path(".git/hire"), { recursive: true });
    const run = promisify(execFile);
    const built = async (): Promise<unknown> => {
      const ran = run(process.execPath, [join(packageRoot, "bin/hire.js"), "check", "--json"], {
        cwd: repo.root,
        env: repo.env,
        maxBuffer: 1 << 26,
      });
      const { stdout } = await ran.catch((error: { readonly stdout: string }) => error);
      return JSON.parse(stdout);
    };
    for (const answer of await Promise.all(Array.from({ length: 8 }, built))) expect(answer).toEqual(alone);
    expect(await built()).toEqual(alone);
    expect(rulesIn(alone).filter((line) => line.startsWith("schema/enum")).length).toBe(5);
    expect(rulesIn(alone).some((line) => line.startsWith("layout/case-clash"))).toBe(true);
  });
});

test("--max-warnings counts warnings", async () => {
  using repo = await agreedRepo();
  repo.write("roles/backend/notes.txt", "x");
  const codes = [];
  for (const most of [[], ["--max-warnings", "1"], ["--max-warnings", "0"]]) codes.push((await repo.hire(["check", ...most])).code);
  expect(codes).toEqual([0, 0, 1]);
});

test("--staged quotes nothing of the working tree, which may read otherwise", async () => {
  using repo = await agreedRepo();
  repo.edit(intake, "status: open", "status: opened");
  repo.git("add", intake);
  repo.edit(intake, "status: opened", "status: on-hold # cobalt-7319");
  const { code, stdout } = await repo.hire(["check", "--staged"]);
  expect([code, stdout]).toEqual([1, expect.stringContaining("schema/enum")]);
  expect(stdout).not.toContain("cobalt");
});

describe("--changed", () => {
  test("looks at roles with a file that differs, and at all of them where what they share does", async () => {
    using repo = await agreedRepo();
    repo.write("roles/data/intake.yaml", repo.read(intake).replace("Knows card payments", "A team player"));
    repo.write("roles/data/rubric.yaml", repo.read(rubric));
    repo.commit("Another role");
    const first = repo.git("rev-parse", "HEAD").trim();
    repo.edit(rubric, "covers: [mentoring]", "covers: [mentring]");
    const changed = await check(repo, "--changed");
    expect([...new Set(changed.findings.map(({ file }) => file.split("/")[1]))]).toEqual(["backend"]);
    repo.commit("Break");
    expect((await check(repo, "--changed")).findings).toEqual([]);
    expect(rulesIn(await check(repo, "--changed", "--base", first))).toContain(`change/unexplained ${rubric}`);
    repo.edit("hire.yaml", "Northwind", "Northwind Oy");
    expect(rulesIn(await check(repo, "--changed")).join(" ")).toContain("roles/data/");
  });
});

describe("comments that silence a rule", () => {
  test("silence the line below or, at the head, the file; say so; and only where they are comments", async () => {
    using repo = await agreedRepo();
    repo.edit(intake, "Knows card payments", "A team player");
    repo.edit(intake, "  - { id: payments", "  # hire-ignore intake/vague: the client's own words\n  - { id: payments");
    const line = await check(repo);
    const vague = (found: Check): readonly string[] => rulesIn(found).filter((rule) => /^(?:intake|suppress)/u.test(rule));
    expect([vague(line), line.suppressed.map(({ rule, reason }) => [rule, reason])]).toEqual([
      [],
      [["intake/vague", "the client's own words"]],
    ]);
    const { stdout } = await repo.hire(["check"]);
    expect(stdout).toContain("1 finding silenced by a comment, with a reason");

    // The same words inside a text are words.
    repo.edit(
      intake,
      "why: Payments has one person on call.",
      "why: |\n  # hire-ignore intake/vague: not a comment\n  Payments has one person on call.",
    );
    repo.edit(intake, "  # hire-ignore intake/vague: the client's own words\n", "");
    expect(vague(await check(repo))).toEqual([`intake/vague ${intake}`]);
  });

  test.each([
    ["# hire-ignore intake/vague, text/protected: why", "suppress/reason"],
    ["# hire-ignore intake/vague - why", "suppress/reason"],
    ["# hire-ignore", "suppress/unknown"],
    ["# hire-ignore: because", "suppress/unknown"],
    ["# hire-ignore change/unexplained: why", "suppress/unknown"],
  ])("%s is no way to silence anything, and says so", async (comment, rule) => {
    using repo = await agreedRepo();
    repo.edit(intake, "status: open", `${comment}\nstatus: open`);
    expect(rulesIn(await check(repo))).toEqual([`${rule} ${intake}`]);
  });

  test("--fix takes one out that silences nothing", async () => {
    using repo = await agreedRepo();
    const before = repo.read(intake);
    repo.edit(intake, "status: open", "# hire-ignore intake/vague: no longer\nstatus: open");
    expect(rulesIn(await check(repo))).toEqual([`suppress/unused ${intake}`]);
    expect((await repo.hire(["check", "--fix"])).code).toBe(0);
    expect(repo.read(intake)).toBe(before);
  });
});

describe("--fix", () => {
  test("puts right what can only be meant in one way, keeps the rest byte for byte, and commits nothing", async () => {
    using repo = await agreedRepo();
    const sound = repo.read(intake);
    repo.edit(intake, "status: open", "Status: Open   # soon");
    repo.edit(intake, "version: 1\n", "");
    repo.edit(intake, "need: nice-to-have", "need: nice to have");
    repo.edit(rubric, "required: true", "required: yes");
    repo.edit(rubric, "weight: 3", 'weight: "3"');
    const broken = [repo.read(intake), repo.read(rubric)];
    const dry = await repo.hire(["check", "--fix-dry-run"]);
    expect([dry.code, [repo.read(intake), repo.read(rubric)]]).toEqual([0, broken]);
    expect(dry.stdout).toContain("-    required: yes\n");
    const { stderr, code } = await repo.hire(["check", "--fix"]);
    expect([code, repo.read(intake)], stderr).toEqual([0, sound.replace("status: open", "status: open   # soon")]);
    expect(repo.read(rubric)).toContain("required: true\n    weight: 3\n");
    expect(stderr).toContain("not committed");
    expect(repo.git("status", "--short").trim().split("\n")).toHaveLength(1);
    // Once right, there is nothing to do.
    expect((await repo.hire(["check", "--fix"])).stderr).toBe("");
  });

  test("leaves alone what could mean two things", async () => {
    using repo = await agreedRepo();
    repo.edit(intake, "status: open", "status: opened");
    repo.edit(rubric, "weight: 3", "weigth: 3");
    const before = [repo.read(intake), repo.read(rubric)];
    expect((await repo.hire(["check", "--fix"])).code).toBe(1);
    expect([repo.read(intake), repo.read(rubric)]).toEqual(before);
  });
});

describe("formats", () => {
  /** A repository with findings of each severity, some of them with words that would break out of a format. */
  async function hostile(): Promise<TestRepo> {
    const repo = await agreedRepo();
    const evil = `]]>"'<b>&amp; | @everyone %0A::error::x \`\`\` [x](http://e) \u202e ::set-output name=x::y`;
    repo.write("roles/data/intake.yaml", repo.read(intake).replace("status: open", `status: ${JSON.stringify(evil)}`));
    repo.write("roles/a%0A::error::b,c:d/intake.yaml", "version: 1\n");
    repo.edit(intake, "Knows card payments", "A team player");
    repo.edit(intake, "status: confirmed", "status: open");
    repo.edit(rubric, "covers: [mentoring]", "covers: [mentring]");
    return repo;
  }
  const in_ = async (repo: TestRepo, ...formats: readonly string[]): Promise<string> =>
    (await repo.hire(["check", ...formats.flatMap((format) => ["--format", format])])).stdout;

  test("SARIF is valid by the published schema, silenced findings kept as such", async () => {
    using repo = await hostile();
    repo.edit(intake, "  - { id: payments", "  # hire-ignore intake/vague: the client's own words\n  - { id: payments");
    const log = JSON.parse(await in_(repo, "sarif")) as {
      readonly runs: readonly { readonly results: readonly { readonly ruleId: string; readonly suppressions?: readonly object[] }[] }[];
    };
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(fixture("schemas/sarif-2.1.0.json")) as object);
    expect([validate(log), validate.errors ?? []]).toEqual([true, []]);
    const results = log.runs[0]?.results ?? [];
    expect(results.filter(({ suppressions }) => suppressions !== undefined).map(({ ruleId }) => ruleId)).toEqual(["intake/vague"]);
    expect(results.map(({ ruleId }) => ruleId)).toContain("rubric/covers-unknown");
  });

  test("JUnit is valid by Jenkins' XSD, with findings and without", async () => {
    using repo = await hostile();
    using sound = await agreedRepo();
    for (const text of [await in_(repo, "junit"), await in_(sound, "junit")]) {
      const { valid, errors } = await validateXML({
        xml: { fileName: "hire.xml", contents: text },
        schema: fixture("schemas/jenkins-junit.xsd"),
      });
      expect([valid, errors]).toEqual([true, []]);
    }
  });

  test("GitLab's code quality has its documented shape, and a fingerprint that lines added above do not change", async () => {
    using repo = await hostile();
    interface Issue {
      readonly fingerprint: string;
      readonly location: object;
    }
    const before = JSON.parse(await in_(repo, "gitlab")) as readonly Issue[];
    for (const issue of before)
      expect(issue).toEqual({
        description: expect.any(String) as string,
        check_name: expect.stringMatching(/^[a-z-]+\/[a-z0-9-]+$/u) as string,
        fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/u) as string,
        severity: expect.stringMatching(/^(?:info|minor|critical)$/u) as string,
        location: { path: expect.any(String) as string, lines: { begin: expect.any(Number) as number, end: expect.any(Number) as number } },
      });
    expect(new Set(before.map(({ fingerprint }) => fingerprint)).size).toBe(before.length);
    repo.edit(rubric, "version: 1\n", "# A line more\nversion: 1\n");
    const after = JSON.parse(await in_(repo, "gitlab")) as readonly Issue[];
    expect(after.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(before.map(({ fingerprint }) => fingerprint).toSorted());
  });

  test("workflow commands: one a line, nothing a file says begins one, ten a level and the rest counted", async () => {
    using repo = await hostile();
    const lines = (await in_(repo, "github")).trimEnd().split("\n");
    for (const line of lines)
      expect(line).toMatch(/^::(?:error|warning|notice) file=[^:,]+,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?,title=[^:,]+::/u);
    expect(lines.join("\n").match(/::set-output/gu)?.length ?? 0).toBeLessThan(2);
    for (let index = 0; index < 14; index += 1) repo.write(`roles/backend/stray-${index}.txt`, "x");
    const many = (await in_(repo, "github")).trimEnd().split("\n");
    expect(many.filter((line) => line.startsWith("::warning"))).toHaveLength(10);
    expect(many.at(-1)).toMatch(/^hire: \d+ more warnings in the summary$/u);
    expect(many.findIndex((line) => line.startsWith("::warning"))).toBeGreaterThan(
      many.findLastIndex((line) => line.startsWith("::error")),
    );
  });

  test("Markdown: no HTML, mention, link or fence of a file's own; several formats at once, one of them on stdout", async () => {
    using repo = await hostile();
    const text = await in_(repo, "sarif=out.sarif", "junit=out.xml", "markdown");
    expect(text).not.toMatch(/<(?!\/?details|\/?summary|br)|@(?!\u200b)|\]\(|```|:\/\//u);
    expect(JSON.parse(repo.read("out.sarif"))).toMatchObject({ version: "2.1.0" });
    expect(repo.read("out.xml")).toContain("<testsuites");
    const two = await repo.hire(["check", "--format", "json", "--format", "junit"]);
    expect([two.code, two.stderr]).toEqual([2, expect.stringContaining("two formats cannot share stdout")]);
    const odd = await repo.hire(["check", "--format", "sariff"]);
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining("did you mean 'sarif'?")]);
  });

  test("what is pointed at is quoted nowhere: personal data and protected words", async () => {
    using repo = await agreedRepo();
    await repo.ok("candidate", "add", "backend", "--id", "amber-otter", "--as", "riku");
    repo.write(
      "roles/backend/candidates/amber-otter/events.yaml",
      '- { at: "2026-11-05T09:12:00+02:00", what: presented, by: riku, note: "mail kim@example.org" }\n',
    );
    repo.edit(intake, "Knows card payments", "A digital native from a young team");
    for (const format of ["text", "json", "github", "sarif", "gitlab", "junit", "markdown"]) {
      const text = await in_(repo, format);
      expect(text).toContain("text/protected");
      expect(text).toContain("candidate/personal-data");
      expect(text.replaceAll(/"wrong":.*|A digital native for our young team|Write.*/gu, ""), format).not.toMatch(/kim@|from a young/u);
    }
  });
});

describe("words that the law protects, before they are saved", () => {
  const log = ["log", "backend", "amber-otter", "concern", "--note", "Has two small children", "--as", "riku"];
  const prepared = async (): Promise<TestRepo> => {
    const repo = await agreedRepo();
    await repo.ok("candidate", "add", "backend", "--id", "amber-otter", "--as", "riku");
    return repo;
  };
  const events = "roles/backend/candidates/amber-otter/events.yaml";

  test("are asked about on a terminal, and not saved without a yes", async () => {
    using repo = await prepared();
    const no = await repo.hire(log, { prompts: scriptedPrompts([false]) });
    expect([no.code, no.stderr]).toEqual([2, expect.stringContaining("pregnancy and family plans")]);
    expect(existsSync(repo.path(events))).toBe(false);
    const yes = await repo.hire(log, { prompts: scriptedPrompts([true]) });
    expect([yes.code, existsSync(repo.path(events))]).toEqual([0, true]);
  });

  test("are pointed at without one, and what stood there before is not asked about again", async () => {
    using repo = await prepared();
    const { code, stderr } = await repo.hire(log);
    expect([code, stderr]).toEqual([0, expect.stringContaining("Instead: name the hours")]);
    const again = await repo.hire(["log", "backend", "amber-otter", "presented", "--as", "riku"]);
    expect(again.stderr).not.toContain("Instead:");
  });
});
