/** The resolver context of Membership. */
import type { Reader } from '../trust/reader.ts';
import type { MembershipLoaders } from './loaders.ts';
import type { SignInService } from './sessions/signInService.ts';
import type { MembershipStore } from './store.ts';

export interface MembershipContext {
  loaders: MembershipLoaders;
  store: MembershipStore;
  signInService: SignInService;
  reader: Reader;
  /** The base URL of the site, without a trailing slash. */
  publicUrl: string;
  /** The time of the request. */
  now: Date;
}
