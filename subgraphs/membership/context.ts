/** What the resolvers of Membership know of the request that they answer. */
import type { Reader } from '../trust/reader.ts';
import type { MembershipLoaders } from './loaders.ts';
import type { SignInService } from './sessions/signInService.ts';
import type { MembershipStore } from './store.ts';

export interface MembershipContext {
  loaders: MembershipLoaders;
  store: MembershipStore;
  signInService: SignInService;
  reader: Reader;
  /** Where our site is, without a slash at the end. */
  publicUrl: string;
  /** When the request came. */
  now: Date;
}
