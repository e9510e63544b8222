import { Loader } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';

/** In the place of a sheet that is being read, or cannot be. */
export const Pending = ({ error }: { error: unknown }) => (error ? <ErrorNotice error={error} /> : <Loader m="xl" />);
