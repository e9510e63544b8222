import { backUpWhenDue } from '../services/backups.ts';
import { checkInBackground } from '../services/integrity.ts';
import { makeDueClinicalReports } from '../services/make-clinical-report.ts';
import { makeDueReports } from '../services/make-cloud-report.ts';
import { lockIdleSessions } from '../services/sessions.ts';
import type { Workstation } from '../services/workstation.ts';

const second = 1000;
const minute = 60 * second;

/** How long the first screens are left alone before the whole database is read through. */
const checkAfter = 15 * second;

/** What the program does by itself while it runs. None of it keeps the process alive. */
export function startTimers(workstation: Workstation): { stop(): void } {
  const attempt = (run: (workstation: Workstation) => void) => () => {
    try {
      run(workstation);
    } catch (error) {
      // Nobody waits for an answer: the failure goes to the log, and the next time comes round.
      workstation.toAppError(error);
    }
  };
  const intervals = [setInterval(attempt(lockIdleSessions), second), setInterval(attempt(backUpWhenDue), 5 * minute), setInterval(attempt(makeDueReports), minute), setInterval(attempt(makeDueClinicalReports), minute)];
  for (const interval of intervals) interval.unref();
  let check: NodeJS.Timeout | undefined;
  workstation.onOpen(() => {
    check ??= setTimeout(attempt(checkInBackground), checkAfter).unref();
  });
  return {
    stop: () => {
      for (const interval of intervals) clearInterval(interval);
      clearTimeout(check);
    },
  };
}
