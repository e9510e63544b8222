import type { CallParsed } from '../../shared/contract/index.ts';
import type { PrintedSheet } from '../../shared/contract/prints.ts';
import { fail } from '../../shared/errors.ts';
import { can } from '../../shared/permissions.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { Context } from './context.ts';
import { visibleDocument } from './documents.ts';

const actions: Record<PrintedSheet, AuditAction> = {
  label: 'label.printed', laboratory: 'laboratory.printed', immunizations: 'immunization.printed', letter: 'letter.printed',
};

export function sheetPrinted(context: Context, { patientId, sheet }: CallParsed<'prints.printed'>): null {
  const { workstation, actor, user } = context;
  visibleDocument(context, 'patients', patientId);
  // A label says who somebody is, and the front desk sticks it on; the others tell of care.
  if (sheet !== 'label' && !can(user.role, 'record.read')) fail({ code: 'forbidden', permission: 'record.read' });
  workstation.audit({ actor, action: actions[sheet], about: { collection: 'patients', documentId: patientId, patientId } });
  return null;
}
