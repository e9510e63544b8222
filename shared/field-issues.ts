import type { z } from 'zod';
import type { FieldIssue } from './errors.ts';

/**
 * A schema's complaints as field issues, which name fields and never quote what was in them. The schemas' `error` texts
 * are issue codes; where a schema has none, zod's own sentence is replaced by a code. A length or range that was passed
 * is given as `limit`, so that the sentence on screen can name it.
 */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.map((issue) => {
    const limit = limitOf(issue);
    return { path: issue.path.join('.'), code: codeOf(issue), ...(limit !== undefined && { params: { limit } }) };
  });
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (/^[a-z]+(-[a-z]+)*$/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
      return issue.code === 'too_big' && issue.origin === 'string' ? 'too-long' : 'out-of-range';
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'required' : 'invalid';
    default:
      return 'invalid';
  }
}

function limitOf(issue: z.core.$ZodIssue): number | undefined {
  if (issue.code === 'too_big') return Number(issue.maximum);
  if (issue.code === 'too_small') return Number(issue.minimum);
  return undefined;
}
