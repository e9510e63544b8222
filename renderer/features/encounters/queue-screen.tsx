import { Badge, Button, Group, Menu, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { minutesWaited } from '../../../shared/appointments/queue.ts';
import type { EncounterRow } from '../../../shared/contract/encounters.ts';
import { useCall } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { focusGrid } from '../../components/focus-grid.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { clockOf, minuteOf } from '../appointments/book-model.ts';
import { paths } from '../patients/paths.ts';
import { CallForm } from './call-form.tsx';
import { CheckInForm } from './check-in-form.tsx';
import { FinishForm } from './finish-form.tsx';
import classes from './queue.module.css';
import { TriageForm } from './triage-form.tsx';
import { useNow } from './use-now.ts';

type Doing = { what: 'call' | 'triage' | 'finish'; encounter: EncounterRow };
const colours = { routine: 'gray', urgent: 'yellow', emergency: 'red' } as const;

/** Everybody who is here, in the order in which they are called. */
export function QueueScreen() {
  const { t } = useTranslation();
  const mayWrite = useMay()('appointment.write');
  const { data: rows = [], error } = useCall('encounters.queue', {});
  const [params, setParams] = useSearchParams();
  const checkingIn = mayWrite && params.has('new');
  const setCheckingIn = (now: boolean) => setParams(now ? { new: '' } : {}, { replace: true });
  const [doing, setDoing] = useState<Doing>();
  useShortcut('new', () => setCheckingIn(true), mayWrite);
  const done = () => {
    setDoing(undefined);
    focusGrid();
  };
  const actions = (
    <>
      <Button component={Link} to="/queue/board" variant="default">{t('encounters.board')}</Button>
      {mayWrite && <Button onClick={() => setCheckingIn(true)}>{t('encounters.checkIn')}</Button>}
    </>
  );
  return (
    <Page wide>
      <PageHeader title={t('encounters.title')} description={t('encounters.intro')} actions={actions} />
      {error && <ErrorNotice error={error} />}
      {rows.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title={t('encounters.empty')}>
          <Text size="sm">{t('encounters.emptyHint')}</Text>
        </EmptyState>
      ) : (
        <QueueTable rows={rows} onDo={mayWrite ? (what, encounter) => setDoing({ what, encounter }) : undefined} />
      )}
      {checkingIn && <CheckInForm onClose={() => setCheckingIn(false)} />}
      {doing?.what === 'call' && <CallForm encounter={doing.encounter} onClose={done} />}
      {doing?.what === 'triage' && <TriageForm encounter={doing.encounter} onClose={done} />}
      {doing?.what === 'finish' && <FinishForm encounter={doing.encounter} onClose={done} />}
    </Page>
  );
}

function QueueTable({ rows, onDo }: { rows: EncounterRow[]; onDo?: ((what: Doing['what'], encounter: EncounterRow) => void) | undefined }) {
  const { t } = useTranslation();
  const [active, setActive] = useState(0);
  const here = Math.min(active, rows.length - 1);
  function onKeyDown(event: KeyboardEvent<HTMLTableSectionElement>) {
    const row = rows[here];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLTableRowElement)) return;
    const go = (to: number) => {
      const next = Math.max(0, Math.min(rows.length - 1, to));
      setActive(next);
      (event.currentTarget.rows[next] as HTMLElement | undefined)?.focus();
    };
    const steps: Record<string, () => void> = {
      ArrowDown: () => go(here + 1), ArrowUp: () => go(here - 1), Home: () => go(0), End: () => go(rows.length - 1),
      ...(onDo && { Enter: () => onDo('call', row), p: () => onDo('triage', row), f: () => onDo('finish', row) }),
    };
    const step = steps[event.key] ?? steps[event.key.toLowerCase()];
    if (step === undefined) return;
    event.preventDefault();
    step();
  }
  const columns = ['patient', 'status', 'waited', 'priority', 'practitioner', 'room', 'appointment', 'reason'] as const;
  return (
    <div className={classes.scroll}>
      <table role="grid" aria-label={t('encounters.title')} className={classes.queue}>
        <thead>
          <tr>
            {columns.map((column) => <th key={column} scope="col">{t(`encounters.column.${column}`)}</th>)}
            {onDo && <td />}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <QueueRow key={row.id} row={row} tabIndex={index === here ? 0 : -1} onFocus={() => setActive(index)} onDo={onDo} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface QueueRowProps {
  row: EncounterRow;
  tabIndex: number;
  onFocus: () => void;
  onDo?: ((what: Doing['what'], encounter: EncounterRow) => void) | undefined;
}

function QueueRow({ row, tabIndex, onFocus, onDo }: QueueRowProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const now = useNow(20_000);
  return (
    <tr tabIndex={tabIndex} onFocus={onFocus} data-status={row.status}>
      <td role="gridcell"><strong>{row.patientName}</strong> <small>{row.medicalRecordNumber}</small></td>
      <td role="gridcell">{t(`encounters.status.${row.status}`)}</td>
      <td role="gridcell" className={classes.number}>{t('encounters.minutes', { count: minutesWaited(row, now) })}</td>
      <td role="gridcell">
        <Badge variant="light" color={colours[row.priority]} autoContrast>{t(`encounters.priorities.${row.priority}`)}</Badge> {row.priorityReason}
      </td>
      <td role="gridcell">{row.practitionerName}</td>
      <td role="gridcell">{row.room}</td>
      <td role="gridcell">{row.appointmentStart === undefined ? t('encounters.walkIn') : clockOf(minuteOf(row.appointmentStart))}</td>
      <td role="gridcell">{row.reason}</td>
      {onDo && (
        <td role="gridcell">
          <Group gap={4} wrap="nowrap">
            <Button size="compact-xs" tabIndex={-1} onClick={() => onDo('call', row)}>{t(row.status === 'in-progress' ? 'encounters.callAgain' : 'encounters.call')}</Button>
            <Menu withinPortal>
              <Menu.Target>
                <Button size="compact-xs" variant="default" tabIndex={-1} aria-label={`${row.patientName} …`}>…</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onDo('triage', row)}>{t('encounters.triage')}</Menu.Item>
                <Menu.Item onClick={() => onDo('finish', row)}>{t('encounters.finish')}</Menu.Item>
                <Menu.Item onClick={() => void navigate(paths.documentHistory(row.patientId, 'encounters', row.id))}>{t('history.open')}</Menu.Item>
                <Menu.Item onClick={() => void navigate(`/queue/${row.id}/slip`)}>{t('encounters.slip')}</Menu.Item>
                <Menu.Item onClick={() => void navigate(paths.patient(row.patientId))}>{t('appointments.openChart')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        </td>
      )}
    </tr>
  );
}
