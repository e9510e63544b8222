import type { ClosedChart } from '../contract/record-room.ts';
import { resources } from '../i18n/index.ts';
import type { Language } from '../schema/setting.ts';

export function closedChartHeader(language: Language): string[] {
  const { patients, recordRoom } = resources[language].translation;
  const { kind, start, end, state, missing, location, borrower, dueDate } = recordRoom.column;
  return [patients.field.medicalRecordNumber, patients.field.name, kind, start, end, state, missing, location, borrower, dueDate];
}

/** A chart's cells under {@link closedChartHeader}; what is missing one a line. */
export function closedChartCells({ medicalRecordNumber, patientName, kind, period, state, findings, location, borrowerName, dueDate }: ClosedChart, language: Language): string[] {
  const { records, recordRoom } = resources[language].translation;
  return [
    medicalRecordNumber, patientName, records.kind[kind], period.start, period.end, recordRoom.state[state],
    findings.map(({ rule, severity }) => `${recordRoom.rule[rule]} (${recordRoom.severity[severity]})`).join('\n'), location ?? '', borrowerName ?? '', dueDate ?? '',
  ];
}
