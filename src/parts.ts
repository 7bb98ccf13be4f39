import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, type Stats, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { Script } from "node:vm";

interface Part {
  readonly script: Script;
  readonly module: { exports: unknown };
}

/**
 * Loads the files of the bundle and keeps what V8 made of them from one run to the next, which saves a short
 * command a good part of its time (bench/ says how much). It is kept in the user's own cache folder, a file a command, and nowhere else: compiled code
 * found in a repository would be code run from there. What does not fit is ignored and written anew; where nothing can
 * be kept, nothing is said.
 */
export class Parts {
  readonly #folder: string;
  readonly #require: NodeJS.Require;
  readonly #store: Store | undefined;
  readonly #kept: ReadonlyMap<string, Buffer>;
  readonly #loaded = new Map<string, Part>();
  #stale = false;

  /** `folder` holds the bundle, `build` names what is in it, `use` is what is kept together: a command's name. */
  constructor(folder: string, build: string, use: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#require = createRequire(join(folder, "index.cjs"));
    this.#store = storeFor(env, use, `${build} ${process.version} ${process.arch} ${process.execArgv.join(" ")}`);
    this.#kept = this.#store === undefined ? new Map() : read(this.#store);
  }

  /** What a file of the bundle exports; each is run once. */
  load(name: string): unknown {
    const known = this.#loaded.get(name);
    if (known !== undefined) return known.module.exports;
    const filename = join(this.#folder, name);
    const cachedData = this.#kept.get(name);
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, "utf8")}\n})`, {
      filename,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true) this.#stale = true;
    const module: { exports: unknown } = { exports: {} };
    // Known before it runs, as with node's own: parts may need each other.
    this.#loaded.set(name, { script, module });
    const require = (wanted: string): unknown => (wanted.startsWith("./") ? this.load(wanted.slice(2)) : this.#require(wanted));
    (script.runInThisContext() as (...given: readonly unknown[]) => void)(module.exports, require, module, filename, this.#folder);
    return module.exports;
  }

  /** Keeps what was compiled, where anything had to be: at the end, when all that this command needs has been. */
  keep(): void {
    if (this.#store === undefined || !this.#stale) return;
    const fresh = [...this.#loaded].map(([name, { script }]) => [name, script.createCachedData()] as const);
    write(this.#store, new Map([...this.#kept, ...fresh]));
  }
}

interface Store {
  readonly file: string;
  readonly key: string;
}

/** The user's cache folder, where it is theirs alone to write, and no checkout's: what a commit brings is never run. */
function storeFor(env: NodeJS.ProcessEnv, use: string, key: string): Store | undefined {
  if (env["NODE_DISABLE_COMPILE_CACHE"] !== undefined) return undefined;
  const home = env["HOME"] ?? "";
  const base =
    env["XDG_CACHE_HOME"] ||
    (process.platform === "win32" ? env["LOCALAPPDATA"] : join(home, process.platform === "darwin" ? "Library/Caches" : ".cache"));
  if (base === undefined || !isAbsolute(base)) return undefined;
  const folder = join(base, "hire");
  return isSafe(folder) ? { file: join(folder, `${use}.compiled`), key } : undefined;
}

function isSafe(wanted: string): boolean {
  try {
    return isPrivate(wanted);
  } catch {
    return false;
  }
}

function isPrivate(wanted: string): boolean {
  let nearest = wanted;
  while (statSync(nearest, { throwIfNoEntry: false }) === undefined) {
    if (nearest === dirname(nearest)) return false;
    nearest = dirname(nearest);
  }
  // Where it really is: a link may lead into a checkout. The nearest folder that there is decides who may write below it.
  const real = realpathSync(nearest);
  if (!isOwn(statSync(real))) return false;
  for (let folder = real; ; folder = dirname(folder)) {
    if (statSync(join(folder, ".git"), { throwIfNoEntry: false }) !== undefined) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Whether something is the user's, and nobody else's to write. */
function isOwn({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/**
 * Length of the index, index (JSON), then the contents in the index's order; all of it twice. V8 trusts what it is given,
 * and a damaged file would crash it: a second copy shows that, without loading what makes checksums.
 */
const index = 4;

function read({ file, key }: Store): ReadonlyMap<string, Buffer> {
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || !isOwn(stats)) return new Map();
    const twice = readFileSync(file);
    const bytes = twice.subarray(0, twice.length / 2);
    if (!bytes.equals(twice.subarray(twice.length / 2))) return new Map();
    let at = index + bytes.readUInt32LE(0);
    const described = JSON.parse(bytes.toString("utf8", index, at)) as {
      readonly key: string;
      readonly parts: readonly [string, number][];
    };
    if (described.key !== key) return new Map();
    return new Map(described.parts.map(([name, length]) => [name, bytes.subarray(at, (at += length))]));
  } catch {
    return new Map();
  }
}

function write({ file, key }: Store, parts: ReadonlyMap<string, Buffer>): void {
  const described = Buffer.from(JSON.stringify({ key, parts: [...parts].map(([name, { length }]) => [name, length]) }));
  const bytes = Buffer.concat([Buffer.alloc(index), described, ...parts.values()]);
  bytes.writeUInt32LE(described.length, 0);
  const partial = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(partial, Buffer.concat([bytes, bytes]), { mode: 0o600, flag: "wx" });
    renameSync(partial, file);
  } catch {
    rmSync(partial, { force: true });
  }
}
