/** Takes mails away: to a mail server, or as files to a folder where there is none. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { SubgraphSettings } from '../../settings.ts';
import type { Mail } from './mail.ts';

export interface Post {
  /** Never rejects: what could not be sent is told to the log, without the address. */
  deliver: (mail: Mail) => Promise<void>;
  close: () => void;
}

interface PostOptions {
  settings: Pick<SubgraphSettings, 'smtpUrl' | 'mailFrom' | 'dataDir'>;
  log: Logger;
}

const timeouts = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
};

/** Opens no connection before the first mail. */
export function openPost({ settings, log }: PostOptions): Post {
  const { smtpUrl, mailFrom, dataDir } = settings;
  const send = smtpUrl === undefined ? toFolder(join(dataDir, 'mail'), log) : toServer(smtpUrl);
  return {
    async deliver({ to, ...words }) {
      try {
        await send.deliver({
          ...words,
          from: { name: 'Dateline', address: mailFrom },
          to: { name: '', address: to },
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        // What a server says repeats the address.
        const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
        log.error({ code, responseCode }, 'a mail could not be sent');
      }
    },
    close: () => send.close(),
  };
}

interface Message extends Omit<Mail, 'to'> {
  from: { name: string; address: string };
  to: { name: string; address: string };
  headers: Record<string, string>;
}

interface Way {
  deliver: (message: Message) => Promise<void>;
  close: () => void;
}

function toServer(url: string): Way {
  const { searchParams } = new URL(url);
  const pooled = searchParams.has('pool') ? {} : { pool: true, maxConnections: 2 };
  const transport = createTransport({ url, ...pooled, ...timeouts } as never);
  return {
    deliver: async (message) => void (await transport.sendMail(message)),
    close: () => transport.close(),
  };
}

/** Named by when they were made and by chance: newest last. Each as it would be sent, and its words for whoever has no mail program. */
function toFolder(folder: string, log: Logger): Way {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async deliver(message) {
      const { message: text } = await transport.sendMail(message);
      const time = new Date().toISOString().replace(/[:.]/g, '-');
      const name = join(folder, `${time}-${randomUUID().slice(0, 8)}`);
      const file = `${name}.eml`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(`${name}.txt`, message.text, { mode: 0o600, flag: 'wx' });
      await writeFile(file, text as Buffer, { mode: 0o600, flag: 'wx' });
      log.info({ file }, 'a mail was written to a file, since SMTP_URL names no server');
    },
    close: () => transport.close(),
  };
}
