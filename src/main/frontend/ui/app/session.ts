import { Rooms, type GetToken } from '../../react/index.ts';
import { developmentToken } from './identity.ts';

/** Who is looking at the page, and how that is shown to the server. */
export interface Session {
  /** Tells people apart. */
  user: string;
  name: string;
  token: GetToken;
  rooms: Rooms;
  /** Absent with the development identity, where one simply takes another name. */
  provider?: {
    signOut: () => void;
    /** Goes to the identity provider, and comes back to where one is. */
    signInAgain: () => void;
  };
}

/** Of whoever takes this name, with the development identity. */
export function developmentSession(name: string): Session {
  const token: GetToken = (refused) => developmentToken(name, refused);
  return { user: name, name, token, rooms: new Rooms({ token }) };
}
