/** Delivers mails to a mail server, or as files to a folder if none is configured. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { SubgraphSettings } from '../../settings.ts';
import type { Mail } from './mail.ts';

export interface MailSender {
  /** Never rejects: a failed delivery is logged without the address. */
  deliver: (mail: Mail) => Promise<void>;
  close: () => void;
}

interface MailSenderOptions {
  settings: Pick<SubgraphSettings, 'smtpUrl' | 'mailFrom' | 'dataDir' | 'isProduction'>;
  log: Logger;
}

const timeouts = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
};

/** Opens no connection before the first mail. */
export function openMailSender({ settings, log }: MailSenderOptions): MailSender {
  const { smtpUrl, mailFrom, dataDir, isProduction } = settings;
  if (isProduction && smtpUrl === undefined)
    log.warn('SMTP_URL is not set: e-mails with sign-in links are written to files, and nobody can sign in');
  const send = smtpUrl === undefined ? deliverToFolder(join(dataDir, 'mail'), log) : deliverToServer(smtpUrl);
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
        // The server's message repeats the address.
        const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
        log.error({ code, responseCode }, 'e-mail not sent');
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

interface Delivery {
  deliver: (message: Message) => Promise<void>;
  close: () => void;
}

function deliverToServer(url: string): Delivery {
  const { searchParams } = new URL(url);
  const poolOptions = searchParams.has('pool') ? {} : { pool: true, maxConnections: 2 };
  const transport = createTransport({ url, ...poolOptions, ...timeouts } as never);
  return {
    deliver: async (message) => void (await transport.sendMail(message)),
    close: () => transport.close(),
  };
}

/**
 * File names consist of a timestamp and a random part, so the newest is last. Each mail is written as sent, and as
 * plain text for people without a mail program.
 */
function deliverToFolder(folder: string, log: Logger): Delivery {
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
      log.info({ file }, 'e-mail written to a file because SMTP_URL is not set');
    },
    close: () => transport.close(),
  };
}
