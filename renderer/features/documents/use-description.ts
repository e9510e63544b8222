import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldIssues } from '../../../shared/field-issues.ts';
import { documentReferenceInputSchema, type DocumentReferenceInput } from '../../../shared/schema/document-reference.ts';
import { formErrors } from '../../components/form-errors.ts';

/** What is being said of a document, and what is wrong with it once somebody wants to save it. */
export function useDescription(initial: DocumentReferenceInput) {
  const { t } = useTranslation();
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  function checked(): DocumentReferenceInput | undefined {
    const parsed = documentReferenceInputSchema.safeParse(values);
    setErrors(parsed.success ? {} : formErrors(fieldIssues(parsed.error), t));
    return parsed.success ? parsed.data : undefined;
  }
  return { values, setValues, errors, checked };
}
