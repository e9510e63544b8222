import { checkTables } from './check-tables.ts';
import { checkpoint } from './checkpoint.ts';
import { enterVisitsBeside } from './enter-visits-beside.ts';
import { extractBackup } from './extract-backup.ts';
import { writeBackup } from './write-backup.ts';

/** What runs in a worker: functions that block their thread for seconds, with a connection of their own. */
export const tasks = {
  'write-backup': writeBackup,
  'extract-backup': extractBackup,
  'check-integrity': checkTables,
  'enter-visits': enterVisitsBeside,
  checkpoint,
};
export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
