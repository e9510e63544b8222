import { call } from '../../api/client.ts';
import { appErrorOf } from '../../components/app-error.ts';
import { useUi, type ShownOnce } from '../../app/ui-store.ts';

/** Starts serving the others with the account that has just been made: only an administrator who is signed in may. */
export async function serveOthers(admin: { username: string; password: string }): Promise<void> {
  show({ state: 'starting' });
  try {
    await call('sessions.signIn', admin);
    await call('hub.start', {});
    show({ state: 'running' });
  } catch (thrown) {
    show({ state: 'failed', error: appErrorOf(thrown) });
  }
}

/** On the screen that is shown once; nothing is brought back when it has been left. */
const show = (serving: ShownOnce['serving'] & object) =>
  useUi.setState(({ shownOnce }) => ({ shownOnce: shownOnce && { ...shownOnce, serving } }));
