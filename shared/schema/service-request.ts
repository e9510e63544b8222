import { z } from 'zod';
import { idSchema, instantSchema, optionalText, type Stored } from './document.ts';
import { clinicalFields, codeableConceptSchema, dateTimeSchema, noteSchema, signatureSchema } from './fhir-types.ts';

/** FHIR request-status. */
export const serviceRequestStatuses = ['draft', 'active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown'] as const;
export const serviceRequestCategories = ['laboratory', 'imaging', 'procedure', 'other'] as const;
export const requestPriorities = ['routine', 'urgent', 'asap', 'stat'] as const;

/** What somebody who orders fills in. */
export const serviceOrderSchema = z.strictObject({
  code: codeableConceptSchema,
  category: z.enum(serviceRequestCategories, { error: 'required' }),
  priority: z.enum(requestPriorities, { error: 'required' }),
  note: noteSchema,
});
export type ServiceOrder = z.infer<typeof serviceOrderSchema>;

export const serviceRequestContentSchema = z.object({
  ...serviceOrderSchema.shape,
  priority: z.enum(requestPriorities).optional(),
  status: z.enum(serviceRequestStatuses),
  statusReason: optionalText(1000),
  statusChange: signatureSchema.optional(),
  authoredOn: instantSchema.optional(),
  /** When it was done, for what was done (FHIR Procedure.performed). */
  performedDateTime: dateTimeSchema.optional(),
  performedEndDateTime: dateTimeSchema.optional(),
  /** FHIR requisition: the basket it was signed in. */
  groupIdentifier: idSchema.optional(),
  signature: signatureSchema.optional(),
  ...clinicalFields,
});
export type ServiceRequestContent = z.infer<typeof serviceRequestContentSchema>;
export type ServiceRequest = Stored<ServiceRequestContent>;
