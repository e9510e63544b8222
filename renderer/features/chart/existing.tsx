import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';

interface ExistingProps<Row> {
  /** All of the kind that the patient has, as far as they have been read. */
  answer: { data: { rows: Row[] } | undefined; error: unknown; refetch(): unknown };
  formKey: string;
  children: (document: Row | undefined) => ReactNode;
}

/** The document that a form changes, read before the form is drawn; undefined for a new one. */
export function Existing<Row extends { id: string }>({ answer: { data, error, refetch }, formKey, children }: ExistingProps<Row>) {
  if (formKey === 'new') return children(undefined);
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loader m="md" />;
  return children(data.rows.find(({ id }) => id === formKey));
}
