/** A partner, identified by an active API key. */

/** What a partner may take. */
export interface Rights {
  text: boolean;
  /** Only pictures that may be syndicated, each with its credit. */
  pictures: boolean;
}

export interface Partner {
  id: string;
  name: string;
  rights: Rights;
  /** Origins whose pages may send the key, such as "https://courier.example"; any origin when empty. */
  origins: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The partner of the request's API key; undefined without a key. */
    partner?: Partner | undefined;
  }
}
