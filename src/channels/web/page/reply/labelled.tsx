import type { ReactNode } from "react";

interface LabelledProps {
  name: "not-stated" | "next-step";
  label: string;
  children: ReactNode;
}

export function Labelled({ name, label, children }: LabelledProps) {
  return (
    <div className={`labelled labelled--${name}`}>
      <p className="labelled__label">{label}</p>
      <div className="labelled__content">{children}</div>
    </div>
  );
}

export function NotStated({ label, items }: { label: string; items: readonly string[] }) {
  return (
    <Labelled name="not-stated" label={label}>
      <ul className="not-stated__items">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </Labelled>
  );
}
