import { Badge, Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { alarmText } from '../../../shared/resources/alarm-text.ts';
import type { Alarm } from '../../../shared/sync/automation-protocol.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { timeText } from '../versions/time-text.ts';
import { Section } from './section.tsx';

const colors: Record<Alarm['state'], string> = { raised: 'red', acknowledged: 'yellow', cleared: 'gray' };
const pastShown = 10;

export function AlarmsSection({ alarms, onChanged }: { alarms: readonly Alarm[]; onChanged: () => void }) {
  const { t } = useTranslation();
  const open = alarms.filter(({ state }) => state !== 'cleared');
  const past = alarms.filter(({ state }) => state === 'cleared').slice(0, pastShown);
  return (
    <Section title={t('maintenance.alarms')}>
      {open.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('maintenance.noAlarms')}
        </Text>
      ) : (
        <AlarmTable label={t('maintenance.alarms')} alarms={open} onChanged={onChanged} />
      )}
      {past.length > 0 && (
        <details>
          <summary>{t('maintenance.past')}</summary>
          <AlarmTable label={t('maintenance.past')} alarms={past} onChanged={onChanged} />
        </details>
      )}
    </Section>
  );
}

function AlarmTable({ label, alarms, onChanged }: { label: string; alarms: readonly Alarm[]; onChanged: () => void }) {
  const { t, i18n } = useTranslation();
  const acknowledge = useCallMutation('automation.acknowledge');
  return (
    <>
      {acknowledge.error && <ErrorNotice error={acknowledge.error} />}
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label={label} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('maintenance.state')}</Table.Th>
              <Table.Th>{t('maintenance.alarms')}</Table.Th>
              <Table.Th>{t('maintenance.since')}</Table.Th>
              <Table.Th>{t('maintenance.until')}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {alarms.map((alarm) => {
              const text = alarmText(alarm, t, i18n.language);
              return (
                <Table.Tr key={alarm.alarmId}>
                  <Table.Td>
                    <Badge variant="light" tt="none" color={colors[alarm.state]}>
                      {t(`maintenance.alarmState.${alarm.state}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{text}</Table.Td>
                  <Table.Td>{timeText(alarm.raisedAt)}</Table.Td>
                  <Table.Td>{alarm.clearedAt === null ? '–' : timeText(alarm.clearedAt)}</Table.Td>
                  <Table.Td ta="right">
                    {alarm.state === 'raised' && (
                      <Button size="compact-sm" variant="default" aria-label={t('maintenance.acknowledgeOne', { alarm: text })} onClick={() => acknowledge.mutate({ alarmId: alarm.alarmId }, { onSettled: onChanged })}>
                        {t('maintenance.acknowledge')}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
