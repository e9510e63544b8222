import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import { useCallMutation } from '../../api/queries.ts';
import { useSessionUser } from '../../app/session.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';

/** Signs a record as it is stored, after saying what a signature means. */
export function SignRecord({ record, opened, onClose }: { record: MedicalRecord; opened: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const signing = useCallMutation('records.sign');
  const sign = () =>
    signing.mutate(
      { id: record.id, rev: record.rev },
      {
        onSuccess: () => {
          onClose();
          notifyDone(t('records.sign.done'), t);
        },
      },
    );
  return <SignDialog opened={opened} busy={signing.isPending} error={signing.error} savesFirst={false} onConfirm={sign} onCancel={onClose} />;
}

interface SignDialogProps {
  opened: boolean;
  busy: boolean;
  error: unknown;
  /** Typed text is saved before it is signed. */
  savesFirst: boolean;
  onConfirm(): void;
  onCancel(): void;
}

export function SignDialog({ opened, busy, error, savesFirst, onConfirm, onCancel }: SignDialogProps) {
  const { t } = useTranslation();
  const { displayName } = useSessionUser();
  return (
    <ConfirmDialog
      opened={opened}
      title={t('records.sign.title')}
      confirmLabel={t('records.sign.confirm')}
      cancelLabel={t('records.sign.cancel')}
      busy={busy}
      error={error}
      onConfirm={onConfirm}
      onClose={onCancel}
    >
      <Text size="sm">{t('records.sign.explain')}</Text>
      {savesFirst && (
        <Text size="sm" mt="xs">
          {t('records.sign.unsavedFirst')}
        </Text>
      )}
      <Text size="sm" fw={600} mt="xs">
        {t('records.sign.asWhom', { name: displayName })}
      </Text>
    </ConfirmDialog>
  );
}
