import type { Feature } from '../../app/feature.ts';
import { DischargePrintScreen } from './discharge-print-screen.tsx';
import { ImmunizationsPrintScreen } from './immunizations-print-screen.tsx';
import { LabelsPrintScreen, SpecimenLabelsPrintScreen } from './labels-print-screen.tsx';
import { LaboratoryPrintScreen } from './laboratory-print-screen.tsx';
import { LaboratoryRequestPrintScreen } from './laboratory-request-print-screen.tsx';
import { LetterPrintScreen } from './letter-print-screen.tsx';
import { OrdersPrintScreen } from './orders-print-screen.tsx';
import { RecordPrintScreen } from './record-print-screen.tsx';
import { SummaryPrintScreen } from './summary-print-screen.tsx';

export const print: Feature = {
  screens: [
    { path: 'patients/:patientId/print', Component: SummaryPrintScreen, handle: { title: 'print.summary', permission: 'record.read' } },
    { path: 'patients/:patientId/print/letter', Component: LetterPrintScreen, handle: { title: 'print.letter', permission: 'record.read' } },
    { path: 'patients/:patientId/print/laboratory', Component: LaboratoryPrintScreen, handle: { title: 'print.laboratoryReport', permission: 'record.read' } },
    { path: 'patients/:patientId/print/immunizations', Component: ImmunizationsPrintScreen, handle: { title: 'print.immunizationCard', permission: 'record.read' } },
    { path: 'patients/:patientId/print/label', Component: LabelsPrintScreen, handle: { title: 'print.labels', permission: 'patient.read' } },
    { path: 'patients/:patientId/orders/:groupIdentifier/print/laboratory', Component: LaboratoryRequestPrintScreen, handle: { title: 'print.laboratoryRequest', permission: 'record.read' } },
    { path: 'patients/:patientId/orders/:groupIdentifier/print/labels', Component: SpecimenLabelsPrintScreen, handle: { title: 'print.labels', permission: 'record.read' } },
    { path: 'patients/:patientId/records/:recordId/print/discharge', Component: DischargePrintScreen, handle: { title: 'print.discharge', permission: 'record.read' } },
    { path: 'patients/:patientId/orders/:groupIdentifier/print', Component: OrdersPrintScreen, handle: { title: 'chart.prescriptionSheet.preview', permission: 'record.read' } },
    { path: 'patients/:patientId/records/:recordId/print', Component: RecordPrintScreen, handle: { title: 'print.recordPreview', permission: 'record.read' } },
  ],
};
