import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../support/repo.ts";

/** The built tool, with a home of its own. */
class Home {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "hire-home-")));

  run(args: readonly string[] = ["schema", "rubric"], env: NodeJS.ProcessEnv = {}): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(packageRoot, "bin/hire.js"), ...args], {
      cwd: this.path,
      env: { PATH: process.env["PATH"], HOME: this.path, XDG_CACHE_HOME: join(this.path, "cache"), ...env },
      encoding: "utf8",
    });
    return `${status ?? "killed"}\n${stderr}${stdout}`;
  }

  kept(folder = "cache/hire"): readonly string[] {
    return existsSync(join(this.path, folder)) ? readdirSync(join(this.path, folder)) : [];
  }

  get file(): string {
    return join(this.path, "cache/hire/schema.compiled");
  }
}

describe("what was compiled is kept between runs", () => {
  it("in the user's own cache folder, private, a file a command, written once", () => {
    const home = new Home();
    const first = home.run();
    expect(first).toMatch(/^0\n/u);
    expect(home.kept()).toEqual(["schema.compiled"]);
    expect(statSync(home.file).mode & 0o777).toBe(0o600);
    const { ino } = statSync(home.file);
    expect(home.run()).toBe(first);
    expect(statSync(home.file).ino).toBe(ino);
  });

  it.each([
    ["broken in the middle", (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 5000, 9000)],
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["empty", () => Buffer.alloc(0)],
    ["something else", () => Buffer.from("no compiled code at all, only words")],
  ])("a file that is %s is passed over and written anew", (_, damage) => {
    const home = new Home();
    const first = home.run();
    const good = readFileSync(home.file);
    const bad = damage(good);
    writeFileSync(home.file, bad);
    expect(home.run()).toBe(first);
    expect(readFileSync(home.file).equals(bad)).toBe(false);
    expect(home.run()).toBe(first);
  });

  it("never from a checkout: what a commit brings is not run", () => {
    const home = new Home();
    mkdirSync(join(home.path, ".git"));
    expect(home.run()).toMatch(/^0\n/u);
    expect(home.kept()).toEqual([]);
  });

  it.skipIf(process.getuid === undefined)("nor from a folder that others may write in", () => {
    const home = new Home();
    mkdirSync(join(home.path, "cache"));
    chmodSync(join(home.path, "cache"), 0o777);
    expect(home.run()).toMatch(/^0\n/u);
    expect(home.kept()).toEqual([]);
  });

  it("nor through a link into a checkout, nor from a link or a file that others may write", () => {
    const home = new Home();
    expect(home.run()).toMatch(/^0\n/u);
    const good = readFileSync(home.file);
    chmodSync(home.file, 0o666);
    home.run();
    // Written anew, by rename: private again.
    expect(statSync(home.file).mode & 0o777).toBe(0o600);

    const checkout = join(home.path, "checkout");
    mkdirSync(join(checkout, ".git"), { recursive: true });
    mkdirSync(join(checkout, "evil"));
    rmSync(join(home.path, "cache/hire"), { recursive: true });
    symlinkSync(join(checkout, "evil"), join(home.path, "cache/hire"));
    writeFileSync(join(checkout, "evil/schema.compiled"), good);
    expect(home.run()).toMatch(/^0\n/u);
    expect(readFileSync(join(checkout, "evil/schema.compiled")).equals(good)).toBe(true);
    expect(readdirSync(join(checkout, "evil"))).toEqual(["schema.compiled"]);
  });

  it("words that are no command leave nothing, and node's own switch turns it off", () => {
    const home = new Home();
    expect(home.run(["shcema"])).toMatch(/^2\n/u);
    expect(home.run(["schema"], { NODE_DISABLE_COMPILE_CACHE: "1" })).toMatch(/^0\n/u);
    expect(home.run(["schema"], { XDG_CACHE_HOME: "relative" })).toMatch(/^0\n/u);
    expect(home.run(["schema"], { XDG_CACHE_HOME: "/dev/null/nowhere" })).toMatch(/^0\n/u);
    expect(home.kept()).toEqual([]);
  });
});
