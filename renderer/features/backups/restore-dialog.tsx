import { Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RestoreBackup } from './restore-backup.tsx';

/** Restoring from inside: says that everybody is signed out and that what is there now is kept beside. */
export function RestoreDialog({ fileName, onClose }: { fileName: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={fileName !== undefined}
      onClose={onClose}
      size="lg"
      title={t('backups.restoreTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('backups.restoreWarning')}</Text>
        {fileName !== undefined && <RestoreBackup key={fileName} chosen={fileName} />}
      </Stack>
    </Modal>
  );
}
