import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AppException } from '../../../shared/errors.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formErrorsOf } from '../../components/form-errors.ts';

/** Why it was not settled. What concerns a field that is on screen is told there; `paths` names those. */
export function SettleFailure({ error, paths }: { error: AppException; paths: string[] }) {
  const { t } = useTranslation();
  const { error: failure } = error;
  // Told by a notice that outlasts this screen.
  if (failure.code === 'stale-revision') return null;
  const elsewhere = Object.entries(formErrorsOf(failure, t) ?? {}).filter(([path]) => !paths.includes(path));
  return (
    <div style={{ width: '100%' }}>
      <ErrorNotice error={error} />
      {elsewhere.length > 0 && (
        <List size="sm" c="red">
          {elsewhere.map(([path, text]) => (
            <List.Item key={path}>{text}</List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
