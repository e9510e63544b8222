import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { ReferralRow } from '../../../shared/contract/referrals.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { paths } from '../patients/paths.ts';
import { timeText } from '../versions/time-text.ts';
import { ReferralActions } from './referral-actions.tsx';
import { SharedChartView } from './shared-chart-view.tsx';
import { Thread } from './thread.tsx';
import { partyText, receiptText, statusText } from './words.ts';

/** A letter with what came along, what was answered, and what the two sites wrote to each other. */
export function ReferralScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { referralId = '' } = useParams();
  const { data: referral, error } = useCall('referrals.get', { id: referralId });
  useShortcut('back', () => void navigate(`/correspondence?view=${referral?.direction ?? 'in'}`));
  useReadReferral(referral);
  if (error) return <Page><ErrorNotice error={error} /></Page>;
  if (referral === undefined) return null;
  return (
    <Page wide>
      <PageHeader title={referral.patientName} description={t(`correspondence.kind.${referral.kind}`)} actions={<ReferralActions referral={referral} />} />
      <Stack gap="md">
        <Letter referral={referral} />
        <SharedChartView referral={referral} />
        <Thread about={{ referralId }} title={t('correspondence.thread')} />
      </Stack>
    </Page>
  );
}

/** Only somebody of the site that it was sent to opens it for good. */
function useReadReferral(referral: ReferralRow | undefined): void {
  const { mutate } = useCallMutation('referrals.read');
  const unread = referral?.direction === 'in' && referral.read === undefined ? referral.id : undefined;
  useEffect(() => {
    if (unread !== undefined) mutate({ id: unread });
  }, [unread, mutate]);
}

function Letter({ referral }: { referral: ReferralRow }) {
  const { t } = useTranslation();
  const { requesterName, senderSiteName, recipientName, recipientSiteName, authoredOn, gender, birthday, priority, reason, statusReason, statusChange, patientId, kind, keepCopy = true } = referral;
  const facts = [
    [t('correspondence.column.patient'), [referral.patientName, t(`patients.gender.${gender}`), birthday].filter(Boolean).join(' · ')],
    [t('correspondence.column.from'), `${partyText(requesterName, senderSiteName, t)} · ${timeText(authoredOn)}`],
    [t('correspondence.column.to'), partyText(recipientName, recipientSiteName, t)],
    ...(kind === 'transfer' ? [[t('correspondence.keepCopy.fact'), t(keepCopy ? 'correspondence.keepCopy.kept' : 'correspondence.keepCopy.moved')]] : []),
    [t('correspondence.priority'), t(`correspondence.priorities.${priority}`)],
    [t('correspondence.column.status'), [statusText(referral, t), statusChange && `${statusChange.name} · ${timeText(statusChange.at)}`, statusReason].filter(Boolean).join(' · ')],
    [t('correspondence.column.receipt'), receiptText(referral, t)],
  ];
  return (
    <section aria-label={t('correspondence.details')}>
      <dl style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '0.25rem 1rem', margin: 0 }}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <Text component="dt" size="sm" fw={600}>{name}</Text>
            <Text component="dd" size="sm" m={0}>{value}</Text>
          </div>
        ))}
      </dl>
      {patientId !== undefined && <Group mt="xs"><Anchor component={Link} to={paths.patient(patientId)} underline="always">{t('correspondence.openChart')}</Anchor></Group>}
      <Title order={2} size="h4" mt="sm">{t('correspondence.asked')}</Title>
      <Text style={{ whiteSpace: 'pre-wrap' }}>{reason}</Text>
    </section>
  );
}
