import { Button, NativeSelect, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { scheduleNames, type ScheduleName } from '../../../shared/chart/immunization-schedules.ts';
import { siteContentSchema, type Site } from '../../../shared/schema/site.ts';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { LogoField } from './logo-field.tsx';

/** The clinic's name, address and phone, as they head every printed page, its departments and rooms, and the schedule that it vaccinates by. */
export function ClinicSettings() {
  const site = useCall('sites.current', {});
  if (site.error) return <ErrorNotice error={site.error} onRetry={() => void site.refetch()} />;
  return site.data ? <Form key={site.data.rev} site={site.data} /> : null;
}

function Form({ site }: { site: Site }) {
  const { t } = useTranslation();
  const update = useCallMutation('sites.update');
  const form = useForm({ initialValues: valuesOf(site), validate: validateWith(siteContentSchema, t) });
  const submit = form.onSubmit((values) =>
    update.mutate(
      { rev: site.rev, site: values },
      {
        onSuccess: () => notifyDone(t('common.saved'), t),
        onError: ({ error }) => form.setErrors(sitePaths(formErrorsOf(error, t) ?? {})),
      },
    ),
    showFirstError,
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="flex-start">
        {update.error && update.error.error.code !== 'invalid-input' && <ErrorNotice error={update.error} />}
        <TextInput w="100%" label={t('setup.organisationName')} required {...form.getInputProps('organisationName')} />
        <TextInput w="100%" label={t('setup.clinicName')} required {...form.getInputProps('name')} />
        <TextInput w="100%" label={t('setup.address')} {...form.getInputProps('address')} />
        <TextInput w="100%" label={t('setup.phone')} {...form.getInputProps('phone')} />
        <LogoField logo={form.values.logo} error={form.errors['logo']} onChange={(logo) => form.setFieldValue('logo', logo)} />
        <TagsInput w="100%" label={t('setup.departments')} description={t('setup.departmentsHint')} {...form.getInputProps('departments')} />
        <TagsInput w="100%" label={t('setup.rooms')} description={t('setup.roomsHint')} {...form.getInputProps('rooms')} />
        <NativeSelect
          w="100%" label={t('setup.immunizationSchedule')} description={t('setup.immunizationScheduleHint')} value={form.values.immunizationSchedule ?? ''}
          data={[{ value: '', label: t('setup.immunizationScheduleByLanguage') }, ...scheduleNames.map((value) => ({ value, label: t(`chart.schedule.${value}`) }))]}
          onChange={({ currentTarget: { value } }) => form.setFieldValue('immunizationSchedule', value === '' ? undefined : (value as ScheduleName))}
        />
        <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
          {t('common.save')}
        </Button>
      </Stack>
    </form>
  );
}

const valuesOf = ({ organisationName, name, address = '', phone = '', logo, departments, rooms = [], immunizationSchedule }: Site) => ({
  organisationName,
  name,
  address,
  phone,
  logo,
  departments,
  rooms,
  immunizationSchedule,
});

/** The call names fields below `site`; the form is the site. */
const sitePaths = (errors: Record<string, string>) =>
  Object.fromEntries(Object.entries(errors).map(([path, text]) => [path.replace(/^site\./, ''), text]));
