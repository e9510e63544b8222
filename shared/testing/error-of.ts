import { AppException, type AppError } from '../errors.ts';

/** The coded error that something fails with; undefined when it succeeds. A bug is thrown on. */
export async function errorOf(run: () => unknown): Promise<AppError | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return coded(error);
  }
}

/** As {@link errorOf}, of something that answers at once: its code. */
export function codeOf(run: () => unknown): AppError['code'] | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return coded(error).code;
  }
}

function coded(error: unknown): AppError {
  if (error instanceof AppException) return error.error;
  throw error;
}
