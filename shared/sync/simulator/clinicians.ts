import type { AuditAction } from '../../schema/audit-entry.ts';
import type { Content } from '../content.ts';
import type { Change } from './deed.ts';
import type { Choose, Desk } from './desk.ts';
import type { Held } from './stores.ts';

type Action = (desk: Desk) => Change[];

const isLive = ({ deleted }: Held): boolean => !deleted;
const signatureAt = (at: string) => ({ userId: 'someone', name: 'Someone', at });

/** What a chart is made of, as its schemas want it; every text is a word that is written once. */
const newContents: Readonly<Record<string, (desk: Desk) => Content>> = {
  allergyIntolerances: ({ newWord }) => ({
    code: { text: newWord() }, criticality: 'low', clinicalStatus: 'active', verificationStatus: 'confirmed', reaction: [{ manifestation: newWord() }],
  }),
  conditions: ({ newWord }) => ({ code: { text: newWord() }, clinicalStatus: 'active', verificationStatus: 'confirmed' }),
  observations: ({ newWord, at }) => ({ code: { text: 'Note' }, status: 'final', effectiveDateTime: at, valueString: newWord() }),
  immunizations: ({ newWord }) => ({ vaccineCode: { text: 'BCG' }, status: 'completed', occurrenceDateTime: '2026-01-01', lotNumber: newWord() }),
};
const edits: Readonly<Record<string, readonly string[]>> = {
  allergyIntolerances: ['code', 'clinicalStatus', 'verificationStatus', 'criticality', 'reaction', 'note'],
  conditions: ['code', 'clinicalStatus', 'note'],
  observations: ['valueString', 'note'],
  immunizations: ['lotNumber', 'note'],
};
const choices: Readonly<Record<string, readonly string[]>> = {
  clinicalStatus: ['active', 'inactive', 'resolved'], verificationStatus: ['unconfirmed', 'confirmed', 'refuted'], criticality: ['low', 'high'],
};

function valueOf({ random, newWord }: Desk, field: string, before: unknown): unknown {
  const choice = choices[field];
  if (choice !== undefined) return random.of(choice);
  if (field === 'code') return { text: newWord() };
  if (field === 'reaction') return [...(before as unknown[] | undefined ?? []).slice(random.below(2)), { manifestation: newWord() }];
  return newWord();
}

const chartOf = (desk: Desk, patientId: string) => ({ patientId, recorderId: 'someone', recorderName: 'Someone', recordedDate: desk.at });

/** What people do in a chart: they write down, correct, sign orders and stop them. */
export function clinicalActions(choose: Choose): [weight: number, name: AuditAction, Action][] {
  const writeDown: Action = (desk) => {
    const patient = choose(desk, 'patients', isLive);
    const collection = desk.random.of(Object.keys(newContents));
    return patient === undefined ? [] : [{ collection, id: desk.newId(), content: { ...newContents[collection]?.(desk), ...chartOf(desk, patient.id) } }];
  };
  const correct: Action = (desk) => {
    const collection = desk.random.of(Object.keys(newContents));
    const document = choose(desk, collection, isLive);
    const field = desk.random.of(edits[collection] ?? []);
    return document === undefined ? [] : [{ collection, id: document.id, content: { ...document.content, [field]: valueOf(desk, field, document.content[field]) } }];
  };
  /** A basket: two orders under one signature, in one change set. */
  const signOrders: Action = (desk) => {
    const patient = choose(desk, 'patients', isLive);
    if (patient === undefined) return [];
    const signed = { status: 'active', signature: signatureAt(desk.at), ...chartOf(desk, patient.id) };
    return [
      { collection: 'medicationRequests', id: desk.newId(), content: { medicationCodeableConcept: { text: desk.newWord() }, ...signed } },
      { collection: 'serviceRequests', id: desk.newId(), content: { code: { text: desk.newWord() }, category: 'laboratory', ...signed } },
    ];
  };
  const orderOf = (desk: Desk) => choose(desk, desk.random.of(['medicationRequests', 'serviceRequests']), isLive);
  const stopOrder: Action = (desk) => {
    const order = orderOf(desk);
    if (order === undefined) return [];
    return [{ collection: order.collection, id: order.id, content: { ...order.content, status: 'completed', statusReason: desk.newWord(), statusChange: signatureAt(desk.at) } }];
  };
  /** Written by a program with a fault over what was signed. */
  const alterOrder: Action = (desk) => {
    const order = orderOf(desk);
    return order === undefined ? [] : [{ collection: order.collection, id: order.id, content: { ...order.content, note: desk.newWord() } }];
  };
  // In every eighth history: what is found by many actions on few documents must not become rare in the others.
  const here = (action: Action): Action => (desk) => (desk.liked % 8 === 5 ? action(desk) : []);
  const inChart = here((desk) => (desk.random.chance(50) ? writeDown(desk) : correct(desk)));
  const onOrders = here((desk) => desk.random.of([signOrders, signOrders, signOrders, stopOrder, stopOrder, alterOrder])(desk));
  return [
    [10, 'allergy.updated', inChart],
    [6, 'order.signed', onOrders],
  ];
}
