import type { Version } from '../../shared/contract/patients.ts';
import type { ReadableCollection } from '../../shared/chart/readable-columns.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Contents } from '../storage/collections.ts';
import { listVersions } from '../storage/history.ts';
import type { Context } from './context.ts';
import { visibleDocument } from './documents.ts';

/** Who changed what of a document of a chart, and when. Fails with `not-found`, also where the patient may not be seen. */
function versionsOf<Name extends ReadableCollection>(context: Context, collection: Name, id: string): Version<Contents[Name]>[] {
  const { patientId } = visibleDocument(context, collection, id);
  visibleDocument(context, 'patients', patientId ?? '');
  return listVersions(context.store.connection, collection, id);
}

export const chartHistory = (context: Context, { collection, id }: CallParsed<'chart.history'>) => versionsOf(context, collection, id);
export const appointmentHistory = (context: Context, { id }: CallParsed<'appointments.history'>) => versionsOf(context, 'appointments', id);
export const encounterHistory = (context: Context, { id }: CallParsed<'encounters.history'>) => versionsOf(context, 'encounters', id);
