import { updateAuthor } from "./rules/update/author.ts";
import { updateEdited } from "./rules/update/edited.ts";
import { peopleAddress } from "./rules/people/address.ts";
import { candidateCalibration } from "./rules/candidate/calibration.ts";
import { agreementAuthor } from "./rules/agreement/author.ts";
import { candidateErased } from "./rules/candidate/erased.ts";
import { candidateEventEdited } from "./rules/candidate/event-edited.ts";
import { candidateEventOrder } from "./rules/candidate/event-order.ts";
import { candidateLegalHold } from "./rules/candidate/legal-hold.ts";
import { candidatePersonalData } from "./rules/candidate/personal-data.ts";
import { changeObjected } from "./rules/change/objected.ts";
import { changeUnexplained } from "./rules/change/unexplained.ts";
import { decisionAgainstRule } from "./rules/decision/against-rule.ts";
import { decisionNoReasons } from "./rules/decision/no-reasons.ts";
import { decisionTooFewEvaluations } from "./rules/decision/too-few-evaluations.ts";
import { evaluationAuthor } from "./rules/evaluation/author.ts";
import { evaluationEdited } from "./rules/evaluation/edited.ts";
import { outcomeMismatch } from "./rules/outcome/mismatch.ts";
import { marketOrder } from "./rules/market/order.ts";
import { intakeMissing } from "./rules/intake/missing.ts";
import { prioritiesEdited } from "./rules/priorities/edited.ts";
import { sealEarly } from "./rules/seal/early.ts";
import { sealHolders } from "./rules/seal/holders.ts";
import { sealKeys } from "./rules/seal/keys.ts";
import { sealMissing } from "./rules/seal/missing.ts";
import { sealOpened } from "./rules/seal/opened.ts";
import { suppressReason, suppressUnknown, suppressUnused } from "./rules/suppress/suppress.ts";
import { textProtected } from "./rules/text/protected.ts";
import { updateReasonThin } from "./rules/update/reason-thin.ts";
import { updateUnmatched } from "./rules/update/unmatched.ts";
import { agreementMissing } from "./rules/agreement/missing.ts";
import { agreementOneSided } from "./rules/agreement/one-sided.ts";
import { agreementStale } from "./rules/agreement/stale.ts";
import { evaluationBeforeAgreement } from "./rules/evaluation/before-agreement.ts";
import { evaluationContradicts } from "./rules/evaluation/contradicts.ts";
import { evaluationEvidenceMissing } from "./rules/evaluation/evidence-missing.ts";
import { evaluationIncomplete } from "./rules/evaluation/incomplete.ts";
import { evaluationNotAssigned } from "./rules/evaluation/not-assigned.ts";
import { evaluationOffScale } from "./rules/evaluation/off-scale.ts";
import { evaluationStale } from "./rules/evaluation/stale.ts";
import { evaluationTimeOrder } from "./rules/evaluation/time-order.ts";
import { evaluationUnknownCandidate } from "./rules/evaluation/unknown-candidate.ts";
import { evaluationUnknownCriterion } from "./rules/evaluation/unknown-criterion.ts";
import { evaluationUnknownStage } from "./rules/evaluation/unknown-stage.ts";
import { intakeAssumptionOpen } from "./rules/intake/assumption-open.ts";
import { intakeMustHaveUntested } from "./rules/intake/must-have-untested.ts";
import { intakeOutcomeMissing } from "./rules/intake/outcome-missing.ts";
import { intakeOutcomeUnmeasured } from "./rules/intake/outcome-unmeasured.ts";
import { intakePayBelowMarket } from "./rules/intake/pay-below-market.ts";
import { intakeTooManyMustHaves } from "./rules/intake/too-many-must-haves.ts";
import { intakeVague } from "./rules/intake/vague.ts";
import { peopleCalendar } from "./rules/people/calendar.ts";
import { peopleInactive } from "./rules/people/inactive.ts";
import { peopleUnknown } from "./rules/people/unknown.ts";
import { readingRules } from "./rules/reading.ts";
import { rubricAnchorsMissing } from "./rules/rubric/anchors-missing.ts";
import { rubricCount } from "./rules/rubric/count.ts";
import { rubricCoversUnknown } from "./rules/rubric/covers-unknown.ts";
import { rubricHiddenCriterion } from "./rules/rubric/hidden-criterion.ts";
import { rubricNeverAssessed } from "./rules/rubric/never-assessed.ts";
import { rubricNoCriteria } from "./rules/rubric/no-criteria.ts";
import { rubricOverloadedStage } from "./rules/rubric/overloaded-stage.ts";
import { rubricRenameClash } from "./rules/rubric/rename-clash.ts";
import { rubricRetiredReused } from "./rules/rubric/retired-reused.ts";
import { rubricScaleOrder } from "./rules/rubric/scale-order.ts";
import { rubricSingleAssessor } from "./rules/rubric/single-assessor.ts";
import { rubricWeightDominates } from "./rules/rubric/weight-dominates.ts";
import { rubricWeightReason } from "./rules/rubric/weight-reason.ts";
import type { Rule } from "./rule.ts";

/** Every rule, in the order in which they are told. */
export const registry: readonly Rule[] = [
  ...readingRules,
  peopleUnknown,
  peopleInactive,
  peopleAddress,
  peopleCalendar,
  intakeMissing,
  intakeOutcomeMissing,
  intakeOutcomeUnmeasured,
  intakeTooManyMustHaves,
  intakeMustHaveUntested,
  intakeVague,
  textProtected,
  intakeAssumptionOpen,
  intakePayBelowMarket,
  rubricNoCriteria,
  rubricCount,
  rubricAnchorsMissing,
  rubricScaleOrder,
  rubricWeightDominates,
  rubricWeightReason,
  rubricSingleAssessor,
  rubricCoversUnknown,
  rubricHiddenCriterion,
  rubricNeverAssessed,
  rubricOverloadedStage,
  rubricRetiredReused,
  rubricRenameClash,
  prioritiesEdited,
  agreementMissing,
  agreementStale,
  agreementOneSided,
  agreementAuthor,
  evaluationUnknownCriterion,
  evaluationUnknownStage,
  evaluationUnknownCandidate,
  evaluationNotAssigned,
  evaluationEvidenceMissing,
  evaluationOffScale,
  evaluationIncomplete,
  evaluationContradicts,
  evaluationBeforeAgreement,
  evaluationTimeOrder,
  evaluationStale,
  evaluationEdited,
  evaluationAuthor,
  sealMissing,
  sealOpened,
  sealEarly,
  sealKeys,
  sealHolders,
  candidatePersonalData,
  candidateEventOrder,
  candidateEventEdited,
  candidateCalibration,
  candidateErased,
  candidateLegalHold,
  decisionNoReasons,
  decisionTooFewEvaluations,
  decisionAgainstRule,
  updateReasonThin,
  updateUnmatched,
  updateEdited,
  updateAuthor,
  changeUnexplained,
  changeObjected,
  marketOrder,
  outcomeMismatch,
  suppressReason,
  suppressUnknown,
  suppressUnused,
];
