import { Anchor, Badge, Group, Text, Tooltip } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FleetUpstream, UpstreamAlarm } from '../../../shared/contract/sync.ts';
import { useNow } from '../../components/relative-time.ts';
import { FailureNotice } from '../sync/failure-notice.tsx';
import classes from '../sync/status-panel.module.css';
import { whenText } from '../sync/when-text.ts';
import { skewText } from './skew-text.ts';

/** Red: work may be held up. Yellow: somebody should look. */
const colors: Record<UpstreamAlarm, 'red' | 'yellow'> = { revoked: 'red', stale: 'red', stuck: 'red', refused: 'red', skewed: 'yellow' };

/** The server that this one's server follows: how far it got there, and what is wrong. */
export function CentralStrip({ upstream }: { upstream: FleetUpstream }) {
  const { t } = useTranslation();
  const { organisationName, alarms, failure, revoked } = upstream;
  return (
    <section className={classes.panel} aria-label={t('fleet.central.title', { name: organisationName })}>
      <div className={classes.phase}>
        <IconServer2 size={22} aria-hidden />
        <div>
          <Group gap="xs">
            <Text fw={600}>{t('fleet.central.title', { name: organisationName })}</Text>
            <CentralAlarms alarms={alarms} isCut={failure !== undefined} />
          </Group>
          <Text size="sm">{t('fleet.central.explain')}</Text>
        </div>
      </div>
      <Figures upstream={upstream} />
      {alarms.map((alarm) => (
        <Text key={alarm} size="sm">
          <strong>{t(`fleet.central.alarm.${alarm}`)}</strong> {t(`fleet.central.alarmHint.${alarm}`)}
        </Text>
      ))}
      {failure !== undefined && !revoked && <FailureNotice failure={failure} waits={failure === 'unreachable' || failure === 'timed-out'} />}
    </section>
  );
}

function CentralAlarms({ alarms, isCut }: Pick<FleetUpstream, 'alarms'> & { isCut: boolean }) {
  const { t } = useTranslation();
  if (alarms.length === 0) return !isCut && <Text size="sm" c="green">{t('fleet.well')}</Text>;
  return alarms.map((alarm) => (
    <Tooltip key={alarm} label={t(`fleet.central.alarmHint.${alarm}`)} multiline maw="20rem">
      <Badge color={colors[alarm]} variant="light" tt="none">
        {t(`fleet.central.alarm.${alarm}`)}
      </Badge>
    </Tooltip>
  ));
}

function Figures({ upstream }: { upstream: FleetUpstream }) {
  const { t, i18n } = useTranslation();
  const now = useNow(10);
  const when = (instant: string | undefined) => (instant === undefined ? t('fleet.never') : whenText(instant, now, i18n.language, t));
  const { address, lastSuccessAt, lastAttemptAt, failure, behind, quarantined, deviceId, clockSkewSeconds, firstCopy } = upstream;
  return (
    <dl className={classes.figures}>
      <Figure term={t('fleet.central.lastSuccess')}>{when(lastSuccessAt)}</Figure>
      {failure !== undefined && <Figure term={t('fleet.central.lastAttempt')}>{when(lastAttemptAt)}</Figure>}
      {firstCopy && <Figure term={t('fleet.central.firstCopy')}>{t('fleet.central.firstCopyOf', firstCopy)}</Figure>}
      <Figure term={t('fleet.central.unsent')}>{unsentText(upstream, when, i18n.language, t)}</Figure>
      <Figure term={t('fleet.central.behind')}>{behind.toLocaleString(i18n.language)}</Figure>
      <Figure term={t('fleet.central.refused')}>
        {quarantined === 0 ? (
          '0'
        ) : (
          <Anchor component={Link} to={`/fleet/quarantine?workstation=${deviceId}`} size="sm" underline="always">
            {quarantined.toLocaleString(i18n.language)}
          </Anchor>
        )}
      </Figure>
      <Figure term={t('fleet.central.skew')}>{skewText(clockSkewSeconds, t)}</Figure>
      <Figure term={t('fleet.central.address')}>{address}</Figure>
    </dl>
  );
}

function unsentText({ unsent, oldestUnsentAt }: FleetUpstream, when: (instant: string) => string, language: string, t: TFunction): string {
  return unsent === 0 || oldestUnsentAt === undefined ? unsent.toLocaleString(language) : t('fleet.central.unsentSince', { count: unsent, when: when(oldestUnsentAt) });
}

function Figure({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
