import { align } from "../core/align.ts";
import { noVersions } from "../core/former.ts";
import { recordByPerson, recordOf } from "../core/promises.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { alignmentMarkdown } from "../report/alignment-markdown.ts";
import { alignmentText, type Page } from "../report/alignment-text.ts";
import { impactByChange } from "../report/diff-text.ts";
import type { HtmlRole } from "../report/html/alignment-html.ts";
import { roleChangesJson } from "../report/change-json.ts";
import { calendarsOf, promisesIn } from "./calendars.ts";
import { collect, type CommandDefinition } from "./command.ts";
import { formatHelp, isForOthers, print } from "./print.ts";
import { chooseRole, formerOf, marketsOf, openHiring, refuseBrokenRole, reweightOf, viewerOf } from "./session.ts";

interface ReportOptions {
  readonly full?: boolean;
  readonly all?: boolean;
  readonly format?: readonly string[];
}

export const command: CommandDefinition<ReportOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--all", "every role")
      .option("--full", "every figure: agreement between interviewers, how sure the order is, how alike you began")
      .option("--format <format>", formatHelp.replace("markdown or json", "markdown, html or json"), collect)
      .addHelpText(
        "after",
        "\nBoth sides on one page: what was agreed, what changed since and why, where you are apart, who is ahead and how sure that is, what each can do next.",
      );
  },
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    if (options.all === true && roleId !== undefined) throw new Refusal("one role, or --all?");
    const roles = options.all === true ? hiring.workspace.roles : [await chooseRole(hiring, roleId, context, globals)];
    if (roles.length === 0) throw new Refusal("there is no role yet", { hint: "hire intake <role> begins one" });
    for (const role of roles) refuseBrokenRole(role);
    // Text is read by whoever asks; Markdown and files go to everyone, so they show what anyone may see.
    const viewer = isForOthers(options.format) ? undefined : (await viewerOf(hiring, context, globals))?.id;
    const former = await formerOf(hiring, roles);
    const now = context.clock.now();
    const basis = {
      reweight: reweightOf(hiring.workspace),
      markets: marketsOf(hiring.workspace),
      // What resampling costs is not spent on a page that does not show it.
      statistics: roles.length === 1 || options.full === true || globals.json === true || options.format !== undefined,
      peopleMetrics: hiring.workspace.hire?.data.people_metrics,
    };
    const calendarOf = await calendarsOf(hiring.workspace);
    const promises = await promisesIn(hiring, roles, now, calendarOf);
    const metrics = hiring.workspace.hire?.data.people_metrics ?? "sides";
    const pages = roles.map((role) => {
      const own = promises.filter((promised) => promised.role === role.id);
      const alignment: Page = {
        ...align(role, former.get(role.id) ?? noVersions, viewer, now, basis),
        kept: recordOf(own),
        keptBy: recordByPerson(own, (person) => metrics === "all" || (metrics === "own" && person === viewer)),
      };
      return { alignment, role, promises: own };
    });
    const html = async (): Promise<string> => {
      const [{ alignmentPage }, { driftSoFar }] = await Promise.all([import("../report/html/page.ts"), import("./drift-timeline.ts")]);
      const drawn: HtmlRole[] = [];
      for (const page of pages) drawn.push({ ...page, drift: await driftSoFar(hiring, page.role, context), calendar: calendarOf("") });
      return alignmentPage(drawn, hiring.workspace.hire?.data.organization ?? "", now, {
        page: context.files.shipped("templates/report.html"),
        style: context.files.shipped("templates/report.css"),
      });
    };
    return print(
      {
        kind: "report",
        exit: exitCode.ok,
        json: () => ({ asOf: now, viewer: viewer ?? null, roles: pages.map(({ alignment }) => alignmentJson(alignment)) }),
        text: (style) => pages.map(({ alignment, role }) => alignmentText(alignment, role, now, style, options.full === true)).join("\n"),
        markdown: () => pages.map(({ alignment, role }) => alignmentMarkdown(alignment, role, now, options.full === true)).join("\n"),
        others: { html },
      },
      options.format,
      globals,
      context,
    );
  },
};

function alignmentJson({ since, impact, ...alignment }: Page): Readonly<Record<string, unknown>> {
  return {
    ...alignment,
    since: since === null ? null : roleChangesJson(since, impact === null ? undefined : impactByChange(since, impact)),
  };
}
