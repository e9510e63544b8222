import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../../shared/contract/sync.ts';
import { useNow } from '../../components/relative-time.ts';
import { bytesText } from '../backups/bytes-text.ts';
import { failedAttemptAt } from './attempt.ts';
import { FailureNotice } from './failure-notice.tsx';
import { FirstCopy } from './first-copy.tsx';
import classes from './status-panel.module.css';
import { isJoining, phaseLook } from './sync-phase.ts';
import { useSteadyPhase } from './use-steady-phase.ts';
import { untilText, whenText } from './when-text.ts';

/** Where the work is, in words and figures, and what to do where it gets no further. */
export function StatusPanel({ state }: { state: SyncState }) {
  const { t } = useTranslation();
  const phase = useSteadyPhase(state);
  const { icon: PhaseIcon, color } = phaseLook(phase);
  return (
    <>
      <section className={classes.panel} aria-label={t('sync.figures')}>
        <div className={classes.phase} role="status">
          <PhaseIcon size={22} color={`var(--mantine-color-${color}-text)`} aria-hidden />
          <div>
            <Text fw={600}>{t(`sync.phase.${phase}`)}</Text>
            <Text size="sm">{phase === 'idle' && state.quarantined > 0 ? t('sync.explainRefused') : t(`sync.explain.${phase}`)}</Text>
          </div>
        </div>
        {isJoining(state) && <FirstCopy snapshot={state.snapshot} />}
        <Figures state={state} />
      </section>
      {state.failure && state.phase !== 'idle' && <FailureNotice failure={state.failure} waits={state.phase !== 'refused' && state.phase !== 'revoked'} />}
    </>
  );
}

function Figures({ state }: { state: SyncState }) {
  const { t, i18n } = useTranslation();
  const now = useNow(1);
  const when = (instant: string) => whenText(instant, now, i18n.language, t);
  const attempt = failedAttemptAt(state);
  const { server, central, lastSuccessAt, nextAttemptAt } = state;
  return (
    <dl className={classes.figures}>
      {server && <Figure term={t('sync.waiting')}>{waitingText()}</Figure>}
      {state.attachments.toSend + state.attachments.toFetch > 0 && <Figure term={t('sync.files')}>{filesText(state.attachments, t)}</Figure>}
      {central && <Figure term={t('sync.atCentral', { name: central.organisationName })}>{centralText(central, t)}</Figure>}
      {server && <Figure term={t('sync.lastSuccess')}>{lastSuccessAt === undefined ? t('common.never') : when(lastSuccessAt)}</Figure>}
      {attempt !== undefined && <Figure term={t('sync.lastAttempt')}>{when(attempt)}</Figure>}
      {nextAttemptAt !== undefined && state.phase === 'offline' && (
        <Figure term={t('sync.nextAttempt')}>{untilText(nextAttemptAt, now, i18n.language) ?? t('sync.soon')}</Figure>
      )}
      <Figure term={t('sync.storage')}>{bytesText(state.storageBytes)}</Figure>
      {server && <Figure term={t('sync.server')}>{t('sync.serverAt', { name: server.organisationName, address: server.address })}</Figure>}
      {server && <Figure term={t('sync.thisSite')}>{server.siteName}</Figure>}
    </dl>
  );

  function waitingText() {
    if (state.waiting === 0) return t('sync.waitingNone');
    const waiting = t('sync.waitingCount', { count: state.waiting });
    return state.oldestUnsentAt === undefined ? waiting : t('sync.waitingSince', { waiting, when: when(state.oldestUnsentAt) });
  }
}

function centralText({ waiting, refused }: NonNullable<SyncState['central']>, t: TFunction): string {
  if (waiting + refused === 0) return t('sync.allAtCentral');
  return [waiting > 0 && t('sync.notYetAtCentral', { count: waiting }), refused > 0 && t('sync.refusedAtCentral', { count: refused })].filter(Boolean).join(' · ');
}

function filesText({ toSend, toFetch }: SyncState['attachments'], t: TFunction): string {
  return [toSend > 0 && t('sync.filesToSend', { count: toSend }), toFetch > 0 && t('sync.filesToFetch', { count: toFetch })].filter(Boolean).join(' · ');
}

function Figure({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
