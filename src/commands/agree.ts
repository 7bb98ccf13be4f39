import { type Side, sideOf, sideWords, sides, personOf, standingOf, termsOf } from "../core/sign-off.ts";
import { digest } from "../core/digest.ts";
import { type Doc, roleTitle } from "../core/document.ts";
import { noVersions } from "../core/former.ts";
import type { Agreement } from "../core/model.ts";
import { shortDate } from "../core/moment.ts";
import { isMeanOpen } from "../core/priorities.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { count, list } from "../core/change/words.ts";
import { briefText } from "../report/brief-text.ts";
import { changeLines } from "../report/diff-text.ts";
import { rubricText } from "../report/rubric-text.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import type { CommandDefinition, Globals } from "./command.ts";
import { note, outputStyle, tell } from "./print.ts";
import { save } from "./save.ts";
import {
  actorOf,
  canAsk,
  chooseRole,
  committedRole,
  formerOf,
  type Hiring,
  openHiring,
  refuseUnreadable,
  requireIntake,
  requireRubric,
  reweightOf,
} from "./session.ts";

interface AgreeOptions {
  readonly side?: string;
  readonly again?: boolean;
}

export const command: CommandDefinition<AgreeOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--side <side>", "hiring-manager or recruiter (default: whichever you are)")
      .option("--again", "sign once more where nothing has changed: when someone else signed in your name")
      .addHelpText(
        "after",
        "\nSigns intake and rubric as they stand, item by item. Later it shows only what changed since you last agreed.",
      );
  },
  writes: () => true,
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    const actor = await actorOf(hiring, context, globals);
    const intake = requireIntake(role).data;
    const rubric = requireRubric(role).data;
    refuseUnreadable(role, `agreements/${actor.id}.yaml`);
    if (options.side !== undefined && !sides.includes(options.side as Side))
      throw new Refusal(`'${options.side}' is no side`, { hint: sides.join(" or ") });
    const side = (options.side as Side | undefined) ?? sideOf(intake, actor.id);
    if (side === undefined || personOf(intake, side) !== actor.id) {
      throw new Refusal(
        `${actor.name} is not the ${side === undefined ? "hiring manager or recruiter" : sideWords[side]} of ${roleTitle(role)}`,
        { hint: `${intake.team.hiring_manager} and ${intake.team.recruiter} agree (--as PERSON)` },
      );
    }
    if (intake.team.hiring_manager === intake.team.recruiter)
      throw new Refusal(`${actor.id} speaks for both sides of ${roleTitle(role)}: an agreement needs two`, {
        hint: `hire intake ${role.id} --set team.recruiter=PERSON`,
      });
    await refuseUncommitted(hiring, role.id, [requireIntake(role), requireRubric(role)], globals);
    const mustHaves = (intake.requirements ?? []).filter(({ need }) => need === "must-have").length;
    const summary = `${count(mustHaves, "must-have")}, ${count(rubric.criteria.length, "criterion", "criteria")}, bar ${rubric.decision.bar}`;
    const known = role.agreements.find(({ data }) => data.person === actor.id);
    const former = (await formerOf(hiring, [role])).get(role.id) ?? noVersions;
    const standing = known === undefined ? undefined : standingOf(known, role, former, reweightOf(hiring.workspace));
    if (known !== undefined && standing !== undefined) {
      const since = shortDate(known.data.agreed_at, context.clock.now());
      const changes = standing.changes?.changes ?? [];
      if (options.again !== true && known.data.intake === digest(intake) && known.data.rubric === digest(rubric)) {
        tell(context, `You agreed to this on ${since}; nothing has changed since. --again signs once more.\n`);
        return exitCode.ok;
      }
      tell(
        context,
        standing.changes === undefined
          ? `Since you agreed on ${since}, these changed (the words then are not in this history): ${standing.differing.join(", ")}\n`
          : `Since you agreed on ${since}, ${changes.length === 0 ? "nothing that counts" : count(changes.length, "thing")} changed:\n${changeLines({ changes: standing.changes, agreements: [] }, outputStyle(globals, context)).join("\n")}\n`,
      );
    } else {
      const style = outputStyle(globals, context);
      tell(context, `${briefText(intake, context.clock.now().slice(0, 10), style)}\n${rubricText(role, rubric, style)}`);
    }
    const bare = rubric.criteria.filter(({ anchors }) => (anchors ?? []).length === 0).map(({ id }) => id);
    if (bare.length > 0)
      note(context, `No anchors yet: ${list(bare)}. What is written there later is a change of what you agree to now.\n`);
    if (isMeanOpen(role))
      tell(context, `These weights are not the mean of what you both gave: hire rubric ${role.id} --weighed takes it.\n`);
    if (canAsk(context, globals) && !(await context.prompts.confirm(`Agree as ${sideWords[side]}?`, true))) {
      context.output.err("Not signed.\n");
      return exitCode.ok;
    }
    const agreement: Agreement = {
      version: 1,
      person: actor.id,
      as: side,
      agreed_at: context.clock.now(),
      summary,
      intake: digest(intake),
      rubric: digest(rubric),
      terms: termsOf(intake, rubric),
      ...(known === undefined
        ? {}
        : {
            earlier: [
              { agreed_at: known.data.agreed_at, intake: known.data.intake, rubric: known.data.rubric },
              ...(known.data.earlier ?? []),
            ],
          }),
    };
    const path = rolePath(role.id, "agreements", `${actor.id}.yaml`);
    const old = context.files.read(context.files.resolve(hiring.root, path));
    const text = old === undefined ? newFile(schemaHeader(path, "agreement"), agreement) : editYaml(old, agreement);
    await save(hiring, context, globals, [{ path, text }], `Agree on ${roleTitle(role)} as ${sideWords[side]}`, { "Hire-Role": role.id });
    const other = sides.find((name) => name !== side) ?? side;
    const theirs = role.agreements.find(({ data }) => data.as === other && data.person === personOf(intake, other));
    const stands = theirs !== undefined && !standingOf(theirs, role, former, reweightOf(hiring.workspace)).stale;
    const next = role.candidates.length === 0 ? ` Next: hire candidate add ${role.id}` : "";
    tell(
      context,
      stands
        ? `Both sides have agreed.${next}\n`
        : `Signed. Now ${personOf(intake, other)} for the ${sideWords[other]}: hire agree ${role.id}\n`,
    );
    return exitCode.ok;
  },
};

/** What is signed must be there for the other side to read: signing words that only this disk has would bind nobody. */
async function refuseUncommitted(hiring: Hiring, role: string, docs: readonly Doc<unknown>[], globals: Globals): Promise<void> {
  if (!globals.commit || hiring.workspace.hire?.data.commit === false) return;
  if ((await hiring.repository?.head()) === undefined) return;
  const committed = await committedRole(hiring, role);
  const open = docs.filter(
    ({ data }) => ![committed?.intake, committed?.rubric].some((doc) => doc !== undefined && digest(doc.data) === digest(data)),
  );
  if (open.length === 0) return;
  const paths = open.map(({ path }) => path).join(" ");
  throw new Refusal(
    `${open.map(({ path }) => path).join(" and ")} as it stands is not committed: the other side could not read what you sign`,
    { hint: `git add ${paths} && git commit` },
  );
}
