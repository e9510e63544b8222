import { createHashRouter, Navigate } from 'react-router';
import { CrashScreen } from './crash-boundary.tsx';
import { features, navigation } from './features.ts';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';
import { useMay } from './session.tsx';

/**
 * Addresses live behind the #, so that the same files work from app:// and from a web host, and so that no
 * address ever leaves the window.
 */
export const router = createHashRouter([
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: CrashScreen,
    children: [
      { index: true, Component: Home },
      // A broken screen leaves the frame around it standing.
      ...features.flatMap((feature) => feature.screens).map((screen) => ({ ErrorBoundary: CrashScreen, ...screen })),
      { path: '*', Component: NotFound, handle: { title: 'app.notFound' } },
    ],
  },
]);

function Home() {
  const may = useMay();
  const first = navigation.find((item) => may(item.permission));
  return first ? <Navigate to={first.to} replace /> : <NotFound />;
}
