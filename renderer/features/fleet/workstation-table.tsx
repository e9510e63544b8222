import { Table, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FleetWorkstation } from '../../../shared/contract/sync.ts';
import { useNow } from '../../components/relative-time.ts';
import { bytesText } from '../backups/bytes-text.ts';
import { whenText } from '../sync/when-text.ts';
import { Alarms } from './alarms.tsx';
import { lastErrorText } from './error-words.ts';
import { skewText } from './skew-text.ts';
import classes from './workstation-table.module.css';

interface WorkstationTableProps {
  workstations: FleetWorkstation[];
  onOpen: (workstation: FleetWorkstation) => void;
}

/** Every workstation of the organisation with its figures; its name leads to all of them and to what can be done. */
export function WorkstationTable({ workstations, onOpen }: WorkstationTableProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={1080}>
      <Table aria-label={t('fleet.title')} verticalSpacing={6} className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('fleet.column.name')}</Table.Th>
            <Table.Th>{t('fleet.column.alarms')}</Table.Th>
            <Table.Th>{t('fleet.column.site')}</Table.Th>
            <Table.Th>{t('fleet.column.version')}</Table.Th>
            <Table.Th>{t('fleet.column.lastSuccess')}</Table.Th>
            <Table.Th ta="end">{t('fleet.column.unsent')}</Table.Th>
            <Table.Th>{t('fleet.column.oldestUnsent')}</Table.Th>
            <Table.Th ta="end">{t('fleet.column.behind')}</Table.Th>
            <Table.Th>{t('fleet.column.skew')}</Table.Th>
            <Table.Th ta="end">{t('fleet.column.dataBytes')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workstations.map((workstation) => (
            <Row key={workstation.deviceId} workstation={workstation} onOpen={() => onOpen(workstation)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ workstation, onOpen }: { workstation: FleetWorkstation; onOpen: () => void }) {
  const { t, i18n } = useTranslation();
  const now = useNow(10);
  const when = (instant: string | undefined) => (instant === undefined ? '' : whenText(instant, now, i18n.language, t));
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Table.Tr data-revoked={workstation.state === 'revoked' || undefined}>
      <Table.Th scope="row" fw={500}>
        <UnstyledButton className={classes.name} onClick={onOpen} aria-label={t('fleet.details', { name: workstation.name })}>
          {workstation.name}
        </UnstyledButton>
        {workstation.hub && (
          <Text size="xs" c="dimmed">
            {t('fleet.behindHub', { count: workstation.hub.workstations })}
          </Text>
        )}
        {workstation.self && (
          <Text size="xs" c="dimmed">
            {t('fleet.self')}
          </Text>
        )}
      </Table.Th>
      <Table.Td>
        <Alarms workstation={workstation} />
        {workstation.lastError !== undefined && (
          <Text size="xs" c="dimmed">
            {lastErrorText(workstation.lastError, t)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{workstation.siteName}</Table.Td>
      <Table.Td>{workstation.appVersion}</Table.Td>
      <Table.Td className={classes.short ?? ''}>{when(workstation.lastSuccessAt) || t('fleet.never')}</Table.Td>
      <Table.Td ta="end">{number(workstation.unsent)}</Table.Td>
      <Table.Td className={classes.short ?? ''}>{when(workstation.oldestUnsentAt)}</Table.Td>
      <Table.Td ta="end">{number(workstation.behind)}</Table.Td>
      <Table.Td className={classes.short ?? ''}>{skewText(workstation.clockSkewSeconds, t)}</Table.Td>
      <Table.Td ta="end" className={classes.short ?? ''}>{bytesText(workstation.dataBytes)}</Table.Td>
    </Table.Tr>
  );
}
