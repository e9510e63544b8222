import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { useStatus } from '../api/use-status.ts';
import { CrashBoundary } from './crash-boundary.tsx';
import { Gate } from './gate.tsx';
import { translator, useLanguage } from './i18n.ts';
import { LiveRegion } from './live-region.tsx';
import { theme } from './theme.ts';

/** The policy of the page lets only style elements with its nonce in; the host puts a fresh one into index.html. */
const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

/** The program on screen, in the language and the theme of this workstation. */
export function App({ queryClient }: { queryClient: QueryClient }) {
  return (
    <QueryClientProvider client={queryClient}>
      <I18nextProvider i18n={translator}>
        <Themed>
          <CrashBoundary>
            <Gate />
          </CrashBoundary>
          {/* Where neither a form has its buttons nor the banner says who the patient is. */}
          <Notifications position="bottom-right" limit={4} />
          <LiveRegion />
        </Themed>
      </I18nextProvider>
    </QueryClientProvider>
  );
}

function Themed({ children }: { children: ReactNode }) {
  const preferences = useStatus().data?.preferences;
  const system = useColorScheme();
  useLanguage(preferences?.language);
  const chosen = preferences?.theme ?? 'auto';
  return (
    <MantineProvider theme={theme} forceColorScheme={chosen === 'auto' ? system : chosen} withCssVariables={false} getStyleNonce={() => styleNonce}>
      {children}
    </MantineProvider>
  );
}
