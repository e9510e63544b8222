import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { contract } from '../../../shared/contract/index.ts';
import type { FleetWorkstation } from '../../../shared/contract/sync.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { showFirstError, validateWith } from '../../components/form-errors.ts';
import { useFleetTask } from './use-fleet-task.ts';

export function RenameWorkstation({ workstation: { deviceId, name }, onClose }: { workstation: FleetWorkstation; onClose: () => void }) {
  const { t } = useTranslation();
  const rename = useFleetTask('fleet.rename', t('fleet.renamed'), onClose);
  const form = useForm({
    initialValues: { name },
    validate: (values) => validateWith(contract['fleet.rename'].input, t)({ ...values, deviceId }),
  });
  const submit = form.onSubmit((values) => rename.mutate({ ...values, deviceId }), showFirstError);
  return (
    <FormDialog title={t('fleet.renameTitle', { name })} submitLabel={t('common.save')} busy={rename.isPending} error={rename.error} onSubmit={submit} onClose={onClose}>
      <TextInput label={t('enrolment.name')} description={t('enrolment.nameHint')} data-autofocus required {...form.getInputProps('name')} />
    </FormDialog>
  );
}
