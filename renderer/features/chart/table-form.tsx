import { Button, FileInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { decodedText } from './decoded-text.ts';

interface TableFormProps {
  labels: { name: string; file: string; load: string };
  isPending: boolean;
  onLoad: (table: { name: string; text: string }) => void;
}

/** A table of the clinic's out of a file, under the name that the clinic gives it. */
export function TableForm({ labels, isPending, onLoad }: TableFormProps) {
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const isFilled = file !== null && name.trim() !== '';
  return (
    <>
      <TextInput label={labels.name} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <FileInput label={labels.file} accept=".csv,text/csv" value={file} onChange={setFile} />
      <Button w="fit-content" disabled={!isFilled} loading={isPending} onClick={() => void file?.arrayBuffer().then((bytes) => onLoad({ name: name.trim(), text: decodedText(bytes) }))}>
        {labels.load}
      </Button>
    </>
  );
}
