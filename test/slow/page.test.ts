import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, hasNoBrowser, openBrowser } from "../support/browser.ts";
import { demoRepo } from "../support/demo.ts";
import { poisonedRepo } from "../support/poison.ts";
import type { TestRepo } from "../support/repo.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let demo: TestRepo;
let poisoned: TestRepo;

describe.skipIf(hasNoBrowser)(`the report as a page, in ${browserPath ?? "a browser"}`, () => {
  beforeAll(async () => {
    [demo, poisoned] = await Promise.all([demoRepo(), poisonedRepo()]);
    browser = await openBrowser();
    await demo.ok("report", "backend-engineer", "--format", "html=report.html");
    await demo.ok("report", "--all", "--format", "html=all.html");
    await poisoned.ok("report", "--all", "--format", "html=all.html");
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    for (const repo of [demo, poisoned]) repo[Symbol.dispose]();
  });

  interface Opened {
    readonly page: Page;
    /** What went wrong, or wanted something from elsewhere. */
    readonly heard: readonly string[];
  }

  async function open(file: string, { width = 1280, dark = false } = {}): Promise<Opened> {
    // The page's own policy is what is tested; axe is put in past it, by the debugger.
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: dark ? "dark" : "light" });
    const heard: string[] = [];
    page.on("console", (message) => heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("dialog", (dialog) => {
      heard.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) heard.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, heard };
  }

  async function violationsOf(page: Page): Promise<readonly string[]> {
    const session = await page.context().newCDPSession(page);
    const run = async (expression: string): Promise<unknown> =>
      (await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true })).result.value;
    await run(axe);
    return (await run(
      "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`)))",
    )) as readonly string[];
  }

  test("answers four questions at a glance, and shows eight pictures, each with its words and its table", async () => {
    const { page, heard } = await open(demo.path("report.html"));
    const answers = await page.locator(".answer").allInnerTexts();
    expect(
      answers.map((text) =>
        text
          .split("\n")
          .filter((line) => line !== "")
          .slice(0, 2),
      ),
    ).toEqual([
      ["Did both sides agree?", "They did; it has moved since"],
      ["What changed, and why?", "1 of 2 without a reason"],
      ["Who is ahead, and how sure is that?", "Too close to call"],
      ["Who owes whom what?", expect.stringMatching(/^\d late$/u)],
    ]);
    expect(answers[1]).toMatch(/mentoring removed, held 20 % SCORES NOT COMPARABLE\s+NO REASON GIVEN hire explain mentoring/u);
    expect(answers[1]).toContain('"Bo leaves the rotation in January');
    expect(answers[2]).toContain("Too close to call");
    expect(answers[3]).toMatch(/dana has to\s+debrief and decide on amber-otter/u);
    expect(await page.locator("figure h4").allInnerTexts()).toEqual([
      "How the criteria drifted",
      "What each side finds important",
      "Totals, and what they rest on",
      "Ratings by interviewer and criterion",
      "How sure the order is: under other weights",
      "How quickly each side answered",
      "How candidates came through",
      "What happened to whom",
    ]);
    for (const drawn of await page.locator("figure svg").all()) expect((await drawn.boundingBox())?.height).toBeGreaterThan(60);
    await page.locator("figure summary").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("figure table").first().innerText()).toContain("failure-design weight");
    // Whose scorecards are not all in has no rating here: early-swift waits for ana.
    expect(await page.locator("#backend-engineer--ratings").innerHTML()).not.toContain("early-swift");
    expect(heard).toEqual([]);
    await page.close();
  });

  test.each([
    ["report.html", 1280, false],
    ["all.html", 360, true],
  ])("%s, %i wide, dark: %s: axe finds nothing", async (file, width, dark) => {
    const { page } = await open(demo.path(file), { width, dark });
    expect(await violationsOf(page)).toEqual([]);
    await page.close();
  });

  test("axe would find what is wrong", async () => {
    const file = demo.path("wrong.html");
    writeFileSync(file, demo.read("report.html").replace("<main", '<svg role="img"></svg><a href="#x"></a><main'));
    const { page } = await open(file);
    const found = await violationsOf(page);
    for (const rule of ["link-name", "svg-img-alt"]) expect(found).toContainEqual(expect.stringContaining(rule));
    await page.close();
  });

  test("no two things in a page have one id", async () => {
    const { page } = await open(demo.path("all.html"));
    const ids = (await page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")) as readonly string[];
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
    await page.close();
  });

  test("fits a telephone, with letters that can be read", async () => {
    const { page } = await open(demo.path("report.html"), { width: 360 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    expect(
      await page.evaluate("Math.min(...[...document.querySelectorAll('svg text')].map((text) => text.getBoundingClientRect().height))"),
    ).toBeGreaterThan(9);
    await page.close();
  });

  test("is dark where the reader's machine is, and black on white on paper, with every table open", async () => {
    const { page } = await open(demo.path("report.html"), { dark: true });
    const paper = (): Promise<string> => page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await paper()).toBe("rgb(20, 23, 26)");
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    expect(await paper()).toBe("rgb(255, 255, 255)");
    expect(await page.locator(".skip").isVisible()).toBe(false);
    const height = await page
      .locator("figure table")
      .first()
      .evaluate((table) => table.getBoundingClientRect().height);
    expect(height).toBeGreaterThan(20);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
    await page.close();
  });

  test("a picture wider than the page keeps its letters and is scrolled, within the page's own policy", async () => {
    using wide = await demoRepo();
    const people = Array.from({ length: 14 }, (_, index) => `visitor-${index}`);
    wide.edit("hire.yaml", /^people:.*\n/mu, (whole) => whole + people.map((id) => `  - { id: ${id}, name: ${id} }\n`).join(""));
    const card = "roles/backend-engineer/candidates/brisk-heron/evaluations/design--";
    for (const id of people)
      wide.write(`${card}${id}.yaml`, wide.read(`${card}ana.yaml`).replaceAll("interviewer: ana", `interviewer: ${id}`));
    await wide.ok("report", "backend-engineer", "--format", "html=report.html");
    for (const width of [1280, 360]) {
      const { page, heard } = await open(wide.path("report.html"), { width });
      expect(heard).toEqual([]);
      const drawn = page.locator("svg.wide");
      expect((await drawn.boundingBox())?.width).toBeGreaterThan(500);
      expect(
        await drawn
          .locator("text")
          .first()
          .evaluate((text) => text.getBoundingClientRect().height),
      ).toBeGreaterThan(11);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    }
  });

  test("a search that has ended says how", async () => {
    using closed = await demoRepo();
    await closed.ok("log", "backend-engineer", "amber-otter", "offer-accepted", "--as", "riku");
    await closed.ok("close", "backend-engineer", "--as", "riku", "--result", "hired", "--later", "--keep", "Weighing alone");
    await closed.ok("report", "backend-engineer", "--format", "html=report.html");
    const { page } = await open(closed.path("report.html"));
    const answers = await page.locator(".answer").allInnerTexts();
    expect(answers[2]).toMatch(/^How did it end\?\s+Hired: amber-otter\s+Closed [\s\S]*Keep: Weighing alone/u);
    expect(answers[3]).toContain("how it ended");
    await page.close();
  });

  test("over all roles an index comes first, and leads to each", async () => {
    const { page } = await open(demo.path("all.html"));
    expect(await page.locator("nav tbody tr").allInnerTexts()).toEqual([
      expect.stringMatching(/^Senior Backend Engineer\s+open\s+moved since\s+1 WITHOUT A REASON\s+5\s+\d LATE$/u),
      expect.stringMatching(/^Product Designer\s+draft\s+not yet\s+–\s+0\s+–$/u),
    ]);
    await page.locator("nav a").nth(1).click();
    expect(page.url()).toContain("#role--product-designer");
    await page.close();
  });

  test("hostile words in every text field run nothing, fetch nothing and break nothing", async () => {
    const { page, heard } = await open(poisoned.path("all.html"));
    expect(heard).toEqual([]);
    expect(await page.locator("script, img, iframe, object, embed, link, base, form, [onerror]").count()).toBe(0);
    expect(await page.locator("h2").allInnerTexts()).toEqual([
      "All roles",
      expect.stringContaining("<img src=x"),
      expect.stringContaining("<img src=x"),
    ]);
    expect(await violationsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    await page.close();
  });

  test("a script that came in all the same would not run", async () => {
    const file = demo.path("tampered.html");
    writeFileSync(file, demo.read("report.html").replace("<main", "<script>alert(1)</script><img src='https://e.example/x.png'><main"));
    const { page, heard } = await open(file);
    await page.waitForTimeout(100);
    expect(heard.filter((line) => line === "1")).toEqual([]);
    expect(heard.filter((line) => line.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(2);
    await page.close();
  });
});
