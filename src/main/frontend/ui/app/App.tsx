import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Lobby } from '../lobby/Lobby.tsx';
import { SignInPage } from '../lobby/SignInPage.tsx';
import { Plain } from '../parts/Plain.tsx';
import { RoomPage } from '../room/RoomPage.tsx';
import { useAbout, type About, type Login } from './about.ts';
import { storedName } from './identity.ts';
import { goTo, useRoute } from './route.ts';
import { developmentSession } from './session.ts';
import { signInFor } from './signIn.ts';

/** Knows who may come in, and shows the lobby or the room of the address. */
export function App() {
  const about = useAbout();
  if (about === undefined) return null;
  if (about === 'unreachable') {
    return (
      <Plain title="The server does not answer">
        <p role="status">Trying again every few seconds.</p>
      </Plain>
    );
  }
  if (about.identity === 'none') return <NoIdentity />;
  if (about.identity === 'development') return <Visit about={about} />;
  return about.login ? <SignedInVisit about={about} login={about.login} /> : <OtherIdentity />;
}

/** With the development identity: whoever says a name is that. */
function Visit({ about }: { about: About }) {
  const room = useRoute();
  const [name, setName] = useState(() => storedName.read() ?? '');
  const session = useMemo(() => (name === '' ? undefined : developmentSession(name)), [name]);
  if (room !== undefined && session) {
    return <RoomPage key={`${room} ${name}`} room={room} session={session} about={about} />;
  }
  const enter = (chosenName: string, chosenRoom: string) => {
    storedName.write(chosenName);
    setName(chosenName);
    goTo(chosenRoom);
  };
  return <Lobby session={session} name={name} room={room} enter={enter} />;
}

/** With an identity provider: whoever signs in there. */
function SignedInVisit({ about, login }: { about: About; login: Login }) {
  const room = useRoute();
  const signIn = signInFor(login);
  const state = useSyncExternalStore(signIn.subscribe, signIn.state);
  useEffect(() => {
    if (state.is !== 'in') document.title = 'Roomcast';
  }, [state]);
  if (state.is === 'looking') return null;
  if (state.is !== 'in') {
    const { why, reload = false } = state.is === 'out' ? state : {};
    const leaving = state.is === 'leaving';
    return <SignInPage room={room} why={why} reload={reload} leaving={leaving} signIn={signIn.signIn} />;
  }
  const { session } = state;
  if (room !== undefined) {
    return <RoomPage key={`${room} ${session.user}`} room={room} session={session} about={about} />;
  }
  return <Lobby session={session} room={undefined} enter={(_, chosenRoom) => goTo(chosenRoom)} />;
}

function NoIdentity() {
  return (
    <Plain title="This server has no identity configured">
      <p>
        It does not know how to tell who you are, so it lets nobody in. Whoever runs it sets{' '}
        <code>mp.jwt.verify.publickey.location</code> and <code>mp.jwt.verify.issuer</code> to those of an
        OpenID Connect provider, and <code>roomcast.login.client-id</code> so that people can sign in on this
        page.
      </p>
      <p>
        To try Roomcast on your own machine, start it with <code>./mvnw</code> in its source folder: that
        switches the development identity on.
      </p>
    </Plain>
  );
}

function OtherIdentity() {
  return (
    <Plain title="Sign in through your own page">
      <p>
        This server takes tokens of an identity provider, and this page has not been told how to fetch one.
        Whoever runs it sets <code>roomcast.login.client-id</code> to the client that the provider knows this
        page as. Other pages join its rooms with the client library at <code>client/roomcast-client.js</code>.
      </p>
    </Plain>
  );
}
