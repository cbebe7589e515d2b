import { useState } from 'react';
import { Lobby } from '../lobby/Lobby.tsx';
import { Plain } from '../parts/Plain.tsx';
import { RoomPage } from '../room/RoomPage.tsx';
import { useAbout, type About } from './about.ts';
import { storedName } from './identity.ts';
import { goTo, useRoute } from './route.ts';

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
  if (about.identity === 'oidc') return <OtherIdentity />;
  return <Visit about={about} />;
}

function Visit({ about }: { about: About }) {
  const room = useRoute();
  const [name, setName] = useState(() => storedName.read() ?? '');
  if (room !== undefined && name !== '') {
    return <RoomPage key={`${room} ${name}`} room={room} name={name} about={about} />;
  }
  const enter = (chosenName: string, chosenRoom: string) => {
    storedName.write(chosenName);
    setName(chosenName);
    goTo(chosenRoom);
  };
  return <Lobby name={name} room={room} enter={enter} />;
}

function NoIdentity() {
  return (
    <Plain title="This server has no identity configured">
      <p>
        It does not know how to tell who you are, so it lets nobody in. Whoever runs it sets{' '}
        <code>roomcast.identity</code>; its log names the possible values.
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
        This server takes tokens of an identity provider, and this page cannot fetch one yet. Pages that can
        do so join its rooms with the client library at <code>client/roomcast-client.js</code>.
      </p>
    </Plain>
  );
}
