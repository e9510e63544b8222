import { Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelRun, PlacementRun } from '../../../shared/contract/placements.ts';
import { ExplainDialog } from './explain-dialog.tsx';
import { PlacedTable } from './placed-table.tsx';
import { PlanView } from './plan-view.tsx';

const tabs = ['plan', 'machines'] as const;

/** What a model answers: the moves that lead there, and where every machine goes; each machine leads to its reasons. */
export function ModelAnswer({ run, model }: { run: PlacementRun; model: ModelRun }) {
  const { t } = useTranslation();
  const [explained, setExplained] = useState<string>();
  const asked = { jobId: run.jobId, model: model.model };
  const isPlaced = model.answer?.value !== null && model.answer?.value !== undefined;
  return (
    <>
      <Tabs defaultValue={isPlaced ? 'plan' : 'machines'} keepMounted={false}>
        <Tabs.List>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab} disabled={tab === 'plan' && !isPlaced}>
              {t(`placements.tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="plan" pt="sm">
          <PlanView asked={asked} outdated={run.outdated} onExplain={setExplained} />
        </Tabs.Panel>
        <Tabs.Panel value="machines" pt="sm">
          {!isPlaced && (
            <Text size="sm" mb="xs">
              {t('placements.partial')}
            </Text>
          )}
          <PlacedTable asked={asked} onExplain={setExplained} />
        </Tabs.Panel>
      </Tabs>
      {explained !== undefined && <ExplainDialog asked={asked} objective={run.options.objective} virtualMachineId={explained} onClose={() => setExplained(undefined)} />}
    </>
  );
}
