import { IconCircleCheck } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useCall } from '../api/queries.ts';
import { useStatus } from '../api/use-status.ts';
import { relativeTime, useNow } from '../components/relative-time.ts';
import { timeText } from '../features/versions/time-text.ts';
import classes from './footer.module.css';

/** Where the work is, at one glance, always. */
export function Footer() {
  const { t, i18n } = useTranslation();
  const now = useNow(30);
  const work = useCall('app.work', {}).data;
  const status = useStatus().data;
  const when = (instant: string) => timeAgo(instant, now, i18n.language, t);
  return (
    <footer className={classes.footer} aria-label={t('app.footerLabel')}>
      <IconCircleCheck size={14} aria-hidden />
      <span>{t('app.savedHere')}</span>
      {work && <span>{t('app.waiting', { count: work.waiting })}</span>}
      {work && <span>{work.lastSavedAt === undefined ? t('app.nothingSavedYet') : t('app.lastSaved', { when: when(work.lastSavedAt) })}</span>}
      <span className={classes.end}>
        {status?.lastBackupAt === undefined ? t('app.noBackup') : t('app.lastBackup', { when: when(status.lastBackupAt) })}
      </span>
    </footer>
  );
}

function timeAgo(instant: string, now: number, language: string, t: TFunction): string {
  const ahead = Date.parse(instant) - now > 60_000;
  return relativeTime(instant, now, language) ?? (ahead ? timeText(instant) : t('common.justNow'));
}
