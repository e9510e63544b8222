import type { TFunction } from 'i18next';
import { aboutText, actionText } from '../../../shared/conflicts/change-words.ts';
import type { ChangeSetRow } from '../../../shared/contract/sync.ts';
import type { Column } from '../../components/table-header.tsx';
import { timeText } from '../versions/time-text.ts';

/** The columns that every list of changes has. */
export function changeSetColumns<Row extends ChangeSetRow>(t: TFunction): [savedAt: Column<Row>, action: Column<Row>, about: Column<Row>, savedBy: Column<Row>] {
  return [
    { key: 'savedAt', header: t('sync.savedAt'), width: '9.5rem', cell: (row) => timeText(row.savedAt) },
    { key: 'action', header: t('sync.what'), width: 'minmax(9rem, 1fr)', cell: (row) => actionText(row.action, t) },
    { key: 'about', header: t('sync.about'), width: 'minmax(12rem, 2fr)', cell: (row) => aboutText(row, t) },
    { key: 'savedBy', header: t('sync.savedBy'), width: 'minmax(6rem, 0.75fr)', cell: (row) => row.savedByName },
  ];
}
