import { queryOptions } from '@tanstack/react-query';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { AppException } from '../../../shared/errors.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import { call } from '../../api/client.ts';

/**
 * The draft that was on disk when a form was opened. Asked once and kept from `changed` events: the form's own
 * autosaves change it many times a minute, and an answer must never land over a form in mid-typing.
 */
export const draftOnOpen = (input: CallInput<'drafts.find'>) =>
  queryOptions<Draft | null, AppException>({
    queryKey: ['draftOnOpen', input],
    queryFn: () => call('drafts.find', input),
    gcTime: 0,
  });

/** A draft's texts laid over a form's own; fields that a draft of another version lacks keep the form's text. */
export function withDraft<Field extends string>(values: Record<Field, string>, draft: Draft): Record<Field, string> {
  const typed = (Object.keys(values) as Field[])
    .map((field) => [field, draft.values[field]] as const)
    .filter((entry): entry is [Field, string] => typeof entry[1] === 'string');
  return { ...values, ...Object.fromEntries(typed) };
}
