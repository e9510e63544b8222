import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SyncState } from '../../shared/contract/sync.ts';
import { useCall } from '../api/queries.ts';
import { useStatus } from '../api/use-status.ts';
import { useNow } from '../components/relative-time.ts';
import { failedAttemptAt } from '../features/sync/attempt.ts';
import { percentOf } from '../features/sync/first-copy.tsx';
import { syncPath } from '../features/sync/paths.ts';
import { isJoining, phaseLook } from '../features/sync/sync-phase.ts';
import { useSteadyPhase } from '../features/sync/use-steady-phase.ts';
import { whenText } from '../features/sync/when-text.ts';
import classes from './footer.module.css';

/** Where the work is, at one glance, always; a click opens the sync centre. */
export function Footer() {
  const { t, i18n } = useTranslation();
  const now = useNow(30);
  const work = useCall('app.work', {}).data;
  const sync = useCall('sync.state', {}).data;
  const status = useStatus().data;
  const when = (instant: string) => whenText(instant, now, i18n.language, t);
  return (
    <footer className={classes.footer} aria-label={t('app.footerLabel')}>
      <Link to={syncPath} className={classes.work} title={t('sync.open')}>
        {/* Until it is known whether this workstation belongs to a server, nothing is said: that it works by itself would be untrue of most. */}
        {sync && <Phase state={sync} />}
        {sync && sync.phase !== 'off' && <SyncFigures state={sync} when={when} />}
        {work && sync?.phase === 'off' && <span>{work.lastSavedAt === undefined ? t('app.nothingSavedYet') : t('app.lastSaved', { when: when(work.lastSavedAt) })}</span>}
      </Link>
      <span className={classes.end}>
        {status?.lastBackupAt === undefined ? t('app.noBackup') : t('app.lastBackup', { when: when(status.lastBackupAt) })}
      </span>
    </footer>
  );
}

function Phase({ state }: { state: SyncState }) {
  const { t } = useTranslation();
  const phase = useSteadyPhase(state);
  const { icon: PhaseIcon, color } = phaseLook(phase);
  return (
    <>
      <PhaseIcon size={14} color={`var(--mantine-color-${color}-text)`} aria-hidden />
      <span data-color={color === 'red' || undefined}>{t(`sync.phase.${phase}`)}</span>
    </>
  );
}

/** The three figures: to send, last success, and the last attempt if it came to nothing; where the server follows another one, what is not there yet. */
function SyncFigures({ state, when }: { state: SyncState; when: (instant: string) => string }) {
  const { t } = useTranslation();
  const attempt = failedAttemptAt(state);
  return (
    <>
      {isJoining(state) && state.snapshot && <span>{t('sync.firstCopyPercent', { percent: percentOf(state.snapshot) })}</span>}
      <span>{state.waiting + state.attachments.toSend === 0 ? t('sync.nothingToSend') : t('sync.toSend', { count: state.waiting })}</span>
      {state.attachments.toSend > 0 && <span>{t('sync.filesToSend', { count: state.attachments.toSend })}</span>}
      {state.central && state.central.waiting > 0 && <span>{t('sync.footerCentral', { count: state.central.waiting })}</span>}
      {state.central && state.central.waiting + state.central.refused === 0 && <span>{t('sync.footerAllAtCentral')}</span>}
      <span>{state.lastSuccessAt === undefined ? t('sync.noSuccessYet') : t('sync.successAgo', { when: when(state.lastSuccessAt) })}</span>
      {attempt !== undefined && <span>{t('sync.attemptAgo', { when: when(attempt) })}</span>}
      {(state.central?.refused ?? 0) > 0 && <span data-color>{t('sync.footerRefusedByCentral', { count: state.central?.refused ?? 0 })}</span>}
      {state.quarantined > 0 && <span data-color>{t('sync.refusedCount', { count: state.quarantined })}</span>}
    </>
  );
}
