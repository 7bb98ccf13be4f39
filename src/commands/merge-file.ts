import { visible } from "../core/escape.ts";
import { placeInWords } from "../core/merge.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import type { CommandDefinition } from "./command.ts";
import { folderIn, pathInRoot, startFolder } from "./place.ts";

/** What git calls for a hiring file that both sides changed: see gitattributes(5), "Defining a custom merge driver". */
export const command: CommandDefinition = {
  declare(program) {
    program
      .argument("<base>", "the version both came from (%O)")
      .argument("<ours>", "our version (%A); what comes out is left here")
      .argument("<theirs>", "their version (%B)")
      .argument("<path>", "where the file belongs (%P)")
      .addHelpText("after", "\nhire init --merge-driver has git call this. Exits 1 where both changed one thing in different ways.");
  },
  async run({ args: [base = "", ours = "", theirs = "", path = ""], globals, context }) {
    const { files, cwd } = context;
    const textOf = (file: string): string => {
      const text = files.read(files.resolve(cwd, file));
      if (text === undefined) throw new Refusal(`there is no file ${file}`);
      return text;
    };
    const folder = folderIn(cwd, startFolder(context, globals));
    const inRoot = pathInRoot({ folder }, path) ?? path;
    const { mergeTexts } = await import("../workspace/merge.ts");
    // Where both sides made the file, git gives an empty one.
    const [before, mine, yours] = [textOf(base), textOf(ours), textOf(theirs)];
    // What is no UTF-8 has no meaning here, and is not to be written as if it had.
    if ([before, mine, yours].some((text) => text.includes("\ufffd")))
      return (await context.git.mergeLines(cwd, ours, base, theirs)) ? exitCode.findings : exitCode.ok;
    const { text, conflicts } = mergeTexts(inRoot, before === "" ? null : before, mine, yours);
    const target = files.resolve(cwd, ours);
    if (conflicts.length === 0) {
      files.write(files.resolve(target, ".."), target, text ?? "");
      return exitCode.ok;
    }
    // Where the lines fit though the meaning does not, nothing would mark the place: ours stays as it is.
    if (!(await context.git.mergeLines(cwd, ours, base, theirs))) files.write(files.resolve(target, ".."), target, mine);
    for (const conflict of conflicts)
      context.output.err(`hire: ${visible(path)}: both sides changed ${visible(placeInWords(conflict.path, conflict.about))}\n`);
    return exitCode.findings;
  },
};
