import { Group, Progress, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../../shared/contract/sync.ts';

type Snapshot = NonNullable<SyncState['snapshot']>;

/** How far the first copy is: a bar, the figures, and the time that is left as soon as it can be told. */
export function FirstCopy({ snapshot }: { snapshot: Snapshot | undefined }) {
  const { t } = useTranslation();
  const told = snapshot !== undefined && snapshot.total > 0;
  const text = told ? t(snapshot.indexing === true ? 'sync.firstCopyIndexing' : 'sync.firstCopyOf', { received: snapshot.received, total: snapshot.total }) : t('sync.firstCopyBegins');
  const left = told && snapshot.secondsLeft !== undefined ? timeLeft(snapshot.secondsLeft, t) : undefined;
  return (
    <Stack gap={4}>
      <Progress.Root size="lg">
        <Progress.Section value={told ? percentOf(snapshot) : 100} animated aria-label={t('sync.firstCopy')} aria-valuetext={[text, left].filter(Boolean).join(', ')} />
      </Progress.Root>
      <Group justify="space-between" gap="md">
        <Text size="sm">{text}</Text>
        <Text size="sm" c="dimmed">
          {left}
        </Text>
      </Group>
    </Stack>
  );
}

/** Whole percent; 100 only when all has arrived. */
export const percentOf = ({ received, total }: Snapshot): number => (total === 0 ? 0 : Math.min(100, Math.floor((100 * received) / total)));

/** Rounded up, so that it is not over before it is said to be. */
function timeLeft(seconds: number, t: TFunction): string {
  if (seconds < 60) return t('sync.lessThanAMinute');
  if (seconds < 5400) return t('sync.minutesLeft', { count: Math.ceil(seconds / 60) });
  return t('sync.hoursLeft', { count: Math.ceil(seconds / 3600) });
}
