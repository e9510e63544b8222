import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { announce } from './ui-store.ts';

/**
 * What a page load would do: names the window after the screen and gives its title the focus, unless the
 * screen has put the focus somewhere better. Names of screens only; no patient is named in a window's title.
 */
export function useArrival(main: RefObject<HTMLElement | null>, title: string | undefined): void {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const arrivedAt = useRef('');
  useEffect(() => {
    document.title = title === undefined ? t('common.appName') : `${title} · ${t('common.appName')}`;
  }, [title, t]);
  useEffect(() => {
    if (title === undefined || arrivedAt.current === pathname) return;
    arrivedAt.current = pathname;
    const box = main.current;
    if (!box) return;
    if (box.contains(document.activeElement) && document.activeElement !== box) announce(t('app.pageChanged', { title }));
    else (box.querySelector<HTMLElement>('[data-page-title]') ?? box).focus();
  }, [pathname, title, main, t]);
}
