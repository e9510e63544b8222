import { Textarea, type TextareaProps } from '@mantine/core';
import { useEffect, useMemo, useRef, type ChangeEvent } from 'react';
import { useCall } from '../../api/queries.ts';
import { useSessionUser } from '../../app/session.tsx';
import { expandSnippet } from './expand-snippet.ts';
import { putInto, useInsertTarget } from './insert-target.ts';

interface SnippetTextareaProps extends Omit<TextareaProps, 'onChange' | 'value'> {
  value?: string;
  onChange?: (value: string) => void;
}

/** A field for longer text, in which ready texts are typed by their shortcuts or picked with Alt+T. */
export function SnippetTextarea({ onChange = () => undefined, ...props }: SnippetTextareaProps) {
  const snippets = useSnippets();
  const { department } = useSessionUser();
  const field = useRef<HTMLTextAreaElement>(null);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  // A picker must not write into a field that is gone.
  useEffect(() => () => useInsertTarget.setState(({ field: target }) => (target?.element.isConnected === true ? {} : { field: undefined })), []);
  // Who types at once is ahead of the list: what was typed as a shortcut by then is put in when it is here.
  useEffect(() => {
    const element = field.current;
    const expanded = element === null || element !== document.activeElement ? undefined : expandSnippet(element.value, element.selectionStart, snippets, department);
    if (element && expanded) putInto(element, (value) => latest.current(value), expanded);
  }, [snippets, department]);
  function change(event: ChangeEvent<HTMLTextAreaElement>) {
    const { value, selectionStart } = event.currentTarget;
    const composing = (event.nativeEvent as InputEvent).isComposing;
    const expanded = composing ? undefined : expandSnippet(value, selectionStart, snippets, department);
    if (expanded) putInto(event.currentTarget, onChange, expanded);
    else onChange(value);
  }
  return (
    <Textarea
      autosize
      {...props}
      ref={field}
      onChange={change}
      onFocus={(event) => useInsertTarget.setState({ field: { element: event.currentTarget, change: (value) => latest.current(value) } })}
    />
  );
}

function useSnippets() {
  const { data } = useCall('textTemplates.list', {});
  return useMemo(() => data?.filter(({ kind }) => kind === 'snippet') ?? [], [data]);
}
