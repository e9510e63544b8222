import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme.css';
import './global.css';
import type { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onBackendEvent } from '../api/client.ts';
import { applyBackendEvent, createQueryClient, makeStale } from '../api/query-client.ts';
import { App } from './app.tsx';
import { leaveNothingBehind } from './session-change.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const queryClient: QueryClient = createQueryClient({ onStatus: (status) => onStatus(status) });
const onStatus = leaveNothingBehind(queryClient);
onBackendEvent((event) => applyBackendEvent(queryClient, event), {
  onLost: () => applyBackendEvent(queryClient, { type: 'status' }),
  onReconnected: () => makeStale(queryClient),
});
createRoot(root).render(
  <StrictMode>
    <App queryClient={queryClient} />
  </StrictMode>,
);
