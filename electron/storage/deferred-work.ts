import type { Connection } from './connection.ts';
import { dropMeta, readFact, writeFact } from './meta.ts';
import { statement } from './statements.ts';
import { enterVisits, tallyVisits } from './visits.ts';

/** Each entry goes somewhere else: kept up while a store is filled, every page of documents writes the whole of them anew. */
const indices = ['medical_records_by_patient', 'medical_records_closed', 'patients_by_name', 'patients_by_birth'];
const indicesOfVisits = ['visits_by_person', 'visits_inpatient', 'visits_inpatient_until'];
/** They enter a record or a patient who is inserted, and count what is entered. */
const triggers = ['visits_record_inserted', 'visits_patient_inserted', 'visits_entered', 'visits_dropped'];

/** So many records are entered in one transaction, in a few seconds, as an index of a million takes: each goes through all of the visits. */
const recordsAtOnce = 250_000;

/** Fewer documents are filled in without it in a few seconds. */
export const worthDeferring = 20_000;

/** What is to be made up for, noted in the database itself: the SQL of what is not there, and up to which record visits are entered. */
export interface Deferred {
  indices: string[];
  visitsUpTo: number;
  indicesOfVisits: string[];
  triggers: string[];
}

const key = 'deferredWork';

/** What is put off; undefined where nothing is. */
export const readDeferred = (connection: Connection): Deferred | undefined => readFact(connection, key);

/** Notes what is still put off; undefined: nothing any more. */
export function writeDeferred(connection: Connection, rest: Deferred | undefined): void {
  if (rest === undefined) dropMeta(connection, key);
  else writeFact(connection, key, rest);
}

/** Whether a store is being filled whose indices and visits are made when all is here. Whoever reads it meanwhile finds the same, only later. */
export const isWorkDeferred = (connection: Connection): boolean => readDeferred(connection) !== undefined;

/**
 * Puts off what can be made for all documents at once in half the time. Only for a store without any; nobody is to work with it before
 * {@link doDeferredWork} has made up for it.
 */
export function deferWork(connection: Connection): void {
  connection.transaction(() => {
    const all = (names: string[]) => names.map((name) => statement(connection, 'SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name) as string);
    const deferred = { indices: all(indices), visitsUpTo: 0, indicesOfVisits: all(indicesOfVisits), triggers: all(triggers) };
    for (const name of [...indices, ...indicesOfVisits]) connection.exec(`DROP INDEX ${name}`);
    for (const name of triggers) connection.exec(`DROP TRIGGER ${name}`);
    writeDeferred(connection, deferred);
  }).immediate();
}

/** Makes up for a part of what was put off, in one transaction: a crash leaves it done or not done. Answers whether there is more. */
export function doDeferredWork(connection: Connection): boolean {
  return connection.transaction(() => {
    const deferred = readDeferred(connection);
    if (deferred === undefined) return false;
    const rest = takeStep(connection, deferred);
    writeDeferred(connection, rest);
    return rest !== undefined;
  }).immediate();
}

/** Makes one of the indices of documents. Answers whether more of them are missing. */
export function indexDocuments(connection: Connection): boolean {
  const isMissing = () => (readDeferred(connection)?.indices.length ?? 0) > 0;
  return isMissing() && doDeferredWork(connection) && isMissing();
}

/** Makes up for all of it. Where nothing was put off nothing is written: on a disk that takes no more, people still sign in. */
export function finishDeferredWork(connection: Connection): void {
  while (isWorkDeferred(connection)) doDeferredWork(connection);
}

function takeStep(connection: Connection, deferred: Deferred): Deferred | undefined {
  const [index, ...others] = deferred.indices;
  if (index !== undefined) {
    connection.exec(index);
    return { ...deferred, indices: others };
  }
  const { visitsUpTo } = deferred;
  const last = statement(connection, 'SELECT coalesce(max(position), 0) FROM medical_records').pluck().get() as number;
  if (visitsUpTo < last) {
    // A record that was told again was entered with it, maybe before the person whom its patient turned out to be.
    if (visitsUpTo === 0) statement(connection, 'DELETE FROM visits').run();
    const upTo = Math.min(last, visitsUpTo + recordsAtOnce);
    enterVisits(connection, { after: visitsUpTo, upTo });
    return { ...deferred, visitsUpTo: upTo };
  }
  const [indexOfVisits, ...othersOfVisits] = deferred.indicesOfVisits;
  if (indexOfVisits !== undefined) {
    connection.exec(indexOfVisits);
    return { ...deferred, indicesOfVisits: othersOfVisits };
  }
  tallyVisits(connection);
  for (const sql of deferred.triggers) connection.exec(sql);
  return undefined;
}
