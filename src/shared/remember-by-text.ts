/**
 * A pure function of a text that keeps what it made of the texts that came lately. Forgets everything when they have more
 * than `maxCharacters` together: texts that matter come back at once.
 */
export function rememberByText<Value>(
  compute: (text: string) => Value,
  maxCharacters: number,
): (text: string) => Value {
  const known = new Map<string, Value>();
  let characters = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = compute(text);
    if (text.length > maxCharacters) return value;
    if (characters + text.length > maxCharacters) {
      known.clear();
      characters = 0;
    }
    known.set(text, value);
    characters += text.length;
    return value;
  };
}
