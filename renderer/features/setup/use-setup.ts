import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { callQuery } from '../../api/queries.ts';
import { useUi, type ShownOnce } from '../../app/ui-store.ts';

/**
 * Both set-ups keep what is shown once before anything else can draw: the answer's handler belongs to the mutation
 * and not to the form, which is gone as soon as the backend tells that the clinic exists.
 */
export const useCreateClinic = () => useSetup((input: CallInput<'setup.createClinic'>) => call('setup.createClinic', input));

export const useCreateDemo = () =>
  useSetup(async (input: CallInput<'setup.createDemo'>) => {
    const { recoveryKey, accounts, job } = await call('setup.createDemo', input);
    return { recoveryKey, accounts, job };
  });

function useSetup<Input>(setUp: (input: Input) => Promise<ShownOnce>) {
  const queryClient = useQueryClient();
  return useMutation<ShownOnce, AppException, Input>({
    mutationFn: setUp,
    onSuccess: (shownOnce) => {
      useUi.setState({ shownOnce });
      return queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey });
    },
  });
}
