import { Modal, Progress, Select, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceImportReport } from '../../../shared/contract/resources.ts';
import type { AppException } from '../../../shared/errors.ts';
import { resourceCollections, type ResourceCollection } from '../../../shared/schema/resource.ts';
import { call } from '../../api/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { sendFile } from '../imports/send-file.ts';
import { ImportChecked, type ResourceImportPlan } from './import-checked.tsx';

interface Checked {
  plan: ResourceImportPlan;
  report: ResourceImportReport;
}

/** Brings resources in from a file; what it changes is shown before anything is saved. */
export function ImportDialog({ collection: shown, onClose }: { collection: ResourceCollection; onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const [collection, setCollection] = useState(shown);
  const [share, setShare] = useState(0);
  const check = useMutation<Checked, AppException, File>({
    mutationFn: async (file) => {
      const importId = await sendFile(file, setShare);
      const plan: ResourceImportPlan = { importId, ...(file.name.toLowerCase().endsWith('.json') ? { format: 'json' } : { format: 'csv', collection }) };
      return { plan, report: await checkImport(plan) };
    },
  });
  useCloseWhenLeft(check.data?.plan.importId);
  return (
    <Modal opened onClose={onClose} title={t('cloud.importTitle')} size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {check.data ? (
        <ImportChecked plan={check.data.plan} report={check.data.report} onBack={check.reset} onClose={onClose} />
      ) : (
        <Stack gap="md">
          {check.error && <ErrorNotice error={check.error} />}
          <Select
            label={t('cloud.importKind')}
            allowDeselect={false}
            data={resourceCollections.map((name) => ({ value: name, label: t(`cloud.collection.${name}`) }))}
            value={collection}
            onChange={(value) => setCollection(value as ResourceCollection)}
            data-autofocus
          />
          <FileDrop accept=".csv,.txt,.tsv,.json,text/csv,application/json" hint={t('cloud.importHint')} busy={check.isPending} onFile={(file) => check.mutate(file)} />
          {check.isPending && <Progress value={share * 100} aria-label={t('imports.reading')} />}
        </Stack>
      )}
    </Modal>
  );
}

/** A file that cannot be read is let go of at once. */
async function checkImport(plan: ResourceImportPlan): Promise<ResourceImportReport> {
  try {
    return await call('resources.checkImport', plan);
  } catch (error) {
    await close(plan.importId);
    throw error;
  }
}

/** The backend holds the file until it is told that nobody wants it any more. */
function useCloseWhenLeft(importId: string | undefined) {
  useEffect(() => {
    if (importId === undefined) return undefined;
    return () => void close(importId);
  }, [importId]);
}

const close = (importId: string) => call('imports.close', { importId }).catch(() => undefined);
