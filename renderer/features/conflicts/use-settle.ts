import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ConflictRow, Settlement } from '../../../shared/contract/sync.ts';
import type { AppException } from '../../../shared/errors.ts';
import { call } from '../../api/client.ts';
import { callQuery } from '../../api/queries.ts';
import { notifyDone } from '../../components/notify.ts';

/** Settles a conflict over the revisions that are on screen. */
export function useSettle({ id, rev, documentRev }: ConflictRow) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation<ConflictRow, AppException, Settlement[]>({
    mutationFn: (settlements) => call('conflicts.settle', { id, rev, ...(documentRev !== undefined && { documentRev }), settlements }),
    onSuccess: (row) => {
      notifyDone(t('conflicts.settledNow'), t);
      show(queryClient, row);
    },
    onError: (error) => void staleOr(error, queryClient, t),
  });
}

/** Brings back what stood there before it was settled. */
export function useUndo({ id, rev }: ConflictRow) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation<ConflictRow, AppException>({
    mutationFn: () => call('conflicts.undo', { id, rev }),
    onSuccess: (row) => {
      notifyDone(t('conflicts.undone'), t);
      show(queryClient, row);
    },
    onError: (error) => void staleOr(error, queryClient, t),
  });
}

/** A newer conflict draws the screen anew, and every notice on it would be gone with the old one. */
function staleOr({ error }: AppException, queryClient: QueryClient, t: TFunction) {
  if (error.code !== 'stale-revision') return undefined;
  notifications.show({
    color: 'yellow', role: 'alert', title: t('conflicts.staleTitle'), message: t('conflicts.staleHint'), closeButtonProps: { 'aria-label': t('common.close') },
  });
  return refresh(queryClient);
}

function show(queryClient: QueryClient, row: ConflictRow) {
  queryClient.setQueryData(callQuery('conflicts.get', { id: row.id }).queryKey, row);
  void refresh(queryClient);
}

const refresh = (queryClient: QueryClient) => queryClient.invalidateQueries({ queryKey: ['conflicts'] });
