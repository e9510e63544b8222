import { useQuery } from '@tanstack/react-query';
import { callQuery } from './queries.ts';

/** Where the program stands: database, session, preferences. Asked again every two seconds while the backend is away. */
export const useStatus = () =>
  useQuery({
    ...callQuery('app.status', {}),
    refetchInterval: (query) => (query.state.status === 'error' ? 2000 : false),
  });
