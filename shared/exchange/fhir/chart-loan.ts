import type { Task } from '@medplum/fhirtypes';
import type { ChartLoan } from '../../schema/chart-loan.ts';
import { extensionUrl, maybe, reference, textExtensions } from './common.ts';

/** A loan is told from what one person asks of another by this tag. */
const loanTag = { system: extensionUrl('kind'), code: 'chart-loan' };
export const isLoan = ({ meta }: Task): boolean => meta?.tag?.some(({ system, code }) => system === loanTag.system && code === loanTag.code) === true;

/**
 * FHIR R4 Task: the borrower owns it until the paper original is back, by the day that it is due. It goes out only: paper that lies in the
 * record room of elsewhere is not this one's to lend.
 */
export function chartLoanToFhir(loan: ChartLoan): Task {
  const { id, updatedAt, patientId, archivedChartId, borrowerName, purpose, dueDate, lent, returned, returnedAt } = loan;
  return {
    resourceType: 'Task', id, meta: { lastUpdated: updatedAt, tag: [loanTag] },
    ...textExtensions({ 'returned-to': returned?.name }),
    status: returnedAt === undefined ? 'in-progress' : 'completed',
    intent: 'order',
    code: { text: 'Loan of a paper original' },
    ...maybe('description', purpose),
    focus: reference('List', archivedChartId),
    for: reference('Patient', patientId),
    executionPeriod: { start: lent.at, ...maybe('end', returnedAt) },
    authoredOn: lent.at,
    requester: { ...reference('Practitioner', lent.userId), display: lent.name },
    owner: { display: borrowerName },
    restriction: { period: { end: dueDate } },
  };
}
