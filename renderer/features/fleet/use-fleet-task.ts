import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallOutput } from '../../../shared/contract/index.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { notifyDone } from '../../components/notify.ts';

/** Changes a workstation at the server; says `done` then, and the list is asked for anew. */
export function useFleetTask<Name extends 'fleet.rename' | 'fleet.move' | 'fleet.revoke'>(name: Name, done: string, onDone: () => void) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation<CallOutput<Name>, AppException, CallInput<Name>>({
    mutationKey: [name],
    mutationFn: (input) => call(name, input),
    onSuccess: () => {
      notifyDone(done, t);
      onDone();
      return queryClient.invalidateQueries({ queryKey: ['fleet'] });
    },
  });
}
