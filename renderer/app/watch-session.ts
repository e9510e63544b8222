import type { AppStatus } from '../../shared/contract/app.ts';

const userOf = ({ session }: AppStatus) => (session.state === 'none' ? undefined : session.user.id);

/**
 * Tells when somebody else than before is signed in, or nobody. `isAnother` says that another person took over from
 * the last one, perhaps long after: a sign-out lay between.
 */
export function watchSession(onChange: (change: { isAnother: boolean }) => void): (status: AppStatus) => void {
  let current: string | undefined;
  let lastPerson: string | undefined;
  return (status) => {
    const next = userOf(status);
    if (next === current) return;
    const isAnother = next !== undefined && lastPerson !== undefined && next !== lastPerson;
    current = next;
    lastPerson = next ?? lastPerson;
    onChange({ isAnother });
  };
}
