import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import { useCallMutation } from '../../api/queries.ts';
import { Entrance } from '../../app/entrance.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';

/** Joining was cut before anybody's account had arrived: the code opens what is here, and it goes on. */
export function ResumeJoining() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const resume = useCallMutation('enrolment.resume');
  const form = useForm({ initialValues: { code: '' }, validate: validateWith(contract['enrolment.resume'].input, t) });
  useEffect(() => {
    document.title = `${t('enrolment.resumeTitle')} · ${t('common.appName')}`;
  }, [t]);
  const submit = form.onSubmit((values) =>
    resume.mutate(values, {
      onSuccess: () => queryClient.invalidateQueries(),
      onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}),
    }),
    showFirstError,
  );
  return (
    <Entrance wide>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Title order={1} size="h3">
            {t('enrolment.resumeTitle')}
          </Title>
          <Text size="sm">{t('enrolment.resumeHint')}</Text>
          {resume.error && resume.error.error.code !== 'invalid-input' && <ErrorNotice error={resume.error} />}
          <TextInput label={t('enrolment.code')} required autoFocus autoComplete="off" spellCheck={false} {...form.getInputProps('code')} />
          <Group justify="flex-end">
            <Button type="submit" loading={resume.isPending}>
              {t('enrolment.resume')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Entrance>
  );
}
