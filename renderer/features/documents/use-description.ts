import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldIssues } from '../../../shared/field-issues.ts';
import { documentReferenceInputSchema, type DocumentReferenceInput } from '../../../shared/schema/document-reference.ts';

/** What is being said of a document, and what is wrong with it once somebody wants to save it. */
export function useDescription(initial: DocumentReferenceInput) {
  const { t } = useTranslation();
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  function checked(): DocumentReferenceInput | undefined {
    const parsed = documentReferenceInputSchema.safeParse(values);
    setErrors(parsed.success ? {} : Object.fromEntries(fieldIssues(parsed.error).map(({ path, code, params }) => [path, t(`issue.${code}` as 'issue.required', params)])));
    return parsed.success ? parsed.data : undefined;
  }
  return { values, setValues, errors, checked };
}
