/** Parts of forms: the e-mail field with its error, and notices. */

interface EmailFieldProps {
  value: string;
  /** The error of the submitted value. */
  wrong?: string | undefined;
}

/** The e-mail field. Its error precedes it, is read out with it, and moves the focus there. */
export function EmailField({ value, wrong }: EmailFieldProps) {
  return (
    <div class="field">
      <label for="email">E-mail address</label>
      {wrong && (
        <p class="wrong" id="email-wrong">
          {wrong}
        </p>
      )}
      <input
        id="email"
        type="email"
        name="email"
        value={value}
        maxLength={254}
        autoComplete="email"
        required
        {...(wrong && { 'aria-invalid': true, 'aria-describedby': 'email-wrong', autoFocus: true })}
      />
    </div>
  );
}

/** What a reader should know before all else on a page: read out as soon as it is there. */
export function Notice({ text, isProblem = false }: { text: string; isProblem?: boolean }) {
  return (
    <p class={isProblem ? 'notice problem' : 'notice'} role={isProblem ? 'alert' : 'status'}>
      {text}
    </p>
  );
}
