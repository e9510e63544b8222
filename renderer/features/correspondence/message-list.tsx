import { Anchor, Button, Card, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CommunicationRow } from '../../../shared/contract/communications.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { usePageTurner } from '../../components/page-turner.tsx';
import { paths } from '../patients/paths.ts';
import { timeText } from '../versions/time-text.ts';
import { partyText, receiptText, referralPath } from './words.ts';

export interface About {
  patientId?: string;
  referralId?: string;
}

/** Newest first: about a patient or a referral, or all that this workstation holds. */
export function MessageList({ about, quiet = false }: { about: About; quiet?: boolean }) {
  const { t } = useTranslation();
  const { window, turner } = usePageTurner(100, t('correspondence.view.messages'));
  const { data, error } = useQuery({ ...callQuery('communications.list', { ...about, ...window }), placeholderData: keepPreviousData });
  if (error) return <ErrorNotice error={error} />;
  if (data?.rows.length === 0) return quiet ? null : <EmptyState title={t('correspondence.none.messages')} />;
  return (
    <>
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('correspondence.view.messages')}>
        {data?.rows.map((row) => <Message key={row.id} row={row} named={about.patientId === undefined && about.referralId === undefined} />)}
      </Stack>
      {data && turner(data.total)}
    </>
  );
}

/** To read it is to say so: a list that scrolls by says nothing of what was understood. */
function Message({ row, named }: { row: CommunicationRow; named: boolean }) {
  const { t } = useTranslation();
  const read = useCallMutation('communications.read');
  const unread = row.direction === 'in' && row.read === undefined;
  return (
    <Card component="li" withBorder padding="sm">
      <Group justify="space-between" gap="xs" align="baseline">
        <Text size="sm" fw={unread ? 700 : 500}>
          {partyText(row.senderName, row.fromSiteName, t)} → {partyText(row.recipientName, row.toSiteName, t)}
        </Text>
        <Text size="sm">{timeText(row.sent)}</Text>
      </Group>
      {named && <Subject row={row} />}
      <Text style={{ whiteSpace: 'pre-wrap' }}>{row.payload}</Text>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{receiptText(row, t)}</Text>
        {unread && <Button size="compact-sm" variant="light" loading={read.isPending} onClick={() => read.mutate({ ids: [row.id] })}>{t('correspondence.markRead')}</Button>}
      </Group>
    </Card>
  );
}

export function Subject({ row: { patientName, patientId, referralId } }: { row: { patientName: string; patientId?: string | undefined; referralId?: string | undefined } }) {
  return (
    <Anchor component={Link} to={referralId === undefined ? paths.chartTab(patientId ?? '', 'referrals') : referralPath(referralId)} size="sm" underline="always">
      {patientName}
    </Anchor>
  );
}
