import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReferralRow, SharedChartRow } from '../../../shared/contract/referrals.ts';
import { chartParts } from '../../../shared/schema/shared-chart.ts';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { timeText } from '../versions/time-text.ts';
import { entryText } from './entry-text.ts';
import { SharedDocuments } from './shared-documents.tsx';

/** The copy of the chart as long as it may be read: by the sender, and until its day by the other site. */
export function SharedChartView({ referral }: { referral: ReferralRow }) {
  const { t } = useTranslation();
  const mayRead = useMay()('record.read');
  const { chartUntil, direction } = referral;
  if (!mayRead) return null;
  return (
    <section aria-label={t('correspondence.chart')}>
      <Title order={2} size="h4">{t('correspondence.chart')}</Title>
      <Text size="sm" mb="xs">
        {chartUntil === undefined ? t('correspondence.chartOver') : t(direction === 'in' ? 'correspondence.chartReadUntil' : 'correspondence.chartUntil', { time: timeText(chartUntil) })}
      </Text>
      {(chartUntil !== undefined || direction === 'out') && <Copy id={referral.id} />}
    </section>
  );
}

function Copy({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: chart, error } = useCall('referrals.chart', { id });
  if (error) return <ErrorNotice error={error} />;
  if (chart === undefined) return null;
  const { entries, documents } = chart;
  if (entries.length + documents.length === 0) return <Text>{t('correspondence.chartEmpty')}</Text>;
  return (
    <>
      {chartParts.map((part) => <Part key={part} part={part} entries={entries.filter(({ collection }) => collection === part)} />)}
      {documents.length > 0 && <SharedDocuments documents={documents} />}
    </>
  );
}

function Part({ part, entries }: { part: (typeof chartParts)[number]; entries: SharedChartRow['entries'] }) {
  const { t } = useTranslation();
  if (entries.length === 0) return null;
  return (
    <>
      <Title order={3} size="h5" mt="xs">{t(`correspondence.part.${part}`)}</Title>
      <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>{entryText(entry, t)}</Text>
          </li>
        ))}
      </ul>
    </>
  );
}
