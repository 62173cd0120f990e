/** What forms are made of: a field with what is wrong with it, and what a reader is told of what was done. */

interface EmailFieldProps {
  value: string;
  /** What is wrong with what was sent. */
  wrong?: string | undefined;
}

/** The address of a reader. What is wrong stands before it, is read out with it, and puts the cursor there. */
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
