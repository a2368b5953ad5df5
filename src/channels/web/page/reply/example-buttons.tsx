/** Suggested questions. Buttons in a list: the library's Prompts are reached by mouse only. */
export function ExampleButtons({
  items,
  onAsk,
}: {
  items: readonly string[];
  onAsk(question: string): void;
}) {
  return (
    <ul className="examples">
      {items.map((item) => (
        <li key={item}>
          <button className="examples__button" type="button" onClick={() => onAsk(item)}>
            {item}
          </button>
        </li>
      ))}
    </ul>
  );
}
