import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orderIssues, type OrderSurroundings } from '../../../shared/chart/order-issues.ts';
import { readingsOf } from '../../../shared/chart/vital-signs.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { fieldIssues } from '../../../shared/field-issues.ts';
import { ageOn } from '../../../shared/patients/age.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import { medicationOrderSchema, type MedicationOrder } from '../../../shared/schema/medication-request.ts';
import type { Patient } from '../../../shared/schema/patient.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { formErrors } from '../../components/form-errors.ts';
import { useDraftKeeper } from '../drafts/use-draft-keeper.ts';
import { today } from '../patients/calendar-day.ts';
import { detectedIssues, emptyOrder, issuesOf, orderCandidate, orderFields, readItems, type BasketItems, type OrderText } from './basket-items.ts';

const textOf = (values: Draft['values'] | undefined, field: keyof OrderText): string => {
  const typed = values?.[field];
  return typeof typed === 'string' ? typed : emptyOrder[field];
};

/** What is gathered for a patient, kept on disk with every change, until it is signed. */
export function useBasket(patient: Patient, draft: Draft | null) {
  const { t } = useTranslation();
  const { keeper, state } = useDraftKeeper({ kind: 'orderBasket', key: 'new', patientId: patient.id }, draft?.id);
  const [items, setItems] = useState<BasketItems>(() => readItems(draft?.values['items']));
  const [order, setOrder] = useState<OrderText>(() => Object.fromEntries(orderFields.map((field) => [field, textOf(draft?.values, field)])) as OrderText);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const surroundings = useSurroundings(patient);
  const issues = issuesOf(order, surroundings, items);

  function keep(nextItems: BasketItems, nextOrder: OrderText) {
    setItems(nextItems);
    setOrder(nextOrder);
    keeper.change({ ...nextOrder, items: JSON.stringify(nextItems) });
  }
  /** Answers whether it is in the basket; otherwise what is amiss is said at its field. */
  function add(): boolean {
    const parsed = medicationOrderSchema.safeParse(orderCandidate(order));
    const stopped = issues.some(({ level }) => level === 'stop') && order.reason.trim() === '';
    const found = parsed.success ? {} : formErrors(fieldIssues(parsed.error).map((issue) => ({ ...issue, path: fieldOf(issue.path) })), t);
    setErrors({ ...found, ...(stopped && { reason: t('chart.basket.reasonNeeded') }) });
    if (!parsed.success || stopped) return false;
    const kept = detectedIssues(issues, order.reason);
    keep({ ...items, medicationRequests: [...items.medicationRequests, { ...parsed.data, ...(kept && { detectedIssues: kept }) }] }, emptyOrder);
    return true;
  }
  /**
   * Puts orders from elsewhere into the basket, judged anew for this patient; a repeat goes on with what the patient takes and
   * is no duplicate of it. Answers the names of those that a warning keeps out: they are typed, and answered, one by one.
   */
  function put(orders: readonly MedicationOrder[], { repeats }: { repeats: boolean }): string[] {
    const judged = orders.map((one) => {
      const taken = surroundings.current.filter(({ medicationCodeableConcept: { text } }) => !repeats || text !== one.medicationCodeableConcept.text);
      return { one, found: orderIssues(one, { ...surroundings, current: [...taken, ...items.medicationRequests] }) };
    });
    const fitting = judged.filter(({ found }) => found.length === 0).map(({ one }) => one);
    if (fitting.length > 0) keep({ ...items, medicationRequests: [...items.medicationRequests, ...fitting] }, order);
    return judged.filter(({ found }) => found.length > 0).map(({ one }) => one.medicationCodeableConcept.text);
  }
  async function sign(): Promise<CallOutput<'orders.sign'>> {
    const draftId = await keeper.settle();
    return call('orders.sign', { patientId: patient.id, ...items, ...(draftId !== undefined && { draftId }) });
  }
  return {
    items, order, errors, issues, autosave: state, add, put, sign,
    change: (next: OrderText) => keep(items, next),
    setItems: (next: BasketItems) => keep(next, order),
  };
}

const fieldOf = (path: string): string => {
  if (path.startsWith('medicationCodeableConcept')) return 'drug';
  return path.startsWith('doseQuantity') ? 'dose' : path;
};

function useSurroundings(patient: Patient): OrderSurroundings {
  const { data } = useCall('chart.summary', { patientId: patient.id });
  const weighed = data?.vitalSigns.map((observation) => readingsOf(observation).weight?.value).find((value) => value !== undefined);
  return {
    allergies: data?.allergyIntolerances ?? [],
    current: data?.medicationRequests ?? [],
    age: ageOn(patient, today())?.years,
    weight: weighed,
  };
}
