/** The mail with a sign-in link, as text and as simple HTML. */

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

interface MailContent {
  to: string;
  /** Whether the address belongs to a member: the link then signs in; otherwise it creates a membership. */
  isMember: boolean;
  /** The link. */
  url: string;
  publicUrl: string;
  minutes: number;
}

const siteName = 'Dateline';

export function signInMail({ to, isMember, url, publicUrl, minutes }: MailContent): Mail {
  const site = `${siteName} (${new URL(publicUrl).host})`;
  const subject = isMember ? `Sign in to ${siteName}` : `Join ${siteName}`;
  const reason = isMember
    ? `Somebody, we hope you, wants to sign in to ${site} with this e-mail address.`
    : `Somebody, we hope you, wants to join ${site} with this e-mail address. You are no member yet: the link makes you one, for free.`;
  const button = isMember ? 'Sign in' : 'Join';
  const holds = `The link holds for ${minutes} minutes and can be used once.`;
  const otherwise = isMember
    ? 'If it was not you, do nothing: without the link nobody gets in.'
    : 'If it was not you, do nothing: without the link nothing happens, and we keep nothing.';
  return {
    to,
    subject,
    text: [reason, `${button}: ${url}`, holds, otherwise, ''].join('\n\n'),
    html: renderPage({ subject, reason, button, url, holds, otherwise }),
  };
}

interface Words {
  subject: string;
  reason: string;
  button: string;
  url: string;
  holds: string;
  otherwise: string;
}

function renderPage({ subject, reason, button, url, holds, otherwise }: Words): string {
  const link = escapeHtml(url);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family: Georgia, serif; font-size: 17px; line-height: 1.5; max-width: 34em; margin: 2em auto; padding: 0 1em">
<p>${escapeHtml(reason)}</p>
<p><a href="${link}" style="display: inline-block; padding: 0.6em 1.2em; background: #1a1a1a; color: #ffffff; text-decoration: none">${escapeHtml(button)}</a></p>
<p>Or open this address:<br><a href="${link}">${link}</a></p>
<p>${escapeHtml(holds)} ${escapeHtml(otherwise)}</p>
</body>
</html>
`;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
