import { AppException, type AppError } from '../../shared/errors.ts';

/**
 * What was thrown, as data that can be shown. Whatever is no AppException is a mistake in the screen itself;
 * its message may hold anything, so only its name is kept as the reference.
 */
export function appErrorOf(thrown: unknown): AppError {
  if (thrown instanceof AppException) return thrown.error;
  return { code: 'internal', reference: thrown instanceof Error ? `screen/${thrown.name}` : 'screen' };
}
