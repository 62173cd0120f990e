/** A partner, as the doors know whoever sent a key that is in force. */

/** What a partner may take. */
export interface Rights {
  text: boolean;
  /** Only those that may be passed on, and each with its credit. */
  pictures: boolean;
}

export interface Partner {
  id: string;
  name: string;
  rights: Rights;
  /** Pages that may send the key from a browser: "https://courier.example"; any page where there are none. */
  origins: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, by their key; undefined where none was sent. */
    partner?: Partner | undefined;
  }
}
