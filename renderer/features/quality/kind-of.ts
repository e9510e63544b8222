import type { CleaningKind } from '../../../shared/contract/quality.ts';
import type { QualityRule } from '../../../shared/quality/rules.ts';

const kinds: Partial<Record<QualityRule, CleaningKind>> = { 'text-spacing': 'text', 'phone-format': 'phone', 'national-id-format': 'nationalId', 'department-unlisted': 'department' };

/** The batch that mends what a rule finds; undefined where a person has to look at each. */
export const kindOf = (rule: QualityRule): CleaningKind | undefined => kinds[rule];
