import { useState } from 'react';
import type { ServerFound } from '../../../shared/contract/sync.ts';
import { FindServer } from './find-server.tsx';
import { JoinServer } from './join-server.tsx';

interface JoinFormProps {
  submitLabel: string;
  onJoined: () => void;
  onBack: () => void;
}

/** Joining in two steps: the server at an address, then its fingerprint and the code. */
export function JoinForm({ submitLabel, onJoined, onBack }: JoinFormProps) {
  const [address, setAddress] = useState('');
  const [server, setServer] = useState<ServerFound>();
  function found(answer: ServerFound) {
    setAddress(answer.address);
    setServer(answer);
  }
  if (!server) return <FindServer address={address} onFound={found} onBack={onBack} />;
  return <JoinServer server={server} submitLabel={submitLabel} onJoined={onJoined} onBack={() => setServer(undefined)} />;
}
