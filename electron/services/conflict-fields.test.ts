import { expect, test } from 'vitest';
import { conflictField, fieldLabel } from '../../shared/conflicts/conflict-fields.ts';
import { createTranslator } from '../../shared/i18n/index.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { resourceCollections } from '../../shared/schema/resource.ts';
import { declaredPolicies, policyOf } from '../../shared/sync/policies.ts';
import { collections } from '../storage/collections.ts';

/** Ids, signatures and what a machine keeps of a document: nobody filled it in, and it is not shown among what somebody did. */
const bookkeeping = /(Id|Ids|Key|Digest)$|^(signature|amendments|statusChange|authoredOn|groupIdentifier|displacedBy|appointmentId|received|read|handedOver|link|distinctFrom|sealKeys|observedAt|vanishedAt|calledAt|endedAt|performedEndDateTime|detectedIssues|attachment|provider)$/;
const ofCollection: Readonly<Record<string, readonly string[]>> = {
  codeTables: ['system', 'edition', 'parts', 'part', 'entries', 'ranges'], favourites: ['medicationOrder', 'serviceOrder'], referrals: ['gender', 'birthday'],
  sharedCharts: ['patient', 'entries'], archivedCharts: ['chart', 'kind', 'period', 'entry'], chartLoans: ['lent', 'returned'], cloudReports: ['from', 'seed', 'version', 'figures'],
};
const shown = declaredPolicies.filter((name) => name !== 'auditEntries' && name !== 'conflicts').flatMap((name) =>
  collections[name as CollectionName].knownFields.filter((field) => !bookkeeping.test(field) && ofCollection[name]?.includes(field) !== true && policyOf(name).fields[field] !== 'set').map((field) => [name, field] as const));

test.each(['en', 'zh'] as const)('whatever somebody fills in has a name where it clashed, and where what was refused is looked at (%s)', (language) => {
  const { t } = createTranslator(language);
  expect(shown.filter(([name, field]) => conflictField(name, field).label === undefined)).toEqual([]);
  expect(shown.filter(([name, field]) => /[a-z]\.[a-z]/i.test(fieldLabel(name, field, t)))).toEqual([]);
});

test('of a resource each amount has its name, and each word for its state', () => {
  const { t } = createTranslator('zh');
  expect(fieldLabel('hosts', 'capacity.memory', t)).toBe(t('cloud.column.memory'));
  expect(fieldLabel('hosts', 'overcommit.cpu', t)).toBe(t('cloud.column.cpuOvercommit'));
  for (const name of resourceCollections) expect(Object.values(conflictField(name, 'state').options ?? {}).map((key) => t(key)).filter((text) => text.startsWith('cloud.'))).toEqual([]);
});
