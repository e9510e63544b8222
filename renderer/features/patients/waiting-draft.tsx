import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../shared/schema/draft.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { timeText } from '../versions/time-text.ts';

/** Asks what becomes of a half-typed registration before somebody else is registered in its place. */
export function WaitingDraft({ draft, onResume, onDiscarded }: { draft: Draft; onResume(): void; onDiscarded(): void }) {
  const { t } = useTranslation();
  const discard = useCallMutation('drafts.discard');
  const name = typeof draft.values['name'] === 'string' && draft.values['name'] !== '' ? draft.values['name'] : t('drafts.unnamed');
  return (
    <Alert variant="light" color="blue" title={t('drafts.waiting.title')}>
      <Text size="sm">{t('drafts.waiting.explain', { title: name, time: timeText(draft.updatedAt) })}</Text>
      {discard.error && <ErrorNotice error={discard.error} />}
      <Group mt="sm">
        <Button size="xs" onClick={onResume} data-autofocus>
          {t('drafts.waiting.resume')}
        </Button>
        <Button size="xs" variant="default" loading={discard.isPending} onClick={() => discard.mutate({ id: draft.id }, { onSuccess: onDiscarded })}>
          {t('drafts.waiting.startOver')}
        </Button>
      </Group>
    </Alert>
  );
}
