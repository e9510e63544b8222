import { queryOptions, useMutation, useQuery, type UseMutationResult } from '@tanstack/react-query';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import type { AppException } from '../../shared/errors.ts';
import { call } from './client.ts';
import { collectionsOf } from './collections-of.ts';

/**
 * A cached question to the backend. The key starts with the collection the call is named for, and
 * `meta.collections` lists all it is made of, so that `changed` events make it stale.
 *
 *     const { data, error } = useQuery(callQuery('patients.get', { id }));
 */
export function callQuery<Name extends CallName>(name: Name, input: CallInput<Name>) {
  const collections = collectionsOf(name);
  return queryOptions<CallOutput<Name>, AppException>({
    queryKey: [collections[0] ?? name.split('.')[0], name, input],
    queryFn: () => call(name, input),
    meta: { collections },
  });
}

/** `useQuery(callQuery(name, input))`. */
export const useCall = <Name extends CallName>(name: Name, input: CallInput<Name>) => useQuery(callQuery(name, input));

/**
 * A write, or anything that must not be repeated by itself. Errors are returned in `error`, an AppException;
 * show it with `ErrorNotice`, or map it to fields with `issuesToFormErrors`.
 */
export function useCallMutation<Name extends CallName>(
  name: Name,
): UseMutationResult<CallOutput<Name>, AppException, CallInput<Name>> {
  return useMutation({ mutationKey: [name], mutationFn: (input: CallInput<Name>) => call(name, input) });
}
