import { createHash } from 'node:crypto';
import type { QualityRow, QualityState } from '../../shared/contract/quality.ts';
import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import { departmentMeant } from '../../shared/quality/clean.ts';
import { conditionFindings, medicationFindings, patientFindings, qualityRuleNames, recordFindings, type Standards } from '../../shared/quality/rules.ts';
import { codeSystems } from '../../shared/schema/fhir-types.ts';
import { codeEntries } from '../storage/code-tables.ts';
import { checkNext, countFindings, countUnchecked, listFindings, unlistedDepartments } from '../storage/quality.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
import { currentSite } from './sites.ts';

/** Milliseconds that one question may look for; the screen asks again while something is left. */
const patience = 100;

/** What this clinic's data is measured by: its list of departments, and the tables of codes that it loaded. */
function standardsOf(store: Store): Standards & { name: string } {
  const { departments } = currentSite({ store });
  const loaded = [codeSystems.icd10, codeSystems.atc].map((system) => [system, codeEntries(store.connection, system)] as const).filter(([, entries]) => entries.length > 0);
  const codes = new Map(loaded.map(([system, entries]) => [system as string, new Set(entries.map(([code]) => code))]));
  const hash = createHash('sha256').update(JSON.stringify([qualityRuleNames, departments.toSorted(), loaded]));
  return { departments: new Set(departments), codes, name: hash.digest('hex').slice(0, 16) };
}

/** Looks at whatever was written or has arrived since the last question, as far as its time reaches, and counts what is to be mended. */
export function qualityState({ store }: Context): QualityState {
  const { connection } = store;
  const standards = standardsOf(store);
  const until = performance.now() + patience;
  checkNext(connection, standards.name, {
    patients: patientFindings,
    medicalRecords: (record) => recordFindings(record, standards),
    conditions: (condition) => conditionFindings(condition, standards),
    medicationRequests: (order) => medicationFindings(order, standards),
  }, () => performance.now() < until);
  return { unchecked: countUnchecked(connection, standards.name), rules: countFindings(connection) };
}

export const qualityFindings = ({ store }: Context, { rule, ...window }: CallParsed<'quality.list'>): Page<QualityRow> => listFindings(store.connection, rule, window);

export function qualityDepartments({ store }: Context): CallOutput<'quality.departments'> {
  const { departments: list } = currentSite({ store });
  return { list, unlisted: unlistedDepartments(store.connection).map(({ name, count }) => ({ name, count, meant: departmentMeant(name, list) ?? null })) };
}
