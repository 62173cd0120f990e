import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';

/** Runs a program that opens a watchdog of one second, then does `then`; resolves to how it ended and what it said. */
async function run(then: string) {
  const file = pathToFileURL('dist/newsroom/watchdog.js').href;
  const program = `import(${JSON.stringify(file)}).then(({ openWatchdog }) => {
    const close = openWatchdog({ seconds: 1 });
    ${then}
  })`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes) => {
      said += bytes;
    });
  const [code, signal] = await once(child, 'close');
  return { code, signal, said };
}

describe('the watchdog', () => {
  it('ends a process whose event loop has stopped, and says why', async () => {
    const { signal, said } = await run('for (;;);');
    expect(signal).toBe('SIGKILL');
    expect(said).toContain('event loop stopped for 1 s; ending the process');
  });

  it('leaves a process alone that goes on, and lets it end', async () => {
    const { code, said } = await run('setTimeout(() => close().then(() => console.log("ended")), 2500);');
    expect({ code, said }).toEqual({ code: 0, said: 'ended\n' });
  });
});
