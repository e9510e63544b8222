import { Progress, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportInspection } from '../../../shared/contract/exchange.ts';
import { call } from '../../api/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { sendFile } from './send-file.ts';

interface ChooseFileProps {
  onReady: (file: { importId: string; fileName: string; inspection: ImportInspection }) => void;
}

/** A file, dropped or chosen, handed to the backend and looked into. */
export function ChooseFile({ onReady }: ChooseFileProps) {
  const { t } = useTranslation();
  const [share, setShare] = useState(0);
  const open = useMutation({
    mutationFn: async (file: File) => {
      const importId = await sendFile(file, setShare);
      return { importId, fileName: file.name, inspection: await inspect(importId) };
    },
    onSuccess: onReady,
  });
  return (
    <Stack gap="md">
      {open.error && <ErrorNotice error={open.error} />}
      <FileDrop accept=".csv,.txt,.tsv,text/csv" hint={t('imports.fileHint')} busy={open.isPending} onFile={(file) => open.mutate(file)} />
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
