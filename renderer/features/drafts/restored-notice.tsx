import { Alert, Button, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../shared/schema/draft.ts';
import { timeText } from '../versions/time-text.ts';

/** Says that the form holds typed text that was never saved, and offers the way back to what is saved. */
export function RestoredNotice({ draft, onDiscard }: { draft: Draft; onDiscard(): void }) {
  const { t } = useTranslation();
  return (
    <Alert variant="light" color="blue" icon={<IconHistory aria-hidden />} title={t('drafts.restored.title')} role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{t('drafts.restored.explain', { time: timeText(draft.updatedAt) })}</Text>
        <Button variant="default" size="xs" onClick={onDiscard}>
          {t('drafts.restored.discard')}
        </Button>
      </Group>
    </Alert>
  );
}
