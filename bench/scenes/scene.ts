/** What a scene is: subgraphs that run, an operation or several, and the answers that are right. */
import type { Peer, Setting } from '../peers/peers.ts';
import type { Program } from '../program.ts';

/** One row of figures to be: something that answers, and the processes whose time it costs. */
export interface Contestant {
  name: string;
  isGateway: boolean;
  /** Whether it knows one answer only. */
  isConstant: boolean;
  url: string;
  programs: readonly Program[];
}

/** What is asked over and over while the time is taken. */
export interface Workload {
  title: string;
  bodies: readonly string[];
  /** The right data for each body. */
  answers: readonly unknown[];
  connections: number;
  /** Whether each request carries an authorization of its own, so that no work of one may serve another. */
  isUnique: boolean;
  /** Whether a short run does without it. */
  isExtra?: boolean;
}

export interface OpenScene {
  setting: Setting;
  /** Who runs in it; those that start here are stopped by the runner. */
  peers: readonly Peer[];
  /** What each of them is asked, in turn. */
  workloads: readonly Workload[];
  /** How many calls the subgraphs got since it was asked last, and how many of these came without authorization. */
  count?(): Promise<{ calls: number; withoutAuthorization?: number }>;
  close(): Promise<void>;
}

export interface Scene {
  name: string;
  title: string;
  /** Why it is left out today, if it is. */
  leftOut?: string | undefined;
  open(folder: string): Promise<OpenScene>;
}
