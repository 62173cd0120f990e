/**
 * Decides whether a link is mailed, by limits for one address and in total, so that other people's requests cannot lock
 * out a member.
 */
import {
  mailsOfAddress,
  mailsOfAddressByClient,
  mailsToAnybody,
  mailsToMembers,
  mailsToNewcomers,
  type SignInLimits,
} from './limits.ts';

interface ClientNetwork {
  /** The largest network of the client. */
  network: string;
  /** Whether this is the first request from that network. */
  isNewcomer: boolean;
}

/** Decides whether the mail is sent, once it is known whether the address belongs to a member. */
export type MailDecision = (isMember: boolean) => Promise<boolean>;

const always: MailDecision = async () => true;

/**
 * Counts one mail to an address. Resolves to undefined if no mail is to be sent; otherwise to a function that decides
 * once the member is known, which happens after the response.
 */
export function openMailRoom(limits: SignInLimits) {
  return async (
    address: string,
    { network, isNewcomer }: ClientNetwork,
  ): Promise<MailDecision | undefined> => {
    const byClient = `${address}\n${network}`;
    if (!(await limits.hasTaken(mailsOfAddressByClient, byClient))) return undefined;
    if (!(await limits.hasTaken(mailsOfAddress, address))) return undefined;
    // The total is counted last, so that a rejected mail does not use it up.
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
