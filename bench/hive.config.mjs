/** Hive Gateway as its makers set it for the public benchmark, with the header sent on that the scenes ask for. */
export const gatewayConfig = {
  // With the Rust planner's runtime there is nothing for the compiler of operations to do: it answers null.
  jit: !process.env.HIVE_ROUTER_RUNTIME,
  inboundInflightRequestDeduplication: true,
  propagateHeaders: {
    fromClientToSubgraphs({ request }) {
      const authorization = request.headers.get('authorization');
      return authorization ? { authorization } : {};
    },
  },
};
