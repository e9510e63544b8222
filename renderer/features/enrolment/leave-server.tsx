import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';

/** Asks before the workstation stops replicating; a second time where work has not been sent yet. */
export function LeaveServer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const leave = useCallMutation('enrolment.leave');
  const warned = leave.error?.error.code === 'unsent-work';
  const confirm = () =>
    leave.mutate(
      { evenIfUnsent: warned },
      {
        onSuccess: () => {
          notifyDone(t('enrolment.left'), t);
          onClose();
          return queryClient.invalidateQueries();
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      title={t('enrolment.leaveTitle')}
      confirmLabel={t(warned ? 'enrolment.leaveAnyway' : 'enrolment.leaveConfirm')}
      cancelLabel={t('enrolment.leaveCancel')}
      color="red"
      busy={leave.isPending}
      error={leave.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t('enrolment.leaveExplain')}
    </ConfirmDialog>
  );
}
