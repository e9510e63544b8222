import { Button, SimpleGrid, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceDocument } from '../../../shared/contract/resources.ts';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formErrors, showFirstError } from '../../components/form-errors.ts';
import { notifyDone } from '../../components/notify.ts';
import { useNow } from '../../components/relative-time.ts';
import { whenText } from '../sync/when-text.ts';
import { ResourceFieldInput } from './resource-field-input.tsx';
import { fieldsOf } from './resource-fields.ts';
import { atFields, contentOf, issuesOf, valuesOf } from './resource-form-values.ts';

interface ResourceDialogProps {
  collection: ResourceCollection;
  /** Absent: a new one. */
  document?: ResourceDocument;
  onClose: () => void;
}

/** All that is known of a resource, to be read and changed. */
export function ResourceDialog({ collection, document, onClose }: ResourceDialogProps) {
  const { t } = useTranslation();
  const [deleting, setDeleting] = useState(false);
  const save = useCallMutation('resources.save');
  const form = useForm({
    initialValues: valuesOf(collection, document),
    validate: (values) => formErrors(issuesOf(collection, contentOf(collection, values, document)), t),
  });
  const submit = form.onSubmit((values) =>
    save.mutate(
      { collection, content: contentOf(collection, values, document), ...(document && { id: document.id, rev: document.rev }) },
      {
        onSuccess: () => {
          notifyDone(t('common.saved'), t);
          onClose();
        },
        onError: ({ error }) => form.setErrors(error.code === 'invalid-input' ? formErrors(atFields(collection, error.issues), t) : {}),
      },
    ),
    showFirstError,
  );
  if (document && deleting) return <DeleteResource collection={collection} document={document} onKeep={() => setDeleting(false)} onClose={onClose} />;
  return (
    <FormDialog
      size="xl"
      title={document?.name ?? t(`cloud.addOne.${collection}`)}
      submitLabel={t(document ? 'common.save' : 'common.add')}
      busy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
      aside={
        document && (
          <Button variant="subtle" color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setDeleting(true)}>
            {t('cloud.remove')}
          </Button>
        )
      }
    >
      {document && <ReadFrom document={document} />}
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="md" verticalSpacing="sm">
        {fieldsOf(collection).map((field) => (
          <ResourceFieldInput key={field.name} collection={collection} field={field} form={form} />
        ))}
      </SimpleGrid>
    </FormDialog>
  );
}

function ReadFrom({ document: { provider, observedAt } }: { document: ResourceDocument }) {
  const { t, i18n } = useTranslation();
  const now = useNow(10);
  if (provider === undefined) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('cloud.readFrom', { provider, when: observedAt === undefined ? '' : whenText(observedAt, now, i18n.language, t) })}
    </Text>
  );
}

interface DeleteResourceProps {
  collection: ResourceCollection;
  document: ResourceDocument;
  onKeep: () => void;
  onClose: () => void;
}

function DeleteResource({ collection, document: { id, rev, name }, onKeep, onClose }: DeleteResourceProps) {
  const { t } = useTranslation();
  const remove = useCallMutation('resources.delete');
  const confirm = () =>
    remove.mutate(
      { collection, id, rev },
      {
        onSuccess: () => {
          notifyDone(t('cloud.removed'), t);
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog opened title={t('cloud.removeTitle', { name })} confirmLabel={t('cloud.remove')} color="red" busy={remove.isPending} error={remove.error} onConfirm={confirm} onClose={onKeep}>
      {t('cloud.removeText')}
    </ConfirmDialog>
  );
}
