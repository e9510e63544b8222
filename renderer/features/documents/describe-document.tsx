import { useTranslation } from 'react-i18next';
import type { DocumentReferenceRow } from '../../../shared/contract/document-references.ts';
import { useCallMutation } from '../../api/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { DocumentFields } from './document-fields.tsx';
import { useDescription } from './use-description.ts';

/** Changes what is said of a document; its file stays. */
export function DescribeDocument({ document, onClose }: { document: DocumentReferenceRow; onClose(): void }) {
  const { t } = useTranslation();
  const update = useCallMutation('documentReferences.update');
  const { title, type, date, medicalRecordId } = document;
  const description = useDescription({ title, type, date, ...(medicalRecordId !== undefined && { medicalRecordId }) });
  function save() {
    const content = description.checked();
    if (content === undefined) return;
    update.mutate(
      { id: document.id, rev: document.rev, content },
      {
        onSuccess: () => {
          notifyDone(t('documents.added'), t);
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={t('documents.editTitle')} submitLabel={t('documents.save')} busy={update.isPending} error={update.error} onClose={onClose}
      onSubmit={(event) => {
        event?.preventDefault();
        save();
      }}
    >
      <DocumentFields values={description.values} errors={description.errors} onChange={description.setValues} />
    </FormDialog>
  );
}
