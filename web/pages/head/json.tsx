/** JSON in an HTML page, escaped so that it cannot end its script element. */

export function JsonLd({ value }: { value: object }) {
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: asScript(value) }} />;
}

/** The same JSON, with what HTML would take for its own written as escapes. */
export function asScript(value: object): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
