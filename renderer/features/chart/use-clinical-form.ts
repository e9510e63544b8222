import type { z } from 'zod';
import type { CallInput } from '../../../shared/contract/index.ts';
import { fieldIssues } from '../../../shared/field-issues.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import { useDocumentForm, type DocumentForm } from '../drafts/use-document-form.ts';
import type { SavedVersion } from '../drafts/use-meanwhile.ts';
import type { DockKind } from './dock-store.ts';

export interface ClinicalFormOptions<Field extends string, Input> {
  kind: DockKind;
  key: string;
  patientId: string;
  fields: readonly Field[];
  values: Record<Field, string>;
  draft: Draft | null;
  /** The document as the form was opened over it; absent for a new one. */
  baseRev?: string | undefined;
  /** What the typed texts mean, checked by `schema`. */
  candidate: (values: Record<Field, string>) => unknown;
  schema: z.ZodType<Input>;
  /** The fields that the paths of the schema stand for, by their beginning. */
  fieldOf: Readonly<Record<string, Field>>;
  /** As it is saved now, for an edit over somebody else's. */
  latest?: () => Promise<SavedVersion<Field>>;
}

/** A form on a clinical document: autosaved, checked as the backend will check it. */
export function useClinicalForm<Field extends string, Input>(options: ClinicalFormOptions<Field, Input>): DocumentForm<Field, Input> {
  const { kind, key, patientId, fields, values, draft, baseRev, candidate, schema, fieldOf, latest } = options;
  const target: Omit<CallInput<'drafts.save'>, 'values'> = { kind, key, patientId, ...(baseRev !== undefined && { baseRev }) };
  return useDocumentForm<Field, Input>({
    fields,
    values,
    target,
    draft,
    read(typed) {
      const parsed = schema.safeParse(candidate(typed));
      return parsed.success ? { ok: true, input: parsed.data } : { ok: false, issues: fieldIssues(parsed.error) };
    },
    fieldOfPath(path) {
      const bare = path.replace(/^contents?\.(\d+\.)?/, '');
      return Object.entries(fieldOf).find(([beginning]) => bare === beginning || bare.startsWith(`${beginning}.`))?.[1];
    },
    versions: async () => (latest ? [await latest()] : []),
  });
}

/** An emptied field is an absent one. */
export const given = (typed: string): string | undefined => (typed.trim() === '' ? undefined : typed.trim());
