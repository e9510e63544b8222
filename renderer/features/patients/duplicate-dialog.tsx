import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PossibleDuplicate } from '../../../shared/contract/patients.ts';
import { DuplicateRows } from './duplicate-list.tsx';

export interface DuplicateDialogProps {
  /** Open while there are any. */
  duplicates: PossibleDuplicate[];
  busy: boolean;
  onRegister(): void;
  onBack(): void;
}

/** The last question before a second chart for the same person could come to be. */
export function DuplicateDialog({ duplicates, busy, onRegister, onBack }: DuplicateDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={duplicates.length > 0}
      onClose={onBack}
      title={t('patients.duplicates.atSave')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('patients.duplicates.back') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('patients.duplicates.explain')}</Text>
        <DuplicateRows duplicates={duplicates} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack} data-autofocus>
            {t('patients.duplicates.back')}
          </Button>
          <Button loading={busy} onClick={onRegister}>
            {t('patients.duplicates.registerAnyway')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
