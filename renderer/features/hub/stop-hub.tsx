import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';

/** Asks before the others are no longer served. */
export function StopHub({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const stop = useCallMutation('hub.stop');
  const confirm = () =>
    stop.mutate(
      {},
      {
        onSuccess: () => {
          notifyDone(t('hub.stopped'), t);
          onClose();
          return queryClient.invalidateQueries();
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      title={t('hub.stopTitle')}
      confirmLabel={t('hub.stop')}
      cancelLabel={t('hub.keep')}
      color="red"
      busy={stop.isPending}
      error={stop.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t('hub.stopExplain')}
    </ConfirmDialog>
  );
}
