import type { Resource } from '@medplum/fhirtypes';
import { expect, it } from 'vitest';
import { extensionUrl } from './common.ts';
import { planImport } from './plan-import.ts';
import { resourceNames } from './resource-names.ts';

const [patientId, letterId, messageId, siteId, otherSiteId] = ['1', '2', '3', '4', '5'].map((digit) => `0198${digit}000-0000-7000-8000-000000000000`) as [string, string, string, string, string];
const now = '2026-03-02T09:00:00.000Z';
const texts = (said: Record<string, string>) => ({ extension: Object.entries(said).map(([name, valueString]) => ({ url: extensionUrl(name), valueString })) });
const patient: Resource = { resourceType: 'Patient', id: patientId, name: [{ text: '王小明' }], gender: 'male' };
const letter: Resource = {
  resourceType: 'ServiceRequest', id: letterId, meta: { tag: [{ system: extensionUrl('kind'), code: 'referral' }] }, status: 'active', intent: 'order', category: [{ text: 'transfer' }],
  subject: { reference: `Patient/${patientId}`, display: '王小明' }, authoredOn: now, reasonCode: [{ text: 'Is this angina?' }],
  ...texts({ 'referral-status': 'accepted', 'sender-site': siteId, 'recipient-site': otherSiteId }),
};
const message: Resource = { resourceType: 'Communication', id: messageId, status: 'completed', about: [{ reference: `ServiceRequest/${letterId}` }], sent: now, payload: [{ contentString: 'Please call' }] };

function plan(...resources: Resource[]) {
  const read = resources.map((resource, place) => ({ place, resource }));
  return planImport(read, { names: resourceNames(read), find: () => undefined, attachmentOf: () => undefined, importer: { id: 'u', name: 'Ada' }, now });
}

it('hands over no chart for a transfer that was accepted elsewhere', () => {
  const { documents, refused } = plan(patient, letter, message);
  expect(refused).toEqual([]);
  expect(documents.map(({ collection }) => collection)).toEqual(['patients', 'referrals', 'communications']);
  expect(documents[1]?.content).toMatchObject({ status: 'accepted', handedOver: now, requesterId: 'u' });
  expect(documents[2]?.content).toMatchObject({ referralId: letterId, payload: 'Please call' });
});

it('brings in no letter about somebody who is not here, and nothing that was written on it', () => {
  expect(plan(letter, message)).toMatchObject({ documents: [], refused: [{ resourceType: 'ServiceRequest' }, { resourceType: 'Communication', issues: [{ code: 'unknown-patient' }] }] });
});
