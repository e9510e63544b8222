import type { ModelName } from '../../scheduling/models.ts';
import type { Run } from '../../scheduling/run.ts';
import { cloudReportContentSchema, type CloudReportContent } from '../../schema/cloud-report.ts';
import { checkPlacement } from '../placement/check.ts';
import { placeMachines } from '../placement/solve.ts';
import { cloudFigures, reportOptions } from './figures.ts';
import { inOrder, inputsDigest, type CloudReportInputs } from './inputs.ts';

/** What a report is about, and the version of the program that it names as its maker. */
export type ReportSubject = Pick<CloudReportContent, 'period' | 'day' | 'from' | 'to' | 'version'>;

/**
 * A report by one model's best placement. Null where a clock may have cut the model off, since that answer would be another one on
 * another day: what was not proved counts only from the rules, whose search is counted in steps. `violations`: what the independent
 * checker found wrong with the placement; then there is no report either.
 */
export function makeCloudReport(inputs: CloudReportInputs, subject: ReportSubject, model: ModelName, run: Run): { content: CloudReportContent | null; violations: unknown[] } {
  const inventory = inOrder(inputs.inventory);
  const answer = placeMachines(inventory, reportOptions, model, run);
  const violations = checkPlacement(inventory, reportOptions, answer);
  const canBeRepeated = model === 'greedy' || answer.status === 'optimal' || answer.status === 'infeasible';
  if (violations.length > 0 || !canBeRepeated) return { content: null, violations };
  const figures = cloudFigures({ ...inputs, inventory }, model, answer);
  // Parsed as it will be when it is read back, so that one made again can be compared with one that was stored.
  return { content: cloudReportContentSchema.parse({ ...subject, inputsDigest: inputsDigest(inputs), seed: inputs.seed, figures }), violations };
}
