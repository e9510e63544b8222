import { Progress, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportInspection } from '../../../shared/contract/exchange.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { call } from '../../api/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { sendFile } from './send-file.ts';

interface ChooseFileProps {
  onReady: (file: { importId: string; fileName: string; inspection: ImportInspection }) => void;
  /** FHIR resources, whose check has begun. */
  onResources: (file: { importId: string; fileName: string; job: Job }) => void;
}

type Opened = { importId: string; fileName: string } & ({ inspection: ImportInspection } | { job: Job });

/** A file, dropped or chosen, handed to the backend and looked into. */
export function ChooseFile({ onReady, onResources }: ChooseFileProps) {
  const { t } = useTranslation();
  const [share, setShare] = useState(0);
  const open = useMutation({
    mutationFn: async (file: File): Promise<Opened> => {
      const importId = await sendFile(file, setShare);
      const opened = { importId, fileName: file.name };
      const isFhir = /\.(json|ndjson)$/i.test(file.name);
      return isFhir ? { ...opened, job: await orClosed(importId, call('fhirImports.check', { importId })) } : { ...opened, inspection: await orClosed(importId, call('imports.inspect', { importId })) };
    },
    onSuccess: (opened) => ('job' in opened ? onResources(opened) : onReady(opened)),
  });
  return (
    <Stack gap="md">
      {open.error && <ErrorNotice error={open.error} />}
      <FileDrop accept=".csv,.txt,.tsv,.json,.ndjson,text/csv,application/json" hint={t('imports.fileHint')} busy={open.isPending} onFile={(file) => open.mutate(file)} />
      {open.isPending && <Progress value={share * 100} aria-label={t('imports.reading')} />}
    </Stack>
  );
}

/** A file that cannot be looked into is let go of at once. */
async function orClosed<Value>(importId: string, looking: Promise<Value>): Promise<Value> {
  try {
    return await looking;
  } catch (error) {
    await call('imports.close', { importId }).catch(() => undefined);
    throw error;
  }
}
