// Makes a hiring repository of a given size: real forms, invented words, the same for the same size.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { parse } from "yaml";

/** A small seeded generator (mulberry32): repeatable, and good enough for invented words. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const words =
  "service ledger outage queue review design incident customer payment release failover index schema cache deploy rollback budget team rotation junior".split(
    " ",
  );

/** hire's own digests and words, so that agreements and scorecards are as hire would have written them. */
async function loadCore() {
  const source = fileURLToPath(new URL("../src/core/", import.meta.url));
  const { outputFiles } = await build({
    stdin: {
      contents:
        'export { termsOf } from "./sign-off.ts"; export { asOf, digest } from "./digest.ts"; export { toYaml } from "../workspace/write.ts";',
      resolveDir: source,
      loader: "ts",
    },
    bundle: true,
    format: "cjs",
    platform: "node",
    write: false,
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0].text)(module, module.exports, createRequire(import.meta.url));
  return module.exports;
}

/** Writes `roles` agreed roles of `candidates` candidates with two evaluations each, and commits them. Returns the number of files. */
export async function generate(root, roles, candidates) {
  const { asOf, digest, termsOf, toYaml } = await loadCore();
  const random = seeded(roles * 1000 + candidates);
  const sentence = (length) => Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(" ");
  let files = 0;
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    files += 1;
  };
  write(
    "hire.yaml",
    `version: 1\norganization: Bench\npeople:\n${["dana", "riku", "ana", "bo"].map((id) => `  - { id: ${id}, name: ${id}, email: ${id}@bench.example }\n`).join("")}`,
  );
  for (let role = 0; role < roles; role += 1) {
    const folder = `roles/role-${role}`;
    const criteria = ["design", "incidents", "mentoring", "candour"];
    const intakeText = `version: 1\ntitle: Role ${role}\nstatus: open\nteam: { hiring_manager: dana, recruiter: riku, panel: [ana, bo] }\nwhy: |\n  ${sentence(20)}\noutcomes:\n  - { id: pager, by: 90 days, result: ${sentence(5)}, measure: ${sentence(4)} }\nrequirements:\n${criteria.map((id) => `  - { id: ${id}, need: must-have, statement: ${sentence(8)} }\n`).join("")}`;
    const rubricText = `version: 1\nscale:\n${[1, 2, 3, 4, 5].map((value) => `  - { value: ${value}, label: L${value}, means: ${sentence(6)} }\n`).join("")}criteria:\n${criteria
      .map(
        (id) =>
          `  - id: ${id}\n    name: ${id}\n    means: ${sentence(12)}\n    required: true\n    weight: ${1 + Math.floor(random() * 5)}\n    bar: 3\n    covers: [${id}]\n    anchors:\n${[1, 3, 5].map((value) => `      - { value: ${value}, means: ${sentence(7)} }\n`).join("")}`,
      )
      .join("")}decision: { bar: 3.5, evaluations: 2, rule: weighted-mean }\n`;
    write(`${folder}/intake.yaml`, intakeText);
    write(`${folder}/rubric.yaml`, rubricText);
    const intake = parse(intakeText);
    const rubric = parse(rubricText);
    for (const [person, as] of [
      ["dana", "hiring-manager"],
      ["riku", "recruiter"],
    ]) {
      const agreement = {
        version: 1,
        person,
        as,
        agreed_at: "2026-11-03T10:12:00+02:00",
        intake: digest(intake),
        rubric: digest(rubric),
        terms: termsOf(intake, rubric),
      };
      write(`${folder}/agreements/${person}.yaml`, toYaml(agreement));
    }
    const meaning = Object.fromEntries(rubric.criteria.map((criterion) => [criterion.id, asOf(criterion, rubric.scale)]));
    for (let candidate = 0; candidate < candidates; candidate += 1) {
      const id = `candidate-${candidate}`;
      write(`${folder}/candidates/${id}/candidate.yaml`, `version: 1\nid: ${id}\nsource: referral\n`);
      write(
        `${folder}/candidates/${id}/events.yaml`,
        `- { at: "2026-11-05T09:12:00+02:00", what: presented, by: riku }\n- { at: "2026-11-06T09:12:00+02:00", what: profile-accepted, by: dana }\n`,
      );
      for (const person of ["ana", "bo"]) {
        write(
          `${folder}/candidates/${id}/evaluations/interview--${person}.yaml`,
          `version: 1\ncandidate: ${id}\nstage: interview\ninterviewer: ${person}\nsubmitted_at: "2026-11-10T17:05:00+02:00"\nrubric: "${digest(rubric)}"\nratings:\n${criteria
            .map(
              (criterion) =>
                `  - criterion: ${criterion}\n    as_of: "${meaning[criterion]}"\n    rating: ${1 + Math.floor(random() * 5)}\n    evidence: |\n      ${sentence(18)}.\n`,
            )
            .join("")}recommendation: mixed\nconfidence: medium\nkey_reason: ${sentence(8)}\n`,
        );
      }
    }
  }
  commitAll(root);
  return files;
}

/**
 * Adds `commits` commits, of which each fifth moves a weight in the first role's rubric and the others log an event
 * of some candidate.
 */
export function addHistory(root, commits, roles, candidates) {
  const path = join(root, "roles/role-0/rubric.yaml");
  let rubric = readFileSync(path, "utf8");
  const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const stream = Array.from({ length: commits }, (_, index) => {
    let name = `roles/role-${index % roles}/candidates/candidate-${index % candidates}/events.yaml`;
    let text = `- { at: "2026-11-05T09:12:00+02:00", what: presented, by: riku }\n- { at: "2026-11-06T09:12:00+02:00", what: told, by: riku, note: "${index}" }\n`;
    if (index % 5 === 0) {
      rubric = rubric.replace(/weight: [\d.]+/u, `weight: ${(1 + (((index / 5) * 7) % 50) / 10 + index / 100_000).toFixed(4)}`);
      name = "roles/role-0/rubric.yaml";
      text = rubric;
    }
    const from = index === 0 ? "from refs/heads/main^0\n" : "";
    return `commit refs/heads/main\ncommitter Dana <dana@bench.example> ${1_780_000_000 + index * 600} +0000\n${data(`Commit ${index}`)}${from}M 100644 inline ${name}\n${data(text)}\n`;
  });
  execFileSync("git", ["fast-import", "--quiet"], { cwd: root, input: stream.join(""), maxBuffer: 1 << 28 });
  execFileSync("git", ["reset", "--quiet", "--hard"], { cwd: root });
}

function commitAll(root) {
  const git = (...args) =>
    execFileSync("git", args, {
      cwd: root,
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Dana",
        GIT_AUTHOR_EMAIL: "dana@bench.example",
        GIT_COMMITTER_NAME: "Dana",
        GIT_COMMITTER_EMAIL: "dana@bench.example",
      },
    });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Everything");
}
