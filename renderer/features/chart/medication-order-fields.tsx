import { Autocomplete, Button, Checkbox, Select, Text, TextInput, Title } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { frequencyCodes } from '../../../shared/chart/frequencies.ts';
import { medicines } from '../../../shared/chart/medicines.ts';
import { dispensedQuantity } from '../../../shared/chart/quantity.ts';
import { medicationOrderSchema, medicationRoutes } from '../../../shared/schema/medication-request.ts';
import { useFieldOnArrival } from '../drafts/focus-field.ts';
import { orderCandidate, withDrug, type OrderText } from './basket-items.ts';
import classes from './dock.module.css';
import { OrderIssueList } from './order-issue-list.tsx';
import type { useBasket } from './use-basket.ts';
import { dispensedText, useLanguage } from './words.ts';

/** One prescription, as it is typed; Enter puts it in the basket, unless something stops it. */
export function MedicationOrderFields({ basket }: { basket: ReturnType<typeof useBasket> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { order, errors, issues, change, add } = basket;
  const drug = useRef<HTMLInputElement>(null);
  useFieldOnArrival('drug');
  const field = (name: keyof OrderText) => ({
    label: t(`chart.order.${name}`), value: order[name], error: errors[name], 'data-path': name, autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => change({ ...order, [name]: event.currentTarget.value }),
  });
  const choice = (name: keyof OrderText) => ({ ...field(name), allowDeselect: false, onChange: (value: string | null) => change({ ...order, [name]: value ?? '' }) });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (add()) drug.current?.focus();
      }}
    >
      <Title order={3} size="h6">
        {t('chart.basket.prescription')}
      </Title>
      <Autocomplete
        ref={drug} {...field('drug')} withAsterisk openOnFocus={false} limit={12} data={medicines.map((one) => one[language])} onChange={(value) => change(withDrug(order, value))}
      />
      <div className={classes.order}>
        <TextInput {...field('dose')} withAsterisk inputMode="decimal" />
        <TextInput {...field('unit')} />
        <Select className={classes.wide ?? ''} {...choice('route')} data={medicationRoutes.map((value) => ({ value, label: t(`chart.route.${value}`) }))} />
        <Select className={classes.wide ?? ''} {...choice('frequency')} data={frequencyCodes.map((value) => ({ value, label: t(`chart.frequency.${value}`) }))} />
        <TextInput {...field('days')} withAsterisk inputMode="numeric" />
        <div>
          <Text size="sm" fw={500}>
            {t('chart.order.quantity')}
          </Text>
          <Text size="sm" role="status">
            <QuantityOf order={order} />
          </Text>
        </div>
      </div>
      <TextInput {...field('note')} />
      <Checkbox my="xs" label={t('chart.order.asNeeded')} checked={order.asNeeded === 'yes'} onChange={(event) => change({ ...order, asNeeded: event.currentTarget.checked ? 'yes' : '' })} />
      <OrderIssueList issues={issues} />
      {issues.some(({ level }) => level === 'stop') && <TextInput {...field('reason')} mt="xs" withAsterisk description={t('chart.basket.reasonHint')} />}
      <Button type="submit" variant="default" size="xs" mt="xs">
        {t('chart.basket.addPrescription')}
      </Button>
    </form>
  );
}

function QuantityOf({ order }: { order: OrderText }) {
  const { t } = useTranslation();
  const parsed = medicationOrderSchema.safeParse(orderCandidate(order));
  return parsed.success ? dispensedText({ ...parsed.data, quantity: dispensedQuantity(parsed.data) }, t) : '–';
}
