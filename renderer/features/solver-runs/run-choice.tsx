import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clockText } from '../versions/time-text.ts';

export interface ChoosableRun {
  jobId: string;
  /** When it was begun, an instant. */
  at: string;
  objective: string;
}

/** Which of the latest runs is shown; nothing to choose from is not shown. */
export function RunChoice({ runs, jobId, onChoose }: { runs: readonly ChoosableRun[]; jobId: string | undefined; onChoose: (jobId: string) => void }) {
  const { t } = useTranslation();
  if (runs.length < 2) return null;
  return (
    <Select
      label={t('placements.run')} w="24rem" allowDeselect={false} value={jobId ?? null} onChange={(value) => value !== null && onChoose(value)}
      data={runs.map((run) => ({ value: run.jobId, label: `${clockText(run.at)} · ${run.objective}` }))}
    />
  );
}
