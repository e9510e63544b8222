import type { Content } from '../content.ts';
import { derivedId } from '../derived-id.ts';
import type { Change } from './deed.ts';
import type { Choose, Desk } from './desk.ts';
import type { Held } from './stores.ts';

const isLive = ({ deleted }: Held): boolean => !deleted;
const days = 86_400_000;
const edited = ({ collection, id, content }: Held, over: Content): Change => ({ collection, id, content: { ...content, ...over } });

/**
 * What colleagues of several sites do: they refer with a part of the chart, accept and take it into a chart of their own, hand patients over,
 * answer otherwise, write to each other, read, and end what was shared.
 */
export function correspond(choose: Choose, pictureOf: (desk: Desk) => Content): (desk: Desk) => Change[] {
  const refer = (desk: Desk): Change[] => {
    const patient = choose(desk, 'patients', isLive);
    if (patient === undefined) return [];
    const { newId, newWord, siteId, siteIds, random, at } = desk;
    const others = siteIds.filter((one) => one !== siteId);
    const [id, sharedChartId, recipientSiteId] = [newId(), newId(), random.chance(80) ? random.of(others) : random.of(siteIds)];
    const expiresAt = new Date(Date.parse(at) + random.of([1, 10, 100]) * days).toISOString();
    const parties = { senderSiteId: siteId, siteIds: [...new Set([siteId, recipientSiteId])] };
    const referral = {
      ...parties, recipientSiteId, kind: random.of(['referral', 'referral', 'transfer', 'shared-chart']), status: 'requested', priority: 'routine', subjectId: patient.id, patientName: newWord(), gender: 'unknown',
      reason: newWord(), authoredOn: at, requesterId: 'someone', requesterName: 'Someone', sharedChartId,
    };
    // Pictures that go along: copies of what other charts name, too, or bytes that are new.
    const copies = Array.from({ length: random.below(3) }, () => ({ collection: 'documentReferences', id: newId(), content: { ...pictureOf(desk), sharedChartId } }));
    const entries = [{ collection: 'conditions', id: newId(), updatedAt: at, content: { code: { text: newWord() } } }];
    return [
      { collection: 'referrals', id, content: referral },
      { collection: 'sharedCharts', id: sharedChartId, content: { ...parties, referralId: id, expiresAt, patient: { name: newWord(), gender: 'unknown' }, entries } },
      ...copies,
    ];
  };
  const answer = (desk: Desk): Change[] => {
    const referral = choose(desk, 'referrals', isLive);
    const status = desk.random.of(['accepted', 'rejected', 'cancelled', 'completed']);
    return referral === undefined ? [] : [edited(referral, { status, statusReason: desk.newWord(), statusChange: { userId: 'someone', name: 'Someone', at: desk.at } })];
  };
  /** By somebody who gets the whole chart with a transfer, or else takes over what came along: for a patient of this site, or one registered now. */
  const accept = (desk: Desk): Change[] => {
    const { siteId, newId, newWord, random, documents, at } = desk;
    const referral = choose(desk, 'referrals', ({ deleted, content }) => !deleted && content?.['recipientSiteId'] === siteId && content['status'] === 'requested' && content['kind'] !== 'shared-chart');
    if (referral === undefined) return [];
    const accepted = { status: 'accepted', statusChange: { userId: 'someone', name: 'Someone', at } };
    if (referral.content['kind'] === 'transfer') return [edited(referral, accepted)];
    const known = random.chance(50) ? choose(desk, 'patients', isLive) : undefined;
    const patientId = known?.id ?? newId();
    const registered = { collection: 'patients', id: patientId, content: { name: newWord(), gender: 'unknown', medicalRecordNumber: newWord(), siteIds: [siteId] } };
    const copies = documents.filter(({ collection, content }) => collection === 'documentReferences' && content?.['sharedChartId'] === referral.content['sharedChartId']);
    const taken = (desk.takesDocuments ? copies : []).map(({ id, content }): Change => {
      const { sharedChartId: _sharedChartId, ...document } = content as Content;
      return { collection: 'documentReferences', id: derivedId('admitted', patientId, id), content: { ...document, title: newWord(), patientId }, takenFrom: id };
    });
    const fresh = taken.filter(({ id }) => documents.every((document) => document.id !== id));
    return [...(known === undefined ? [registered] : []), edited(referral, { ...accepted, recipientPatientId: patientId }), ...fresh];
  };
  /** By the sender's program, once a transfer has been accepted. */
  const handOver = (desk: Desk): Change[] => {
    const { siteId, documents, random, at } = desk;
    const isDue = ({ deleted, content }: Held) => !deleted && content?.['kind'] === 'transfer' && content['status'] === 'accepted' && content['senderSiteId'] === siteId && content['handedOver'] === undefined;
    const referral = choose(desk, 'referrals', isDue);
    const patient = documents.find(({ collection, id }) => collection === 'patients' && id === referral?.content['subjectId']);
    if (referral === undefined || patient === undefined || patient.content === null || patient.deleted) return [];
    const held = (patient.content['siteIds'] as string[] | undefined) ?? [siteId];
    const kept = random.chance(50) ? held : held.filter((one) => one !== siteId);
    return [edited(patient, { siteIds: [...new Set([...kept, referral.content['recipientSiteId'] as string])] }), edited(referral, { handedOver: at })];
  };
  const subject = (desk: Desk): Content | undefined => {
    const root = choose(desk, desk.random.of(['referrals', 'referrals', 'patients']), isLive);
    return root && { [root.collection === 'patients' ? 'patientId' : 'referralId']: root.id };
  };
  const write = (desk: Desk): Change[] => {
    const about = subject(desk);
    if (about === undefined) return [];
    const task = { description: desk.newWord(), status: 'requested', priority: 'routine', authoredOn: desk.at, requesterId: 'someone', requesterName: 'Someone' };
    const message = { payload: desk.newWord(), sent: desk.at, senderId: 'someone', senderName: 'Someone', senderSiteId: desk.siteId };
    return [desk.random.chance(50) ? { collection: 'careTasks', id: desk.newId(), content: { ...about, ...task } } : { collection: 'communications', id: desk.newId(), content: { ...about, ...message } }];
  };
  const read = (desk: Desk): Change[] => {
    const document = choose(desk, desk.random.of(['referrals', 'communications', 'careTasks']), isLive);
    return document === undefined ? [] : [edited(document, { received: desk.at, ...(desk.random.chance(50) && { read: { at: desk.at, userId: 'someone', name: 'Someone' } }) })];
  };
  /** By the sender, whose list of sites gets shorter. */
  const endSharing = (desk: Desk): Change[] => {
    const chart = choose(desk, 'sharedCharts', isLive);
    return chart === undefined ? [] : [edited(chart, { siteIds: [chart.content['senderSiteId']] })];
  };
  /** By a program with a fault. */
  const prolong = (desk: Desk): Change[] => {
    const chart = choose(desk, 'sharedCharts', isLive);
    return chart === undefined ? [] : [edited(chart, { expiresAt: '2036-01-01T00:00:00.000Z' })];
  };
  // What waits for somebody is mostly seen to first: a history is short.
  const due = [accept, accept, handOver];
  const actions = [refer, refer, refer, answer, write, write, read, read, endSharing, endSharing, prolong];
  return (desk) => desk.random.of(desk.random.chance(50) ? due : actions)(desk);
}
