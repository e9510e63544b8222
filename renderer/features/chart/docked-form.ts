import type { Draft } from '../../../shared/schema/draft.ts';
import type { Patient } from '../../../shared/schema/patient.ts';

/** What a docked form gets. */
export interface DockedFormProps {
  patient: Patient;
  /** `new`, or the id of the document or order. */
  formKey: string;
  draft: Draft | null;
  onStartOver(): void;
}
