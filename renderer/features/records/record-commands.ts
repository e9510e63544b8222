import { IconHistory, IconPencil, IconPrinter, IconSignature, IconWritingSign } from '@tabler/icons-react';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import type { Command } from '../../app/feature.ts';
import { paths } from '../patients/paths.ts';

/** What the palette offers while a record is open. */
export function recordCommands({ id, patientId, status, kind }: MedicalRecord, sign: () => void): Command[] {
  const edit: Command = { id: 'record.edit', label: 'records.command.edit', icon: IconPencil, permission: 'record.write', run: (go) => go(paths.editRecord(patientId, id)) };
  const amend: Command = { id: 'record.amend', label: 'records.command.amend', icon: IconWritingSign, permission: 'record.sign', run: (go) => go(paths.amendRecord(patientId, id)) };
  return [
    ...(status === 'draft' ? [edit, { id: 'record.sign', label: 'records.command.sign', icon: IconSignature, permission: 'record.sign', run: sign } as const] : [amend]),
    { id: 'record.print', label: 'records.command.print', icon: IconPrinter, permission: 'record.read', run: (go) => go(paths.printRecord(patientId, id)) },
    ...(kind === 'inpatient' ? [{ id: 'record.discharge', label: 'print.command.discharge', icon: IconPrinter, permission: 'record.read', run: (go) => go(paths.printDischarge(patientId, id)) } satisfies Command] : []),
    { id: 'record.history', label: 'records.command.history', icon: IconHistory, permission: 'record.read', run: (go) => go(paths.recordHistory(patientId, id)) },
  ];
}
