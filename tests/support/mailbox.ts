/** The mails that a newsroom wrote to its data folder, since no mail server was named. */
import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Longer than a busy machine takes for a mail, and shorter than any test waits. */
const patienceMs = 30_000;

export interface Mailbox {
  /** The address of the sign-in link in the next mail that comes; rejects where none does, as where a mailbox has had its share. */
  nextLink(): Promise<string>;
  close(): void;
}

/** Opens the box of the newsroom that keeps its data there; only mails that come from now on are looked at. */
export async function openMailbox(dataDir: string): Promise<Mailbox> {
  const folder = join(dataDir, 'mail');
  await mkdir(folder, { recursive: true });
  const seen = new Set(await readdir(folder));
  const waiting = new Set<(link: string) => void>();
  const links: string[] = [];
  async function look(): Promise<void> {
    for (const file of (await readdir(folder)).sort()) {
      const link = seen.has(file) ? undefined : linkIn(await readFile(join(folder, file), 'utf8'));
      if (link === undefined || seen.has(file)) continue;
      seen.add(file);
      links.push(link);
    }
    for (const take of waiting) {
      const link = links.shift();
      if (link === undefined) return;
      waiting.delete(take);
      take(link);
    }
  }
  const watcher: FSWatcher = watch(folder, () => void look());
  return {
    async nextLink() {
      const link = new Promise<string>((resolve, reject) => {
        const none = new Error(`Expected a mail with a link to come to ${folder}, but got: none.`);
        const timer = setTimeout(() => {
          waiting.delete(take);
          reject(none);
        }, patienceMs);
        const take = (came: string) => {
          clearTimeout(timer);
          resolve(came);
        };
        waiting.add(take);
      });
      await look();
      return link;
    },
    close: () => watcher.close(),
  };
}

/** Undefined where the mail is not written to its end. */
function linkIn(mail: string): string | undefined {
  const text = mail
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return text.includes('</html>') ? /https?:\/\/\S+\/sign-in\?token=[^\s"<>]+/.exec(text)?.[0] : undefined;
}
