import { VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ChangeSetRow } from '../../../shared/contract/sync.ts';
import classes from './stages.module.css';

interface Stage {
  label: string;
  state: 'done' | 'open' | 'refused';
}

const icons = { done: IconCircleCheck, open: IconCircle, refused: IconCircleX };

/** How far a change got: saved here → on the server → where that follows another one, there → at the other sites. */
export function Stages({ row, wrap = false }: { row: ChangeSetRow; wrap?: boolean }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.stages} data-wrap={wrap || undefined} aria-label={t('sync.wayOf')}>
      {stagesOf(row, !wrap, t).map(({ label, state }) => {
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

function stagesOf({ state, sites = [], central }: ChangeSetRow, short: boolean, t: TFunction): Stage[] {
  const here: Stage = { label: t('sync.stage.savedHere'), state: 'done' };
  if (state === 'quarantined') return [here, { label: t('sync.stage.refused'), state: 'refused' }];
  const server: Stage = { label: t('sync.stage.onServer'), state: state === 'on-server' ? 'done' : 'open' };
  // A row has room for three stages: what is on the server was saved here.
  const way = central === undefined ? [here, server] : [...(short ? [] : [here]), server, centralStage(central, t)];
  if (short && sites.length > (central === undefined ? 1 : 0)) return [...way, someSites(sites, t)];
  return [...way, ...sites.map(({ name, has }): Stage => ({ label: t('sync.stage.atSite', { site: name }), state: has ? 'done' : 'open' }))];
}

function centralStage(central: NonNullable<ChangeSetRow['central']>, t: TFunction): Stage {
  if (central === 'refused') return { label: t('sync.stage.refusedByCentral'), state: 'refused' };
  return { label: t('sync.stage.atCentral'), state: central === 'there' ? 'done' : 'open' };
}

function someSites(sites: NonNullable<ChangeSetRow['sites']>, t: TFunction): Stage {
  const having = sites.filter(({ has }) => has).length;
  return { label: t('sync.stage.atSites', { having, total: sites.length }), state: having === sites.length ? 'done' : 'open' };
}
