import type { Context } from "../context.ts";
import { addDays } from "../core/moment.ts";
import { exitCode, type ExitCode, Refusal } from "../core/refusal.ts";
import { wrap } from "../report/style.ts";
import { fillTemplate } from "../workspace/template.ts";
import type { CommandDefinition } from "./command.ts";
import { demoPeople, type DemoStep, sinceAgreement, untilAgreement } from "./demo-script.ts";
import { outputStyle } from "./print.ts";
import { startFolder } from "./place.ts";

export const command: CommandDefinition = {
  declare(program) {
    program
      .argument("[dir]", "where (default: hire-demo, here)")
      .addHelpText(
        "after",
        "\nEverything in it is made by the commands you would use yourself, as five made-up people, over the last three weeks.",
      );
  },
  async run({ args: [folder], globals, context }) {
    const { output, files } = context;
    const style = outputStyle(globals, context);
    const root = files.resolve(startFolder(context, globals), folder ?? freeName(context, startFolder(context, globals)));
    if (!files.isEmptyFolder(root)) throw new Refusal(`${root} is not empty`, { hint: "name another folder: hire demo DIR" });
    const say = (text: string): void => output.out(`${wrap(text, style.width).join("\n")}\n`);

    output.err("Building a search of three weeks …\n");
    files.makeFolder(root);
    await context.git.create(root);
    const step = stepper(root, context);
    await step({
      as: "riku",
      daysAgo: 20,
      time: "08:30",
      args: [
        "init",
        ".",
        "--organization",
        "Northwind",
        "--timezone",
        "Europe/Helsinki",
        ...demoPeople.flatMap(({ name, email }) => ["--person", `${name} <${email}>`]),
      ],
    });
    await commitMarket(root, context);
    for (const one of untilAgreement) await step(one);
    const agreed = await (await context.git.open(root))?.head();
    for (const one of sinceAgreement) await step(one);

    const show = async (title: string, lead: string, command: string, args: readonly string[]): Promise<void> => {
      output.out(`\n${style.bold(title)}\n`);
      say(lead);
      output.out(`\n${style.cyan(`$ hire ${command}`)}\n`);
      await runIn({ ...context, cwd: root }, [...args, "--color", globals.color]);
    };
    say(
      `Northwind looks for a senior backend engineer. Dana is the hiring manager, Riku the recruiter; Ana and Bo interview. ${untilAgreement.length + sinceAgreement.length + 2} commits, made by hire itself, lie in ${root}`,
    );
    await show(
      "1. Where both sides stand",
      "One page for both, here as Dana sees it. Two changes since they agreed: for one, Dana gave her reason. For the other, nobody did.",
      "report backend-engineer --as dana",
      ["report", "backend-engineer", "--as", "dana"],
    );
    await show(
      "2. What the interviewers saw, side by side",
      "Widest apart first, each rating beside what it rests on, and what the rubric's own rule says. Who has not scored would be named first, and shown nothing.",
      "debrief backend-engineer amber-otter --as dana",
      ["debrief", "backend-engineer", "amber-otter", "--as", "dana", "--no-input"],
    );
    await show(
      "3. What changed since they agreed",
      "Commits become sentences: what, how grave, explained or not. What others weigh moved with it, together: that is one line, not two.",
      `diff ${(agreed ?? "").slice(0, 7)} HEAD --role backend-engineer`,
      ["diff", agreed ?? "HEAD", "HEAD", "--role", "backend-engineer"],
    );
    await show(
      "4. How it came about",
      "The same changes one by one, and how far the criteria are from what was agreed.",
      "drift backend-engineer",
      ["drift", "backend-engineer"],
    );
    await show(
      "5. What is wrong with the files",
      "The same check runs in CI and fails a pull request. Here it finds what the unexplained change left behind.",
      "check",
      ["check"],
    );
    output.out(`\n${style.bold("Now you")}\n`);
    const shown = folder ?? root.split(/[\\/]/u).at(-1) ?? root;
    for (const [line, why] of [
      // Run from a checkout, there is no hire on the path yet.
      ...(context.env["npm_lifecycle_event"] === "demo"
        ? [[`alias hire='node ${files.resolve(context.cwd, "bin/hire.js")}'`, ""] as const]
        : []),
      [`cd ${shown}`, ""],
      ['hire explain mentoring --as dana --scores keep --reason "The juniors move to another team in January."', ""],
      ["hire report backend-engineer --as riku", "the reason stands there now"],
      ["hire report backend-engineer --format html=report.html", "the same as a page with pictures"],
      ["hire score backend-engineer early-swift --as ana", "a scorecard as Ana sees it: nobody else's scores"],
      ["hire weigh product-designer --as mika", "100 points, alone"],
      ["hire change backend-engineer --as dana", "change something together with its reason"],
      ["hire agree backend-engineer --as riku", "only what changed since"],
    ] as const)
      output.out(`  ${line}\n${why === "" ? "" : `    ${style.dim(why)}\n`}`);
    return exitCode.ok;
  },
};

function freeName(context: Context, folder: string): string {
  let name = "hire-demo";
  for (let number = 2; !context.files.isEmptyFolder(context.files.resolve(folder, name)); number += 1) name = `hire-demo-${number}`;
  return name;
}

/** Runs steps as the person and at the time that each says, through the same entry as any command line. */
function stepper(root: string, context: Context): (step: DemoStep) => Promise<void> {
  return async ({ as, daysAgo, time, args, input }) => {
    const person = demoPeople.find(({ id }) => id === as);
    if (person === undefined) throw new Error(`nobody called ${as}`);
    const at = `${addDays(context.clock.now().slice(0, 10), -daysAgo)}T${time}:00+02:00`;
    const said: string[] = [];
    const own: Context = {
      ...context.actingAs({ name: person.name, email: person.email }, at),
      cwd: root,
      output: { ...context.output, out: () => undefined, err: (text) => void said.push(text) },
      files: {
        ...context.files,
        stdin: () => (input === undefined ? "" : fillTemplate(context.files.shipped(`templates/demo/${input}`), datesOf(context))),
      },
    };
    const code = await runIn(own, ["--no-input", ...args]);
    if (code !== exitCode.ok)
      throw new Refusal(`the sample search stopped at: hire ${args.slice(0, 3).join(" ")}`, { hint: said.join("").trim() });
  };
}

async function runIn(context: Context, args: readonly string[]): Promise<ExitCode> {
  const { main } = await import("../main.ts");
  return main(args, context);
}

/** The one file that no command writes: a market, from a survey. */
async function commitMarket(root: string, context: Context): Promise<void> {
  const riku = demoPeople[1];
  const own = context.actingAs({ name: riku.name, email: riku.email }, `${addDays(context.clock.now().slice(0, 10), -20)}T08:40:00+02:00`);
  own.files.write(
    root,
    own.files.resolve(root, "markets/backend-fi.yaml"),
    fillTemplate(own.files.shipped("templates/demo/backend-fi.yaml"), datesOf(context)),
  );
  await (await own.git.open(root))?.commit({ paths: ["markets/backend-fi.yaml"], message: "Add what the market pays backend engineers" });
}

function datesOf(context: Context): Readonly<Record<string, string>> {
  const today = context.clock.now().slice(0, 10);
  return {
    opened: addDays(today, -19),
    start: addDays(today, 75),
    soon: addDays(today, -6),
    recently: addDays(today, -1),
    due: addDays(today, 4),
    surveyed: addDays(today, -80),
  };
}
