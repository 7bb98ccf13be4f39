import { fstatSync, statSync } from "node:fs";

/**
 * Whether a terminal is at a descriptor. A pipe, a file or the null device is none, which its kind says: node:tty, which
 * knows, takes a short command milliseconds to load.
 */
export function isTerminal(descriptor: 0 | 1 | 2): boolean {
  return (process.platform === "win32" || mayBeTerminal(descriptor)) && process.getBuiltinModule("node:tty").isatty(descriptor);
}

function mayBeTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && stats.rdev !== statSync("/dev/null").rdev;
  } catch {
    return false;
  }
}
