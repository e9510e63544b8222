import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { heldAction, heldFrom, heldWhy } from '../../../shared/conflicts/held-words.ts';
import type { HeldChangeSet, HeldOutcome } from '../../../shared/contract/sync.ts';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { timeText } from '../versions/time-text.ts';
import { HeldContent } from './held-content.tsx';
import { refOf } from './held-words.ts';
import { useExportHeld } from './use-export-held.ts';
import { useRelease } from './use-release.ts';

interface HeldDialogProps {
  row: HeldChangeSet;
  onReleased: (outcomes: HeldOutcome[]) => void;
  onClose: () => void;
}

/** A change in the server's quarantine: what is in it, why it is there, and the ways on. */
export function HeldDialog({ row, onReleased, onClose }: HeldDialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  const content = useCall('fleet.quarantineRead', refOf(row));
  const save = useExportHeld();
  const release = useRelease((outcomes) => {
    onReleased(outcomes);
    onClose();
  });
  const error = release.error ?? save.error ?? content.error;
  return (
    <Modal opened onClose={onClose} size="xl" title={heldAction(row, t)} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {[row.savedByName, row.savedAt && timeText(row.savedAt), heldFrom(row), t('fleet.held.arrived', { time: timeText(row.refusedAt) })].filter(Boolean).join(' · ')}
        </Text>
        <Alert color="yellow" title={heldWhy(row, t)}>
          <Text size="sm">{t(row.byCentral ? 'fleet.held.sendAgainExplain' : 'fleet.held.explain')}</Text>
        </Alert>
        {error && <ErrorNotice error={error} />}
        <section aria-label={t('fleet.held.inIt')}>
          <Stack gap="md">
            {content.data?.documents.map((document) => <HeldContent key={`${document.collection} ${document.id}`} document={document} />)}
            {content.data?.documents.length === 0 && <Text size="sm">{t('fleet.held.notShown')}</Text>}
          </Stack>
        </section>
        <Group justify="space-between" align="flex-end">
          <Text size="xs" c="dimmed" maw="24rem">
            {t('fleet.held.exportHint')}
          </Text>
          <Group gap="xs">
            <Button variant="default" loading={save.isPending} onClick={() => save.mutate({ entries: [refOf(row)] })}>
              {t('fleet.held.export')}
            </Button>
            <Button loading={release.isPending} onClick={() => release.mutate(refOf(row))}>
              {t(row.byCentral ? 'fleet.held.sendAgain' : 'fleet.held.release')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
