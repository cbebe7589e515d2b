import { connect, createServer } from 'node:net';

/** A TCP proxy that cuts: after so many bytes from the server, wherever in a frame that is, or all at once. */
export class CuttingProxy {
  /** Where it listens; empty before it does. */
  url = '';

  constructor(target) {
    this.port = Number(new URL(target).port);
    this.pairs = new Set();
    this.passed = 0;
    this.cuts = 0;
    /** The next cut comes when so many bytes more have passed. */
    this.cutAfter = Infinity;
    /** While true nobody gets through. */
    this.down = false;
    this.server = createServer((client) => this.pair(client));
  }

  async listen() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}/`;
    return this;
  }

  async close() {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Pulls the cable; `down = false` puts it back. */
  cut() {
    this.down = true;
    for (const sockets of this.pairs) for (const socket of sockets) socket.destroy();
  }

  pair(client) {
    client.on('error', () => {});
    if (this.down) {
      client.destroy();
      return;
    }
    const server = connect(this.port, '127.0.0.1');
    const sockets = [client, server];
    this.pairs.add(sockets);
    client.pipe(server);
    server.on('data', (bytes) => {
      this.passed += bytes.length;
      if (bytes.length <= this.cutAfter) {
        this.cutAfter -= bytes.length;
        client.write(bytes);
        return;
      }
      // What fits still goes out, so that the reader holds half a frame; then the line is dead.
      client.end(bytes.subarray(0, this.cutAfter), () => client.destroy());
      server.destroy();
      this.cutAfter = Infinity;
      this.cuts++;
    });
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('close', () => {
        this.pairs.delete(sockets);
        for (const other of sockets) other.destroy();
      });
    }
  }
}
