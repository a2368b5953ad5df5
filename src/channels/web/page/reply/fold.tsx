import type { ReactNode } from "react";

export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="evidence">
      <summary>{title}</summary>
      {children}
    </details>
  );
}
