import type { TFunction } from 'i18next';
import { changeSetStages } from '../../shared/conflicts/change-stages.ts';
import { aboutText, actionText } from '../../shared/conflicts/change-words.ts';
import { heldAbout, heldAction, heldFrom, heldWhy } from '../../shared/conflicts/held-words.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Context } from './context.ts';
import { listHeld } from './fleet-quarantine.ts';
import { cellsOfPage, type Paged } from './paged-list.ts';
import { listChangeSets } from './sync.ts';

/** Change sets that wait for the server, or that it has, and how far each got. */
export const changeSetsForFile = (state: CallParsed<'sync.changeSets'>['state']) => (context: Context, t: TFunction): Paged => ({
  header: [t('sync.savedAt'), t('sync.what'), t('sync.about'), t('sync.savedBy'), t('sync.way'), `${t('sync.size')} (B)`],
  parts: [
    async (window) =>
      cellsOfPage(await listChangeSets(context, { state, ...window }), (row) => [
        row.savedAt, actionText(row.action, t), aboutText(row, t), row.savedByName,
        changeSetStages(row, t).filter((stage) => stage.state !== 'open').map(({ label }) => label).join(' → '), String(row.bytes),
      ]),
  ],
});

/** The server gives its quarantine a hundred at a time. */
const heldAtOnce = 100;

export const heldForFile = (context: Context, t: TFunction): Paged => ({
  header: [t('sync.savedAt'), t('sync.what'), t('sync.about'), t('sync.savedBy'), t('fleet.held.column.from'), t('fleet.held.column.why')],
  parts: [
    async ({ offset }) =>
      cellsOfPage(await listHeld(context, { offset, limit: heldAtOnce }), (row) => [row.savedAt ?? '', heldAction(row, t), heldAbout(row, t), row.savedByName ?? '', heldFrom(row), heldWhy(row, t)]),
  ],
});
