import { Alert, Button, Group, Loader, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { ChartDetails } from '../../../shared/contract/record-room.ts';
import { isComplete } from '../../../shared/record-room/completeness.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useScreenCommands } from '../../app/screen-commands.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { paths } from '../patients/paths.ts';
import { timeText } from '../versions/time-text.ts';
import { LendForm, MoveForm, SealAnewForm, SealForm } from './chart-forms.tsx';
import { ContentsTable } from './contents-table.tsx';
import { FindingsList } from './findings-list.tsx';
import { LoansTable } from './loans-table.tsx';
import { SaveJobFile } from './save-job-file.tsx';

type Doing = 'seal' | 'seal-anew' | 'move' | 'lend';

/** One closed chart: what is missing, its seal, where the paper is, and who has it. */
export function ClosedChartScreen() {
  const { chartId = '' } = useParams();
  const navigate = useNavigate();
  const { data, error } = useCall('recordRoom.get', { id: chartId });
  useShortcut('back', () => void navigate('/record-room'));
  if (data) return <ClosedChart key={data.id} chart={data} />;
  return error ? <ErrorNotice error={error} /> : <Loader m="xl" />;
}

function ClosedChart({ chart }: { chart: ChartDetails }) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const { archived, entries, loans } = chart;
  const maySeal = archived === undefined && isComplete(chart.findings);
  useShortcut('save', () => setDoing('seal'), maySeal && doing === undefined);
  useScreenCommands(maySeal ? [{ id: 'seal-chart', label: 'recordRoom.seal', icon: IconLock, permission: 'chart.archive', run: () => setDoing('seal') }] : []);
  return (
    <Page>
      <PageHeader
        title={t('recordRoom.chartOf', { name: chart.patientName, number: chart.medicalRecordNumber })}
        description={[t(`records.kind.${chart.kind}`), t('recordRoom.period', chart.period), t('recordRoom.retainedUntil', { day: chart.retainedUntil })].join(' · ')}
        actions={<Button component={Link} to={paths.patient(chart.patientId)} variant="default">{t('recordRoom.toPatient')}</Button>}
      />
      {archived === undefined ? (
        <FindingsList patientId={chart.patientId} findings={chart.findings} onSeal={maySeal ? () => setDoing('seal') : undefined} />
      ) : (
        <Seal chart={chart} onDo={setDoing} />
      )}
      <Title order={2} size="h4">{t('recordRoom.contents')}</Title>
      <ContentsTable entries={entries} />
      {loans.length > 0 && <Title order={2} size="h4">{t('recordRoom.loans')}</Title>}
      {loans.length > 0 && <LoansTable loans={loans} />}
      {doing === 'seal' && <SealForm chart={chart} onClose={close} />}
      {doing === 'seal-anew' && archived && <SealAnewForm archived={archived} onClose={close} />}
      {doing === 'move' && archived && <MoveForm archived={archived} onClose={close} />}
      {doing === 'lend' && archived && <LendForm archived={archived} onClose={close} />}
    </Page>
  );
}

/** Who sealed a chart, where its paper is, and what the record room does with it. */
function Seal({ chart: { id, archived, entries, location, state, loans }, onDo }: { chart: ChartDetails; onDo: (what: Doing) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const copy = useCallMutation('recordRoom.exportCopy');
  if (archived === undefined) return null;
  const { signature, amendments = [] } = archived;
  const onLoan = loans.find(({ returnedAt }) => returnedAt === undefined);
  const isAsSealed = entries.every(({ standing }) => standing === 'as-sealed');
  return (
    <>
      <Alert color="blue" icon={<IconLock aria-hidden />} title={t('recordRoom.sealedBy', { name: signature.name, at: timeText(signature.at) })}>
        {amendments.map(({ name, at, reason }) => <Text key={at} size="sm">{t('recordRoom.sealedAnewBy', { name, at: timeText(at), reason })}</Text>)}
        <Text size="sm">{location === undefined ? t('recordRoom.noLocation') : `${t('recordRoom.location')}: ${location}`}</Text>
        {onLoan && <Text size="sm" fw={600}>{t('recordRoom.onLoan', { name: onLoan.borrowerName, day: onLoan.dueDate })}</Text>}
      </Alert>
      <Group gap="xs">
        <Button variant="default" onClick={() => onDo('move')}>{t('recordRoom.move')}</Button>
        {state === 'archived' && <Button variant="default" onClick={() => onDo('lend')}>{t('recordRoom.lend')}</Button>}
        {!isAsSealed && <Button variant="default" onClick={() => onDo('seal-anew')}>{t('recordRoom.sealAnew')}</Button>}
        {may('data.export') && <SaveJobFile label={t('recordRoom.copy')} fileName={t('recordRoom.copyFile')} ending="json" start={() => copy.mutateAsync({ id })} />}
      </Group>
      {may('data.export') && <Text size="sm" c="dimmed">{t('recordRoom.copyExplain')}</Text>}
    </>
  );
}
