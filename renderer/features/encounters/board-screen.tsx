import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCall } from '../../api/queries.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import classes from './queue.module.css';

/** For a screen that everybody in the waiting room sees: who is called to where, without full names. */
export function BoardScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error } = useCall('encounters.board', {});
  useShortcut('back', () => void navigate('/queue'));
  return (
    <Page wide>
      <PageHeader title={t('encounters.board')} />
      {error && <ErrorNotice error={error} />}
      {data && (
        <div className={classes.board}>
          <section aria-live="polite">
            <h2>{t('encounters.boardCalled')}</h2>
            {data.called.length === 0 ? (
              <p>{t('encounters.boardNobody')}</p>
            ) : (
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('encounters.boardName')}</th>
                    <th scope="col">{t('encounters.boardRoom')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.called.map(({ id, label, room }) => (
                    <tr key={id}>
                      <td>{label}</td>
                      <td>{room}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
          <section>
            <h2>{t('encounters.boardWaiting')}</h2>
            <ol className={classes.waiting}>
              {data.waiting.map(({ id, label }) => <li key={id}>{label}</li>)}
            </ol>
          </section>
        </div>
      )}
    </Page>
  );
}
