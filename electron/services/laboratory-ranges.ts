import type { ClinicRanges } from '../../shared/chart/laboratory-range.ts';
import { laboratoryTestOf } from '../../shared/chart/laboratory-tests.ts';
import type { RangesLoaded } from '../../shared/contract/chart.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import { readLaboratoryRanges } from '../../shared/exchange/laboratory-range-rows.ts';
import { rangeColumns } from '../../shared/exchange/laboratory-range-columns.ts';
import { laboratoryRangesSystem as system } from '../../shared/schema/code-table.ts';
import { allCodeTableParts, codeTableParts } from '../storage/code-tables.ts';
import { replaceCodeTable } from './codes.ts';
import type { Context } from './context.ts';
import type { Short } from './short-list.ts';

/** The clinic's own reference ranges; null where the built-in ones are all there is. */
export function clinicRanges(context: Context): ClinicRanges | null {
  const [table] = codeTableParts(context.store.connection, system);
  return table === undefined ? null : { name: table.name, ranges: table.ranges ?? [] };
}

/** Replaces the clinic's ranges by those of a file, or tells what is wrong with its rows and leaves everything as it is. */
export function loadRanges(context: Context, { name, text }: CallParsed<'codes.loadRanges'>): RangesLoaded {
  const { ranges, problems, unknownTests } = readLaboratoryRanges(text);
  const isLoaded = problems.length === 0 && ranges.length > 0;
  if (isLoaded) replaceCodeTable(context, { system, name }, [{ entries: [], ranges }], ranges.length);
  return { loaded: isLoaded ? ranges.length : 0, problems, unknownTests };
}

/** Back to the built-in ranges. */
export function removeRanges({ store, actor }: Context): null {
  const parts = allCodeTableParts(store.connection, system);
  if (parts.length > 0) store.commit({ actor, action: 'code-table.removed' }, (transaction) => parts.forEach(({ id, rev }) => transaction.remove('codeTables', id, { over: rev })));
  return null;
}

/** In columns that are loaded again as they are. */
export const rangesForFile = (context: Context): Short => ({
  collection: 'codeTables',
  header: Object.values(rangeColumns).map(([heading]) => heading),
  rows: () =>
    (clinicRanges(context)?.ranges ?? []).map(({ loinc, gender = '', ageFrom, ageBelow, low, high, criticalLow, criticalHigh, source = '' }) => {
      const test = laboratoryTestOf(loinc);
      return [loinc, test?.en ?? '', test?.unit ?? '', gender, ...[ageFrom, ageBelow, low, high, criticalLow, criticalHigh].map((one) => (one === undefined ? '' : String(one))), source];
    }),
});
