import { Badge } from '@mantine/core';
import { IconPencil, IconSignature, IconWritingSign } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordStatus } from '../../../shared/schema/medical-record.ts';

const look = {
  draft: { color: 'orange', variant: 'light', Icon: IconPencil },
  signed: { color: 'green', variant: 'light', Icon: IconSignature },
  amended: { color: 'blue', variant: 'outline', Icon: IconWritingSign },
} as const;

/** Unsigned, signed or amended: by word and sign, not by colour alone. */
export function RecordStatusBadge({ status }: { status: RecordStatus }) {
  const { t } = useTranslation();
  const { color, variant, Icon } = look[status];
  return (
    <Badge variant={variant} color={color} size="sm" tt="none" miw="max-content" leftSection={<Icon size={12} aria-hidden />}>
      {t(`records.status.${status}`)}
    </Badge>
  );
}
