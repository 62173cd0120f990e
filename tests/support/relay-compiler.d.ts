/** The package has no types: it exports the path of its program for this platform. */
declare module 'relay-compiler' {
  const program: string;
  export default program;
}
