import type { TFunction } from 'i18next';
import type { ChangeSetRow } from '../contract/sync.ts';

export interface Stage {
  label: string;
  state: 'done' | 'open' | 'refused';
}

/** How far a change got, in steps that a person knows; `short`: what a row of a screen has room for. */
export function changeSetStages({ state, sites = [], central }: ChangeSetRow, t: TFunction, short = false): Stage[] {
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
