import { Button } from "antd";
import { signOut } from "../shared/chat-service.ts";
import type { Visitor } from "../shared/wire.ts";
import { useWords } from "../words/words.ts";

/** Who is signed in, or where to sign in. Nothing where the service offers none. */
export function VisitorMenu({ visitor, embedded }: { visitor: Visitor | undefined; embedded: boolean }) {
  const words = useWords();
  if (!visitor) return null;
  const leave = async () => {
    await signOut().catch(() => undefined);
    // The browser has a new, empty conversation now.
    location.reload();
  };
  if (visitor.signedIn) {
    return (
      <>
        <span className="site-header__visitor" title={words.signedInAs(visitor.name)}>
          <span className="visually-hidden">{words.signedInAs("")}</span>
          {visitor.name}
        </span>
        <Button size="small" className="header-button" onClick={leave}>
          {words.signOut}
        </Button>
      </>
    );
  }
  if (!visitor.signIn) return null;
  const { href, name } = visitor.signIn;
  // A frame stays anonymous: the conversation goes on signed in in a window of its own.
  const path = embedded ? "/" : location.pathname;
  return (
    <Button
      size="small"
      className="header-button"
      href={`${href}?return=${encodeURIComponent(path)}`}
      {...(embedded && { target: "_blank", rel: "noopener" })}
    >
      {words.signIn(name)}
    </Button>
  );
}
