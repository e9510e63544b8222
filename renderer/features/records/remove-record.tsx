import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifySaved } from '../habits/notify-saved.tsx';
import { paths } from '../patients/paths.ts';

/** Moves a record to the trash, after asking. */
export function RemoveRecord({ record, opened, onClose }: { record: MedicalRecord; opened: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const removal = useCallMutation('records.delete');
  const remove = () =>
    removal.mutate(
      { id: record.id, rev: record.rev },
      {
        onSuccess: () => {
          void notifySaved(t('records.remove.done'), t);
          void navigate(paths.patient(record.patientId));
        },
      },
    );
  return (
    <ConfirmDialog
      opened={opened}
      title={t('records.remove.title')}
      confirmLabel={t('records.remove.confirm')}
      cancelLabel={t('records.remove.cancel')}
      color="red"
      busy={removal.isPending}
      error={removal.error}
      onConfirm={remove}
      onClose={onClose}
    >
      {t('records.remove.explain')}
    </ConfirmDialog>
  );
}
