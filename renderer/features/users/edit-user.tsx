import { Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import type { User } from '../../../shared/schema/user.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrorsOf, showFirstError, validateWith } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { AccountFields } from './account-fields.tsx';

export function EditUser({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const update = useCallMutation('users.update');
  const { id, rev, displayName, role, department = '', active } = user;
  const form = useForm({
    initialValues: { displayName, role, department, active },
    validate: (values) => validateWith(contract['users.update'].input, t)({ ...values, id, rev }),
  });
  const submit = form.onSubmit((values) =>
    update.mutate(
      { ...values, id, rev },
      {
        onSuccess: () => {
          notifyDone(t('common.saved'), t);
          onClose();
        },
        onError: ({ error }) => form.setErrors(formErrorsOf(error, t) ?? {}),
      },
    ),
    showFirstError,
  );
  return (
    <FormDialog title={t('users.editTitle')} submitLabel={t('common.save')} busy={update.isPending} error={update.error} onSubmit={submit} onClose={onClose}>
      <AccountFields form={form} />
      <Switch label={t('users.activeSwitch')} description={t('users.activeHint')} {...form.getInputProps('active', { type: 'checkbox' })} />
    </FormDialog>
  );
}
