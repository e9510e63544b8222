import { VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeSetStages } from '../../../shared/conflicts/change-stages.ts';
import type { ChangeSetRow } from '../../../shared/contract/sync.ts';
import classes from './stages.module.css';

const icons = { done: IconCircleCheck, open: IconCircle, refused: IconCircleX };

/** How far a change got: saved here → on the server → where that follows another one, there → at the other sites. */
export function Stages({ row, wrap = false }: { row: ChangeSetRow; wrap?: boolean }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.stages} data-wrap={wrap || undefined} aria-label={t('sync.wayOf')}>
      {changeSetStages(row, t, !wrap).map(({ label, state }) => {
        const StageIcon = icons[state];
        return (
          <li key={label} data-state={state}>
            <StageIcon size={14} aria-hidden />
            {state !== 'refused' && <VisuallyHidden>{t(state === 'done' ? 'sync.stageDone' : 'sync.stageOpen')}</VisuallyHidden>}
            {label}
          </li>
        );
      })}
    </ol>
  );
}
