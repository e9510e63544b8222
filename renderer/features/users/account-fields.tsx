import { Autocomplete, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { roles, type Role } from '../../../shared/permissions.ts';
import { useCall } from '../../api/queries.ts';

export interface AccountValues {
  displayName: string;
  role: Role;
  department: string;
}

/** What an administrator says of a person: name, role, department. */
export function AccountFields<Values extends AccountValues>({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation();
  const departments = useCall('sites.current', {}).data?.departments ?? [];
  return (
    <>
      <TextInput label={t('common.displayName')} required data-autofocus {...form.getInputProps('displayName')} />
      <Select
        label={t('common.role')}
        description={t(`users.roleHint.${form.getValues().role}`)}
        allowDeselect={false}
        data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        {...form.getInputProps('role')}
      />
      <Autocomplete label={t('common.department')} data={departments} {...form.getInputProps('department')} />
    </>
  );
}
