import { expect, test } from 'vitest';
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
