import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './documents.module.css';

/** A picture at a share of its own size. */
export function PictureView({ bytes, title, zoom }: { bytes: Blob; title: string; zoom: number }) {
  const { t } = useTranslation();
  const picture = useRef<HTMLImageElement>(null);
  const [width, setWidth] = useState<number>();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(bytes);
    if (picture.current !== null) picture.current.src = made;
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  if (broken) return <Text role="alert">{t('documents.unreadable')}</Text>;
  return (
    <img
      ref={picture} alt={title} style={width === undefined ? { maxWidth: '100%' } : { width: width * zoom }}
      onError={() => setBroken(true)} onLoad={({ currentTarget }) => setWidth((known) => known ?? currentTarget.clientWidth)}
    />
  );
}

export function TextView({ bytes, zoom }: { bytes: Blob; zoom: number }) {
  const { data = '' } = useQuery({ queryKey: ['attachment-text', bytes], queryFn: () => bytes.text(), gcTime: 0, staleTime: Infinity });
  return (
    <pre className={classes.text} style={{ fontSize: `${zoom}rem` }}>
      {data}
    </pre>
  );
}
