import { expect, test } from 'vitest';
import { listCorrespondence } from '../storage/correspondence.ts';
import { correspondenceCounts, readCommunications, sendCommunication } from './communications.ts';
import { createPatient } from './patients.ts';
import { openClinic, patientInput } from './testing/clinic.ts';

test('a message behind hundreds of unread ones can be read', async () => {
  const { context } = await openClinic();
  const [doctor, nurse] = [context('doctor'), context('nurse')];
  const { id: patientId } = createPatient(doctor, { patient: patientInput });
  const { id: oldest, sent, ...message } = sendCommunication(doctor, { patientId, payload: 'Weigh her', recipientId: nurse.user.id });
  const { payload, senderId, senderName } = message;
  doctor.store.commit({ actor: doctor.actor, action: 'communication.sent' }, (transaction) => {
    for (let index = 0; index < 500; index += 1) transaction.create('communications', { patientId, payload, senderId, senderName, sent, recipientId: nurse.user.id });
  });
  readCommunications(nurse, { ids: [oldest, oldest] });
  expect(nurse.store.get('communications', oldest)?.read?.name).toBe(nurse.actor.name);
  expect(correspondenceCounts(nurse).communications).toBe(500);
});

test('a page of messages or tasks, and how many there are, is told without reading all of them', async () => {
  const { store } = (await openClinic()).context('doctor');
  const asked = new Set<string>();
  const spied = new Proxy(store.connection, {
    get: (target, property) => {
      if (property !== 'prepare') return Reflect.get(target, property) as unknown;
      return (sql: string) => {
        asked.add(sql);
        return target.prepare(sql);
      };
    },
  });
  const reader = { userId: 'u', siteId: 's' };
  for (const filter of [{}, { box: 'in' }, { box: 'out' }, { open: true }] as const) {
    for (const name of ['communications', 'careTasks'] as const) listCorrespondence(spied, name, reader, { subject: {}, ...filter }, { offset: 0, limit: 10 });
  }
  const values = { userId: 'u', siteId: 's', offset: 0, limit: 10 };
  const plans = [...asked].map((sql) => {
    const given = Object.fromEntries(Object.entries(values).filter(([name]) => sql.includes(`@${name}`)));
    return (store.connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(given) as { detail: string }[]).map(({ detail }) => detail).find((detail) => / c\b/.test(detail));
  });
  expect(plans).toHaveLength(16);
  expect(plans.filter((plan) => plan?.includes('USING INDEX') !== true)).toEqual([]);
});
