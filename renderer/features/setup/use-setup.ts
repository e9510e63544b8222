import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { callQuery } from '../../api/queries.ts';
import { serveOthers } from '../hub/serve-others.ts';
import { useUi, type ShownOnce } from '../../app/ui-store.ts';

/**
 * Both set-ups keep what is shown once before anything else can draw: the answer's handler belongs to the mutation
 * and not to the form, which is gone as soon as the backend tells that the clinic exists.
 */
export const useCreateClinic = () =>
  useSetup(
    ({ serve: _serve, ...input }: CallInput<'setup.createClinic'> & { serve: boolean }) => call('setup.createClinic', input),
    ({ serve, admin: { username, password } }) => void (serve && serveOthers({ username, password })),
  );

export const useCreateDemo = () =>
  useSetup(async (input: CallInput<'setup.createDemo'>) => {
    const { recoveryKey, accounts, job } = await call('setup.createDemo', input);
    return { recoveryKey, accounts, job };
  });

/** `afterwards` begins what may fail without taking the set-up back. */
function useSetup<Input>(setUp: (input: Input) => Promise<ShownOnce>, afterwards?: (input: Input) => void) {
  const queryClient = useQueryClient();
  return useMutation<ShownOnce, AppException, Input>({
    mutationFn: setUp,
    onSuccess: (shownOnce, input) => {
      useUi.setState({ shownOnce });
      afterwards?.(input);
      return queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey });
    },
  });
}
