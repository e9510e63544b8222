import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifySaved } from '../habits/notify-saved.tsx';
import { paths } from './paths.ts';

/** Moves a patient to the trash, after asking. */
export function RemovePatient({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const removal = useCallMutation('patients.delete');
  const remove = () =>
    removal.mutate(
      { id: patient.id, rev: patient.rev },
      {
        onSuccess: () => {
          void notifySaved(t('patients.remove.done'), t);
          void navigate(paths.patients);
        },
      },
    );
  return (
    <>
      <Button variant="subtle" size="compact-sm" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setAsking(true)}>
        {t('patients.banner.remove')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('patients.remove.title', { name: patient.name })}
        confirmLabel={t('patients.remove.confirm')}
        cancelLabel={t('patients.remove.cancel')}
        color="red"
        busy={removal.isPending}
        error={removal.error}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      >
        {t('patients.remove.explain')}
      </ConfirmDialog>
    </>
  );
}
