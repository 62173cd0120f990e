/** W3C Trace Context (https://www.w3.org/TR/trace-context/): the headers by which the spans of several services form one trace. */

/** The headers of a request, with names in lower case. */
type TraceHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Version, trace id, parent id and flags; a later version may append more. Ids of zeros only are invalid. */
const traceparentPattern =
  /^(?!ff)[\da-f]{2}-((?!0{32})[\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-[\x21-\x7e]{0,200})?$/;

/** Printable ASCII; section 3.3.1.5 asks to propagate at least 512 characters. */
const tracestatePattern = /^[\x20-\x7e]{1,512}$/;

/** The trace id of a request, 32 hexadecimal digits; undefined without a valid `traceparent`. */
export function traceIdOf({ traceparent }: TraceHeaders): string | undefined {
  return typeof traceparent === 'string' ? traceparentPattern.exec(traceparent)?.[1] : undefined;
}

/** Adds the trace context of a request to the headers of a subgraph request, if it is valid. */
export function addTraceContext(headers: Record<string, string>, incoming: TraceHeaders): void {
  if (incoming.traceparent === undefined || traceIdOf(incoming) === undefined) return;
  headers.traceparent = incoming.traceparent as string;
  const { tracestate } = incoming;
  if (typeof tracestate === 'string' && tracestatePattern.test(tracestate)) headers.tracestate = tracestate;
}
