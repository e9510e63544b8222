import type { Screen } from '../../app/feature.ts';
import { ChangeRecordScreen, NewRecordScreen } from './record-editor-screen.tsx';
import { RecordHistoryScreen } from './record-history-screen.tsx';
import { RecordScreen } from './record-screen.tsx';

/** The screens of a record, inside the chart of its patient. */
export const recordScreens: Screen[] = [
  { path: 'records/new', Component: NewRecordScreen, handle: { title: 'records.editor.new', permission: 'record.write' } },
  { path: 'records/:recordId', Component: RecordScreen, handle: { title: 'records.title', permission: 'record.read' } },
  { path: 'records/:recordId/edit', Component: ChangeRecordScreen, handle: { title: 'records.editor.edit', permission: 'record.write' } },
  { path: 'records/:recordId/amend', Component: ChangeRecordScreen, handle: { title: 'records.editor.amend', permission: 'record.sign' } },
  { path: 'records/:recordId/history', Component: RecordHistoryScreen, handle: { title: 'records.history.title', permission: 'record.read' } },
];
