import { ActionIcon, Autocomplete, Badge, Button, Group, Select, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { orderables, serviceOrder } from '../../../shared/chart/orderables.ts';
import { requestPriorities, type ServiceOrder } from '../../../shared/schema/service-request.ts';
import { useMay, useSessionUser } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { AutosaveStatus } from '../drafts/autosave-status.tsx';
import { paths } from '../patients/paths.ts';
import { closerOfDock } from './dock-store.ts';
import type { DockedFormProps } from './docked-form.ts';
import classes from './dock.module.css';
import { DosageText } from './dosage-text.tsx';
import { MedicationOrderFields } from './medication-order-fields.tsx';
import { KeepOrder, ReadyOrders } from './ready-orders.tsx';
import { useBasket } from './use-basket.ts';
import { useLanguage } from './words.ts';

type Basket = ReturnType<typeof useBasket>;

/** Prescriptions, tests and procedures, gathered and signed once. */
export function OrderBasket({ patient, draft }: DockedFormProps) {
  const { t } = useTranslation();
  const basket = useBasket(patient, draft);
  return (
    <div className={classes.form}>
      <MedicationOrderFields basket={basket} />
      <AddService onAdd={(order) => basket.setItems({ ...basket.items, serviceRequests: [...basket.items.serviceRequests, order] })} />
      <Title order={3} size="h6" mt="xs">
        {t('chart.basket.title')}
      </Title>
      <ReadyOrders patientId={patient.id} basket={basket} />
      <BasketList basket={basket} />
      <Group className={classes.bar} justify="space-between">
        <AutosaveStatus state={basket.autosave} />
        <SignBasket basket={basket} patientId={patient.id} />
      </Group>
    </div>
  );
}

/** A name picked or typed, and Enter puts it in the basket. */
function AddService({ onAdd }: { onAdd(order: ServiceOrder): void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const [priority, setPriority] = useState<ServiceOrder['priority']>('routine');
  function add() {
    if (typed.trim() === '') return;
    onAdd(serviceOrder(typed, priority));
    setTyped('');
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Title order={3} size="h6" mt="xs">
        {t('chart.basket.service')}
      </Title>
      <div className={classes.halves}>
        <Autocomplete label={t('chart.basket.test')} autoComplete="off" openOnFocus={false} limit={12} data={[...new Set(orderables.map((one) => one[language]))]} value={typed} onChange={setTyped} />
        <Select
          label={t('chart.basket.priority')} allowDeselect={false} value={priority} onChange={(value) => setPriority(value as ServiceOrder['priority'])}
          data={requestPriorities.map((value) => ({ value, label: t(`chart.priority.${value}`) }))}
        />
      </div>
      <Button type="submit" variant="default" size="xs" mt="xs">
        {t('chart.basket.addTest')}
      </Button>
    </form>
  );
}

function BasketList({ basket: { items, setItems } }: { basket: Basket }) {
  const { t } = useTranslation();
  const { medicationRequests, serviceRequests } = items;
  const without = <Item,>(list: Item[], index: number) => list.filter((_, at) => at !== index);
  if (medicationRequests.length + serviceRequests.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('chart.basket.empty')}
      </Text>
    );
  }
  return (
    <ul className={classes.items} aria-label={t('chart.basket.title')}>
      {medicationRequests.map((order, index) => (
        <li key={`m${String(index)}`}>
          <div>
            <DosageText order={order} />
            {order.detectedIssues?.map(({ kind, detail, reason }) => (
              <Text key={`${kind} ${detail}`} size="xs" c="red">
                {t(`chart.issueText.${kind}`, { detail })} {reason !== undefined && t('chart.basket.because', { reason })}
              </Text>
            ))}
          </div>
          <KeepOrder order={{ medicationOrder: order }} name={order.medicationCodeableConcept.text} />
          <Remove name={order.medicationCodeableConcept.text} onClick={() => setItems({ ...items, medicationRequests: without(medicationRequests, index) })} />
        </li>
      ))}
      {serviceRequests.map((order, index) => (
        <li key={`s${String(index)}`}>
          <Text size="sm">
            {order.code.text} <Badge variant="light" color="gray" size="sm" tt="none">{t(`chart.priority.${order.priority}`)}</Badge>
          </Text>
          <KeepOrder order={{ serviceOrder: order }} name={order.code.text} />
          <Remove name={order.code.text} onClick={() => setItems({ ...items, serviceRequests: without(serviceRequests, index) })} />
        </li>
      ))}
    </ul>
  );
}

function Remove({ name, onClick }: { name: string; onClick(): void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={t('chart.basket.remove', { name })} onClick={onClick}>
      <IconTrash size={16} aria-hidden />
    </ActionIcon>
  );
}

/** One signature for all of it; afterwards the prescription is there to be printed. */
function SignBasket({ basket, patientId }: { basket: Basket; patientId: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const { displayName } = useSessionUser();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const count = basket.items.medicationRequests.length + basket.items.serviceRequests.length;
  const ask = () => {
    setError(undefined);
    if (count > 0) setAsking(true);
  };
  useShortcut('save', ask, may('order.sign') && !asking);
  // The question is open: Alt+S answers it.
  useShortcut('save', () => void confirm(), asking && !busy);
  if (!may('order.sign')) return <Text size="xs">{t('chart.basket.doctorSigns')}</Text>;
  async function confirm() {
    setBusy(true);
    const close = closerOfDock();
    try {
      const { groupIdentifier } = await basket.sign();
      notifyDone(t('chart.basket.signed'), t);
      close();
      void navigate(paths.printOrders(patientId, groupIdentifier));
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Button disabled={count === 0} onClick={ask}>
        {t('chart.basket.sign')}
      </Button>
      <ConfirmDialog
        opened={asking} title={t('chart.basket.signTitle')} confirmLabel={t('chart.basket.signConfirm', { count })} busy={busy} error={error}
        onConfirm={() => void confirm()} onClose={() => setAsking(false)}
      >
        {t('records.sign.asWhom', { name: displayName })}
      </ConfirmDialog>
    </>
  );
}
