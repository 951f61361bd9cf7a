/** The two ports: opened before anything else, so that a port in use is noticed at once. */
import { createServer, type RequestListener, type Server } from 'node:http';

export type Ports = {
  functions(listener: RequestListener): void;
  room(listener: RequestListener): void;
  close(): void;
};

export class PortTaken extends Error {
  constructor(readonly port: number) {
    super(`Port ${port} is taken`);
  }
}

/** Only this computer gets in: raising an alert needs no password. */
const HOST = '127.0.0.1';

/** @throws PortTaken */
export async function openPorts(port: number): Promise<Ports> {
  const functions = await open(port);
  const room = await open(port + 1).catch((error: unknown) => {
    functions.close();
    throw error;
  });
  return {
    functions: (listener) => void functions.on('request', listener),
    room: (listener) => void room.on('request', listener),
    close() {
      for (const server of [functions, room]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function open(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(isTaken ? new PortTaken(port) : error);
    });
    server.listen(port, HOST, () => resolve(server));
  });
}
