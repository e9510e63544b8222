import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { callQuery } from '../../api/queries.ts';
import { notifyError } from '../../components/notify.ts';

/** Ends the session; the window goes back to the sign-in screen and forgets what it showed. */
export function useSignOut() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call('sessions.signOut', {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: callQuery('app.status', {}).queryKey }),
    onError: (error) => notifyError(error, t),
  });
}
