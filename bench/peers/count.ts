/** Loaded before a server (`node --import`): counts the requests it gets, and tells when asked over IPC. */
import { subscribe } from 'node:diagnostics_channel';

let calls = 0;
subscribe('http.server.request.start', () => {
  calls += 1;
});
process.on('message', () => {
  process.send?.({ calls });
  calls = 0;
});
// The counting alone keeps nothing alive.
process.channel?.unref();
