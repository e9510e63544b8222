import type { Feature } from '../../app/feature.ts';
import { OrdersPrintScreen } from './orders-print-screen.tsx';
import { RecordPrintScreen } from './record-print-screen.tsx';
import { SummaryPrintScreen } from './summary-print-screen.tsx';

export const print: Feature = {
  screens: [
    { path: 'patients/:patientId/print', Component: SummaryPrintScreen, handle: { title: 'print.summary', permission: 'record.read' } },
    { path: 'patients/:patientId/orders/:groupIdentifier/print', Component: OrdersPrintScreen, handle: { title: 'chart.prescriptionSheet.preview', permission: 'record.read' } },
    { path: 'patients/:patientId/records/:recordId/print', Component: RecordPrintScreen, handle: { title: 'print.recordPreview', permission: 'record.read' } },
  ],
};
