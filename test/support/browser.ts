import { execFileSync } from "node:child_process";
import { chromium, type Browser } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const;

/** Where this machine has a Chromium, if it has one. */
export const browserPath: string | undefined =
  process.env["HIRE_BROWSER"] ??
  names.flatMap((name) => {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      return [];
    }
  })[0];

/** Whether pages are left out; never in CI, where a missing browser is a failure. */
export const hasNoBrowser = browserPath === undefined && process.env["CI"] === undefined;
if (hasNoBrowser) console.log("Pages are not tested here: no Chromium (apt-get install chromium, or HIRE_BROWSER=PATH).");

export async function openBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error("no Chromium on this machine: apt-get install chromium, or HIRE_BROWSER=PATH");
  return chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
}
