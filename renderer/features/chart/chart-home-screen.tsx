import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '../../app/session.tsx';
import { useChartPatient } from '../patients/chart-context.ts';
import { ChartOverviewScreen } from '../patients/chart-overview.tsx';
import { openDock, type DockKind } from './dock-store.ts';
import { SummaryScreen } from './summary-screen.tsx';

const kinds: readonly DockKind[] = ['allergyIntolerance', 'condition', 'observation', 'immunization', 'orderBasket'];

/** Where a chart opens: the summary for those who may read it; the address can ask for a form, where a draft waits. */
export function ChartHomeScreen() {
  const may = useMay();
  const { id } = useChartPatient();
  const [parameters, setParameters] = useSearchParams();
  const kind = kinds.find((one) => one === parameters.get('form'));
  const key = parameters.get('key') ?? 'new';
  useEffect(() => {
    if (kind === undefined) return;
    openDock(id, kind, key);
    setParameters({}, { replace: true });
  }, [id, kind, key, setParameters]);
  return may('record.read') ? <SummaryScreen /> : <ChartOverviewScreen />;
}
