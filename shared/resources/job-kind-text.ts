import type { TFunction } from 'i18next';
import { usage } from '../i18n/en/usage.ts';

type Kind = keyof (typeof usage)['jobKind'];
const isKnown = (kind: string): kind is Kind => Object.hasOwn(usage.jobKind, kind);

/** The name of a kind of job; one of a newer server keeps its own. */
export const jobKindText = (kind: string, t: TFunction): string => (isKnown(kind) ? t(`usage.jobKind.${kind}`) : kind);
