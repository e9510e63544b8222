import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import type { ServerFound } from '../../../shared/contract/sync.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { serverAddress } from './server-address.ts';

/** The first step of joining: whether there is a server at the address, and which. */
export function FindServer({ address, onFound, onBack }: { address: string; onFound: (server: ServerFound) => void; onBack: () => void }) {
  const { t } = useTranslation();
  const find = useCallMutation('enrolment.find');
  const form = useForm({
    initialValues: { address },
    // What was found wrong was said of another address.
    onValuesChange: () => find.reset(),
    validate: (values) => validateWith(contract['enrolment.find'].input, t)({ address: serverAddress(values.address) }),
  });
  const submit = form.onSubmit((values) =>
    find.mutate(
      { address: serverAddress(values.address) },
      { onSuccess: onFound, onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}) },
    ),
    showFirstError,
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {find.error && find.error.error.code !== 'invalid-input' && <ErrorNotice error={find.error} />}
        <TextInput
          label={t('enrolment.address')}
          description={t('enrolment.addressHint')}
          required
          autoFocus
          data-autofocus
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('address')}
        />
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            {t('common.back')}
          </Button>
          <Button type="submit" loading={find.isPending}>
            {t('enrolment.find')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
