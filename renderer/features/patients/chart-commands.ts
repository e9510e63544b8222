import { IconFileExport, IconHistory, IconMailShare, IconPencil, IconPlus, IconPrinter, IconUsers } from '@tabler/icons-react';
import type { Command } from '../../app/feature.ts';
import { paths } from './paths.ts';

/** What the palette offers while a patient's chart is open. */
export function chartCommands(patientId: string): Command[] {
  return [
    { id: 'record.new', label: 'records.command.new', icon: IconPlus, permission: 'record.write', run: (go) => go(paths.newRecord(patientId)) },
    { id: 'patient.edit', label: 'patients.command.edit', icon: IconPencil, permission: 'patient.write', run: (go) => go(paths.editPatient(patientId)) },
    { id: 'patient.history', label: 'patients.command.history', icon: IconHistory, run: (go) => go(paths.patientHistory(patientId)) },
    { id: 'patient.summary', label: 'patients.command.summary', icon: IconPrinter, permission: 'record.read', run: (go) => go(paths.patientSummary(patientId)) },
    ...(['letter', 'laboratory', 'immunizations', 'label'] as const).map(
      (sheet): Command => ({ id: `print.${sheet}`, label: `print.command.${sheet}`, icon: IconPrinter, permission: sheet === 'label' ? 'patient.read' : 'record.read', run: (go) => go(paths.printSheet(patientId, sheet)) }),
    ),
    { id: 'patient.refer', label: 'patients.command.refer', icon: IconMailShare, permission: 'referral.write', run: (go) => go(paths.refer(patientId)) },
    { id: 'patient.export', label: 'fhir.exportPatient', icon: IconFileExport, permission: 'data.export', run: (go) => go(paths.exportPatient(patientId)) },
    { id: 'patient.find', label: 'patients.command.find', icon: IconUsers, run: (go) => go(paths.patients) },
  ];
}
