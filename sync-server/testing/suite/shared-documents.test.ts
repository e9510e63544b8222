import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { WireDocument } from '../../../shared/sync/protocol.ts';
import { bytesOf, documentReference, getAll, hashOf, putAll, sharedDocument } from '../attachments.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, referral, type TestWorkstation } from '../workstation.ts';

onEachDatabase('documents that go along with a referral', (make) => {
  let clinic: Clinic;
  let now: Date;
  afterEach(() => clinic.close());

  const bytes = bytesOf('心电图');
  const stateOf = async (station: TestWorkstation, { id }: WireDocument, of: Uint8Array = bytes) =>
    (await station.ask('attachments', { attachments: [{ id, hash: hashOf(of) }], lacking: null })).states[0];

  /** A patient with a picture, and a referral with a copy of it that is on its way to another site. */
  async function sent() {
    now = new Date('2026-03-01T08:00:00.000Z');
    clinic = await openClinic(await make(), { clock: { now: () => now } });
    const { first, siteId, join } = clinic;
    const [recipient, stranger] = [await join(v7()), await join(v7())];
    const subject = patient();
    const original = documentReference(subject.id, bytes);
    const { referral: letter, chart } = referral({ patientId: subject.id, senderSiteId: siteId, recipientSiteId: recipient.enrolment.siteId });
    const copy = sharedDocument(chart.id, bytes);
    await first.push(first.changeSet(subject, original), first.changeSet(letter, chart, copy));
    for (const station of [recipient, stranger]) await station.pull();
    return { first, recipient, stranger, subject, original, chart, copy };
  }

  it('are told to the other site alone, which has their bytes once the sender has sent them once, and not those of the patient', async () => {
    const { first, recipient, stranger, original, copy } = await sent();
    expect(recipient.documents.get(`documentReferences/${copy.id}`)?.content).toEqual(copy.content);
    expect([...stranger.documents.values()].filter(({ collection }) => collection === 'documentReferences')).toEqual([]);
    expect(await stateOf(recipient, copy)).toMatchObject({ named: true, chunks: 0, complete: false });
    expect(await getAll(recipient, copy, bytes)).toBeUndefined();

    await putAll(first, original, bytes);
    expect(await stateOf(recipient, copy)).toMatchObject({ named: true, complete: true });
    expect(await getAll(recipient, copy, bytes)).toEqual(bytes);
    expect(await stateOf(first, copy)).toMatchObject({ complete: true });
    expect(await getAll(recipient, original, bytes)).toBeUndefined();
    for (const document of [original, copy]) {
      expect(await getAll(stranger, document, bytes)).toBeUndefined();
      expect(await stateOf(stranger, document)).toMatchObject({ named: false });
    }
  });

  it('are whole with the first chunk where the rest is there by then', async () => {
    const { first, recipient, original, copy } = await sent();
    await putAll(first, copy, bytes);
    expect(await first.ask('attachment-put', { id: original.id, hash: hashOf(bytes), number: 0, bytes: bytes.subarray(0, 131_072).toString('base64') })).toEqual({ named: true, chunks: 3, complete: true });
    expect(await getAll(recipient, copy, bytes)).toEqual(bytes);
  });

  it('bring nobody the bytes of others: a hash that the sender names is looked for in the scope of the sender alone', async () => {
    const { first, recipient, stranger, subject, chart } = await sent();
    const [theirs, secret] = [patient(), bytesOf('他人之影像')];
    const hidden = documentReference(theirs.id, secret);
    await stranger.push(stranger.changeSet(theirs, hidden));
    await putAll(stranger, hidden, secret);
    const guess = sharedDocument(chart.id, secret);
    await first.push(first.changeSet(guess));
    for (const station of [first, recipient]) {
      expect(await stateOf(station, guess, secret)).toMatchObject({ named: true, chunks: 0, complete: false });
      expect(await getAll(station, guess, secret)).toBeUndefined();
    }
    // Nor does the reader of a copy, in whose scope the sender is, come by what the sender has besides.
    const unsent = bytesOf('未转出');
    const kept = documentReference(subject.id, unsent);
    await first.push(first.changeSet(kept));
    await putAll(first, kept, unsent);
    const asked = sharedDocument(chart.id, unsent);
    await recipient.push(recipient.changeSet(asked));
    for (const station of [recipient, first]) expect(await stateOf(station, asked, unsent)).toMatchObject({ named: true, chunks: 0, complete: false });
  });

  it('go from the reader with the chart when its time is over, and stay with the sender', async () => {
    const { first, recipient, original, copy, chart } = await sent();
    await putAll(first, original, bytes);
    expect(await stateOf(recipient, copy)).toMatchObject({ complete: true });
    now = new Date('2026-04-01T08:00:00.001Z');
    for (const station of [first, recipient]) await station.hello();
    await clinic.service.endExpired();
    expect((await recipient.pull()).map(({ withdrawn }) => withdrawn)).toEqual([[chart.id]]);
    expect([...recipient.documents.values()].filter(({ collection }) => collection === 'documentReferences')).toEqual([]);
    expect(await stateOf(recipient, copy)).toMatchObject({ named: false, complete: false });
    expect(await getAll(recipient, copy, bytes)).toBeUndefined();
    await first.pull();
    for (const document of [original, copy]) expect(await getAll(first, document, bytes)).toEqual(bytes);
  });

  it('are taken into a chart of the other site, with bytes that stay when the sharing ends', async () => {
    const { first, recipient, original, copy, chart } = await sent();
    await putAll(first, original, bytes);
    await stateOf(recipient, copy);
    const registered = patient();
    const admitted = documentReference(registered.id, bytes);
    await recipient.push(recipient.changeSet(registered, admitted));
    expect(await stateOf(recipient, admitted)).toMatchObject({ named: true, complete: true });
    await first.push(first.changeSet(edited(chart, { siteIds: [chart.content?.['senderSiteId']] })));
    await recipient.pull();
    expect(await getAll(recipient, copy, bytes)).toBeUndefined();
    expect(await getAll(recipient, admitted, bytes)).toEqual(bytes);
  });

  it('are taken into a chart before their bytes have come, which come for it also when the sharing has ended meanwhile', async () => {
    const { first, recipient, original, copy, chart } = await sent();
    const registered = patient();
    const admitted = documentReference(registered.id, bytes);
    await recipient.push(recipient.changeSet(registered, admitted));
    await first.push(first.changeSet(edited(chart, { siteIds: [chart.content?.['senderSiteId']] })));
    await recipient.pull();
    // What is named only after the sharing has ended brings nobody what was shared.
    const late = documentReference(registered.id, bytes);
    await recipient.push(recipient.changeSet(late));
    await putAll(first, original, bytes);
    expect(await stateOf(recipient, late)).toMatchObject({ named: true, chunks: 0, complete: false });
    expect(await stateOf(first, copy)).toMatchObject({ complete: true });
    expect(await stateOf(recipient, late)).toMatchObject({ named: true, chunks: 0, complete: false });
    expect(await stateOf(recipient, admitted)).toMatchObject({ named: true, complete: true });
    expect(await getAll(recipient, admitted, bytes)).toEqual(bytes);
    expect(await getAll(recipient, copy, bytes)).toBeUndefined();
  });

  it('stay as they were sent, and belong to a chart or a shared one and never to both', async () => {
    const { first, recipient, subject, copy } = await sent();
    await recipient.push(recipient.changeSet(edited(copy, { title: '改过的' })));
    expect((await first.snapshot()).find(({ id }) => id === copy.id)?.content).toEqual(copy.content);
    const both = { ...copy, id: v7(), rev: v7(), content: { ...copy.content, patientId: subject.id } };
    expect((await first.push(first.changeSet(both))).outcomes).toMatchObject([{ outcome: 'rejected', refusal: 'invalid-document' }]);
  });
});
