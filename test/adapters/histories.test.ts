import { mkdirSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { nodeGit } from "../../src/adapters/git.ts";
import { agreedRepo, type TestRepo } from "../support/repo.ts";

let repo: TestRepo;
afterEach(() => repo[Symbol.dispose]());

test("earlier contents of many files, asked for at once, are those of each alone, whatever was renamed", async () => {
  repo = await agreedRepo();
  const rubric = "roles/backend/rubric.yaml";
  const text = repo.read(rubric);
  const write = (path: string, weight: number): string => {
    const changed = text.replace("weight: 3", `weight: ${weight}`);
    repo.write(path, changed);
    return changed;
  };
  const own = [text, write(rubric, 4)];
  repo.commit("Weigh");
  repo.git("mv", "roles/backend", "roles/platform");
  repo.commit("Rename the role");
  own.push(write("roles/platform/rubric.yaml", 5));
  repo.commit("Weigh again");
  // What a branch wrote and took back, before it was merged.
  repo.git("checkout", "--quiet", "-b", "side");
  own.push(write("roles/platform/rubric.yaml", 7));
  repo.commit("Try");
  write("roles/platform/rubric.yaml", 5);
  repo.commit("Take it back");
  repo.git("checkout", "--quiet", "main");
  repo.write("notes.md", "Meanwhile\n");
  repo.commit("Note");
  repo.git("merge", "--quiet", "--no-ff", "--no-edit", "side");
  const others = ["design", "sales", "support"].map(
    (role, index) => [`roles/${role}/rubric.yaml`, `# ${role}\n`.repeat(20 + index)] as const,
  );
  for (const [path, content] of others) repo.write(path, content);
  repo.commit("Three more");
  mkdirSync(repo.path("people"));
  repo.git("mv", "hire.yaml", "roles", "people/");
  repo.commit("Move everything");
  own.push(write("people/roles/platform/rubric.yaml", 6));
  repo.commit("Weigh once more");

  const here = await nodeGit(repo.env).open(repo.root);
  const paths = ["platform/rubric", "platform/intake", "design/rubric", "sales/rubric", "support/rubric"].map(
    (name) => `people/roles/${name}.yaml`,
  );
  const many = await here?.histories(paths);
  const textsOf = (path: string, histories = many): readonly string[] =>
    (histories?.get(path) ?? []).map(({ bytes }) => Buffer.from(bytes).toString("utf8"));
  expect(new Set(textsOf("people/roles/platform/rubric.yaml"))).toEqual(new Set(own));
  for (const [path, content] of others) expect(textsOf(`people/${path}`), path).toEqual([content]);
  for (const path of paths) expect(new Set(textsOf(path, await here?.histories([path]))), path).toEqual(new Set(textsOf(path)));
  expect([await here?.histories([]), textsOf("none.yaml", await here?.histories(["none.yaml"]))]).toEqual([new Map(), []]);
});
