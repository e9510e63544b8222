import { Badge, Group, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FleetAlarm, FleetWorkstation } from '../../../shared/contract/sync.ts';

/** Red: work may be held up. Yellow: somebody should look. */
const colors: Record<FleetAlarm, 'red' | 'yellow'> = {
  stale: 'red', stuck: 'red', quarantined: 'red', skewed: 'yellow', cloned: 'yellow', restored: 'yellow', differed: 'yellow', outdated: 'yellow',
};

/** What is wrong with a workstation, at a glance; its details say what to do. */
export function Alarms({ workstation }: { workstation: FleetWorkstation }) {
  const { t } = useTranslation();
  const revoked = workstation.state === 'revoked';
  if (workstation.alarms.length === 0 && !revoked) return <Text size="sm" c="green">{t('fleet.well')}</Text>;
  return (
    <Group gap={4}>
      {revoked && <Badge color="gray" variant="light" tt="none">{t('fleet.revoked')}</Badge>}
      {workstation.alarms.map((alarm) => (
        <Tooltip key={alarm} label={t(`fleet.alarmHint.${alarm}`)} multiline maw="20rem">
          <Badge color={colors[alarm]} variant="light" tt="none">
            {t(`fleet.alarm.${alarm}`)}
          </Badge>
        </Tooltip>
      ))}
    </Group>
  );
}
