import { Button, FileButton, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './file-drop.module.css';

interface FileDropProps {
  /** As a file field's `accept`: `.csv,text/csv`. */
  accept: string;
  /** What kinds of files are meant. */
  hint: string;
  busy: boolean;
  onFile: (file: File) => void;
}

/** Takes a file, dropped or chosen. */
export function FileDrop({ accept, hint, busy, onFile }: FileDropProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  function take(file: File | null | undefined) {
    if (file && !busy) onFile(file);
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  }
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileSpreadsheet size={40} stroke={1.25} aria-hidden />
      <Text>{t('imports.dropHere')}</Text>
      <FileButton accept={accept} onChange={take} inputProps={{ 'aria-label': t('imports.chooseFile') }}>
        {(props) => (
          <Button {...props} loading={busy}>
            {t('imports.chooseFile')}
          </Button>
        )}
      </FileButton>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
    </div>
  );
}
