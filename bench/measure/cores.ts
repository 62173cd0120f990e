/** Which processor core the gateway has to itself, and which one is left to load and subgraphs; none where they cannot be kept apart. */
import { canPin } from '../program.ts';

export const cores: { gateway?: { core: number }; others?: { core: number } } = canPin
  ? { gateway: { core: 0 }, others: { core: 1 } }
  : {};
