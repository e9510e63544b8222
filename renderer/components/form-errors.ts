import type { TFunction } from 'i18next';
import type { z } from 'zod';
import type { AppError, FieldIssue } from '../../shared/errors.ts';
import { fieldIssues } from '../../shared/field-issues.ts';
import { resources } from '../../shared/i18n/index.ts';

type IssueCode = keyof (typeof resources)['en']['translation']['issue'];

const isIssueCode = (code: string): code is IssueCode => Object.hasOwn(resources.en.translation.issue, code);

/** The sentence for a field issue. A code without a text of its own says that the value is not possible. */
export function issueText(issue: FieldIssue, t: TFunction): string {
  if (!isIssueCode(issue.code)) return t('issue.invalid');
  // Which values a sentence names belongs to its code; the compiler would ask for those of all codes.
  const fill = t as (key: string, values: object) => string;
  return fill(`issue.${issue.code}`, issue.params ?? {});
}

/** Issues as a form takes them: dotted path → sentence; the first issue of a field counts. */
export function formErrors(issues: FieldIssue[], t: TFunction): Record<string, string> {
  return Object.fromEntries(issues.toReversed().map((issue) => [issue.path, issueText(issue, t)]));
}

/** Field errors out of a refused call; undefined when the refusal was not about fields. */
export function formErrorsOf(error: AppError, t: TFunction): Record<string, string> | undefined {
  return error.code === 'invalid-input' ? formErrors(error.issues, t) : undefined;
}

/** What a Mantine form does with values that its check refused: on a long form the first bad field may be out of sight. */
export function showFirstError(_errors: unknown, _values: unknown, event?: { currentTarget: Element }): void {
  // The shortcut for saving brings no event.
  const form = event?.currentTarget ?? document;
  // Which fields are bad is in the document once the errors are drawn.
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** A Mantine form's `validate` by the schema of the call that the form feeds. */
export const validateWith =
  (schema: z.ZodType, t: TFunction) =>
  (values: unknown): Record<string, string> => {
    const parsed = schema.safeParse(values);
    return parsed.success ? {} : formErrors(fieldIssues(parsed.error), t);
  };
