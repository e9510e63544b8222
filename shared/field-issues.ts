import type { z } from 'zod';
import type { FieldIssue } from './errors.ts';

/**
 * A schema's complaints as field issues. The schemas' `error` texts are issue codes, so the message is the
 * code; a length or range that was passed is given as `limit`, so that the sentence on screen can name it.
 */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.map((issue) => {
    const limit = limitOf(issue);
    return { path: issue.path.join('.'), code: issue.message, ...(limit !== undefined && { params: { limit } }) };
  });
}

function limitOf(issue: z.core.$ZodIssue): number | undefined {
  if (issue.code === 'too_big') return Number(issue.maximum);
  if (issue.code === 'too_small') return Number(issue.minimum);
  return undefined;
}
