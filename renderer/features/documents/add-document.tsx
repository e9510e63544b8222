import { Button, FileButton, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppException } from '../../../shared/errors.ts';
import { localDay } from '../../../shared/local-day.ts';
import type { DocumentReferenceInput } from '../../../shared/schema/document-reference.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { addDocument } from './bytes.ts';
import { DocumentFields } from './document-fields.tsx';
import classes from './documents.module.css';
import { useDescription } from './use-description.ts';

/** Takes a file that is dropped, chosen or pasted, and asks what it is. */
export function AddDocument({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const pasted = clipboardData?.files[0];
      if (pasted !== undefined) setFile(pasted);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    setFile(event.dataTransfer.files[0]);
  }
  return (
    <section
      className={classes.drop} data-over={over || undefined} aria-label={t('documents.addTitle')} onDrop={drop} onDragLeave={() => setOver(false)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
    >
      <Text size="sm">{t('documents.dropHere')}</Text>
      <FileButton accept=".pdf,.png,.jpg,.jpeg,.webp,.txt" onChange={(chosen) => setFile(chosen ?? undefined)} inputProps={{ 'aria-label': t('documents.choose') }}>
        {(props) => (
          <Button {...props} size="xs">
            {t('documents.choose')}
          </Button>
        )}
      </FileButton>
      <Text size="xs" c="dimmed">
        {t('documents.hint')}
      </Text>
      {file && <AddDialog key={file.name} file={file} patientId={patientId} onClose={() => setFile(undefined)} />}
    </section>
  );
}

function AddDialog({ file, patientId, onClose }: { file: File; patientId: string; onClose(): void }) {
  const { t } = useTranslation();
  const isPicture = file.type.startsWith('image/');
  const description = useDescription({
    title: file.name.replace(/\.[^.]*$/, '').slice(0, 200) || t('documents.pasted'), type: isPicture ? 'photograph' : 'other', date: localDay(new Date(file.lastModified)),
  });
  const adding = useMutation<unknown, AppException, DocumentReferenceInput>({ mutationFn: (content) => addDocument(file, { patientId, content }) });
  function save() {
    const content = description.checked();
    if (content === undefined) return;
    adding.mutate(content, {
      onSuccess: () => {
        notifyDone(t('documents.added'), t);
        onClose();
      },
    });
  }
  return (
    <FormDialog
      title={t('documents.addTitle')} submitLabel={t('documents.save')} busy={adding.isPending} error={adding.error} onClose={onClose}
      onSubmit={(event) => {
        event?.preventDefault();
        save();
      }}
    >
      <Text size="sm" c="dimmed">
        {file.name}
      </Text>
      <DocumentFields values={description.values} errors={description.errors} onChange={description.setValues} />
    </FormDialog>
  );
}
