import { Badge, Button, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { chartStates, type ChartState, type ClosedChart } from '../../../shared/contract/record-room.ts';
import { recordKinds, type RecordKind } from '../../../shared/schema/medical-record.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { useMay, useSessionUser } from '../../app/session.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { SaveJobFile } from './save-job-file.tsx';

interface View {
  state: ChartState;
  kind: RecordKind | null;
  text: string;
}

const firstView: View = { state: 'closed', kind: null, text: '' };
/** What was looked at last: whoever comes back from a chart goes on where she was. Nobody else sees whom she looked for. */
let last: { userId: string; view: View } | undefined;

/** The record room's lists: what waits to be sealed, what is sealed, lent and overdue. */
export function RecordRoomScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id: userId } = useSessionUser();
  const [view, setView] = useState(last?.userId === userId ? last.view : firstView);
  function change(next: Partial<View>) {
    last = { userId, view: { ...view, ...next } };
    setView(last.view);
  }
  const { state, kind, text } = view;
  const filter = { state, ...(kind !== null && { kind }), ...(text.trim() !== '' && { text: text.trim() }) };
  return (
    <Page fill>
      <PageHeader title={t('recordRoom.title')} description={t('recordRoom.intro')} actions={<ListActions filter={filter} />} />
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          aria-label={t('recordRoom.show')}
          data={chartStates.map((value) => ({ value, label: t(`recordRoom.state.${value}`) }))}
          value={state}
          onChange={(value) => change({ state: value as ChartState })}
        />
        <Select
          aria-label={t('recordRoom.column.kind')}
          placeholder={t('recordRoom.column.kind')}
          w="8.5rem"
          clearable
          clearButtonProps={{ 'aria-label': t('common.all') }}
          data={recordKinds.map((value) => ({ value, label: t(`records.kind.${value}`) }))}
          value={kind}
          onChange={(value) => change({ kind: value as RecordKind | null })}
        />
        <TextInput aria-label={t('recordRoom.find')} placeholder={t('recordRoom.findHint')} maxLength={100} value={text} onChange={(event) => change({ text: event.currentTarget.value })} />
      </Group>
      <VirtualTable
        label={t('recordRoom.list')}
        columns={columnsOf(state, t)}
        page={(window) => callQuery('recordRoom.list', { ...window, ...filter })}
        onOpen={({ id }) => void navigate(`/record-room/${id}`)}
        empty={<EmptyState icon={IconArchive} title={t(`recordRoom.none.${state}`)} />}
        placeKey={`record-room-${state}`}
      />
    </Page>
  );
}

function ListActions({ filter }: { filter: { state: ChartState; kind?: RecordKind; text?: string } }) {
  const { t } = useTranslation();
  const may = useMay();
  const list = useCallMutation('recordRoom.exportList');
  return (
    <>
      {list.error && <ErrorNotice error={list.error} />}
      <Button component={Link} to="/record-room/verify" variant="default">{t('recordRoom.verify')}</Button>
      {may('data.export') && (
        <SaveJobFile label={t('recordRoom.saveList')} fileName={`${t('recordRoom.listFile')}-${filter.state}`} ending="csv" start={() => list.mutateAsync(filter)} />
      )}
    </>
  );
}

function columnsOf(state: ChartState, t: TFunction): Column<ClosedChart>[] {
  const column = (key: Parameters<typeof headerOf>[0], width: string, cell: Column<ClosedChart>['cell']): Column<ClosedChart> => ({ key, header: headerOf(key, t), width, cell });
  return [
    { key: 'number', header: t('patients.field.medicalRecordNumber'), width: '6.75rem', cell: (row) => row.medicalRecordNumber },
    { key: 'name', header: t('patients.field.name'), width: 'minmax(6rem, 2fr)', cell: (row) => row.patientName },
    column('kind', '6.5rem', (row) => t(`records.kind.${row.kind}`)),
    column('start', '6.5rem', (row) => row.period.start),
    column('end', '6.5rem', (row) => row.period.end),
    ...(state === 'closed'
      ? [column('missing', 'minmax(12rem, 3fr)', (row) => <Missing chart={row} />)]
      : [
          column('location', 'minmax(7rem, 2fr)', (row) => row.location),
          column('borrower', 'minmax(6rem, 1fr)', (row) => row.borrowerName),
          column('dueDate', '8rem', (row) => <DueDate chart={row} />),
        ]),
  ];
}

const headerOf = (key: 'kind' | 'start' | 'end' | 'missing' | 'location' | 'borrower' | 'dueDate', t: TFunction) => t(`recordRoom.column.${key}`);

function Missing({ chart: { findings } }: { chart: ClosedChart }) {
  const { t } = useTranslation();
  const required = findings.filter(({ severity }) => severity === 'required');
  const advised = findings.length - required.length;
  return (
    <Group gap="xs" wrap="nowrap">
      <Badge tt="none" variant="light" color={required.length === 0 ? 'green' : 'red'} miw="max-content">{required.length === 0 ? t('recordRoom.complete') : t('recordRoom.missing', { count: required.length })}</Badge>
      <Text size="sm" truncate {...(required.length === 0 && { c: 'dimmed' })}>
        {required.length > 0 ? required.map(({ rule }) => t(`recordRoom.rule.${rule}`)).join(' · ') : advised > 0 && t('recordRoom.advised', { count: advised })}
      </Text>
    </Group>
  );
}

function DueDate({ chart: { state, dueDate } }: { chart: ClosedChart }) {
  const { t } = useTranslation();
  if (dueDate === undefined) return null;
  return state === 'overdue' ? <Badge tt="none" color="red" variant="light" miw="max-content" aria-label={t('recordRoom.overdue', { day: dueDate })}>{dueDate}</Badge> : dueDate;
}
