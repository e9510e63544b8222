import { Workstation } from '../workstation.ts';
import { environmentWith, systemClock } from '../../storage/environment.ts';
import { openLog } from '../../storage/log.ts';
import { listUsers } from '../../storage/users.ts';
import type { Context } from '../context.ts';
import { importReport, runImport } from '../imports.ts';
import { toSessionUser } from '../session-user.ts';
import { suggestedPlan, upload } from './files.ts';

/** Imports 20,000 patients and writes down, after each change set, how many are in; until it is killed or done. */
const [profile = '', databaseKey = ''] = process.argv.slice(2);
const environment = environmentWith(systemClock);
const workstation = new Workstation({ profile, version: 'test', host: 'web', environment, log: openLog(profile, systemClock) });
const store = workstation.open(Buffer.from(databaseKey, 'hex'));
const user = listUsers(store.connection).find(({ role }) => role === 'admin');
if (user === undefined) throw new Error('No admin');
workstation.sessions.begin('admin', user.id);
const context: Context = {
  workstation, environment, jobs: workstation.jobs, sessionId: 'admin', store, user: toSessionUser(user), actor: { id: user.id, name: user.displayName },
};

const rows = Array.from({ length: 20_000 }, (_, index) => `Patient ${index},f,1990-01-02`);
const importId = upload(context, ['name,gender,birthday', ...rows].join('\n'), 'killed.csv');
const job = runImport(context, suggestedPlan(context, importId));
let said = -1;
while (workstation.jobs.get(job.id).state === 'running') {
  const { imported } = importReport(context, { importId });
  if (imported !== said) process.stdout.write(`${(said = imported)}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
