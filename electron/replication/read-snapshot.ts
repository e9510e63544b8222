import { isUtf8 } from 'node:buffer';
import { readApart } from '../../shared/sync/apart.ts';

/**
 * Reads what answers a request for a page whose contents come apart: such a page, or JSON, as of a refusal. Throws where it is neither, as
 * bytes that are no text are: the store would keep them as they came.
 */
export const readSnapshot = (answer: Buffer): unknown => (isUtf8(answer) ? readApart(answer) : undefined) ?? (JSON.parse(answer.toString()) as unknown);
