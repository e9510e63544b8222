import { Button, FileButton, Progress, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportInspection } from '../../../shared/contract/exchange.ts';
import { call } from '../../api/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import classes from './choose-file.module.css';
import { sendFile } from './send-file.ts';

interface ChooseFileProps {
  onReady: (file: { importId: string; fileName: string; inspection: ImportInspection }) => void;
}

/** A file, dropped or chosen, handed to the backend and looked into. */
export function ChooseFile({ onReady }: ChooseFileProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const [share, setShare] = useState(0);
  const open = useMutation({
    mutationFn: async (file: File) => {
      const importId = await sendFile(file, setShare);
      return { importId, fileName: file.name, inspection: await inspect(importId) };
    },
    onSuccess: onReady,
  });
  function take(file: File | null | undefined) {
    if (file && !open.isPending) open.mutate(file);
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  }
  return (
    <Stack gap="md">
      {open.error && <ErrorNotice error={open.error} />}
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
        <FileButton accept=".csv,.txt,.tsv,text/csv" onChange={take} inputProps={{ 'aria-label': t('imports.chooseFile') }}>
          {(props) => (
            <Button {...props} loading={open.isPending}>
              {t('imports.chooseFile')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('imports.fileHint')}
        </Text>
      </div>
      {open.isPending && <Progress value={share * 100} aria-label={t('imports.reading')} />}
    </Stack>
  );
}

/** A file that cannot be looked into is let go of at once. */
async function inspect(importId: string): Promise<ImportInspection> {
  try {
    return await call('imports.inspect', { importId });
  } catch (error) {
    await call('imports.close', { importId }).catch(() => undefined);
    throw error;
  }
}
