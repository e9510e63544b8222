import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import type { ServerFound } from '../../../shared/contract/sync.ts';
import { callQuery, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { CompareServer } from './compare-server.tsx';

interface JoinServerProps {
  server: ServerFound;
  /** `Join the clinic`, or `Connect` for a workstation that has one. */
  submitLabel: string;
  onJoined: () => void;
  onBack: () => void;
}

const monospaced = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } };

/** The second step of joining: the fingerprint is compared by a person, then the code is used up. */
export function JoinServer({ server, submitLabel, onJoined, onBack }: JoinServerProps) {
  const { address, fingerprint } = server;
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const join = useCallMutation('enrolment.join');
  const [same, setSame] = useState(false);
  const head = useFocusOnArrival();
  const pinned = fingerprint !== undefined && { fingerprint };
  const form = useForm({
    initialValues: { code: '', name: '' },
    validate: (values) => validateWith(contract['enrolment.join'].input, t)({ ...values, address }),
  });
  const submit = form.onSubmit((values) =>
    join.mutate(
      { ...values, address, ...pinned },
      {
        onSuccess: (state) => {
          queryClient.setQueryData(callQuery('sync.state', {}).queryKey, state);
          onJoined();
          return queryClient.invalidateQueries();
        },
        // The notice above the field says why.
        onError: ({ error }) => form.setErrors(error.code === 'enrolment-code-wrong' ? { code: true } : (formErrorsOf(error, t) ?? {})),
      },
    ),
    showFirstError,
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Alert ref={head} tabIndex={-1} color="green" title={t('enrolment.found')}>
          {address}
        </Alert>
        <CompareServer server={server} same={same} onSame={setSame} />
        {join.error && join.error.error.code !== 'invalid-input' && <ErrorNotice error={join.error} />}
        <TextInput
          label={t('enrolment.code')}
          description={t('enrolment.codeHint')}
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          styles={monospaced}
          {...form.getInputProps('code')}
        />
        <TextInput label={t('enrolment.name')} description={t('enrolment.nameHint')} required {...form.getInputProps('name')} />
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            {t('enrolment.otherAddress')}
          </Button>
          <Button type="submit" loading={join.isPending} disabled={fingerprint !== undefined && !same}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The button that led here is gone: the focus goes to what was found. */
function useFocusOnArrival() {
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => head.current?.focus(), []);
  return head;
}
