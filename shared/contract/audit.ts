import { z } from 'zod';
import { auditActions, type AuditEntry } from '../schema/audit-entry.ts';
import { calendarDaySchema, idSchema } from '../schema/document.ts';
import { call } from './call.ts';
import { pageSchema, type Page } from './page.ts';

export const auditCalls = {
  /** Newest first, in the order in which things were committed, whatever the clock said. */
  'audit.list': call(
    'audit.read',
    z.strictObject({
      ...pageSchema,
      actorId: idSchema.optional(),
      patientId: idSchema.optional(),
      action: z.enum(auditActions).optional(),
      from: calendarDaySchema.optional(),
      to: calendarDaySchema.optional(),
    }),
  )<Page<AuditEntry & { patientName?: string }>>(),
};
