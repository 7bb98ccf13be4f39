import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  type Stats,
  writeFileSync,
} from "node:fs";
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
  #kept: Kept | undefined;
  readonly #loaded = new Map<string, Part>();
  #stale = false;

  /** `folder` holds the bundle, `build` names what is in it, `use` is what is kept together: a command's name. */
  constructor(folder: string, build: string, use: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#require = createRequire(join(folder, "index.cjs"));
    this.#store = storeFor(env, use, `${build} ${process.version} ${process.arch} ${process.execArgv.join(" ")}`);
    this.#kept = this.#store === undefined ? undefined : open(this.#store);
  }

  /** What a file of the bundle exports; each is run once. */
  load(name: string): unknown {
    const known = this.#loaded.get(name);
    if (known !== undefined) return known.module.exports;
    const filename = join(this.#folder, name);
    const cachedData = this.#kept?.read(name);
    const script = new Script(readFileSync(filename, "utf8"), { filename, ...(cachedData === undefined ? {} : { cachedData }) });
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
    const parts = new Map([...this.#loaded].map(([name, { script }]) => [name, script.createCachedData()]));
    for (const name of this.#kept?.names ?? []) {
      const bytes = parts.has(name) ? undefined : this.#kept?.read(name);
      if (bytes !== undefined) parts.set(name, bytes);
    }
    // Some platforms put nothing in the place of a file that is open.
    this.#kept?.close();
    this.#kept = undefined;
    write(this.#store, parts);
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
  const real = realpathSync.native(nearest);
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

/** Bytes that hold the length of the index. */
const start = 4;
/** Bytes that hold both copies of any command's index, in one go. */
const usual = 4096;

/** What is kept, in the order in which it stands behind the index. */
interface Index {
  readonly key: string;
  readonly parts: readonly (readonly [name: string, length: number])[];
}

/**
 * What was kept, read part by part as it is asked for: a run needs few of them. The length of the index, the index (JSON),
 * then the parts; index and parts twice, a copy behind the other: V8 trusts what it is given, and what is damaged would
 * crash it. A second copy shows that, without loading what makes checksums.
 */
class Kept {
  readonly #file: number;
  readonly #places = new Map<string, { readonly at: number; readonly length: number }>();

  constructor(file: number, at: number, { parts }: Index) {
    this.#file = file;
    let next = at;
    for (const [name, length] of parts) {
      this.#places.set(name, { at: next, length });
      next += 2 * length;
    }
  }

  get names(): Iterable<string> {
    return this.#places.keys();
  }

  /** Undefined where it was not kept, or is damaged. */
  read(name: string): Buffer<ArrayBuffer> | undefined {
    const place = this.#places.get(name);
    try {
      return place === undefined ? undefined : once(readAt(this.#file, place.at, 2 * place.length), place.length);
    } catch {
      return undefined;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Undefined where nothing was kept for this build, or another could have written it. */
function open({ file, key }: Store): Kept | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(handle);
    if (stats.isFile() && isOwn(stats)) {
      const first = readAt(handle, 0, usual);
      const length = first.readUInt32LE(0);
      const end = start + 2 * length;
      const bytes = once(end <= usual ? first.subarray(start, end) : readAt(handle, start, Math.min(2 * length, stats.size)), length);
      const index = JSON.parse(bytes?.toString("utf8") ?? "{}") as Partial<Index>;
      if (index.key === key && index.parts !== undefined) return new Kept(handle, end, { key, parts: index.parts });
    }
  } catch {
    // There is none yet, or it is none of hire's.
  }
  if (handle !== undefined) closeSync(handle);
  return undefined;
}

function readAt(file: number, at: number, length: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
}

/** The first of two copies, where they are. */
function once(twice: Buffer<ArrayBuffer>, length: number): Buffer<ArrayBuffer> | undefined {
  const [first, second] = [twice.subarray(0, length), twice.subarray(length)];
  return first.length === length && first.equals(second) ? first : undefined;
}

function write({ file, key }: Store, parts: ReadonlyMap<string, Buffer>): void {
  const described: Index = { key, parts: [...parts].map(([name, { length }]) => [name, length]) };
  const index = Buffer.from(JSON.stringify(described));
  const head = Buffer.alloc(start);
  head.writeUInt32LE(index.length, 0);
  const partial = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const twice = [index, ...parts.values()].flatMap((bytes) => [bytes, bytes]);
    writeFileSync(partial, Buffer.concat([head, ...twice]), { mode: 0o600, flag: "wx" });
    renameSync(partial, file);
  } catch {
    rmSync(partial, { force: true });
  }
}
