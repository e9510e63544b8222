import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconRepeat, IconStar, IconStarFilled, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { medicationOrderSchema, type MedicationOrder, type MedicationRequest } from '../../../shared/schema/medication-request.ts';
import type { Favourite } from '../../../shared/schema/favourite.ts';
import type { ServiceOrder } from '../../../shared/schema/service-request.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useScreenCommands } from '../../app/screen-commands.ts';
import { notifyDone, notifyError } from '../../components/notify.ts';
import classes from './dock.module.css';
import { dosageText } from './dosage-text.tsx';
import { whole } from './tab-screen.tsx';
import type { useBasket } from './use-basket.ts';

type Basket = ReturnType<typeof useBasket>;

/** What was prescribed last, and what this person prescribes often: one key from the basket. */
export function ReadyOrders({ patientId, basket }: { patientId: string; basket: Basket }) {
  const { t } = useTranslation();
  const { data } = useCall('medicationRequests.list', { patientId, ...whole });
  const favourites = useCall('favourites.list', {}).data?.orders ?? [];
  const [told, setTold] = useState<string>();
  const last = lastPrescription(data?.rows ?? []);
  function put(orders: readonly MedicationOrder[], repeats: boolean) {
    const kept = basket.put(orders, { repeats });
    const count = orders.length - kept.length;
    setTold([count > 0 && t('habits.repeated', { count }), kept.length > 0 && t('habits.notRepeated', { names: kept.join(', ') })].filter(Boolean).join(' '));
  }
  const use = ({ medicationOrder, serviceOrder }: Favourite) => {
    if (medicationOrder) put([medicationOrder], false);
    if (serviceOrder) basket.setItems({ ...basket.items, serviceRequests: [...basket.items.serviceRequests, serviceOrder] });
  };
  const repeat = () => put(last, true);
  useScreenCommands(last.length > 0 ? [{ id: 'orders.repeat', label: 'habits.repeatLast', icon: IconRepeat, permission: 'record.write', run: repeat }] : []);
  return (
    <div>
      {last.length > 0 && (
        <Button variant="default" size="compact-sm" leftSection={<IconRepeat size={14} aria-hidden />} onClick={repeat}>
          {t('habits.repeatLast')}
        </Button>
      )}
      {favourites.length > 0 && <FavouriteOrders favourites={favourites} onUse={use} />}
      {told !== undefined && (
        <Text size="sm" role="status" mt={4}>
          {told}
        </Text>
      )}
    </div>
  );
}

/** All that was signed with the newest prescription, without what was judged of it then. Those of others that say too little are left out. */
function lastPrescription(requests: readonly MedicationRequest[]): MedicationOrder[] {
  const [newest] = requests.toSorted((a, b) => (b.authoredOn ?? '').localeCompare(a.authoredOn ?? ''));
  if (newest === undefined) return [];
  const together = requests.filter(({ id, groupIdentifier, status }) => status !== 'entered-in-error' && (groupIdentifier === undefined ? id === newest.id : groupIdentifier === newest.groupIdentifier));
  return together.flatMap(({ medicationCodeableConcept, doseQuantity, route, frequency, days, asNeeded, note }) => {
    const parsed = medicationOrderSchema.safeParse({ medicationCodeableConcept, doseQuantity, route, frequency, days, asNeeded, note });
    return parsed.success ? [parsed.data] : [];
  });
}

function FavouriteOrders({ favourites, onUse }: { favourites: readonly Favourite[]; onUse: (favourite: Favourite) => void }) {
  const { t } = useTranslation();
  const remove = useCallMutation('favourites.removeOrder');
  const nameOf = ({ medicationOrder, serviceOrder }: Favourite) => (medicationOrder ? `${medicationOrder.medicationCodeableConcept.text} ${dosageText(medicationOrder, t)}` : (serviceOrder?.code.text ?? ''));
  return (
    <ul className={classes.items} aria-label={t('habits.favouriteOrders')}>
      {favourites.map((favourite) => (
        <li key={favourite.id}>
          <Button variant="subtle" size="compact-sm" leftSection={<IconStarFilled size={12} aria-hidden />} classNames={{ label: classes.wrapped ?? '', root: classes.ready ?? '' }} onClick={() => onUse(favourite)}>
            {nameOf(favourite)}
          </Button>
          <ActionIcon
            variant="subtle" color="gray" aria-label={t('habits.dropOrder', { name: nameOf(favourite) })}
            onClick={() => remove.mutate({ id: favourite.id, rev: favourite.rev }, { onError: (error) => notifyError(error, t) })}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

interface KeepOrderProps {
  order: { medicationOrder: MedicationOrder } | { serviceOrder: ServiceOrder };
  name: string;
}

/** Keeps an order of the basket at hand for other patients. */
export function KeepOrder({ order, name }: KeepOrderProps) {
  const { t } = useTranslation();
  const add = useCallMutation('favourites.addOrder');
  const keep = () => add.mutate(withoutWarnings(order), { onSuccess: () => notifyDone(t('habits.orderKept'), t), onError: (error) => notifyError(error, t) });
  return (
    <Group ml="auto">
      <ActionIcon variant="subtle" color="gray" aria-label={t('habits.keepOrder', { name })} onClick={keep}>
        <IconStar size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

/** What was warned of holds for one patient. */
function withoutWarnings(order: KeepOrderProps['order']): KeepOrderProps['order'] {
  if ('serviceOrder' in order) return order;
  const { detectedIssues: _ofThisPatient, ...medicationOrder } = order.medicationOrder;
  return { medicationOrder };
}
