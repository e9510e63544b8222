import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import type { ServerFound } from '../../../shared/contract/sync.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { CompareServer } from '../enrolment/compare-server.tsx';
import { FindServer } from '../enrolment/find-server.tsx';

/** Following in two steps: the server at an address, then its fingerprint and the code. */
export function FollowForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const [server, setServer] = useState<ServerFound>();
  function found(answer: ServerFound) {
    setAddress(answer.address);
    setServer(answer);
  }
  return (
    <Stack gap="md">
      <Text size="sm">{t('hub.followExplain')}</Text>
      {server === undefined ? <FindServer address={address} onFound={found} onBack={onClose} /> : <Follow server={server} onBack={() => setServer(undefined)} onFollowed={onClose} />}
    </Stack>
  );
}

function Follow({ server, onBack, onFollowed }: { server: ServerFound; onBack: () => void; onFollowed: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const follow = useCallMutation('hub.follow');
  const [same, setSame] = useState(false);
  const { address, fingerprint } = server;
  const form = useForm({ initialValues: { code: '' }, validate: (values) => validateWith(contract['hub.follow'].input, t)({ ...values, address }) });
  const submit = form.onSubmit(
    ({ code }) =>
      follow.mutate(
        { address, code, ...(fingerprint !== undefined && { fingerprint }) },
        {
          onSuccess: () => {
            onFollowed();
            return queryClient.invalidateQueries();
          },
          onError: ({ error }) => form.setErrors(error.code === 'enrolment-code-wrong' ? { code: true } : (formErrorsOf(error, t) ?? {})),
        },
      ),
    showFirstError,
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text>{address}</Text>
        <CompareServer server={server} same={same} onSame={setSame} />
        {follow.error && follow.error.error.code !== 'invalid-input' && <ErrorNotice error={follow.error} />}
        <TextInput label={t('enrolment.code')} required autoFocus autoComplete="off" autoCapitalize="characters" spellCheck={false} {...form.getInputProps('code')} />
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            {t('enrolment.otherAddress')}
          </Button>
          <Button type="submit" loading={follow.isPending} disabled={fingerprint !== undefined && !same}>
            {t('hub.followNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
