import { Anchor, Button, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { IconBuildingHospital, IconLock, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FleetWorkstation } from '../../../shared/contract/sync.ts';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { bytesText } from '../backups/bytes-text.ts';
import { timeText } from '../versions/time-text.ts';
import { Alarms } from './alarms.tsx';
import { lastErrorText } from './error-words.ts';
import { skewText } from './skew-text.ts';

export type WorkstationTask = 'rename' | 'move' | 'revoke';

interface WorkstationDetailsProps {
  workstation: FleetWorkstation;
  /** The server's last position. */
  head: number;
  onTask: (task: WorkstationTask) => void;
  onClose: () => void;
}

/** All that the server knows of a workstation, what each of its alarms asks for, and what can be done with it. */
export function WorkstationDetails({ workstation, head, onTask, onClose }: WorkstationDetailsProps) {
  const { t, i18n } = useTranslation();
  useFocusBack();
  const number = (value: number) => value.toLocaleString(i18n.language);
  const time = (instant: string | undefined) => (instant === undefined ? t('fleet.never') : timeText(instant));
  const facts: [string, string][] = [
    [t('fleet.column.site'), workstation.siteName],
    ...(workstation.hub ? [[t('fleet.hub'), t('fleet.behindHub', { count: workstation.hub.workstations })] satisfies [string, string]] : []),
    [t('fleet.column.version'), workstation.appVersion],
    [t('fleet.number'), `${String(workstation.workstationNumber)} · ${t('fleet.numberHint')}`],
    [t('fleet.enrolledAt'), time(workstation.enrolledAt)],
    [t('fleet.lastSeen'), time(workstation.lastSeenAt)],
    [t('fleet.column.lastSuccess'), time(workstation.lastSuccessAt)],
    [t('fleet.column.unsent'), number(workstation.unsent)],
    [t('fleet.column.oldestUnsent'), workstation.oldestUnsentAt === undefined ? t('fleet.noneThere') : timeText(workstation.oldestUnsentAt)],
    [t('fleet.position'), t('fleet.positionOf', { position: workstation.position, head })],
    [t('fleet.quarantined'), number(workstation.quarantined)],
    [t('fleet.openConflicts'), number(workstation.openConflicts)],
    [t('fleet.column.skew'), skewText(workstation.clockSkewSeconds, t)],
    [t('fleet.column.lastError'), workstation.lastError === undefined ? t('fleet.noneThere') : lastErrorText(workstation.lastError, t)],
    [t('fleet.differed'), number(workstation.digestsDiffered)],
    [t('fleet.column.dataBytes'), bytesText(workstation.dataBytes)],
  ];
  return (
    <Drawer opened onClose={onClose} position="right" title={workstation.name} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="md">
        {workstation.state === 'active' && <Tasks serves={workstation.serves} onTask={onTask} />}
        <Alarms workstation={workstation} />
        {workstation.alarms.map((alarm) => (
          <Text key={alarm} size="sm">
            <strong>{t(`fleet.alarm.${alarm}`)}</strong> {t(`fleet.alarmHint.${alarm}`)}
          </Text>
        ))}
        {workstation.quarantined > 0 && (
          <Anchor component={Link} to={`/fleet/quarantine?workstation=${workstation.deviceId}`} size="sm" underline="always">
            {t('fleet.held.ofThis')}
          </Anchor>
        )}
        <Table aria-label={workstation.name} verticalSpacing={4}>
          <Table.Tbody>
            {facts.map(([term, value]) => (
              <Table.Tr key={term}>
                <Table.Th scope="row" fw={400} c="dimmed">
                  {term}
                </Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Drawer>
  );
}

function Tasks({ serves, onTask }: { serves: boolean } & Pick<WorkstationDetailsProps, 'onTask'>) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button variant="default" size="xs" leftSection={<IconPencil size={14} aria-hidden />} onClick={() => onTask('rename')}>
        {t('fleet.rename')}
      </Button>
      <Button variant="default" size="xs" leftSection={<IconBuildingHospital size={14} aria-hidden />} onClick={() => onTask('move')}>
        {t('fleet.move')}
      </Button>
      {serves ? (
        <Text size="xs" c="dimmed">
          {t('fleet.serves')}
        </Text>
      ) : (
        <Button variant="light" color="red" size="xs" leftSection={<IconLock size={14} aria-hidden />} onClick={() => onTask('revoke')}>
          {t('fleet.revoke')}
        </Button>
      )}
    </Group>
  );
}
