import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportInspection } from '../../../shared/contract/exchange.ts';
import type { Job } from '../../../shared/contract/job.ts';
import { call } from '../../api/client.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ImportBatches } from './import-batches.tsx';
import { ChooseFile } from './choose-file.tsx';
import { CheckResources } from './check-resources.tsx';
import { CheckRows, type ImportPlan } from './check-rows.tsx';
import { ImportResult } from './import-result.tsx';
import { MapColumns } from './map-columns.tsx';

interface AnyFile {
  importId: string;
  fileName: string;
}
interface OpenFile extends AnyFile {
  inspection: ImportInspection;
}

type Step =
  | { name: 'choose' }
  | { name: 'map'; file: OpenFile; plan?: ImportPlan }
  | { name: 'check'; file: OpenFile; plan: ImportPlan; job: Job }
  | { name: 'run'; file: OpenFile; job: Job }
  | { name: 'resources'; file: AnyFile; job: Job };

/** Brings in patients from a CSV file and charts from FHIR resources, and takes an import of patients back. */
export function ImportsScreen() {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>({ name: 'choose' });
  useCloseWhenLeft(step.name === 'choose' ? undefined : step.file.importId);
  return (
    <Page>
      <PageHeader title={t('imports.title')} description={step.name === 'choose' ? t('imports.intro') : step.file.fileName} />
      <CurrentStep step={step} go={setStep} />
      {step.name === 'choose' && <ImportBatches />}
    </Page>
  );
}

function CurrentStep({ step, go }: { step: Step; go: (step: Step) => void }) {
  switch (step.name) {
    case 'choose':
      return <ChooseFile onReady={(file) => go({ name: 'map', file })} onResources={({ job, ...file }) => go({ name: 'resources', file, job })} />;
    case 'map':
      return (
        <MapColumns
          importId={step.file.importId}
          inspection={step.file.inspection}
          plan={step.plan}
          onChecking={(plan, job) => go({ name: 'check', file: step.file, plan, job })}
          onBack={() => go({ name: 'choose' })}
        />
      );
    case 'check':
      return (
        <CheckRows
          plan={step.plan}
          job={step.job}
          onRunning={(job) => go({ name: 'run', file: step.file, job })}
          onBack={() => go({ name: 'map', file: step.file, plan: step.plan })}
        />
      );
    case 'resources':
      return <CheckResources importId={step.file.importId} job={step.job} onDone={() => go({ name: 'choose' })} />;
    case 'run':
      return <ImportResult importId={step.file.importId} job={step.job} onDone={() => go({ name: 'choose' })} />;
  }
}

/** The backend holds the file until it is told that nobody wants it any more. */
function useCloseWhenLeft(importId: string | undefined) {
  useEffect(() => {
    if (importId === undefined) return undefined;
    return () => void call('imports.close', { importId }).catch(() => undefined);
  }, [importId]);
}
