import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { AppException } from '../../../shared/errors.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import { call } from '../../api/client.ts';
import { draftsSettled } from './draft-keeper.ts';

/** The draft that was on disk when a form was opened. */
export interface DraftOnOpen {
  /** Null when there is none; undefined until it is known. */
  draft: Draft | null | undefined;
  error: AppException | null;
  retry(): void;
  /** Says that the draft was discarded. */
  forget(): void;
}

/**
 * Looks for a form's draft, once for each opening: an answer kept from an earlier opening could be an older text, and
 * `changed` events must not fetch it again, since the form's own autosaves cause them several times a second.
 */
export function useDraftOnOpen(form: CallInput<'drafts.find'>): DraftOnOpen {
  const client = useQueryClient();
  const [opening] = useState(() => crypto.randomUUID());
  const queryKey = ['draftOnOpen', opening, form];
  const { data, error, refetch } = useQuery<Draft | null, AppException>({
    queryKey,
    queryFn: async () => {
      await draftsSettled();
      return call('drafts.find', form);
    },
    gcTime: 0,
  });
  return { draft: data, error, retry: () => void refetch(), forget: () => void client.setQueryData(queryKey, null) };
}

/** A draft's texts laid over a form's own; fields that a draft of another version lacks keep the form's text. */
export function withDraft<Field extends string>(values: Record<Field, string>, draft: Draft): Record<Field, string> {
  const typed = (Object.keys(values) as Field[])
    .map((field) => [field, draft.values[field]] as const)
    .filter((entry): entry is [Field, string] => typeof entry[1] === 'string');
  return { ...values, ...Object.fromEntries(typed) };
}
