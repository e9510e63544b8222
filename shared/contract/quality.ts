import { z } from 'zod';
import { qualityRuleNames, type CheckedCollection, type QualityRule, type Severity } from '../quality/rules.ts';
import { idSchema, requiredText } from '../schema/document.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing, pageSchema, type Page } from './page.ts';

/** What a batch can mend, each by the rule that finds it: spacing and full-width letters, telephone numbers, national ids, and departments onto the site's list. */
export const ruleOf = { text: 'text-spacing', phone: 'phone-format', nationalId: 'national-id-format', department: 'department-unlisted' } as const satisfies Record<string, QualityRule>;
export type CleaningKind = keyof typeof ruleOf;
const cleaningKinds = Object.keys(ruleOf) as CleaningKind[];

/** The batch that mends what a rule finds; undefined where a person has to look at each. */
export const cleaningOf = (rule: QualityRule): CleaningKind | undefined => cleaningKinds.find((kind) => ruleOf[kind] === rule);

export interface QualityState {
  /** Documents that no rule has looked at since they were written. */
  unchecked: number;
  rules: { rule: QualityRule; collection: CheckedCollection; severity: Severity; count: number }[];
}

/** A document in which something is to be mended, and what stands there. */
export interface QualityRow {
  rule: QualityRule;
  collection: CheckedCollection;
  documentId: string;
  field: string;
  patientId: string;
  patientName: string;
  medicalRecordNumber: string;
  value: string;
}

export interface CleaningChange {
  documentId: string;
  patientId: string;
  patientName: string;
  field: string;
  before: string;
  after: string;
}

export interface Cleaning {
  id: string;
  what: CleaningKind;
  cleanedAt: string;
  cleanedByName: string;
  /** Documents that it changed. */
  count: number;
  undone: boolean;
}

/** For departments: which name of the list each other name becomes; a name that is not in it stays. */
const cleaning = z.strictObject({ what: z.enum(cleaningKinds), departments: z.record(z.string().max(100), requiredText(100)).optional() });

export const qualityCalls = {
  /** Looks a little further at every question, until nothing is unchecked. */
  'quality.state': call('quality.manage', nothing)<QualityState>(),
  'quality.list': call('quality.manage', z.strictObject({ ...pageSchema, rule: z.enum(qualityRuleNames) }))<Page<QualityRow>>(),
  /** Names that records have and the site's list does not, with the one of the list that each most likely means. */
  'quality.departments': call('quality.manage', nothing)<{ list: string[]; unlisted: { name: string; count: number; meant: string | null }[] }>(),
  /** What a cleaning would change: the first ones, and of how many. */
  'quality.preview': call('quality.manage', cleaning)<{ changes: CleaningChange[]; total: number }>(),
  /** Fails with `forbidden` for records without the right to sign them, or `job-running`. */
  'quality.clean': call('quality.manage', cleaning)<Job>(),
  'quality.cleanings': call('quality.manage', nothing)<Cleaning[]>(),
  /** Gives back what a cleaning changed, but in documents that somebody changed since. Fails with `not-found`, `forbidden` or `job-running`. */
  'quality.undo': call('quality.manage', z.strictObject({ id: idSchema }))<Job>(),
};
