import { Alert, NumberInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { providerCalls } from '../../../shared/contract/providers.ts';
import type { PlanRun } from '../../../shared/sync/resource-protocol.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { showFirstError, validateWith } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';

interface PoolFormProps {
  provider: string;
  /** The pool is there: the provider has to be asked for what it looks like. */
  onMade: () => void;
  onClose: () => void;
}

const amounts = ['placementGroups', 'replicas'] as const;
const most = { placementGroups: 65_536, replicas: 20 };

/** A new storage pool, made by its provider. Stays open with what was typed where that fails. */
export function PoolForm({ provider, onMade, onClose }: PoolFormProps) {
  const { t } = useTranslation();
  const create = useCallMutation('providers.createPool');
  // Empty text stands for what is not said.
  const form = useForm({
    initialValues: { name: '', placementGroups: '' as number | string, replicas: '' as number | string },
    validate: (values) => validateWith(providerCalls['providers.createPool'].input, t)(poolOf(provider, values)),
  });
  const submit = form.onSubmit(
    (values) =>
      create.mutate(poolOf(provider, values), {
        onSuccess: ({ steps }) => {
          if (steps.some(({ error }) => error !== null)) return;
          notifyDone(t('providers.pool.made', { name: values.name }), t);
          onMade();
          onClose();
        },
      }),
    showFirstError,
  );
  return (
    <FormDialog title={t('providers.pool.title', { provider })} submitLabel={t('providers.pool.make')} busy={create.isPending} error={create.error} onSubmit={submit} onClose={onClose}>
      {create.data && !create.isPending && <NotMade name={create.variables.name} run={create.data} />}
      <TextInput label={t('providers.pool.name')} description={t('providers.pool.nameHint')} required autoComplete="off" maxLength={100} {...form.getInputProps('name')} />
      {amounts.map((amount) => (
        <NumberInput key={amount} label={t(`providers.pool.${amount}`)} description={t(`providers.pool.${amount}Hint`)} allowDecimal={false} min={1} max={most[amount]} clampBehavior="none" {...form.getInputProps(amount)} />
      ))}
      {form.values.replicas === 1 && (
        <Text size="sm" role="status">
          {t('providers.pool.oneCopy')}
        </Text>
      )}
    </FormDialog>
  );
}

const said = (amount: number | string) => (typeof amount === 'number' ? amount : undefined);

const poolOf = (provider: string, { name, placementGroups, replicas }: { name: string } & Record<(typeof amounts)[number], number | string>) =>
  ({ provider, name, placementGroups: said(placementGroups), replicas: said(replicas) });

/** Why a pool was not made, in the provider's own words too. */
function NotMade({ name, run: { steps } }: { name: string; run: PlanRun }) {
  const { t } = useTranslation();
  const failed = steps.find(({ error }) => error !== null);
  if (!failed?.error) return null;
  const { error, output, state } = failed;
  return (
    <Alert color="red" role="alert" title={t(state === 'unknown' ? 'providers.pool.unknown' : 'providers.pool.failed', { name, failure: t(`providers.failure.${error}`) })}>
      <Text size="sm">{t('providers.pool.todo')}</Text>
      {output !== '' && (
        <Text size="xs" ff="monospace" mt={6} style={{ whiteSpace: 'pre-wrap' }}>
          {output}
        </Text>
      )}
    </Alert>
  );
}
