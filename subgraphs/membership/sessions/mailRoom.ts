/** Whether a link is mailed: bounded by mails to one address and to all, so that nobody is shut out by what others ask for. */
import {
  type Limits,
  mailsOfAddress,
  mailsOfAddressByClient,
  mailsToAnybody,
  mailsToMembers,
  mailsToNewcomers,
} from './limits.ts';

interface From {
  /** The largest network of the client. */
  network: string;
  /** Whether it is the first one from there. */
  isNewcomer: boolean;
}

/** Whether the mail goes out, once it is known whether it is to a member. */
export type IsFor = (isMember: boolean) => Promise<boolean>;

const always: IsFor = async () => true;

/**
 * Counts one mail to an address. Undefined where none is to go out; otherwise what decides once it is known whose address it is: that is
 * looked at when the caller has the answer already.
 */
export function openMailRoom(limits: Limits) {
  return async (address: string, { network, isNewcomer }: From): Promise<IsFor | undefined> => {
    const byClient = `${address}\n${network}`;
    if (!(await limits.hasTaken(mailsOfAddressByClient, byClient))) return undefined;
    if (!(await limits.hasTaken(mailsOfAddress, address))) return undefined;
    // The one of all comes last: what is refused before does not use it up.
    if (await limits.hasTaken(mailsToAnybody, 'all')) return always;
    if (isNewcomer && (await limits.hasTaken(mailsToNewcomers, 'all'))) return always;
    return async (isMember) => {
      if (isMember && (await limits.hasTaken(mailsToMembers, 'all'))) return true;
      await limits.giveBack(mailsOfAddressByClient, byClient);
      await limits.giveBack(mailsOfAddress, address);
      return false;
    };
  };
}
